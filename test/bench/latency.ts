import { FIRST_PERSON, isSlow, startBenchBot, type BenchBot } from './bench-bot.ts';
import type { Notes, Opened, Side, Sizes, Tournament } from './contest.ts';
import { startStubTelegram, type Load, type Report, type StubTelegram } from './stub-telegram.ts';

/** What a handler takes that is slow. */
const SLOW_MS = 2_000;

/** Taps come from so many people: nobody meets the pace of one chat. */
const TAPPERS = 500;
/** Who a broadcast goes to. */
const PEOPLE = 10_000;

interface Table {
  readonly stub: StubTelegram;
  readonly bot: BenchBot;
  readonly load: Load;
}

/**
 * What people feel, tap by tap, at a rate far below what the bot could bear and whatever it has
 * answered: from the moment of the tap until Telegram is asked to show the result on the screen. Slow
 * handlers' own taps are left out on both sides.
 */
export const latency: Tournament = {
  what: 'from tap to screen while 1 % of handlers take 2 s and a broadcast of 10,000 runs, without',
  sizes: { rate: 20, taps: 600 },
  openAll: async ({ rate = 0, taps = 0 }: Sizes): Promise<Opened> => {
    const stub = await startStubTelegram();
    const bot = await startBenchBot({ stub, people: PEOPLE }).catch(async (error: unknown) => {
      await stub.stop();
      throw error;
    });
    const says = { tap: 'slow:{n}:0' };
    const load: Load = { updates: taps, people: TAPPERS, perSecond: rate, says, answer: 'marked' };
    const table = { stub, bot, load: { ...load, firstPerson: FIRST_PERSON + 1 } };
    const [busy, quiet]: [Report[], Report[]] = [[], []];
    return {
      trials: [
        {
          name: 'p99',
          unit: 'ms',
          measure: 'value',
          ours: besideSlowOnes(table, busy),
          yardstick: alone(table, quiet),
          reach: { atMost: 1.2 },
          notes: () => ({ ...notesOf('beside them', busy), ...notesOf('alone', quiet) }),
        },
      ],
      close: async () => {
        await bot.stop();
        await stub.stop();
      },
    };
  },
};

const besideSlowOnes = ({ stub, bot, load }: Table, kept: Report[]): Side => {
  const says = { tap: `slow:{n}:${SLOW_MS}` };
  let hasBegun = false;
  return {
    name: 'beside slow ones, broadcast',
    prepare: async () => {
      await bot.broadcast(hasBegun ? 'resume' : 'start');
      hasBegun = true;
    },
    run: () => measured({ stub, load: { ...load, says } }, kept),
    check: async () => {
      const { sendMessage = 0 } = kept.at(-1)?.calls ?? {};
      const atLeast = load.updates / 4; // at a pace of 30 a second there was room for more
      if (sendMessage < atLeast) throw new Error(`of the broadcast only ${sendMessage} went out`);
      await bot.broadcast('pause');
    },
  };
};

const alone = (table: Table, kept: Report[]): Side => ({
  name: 'alone',
  run: () => measured(table, kept),
});

const measured = async (
  { stub, load }: Pick<Table, 'stub' | 'load'>,
  kept: Report[],
): Promise<{ readonly value: number }> => {
  await stub.load(load);
  await stub.answered();
  const report = await stub.report();
  const { repeated, outOfOrder } = report;
  if (repeated + outOfOrder > 0) throw new Error('an answer came twice, or before an earlier one');
  kept.push(report);
  return { value: percentile(quick(report.screenMs), 99) };
};

const percentile = (values: readonly number[], per: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length * per) / 100)] ?? Number.NaN;

const quick = (times: Float64Array): readonly number[] => [...times].filter((_, n) => !isSlow(n));

/** Over all rounds but the first, which warms up. */
const notesOf = (when: string, [, ...reports]: readonly Report[]): Notes => {
  const told = (of: 'tapMs' | 'screenMs'): string => {
    const times = reports.flatMap((report) => quick(report[of]));
    return [50, 99].map((per) => `p${per} ${percentile(times, per).toFixed(1)} ms`).join(', ');
  };
  return { [`screen, ${when}`]: told('screenMs'), [`answer of the tap, ${when}`]: told('tapMs') };
};
