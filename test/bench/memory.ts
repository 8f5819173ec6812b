import { FIRST_PERSON, startBenchBot, type BenchBot, type Memory } from './bench-bot.ts';
import type { Notes, Opened, Side, Sizes, Tournament } from './contest.ts';
import { progressBar } from './progress-bar.ts';
import { startStubTelegram, type Load, type Says, type StubTelegram } from './stub-telegram.ts';

/** Not a multiple of how many words there are: everybody says each of them. */
const PEOPLE = 500;
const WORDS: readonly Says[] = [
  { tap: 'h' },
  { tap: 'ba' },
  { tap: 'hi' },
  { tap: 'of' },
  { tap: 'mt' },
  { tap: 'hp' },
  { tap: 'slow:{n}:0' },
];

/** Looks at the memory at one point, a few more updates before each. */
const LOOKS = 6;
const BETWEEN_LOOKS = 50;
const MB = 1_000_000;

/**
 * The process of the bot after few updates and after many. What grows after a full collection is
 * never given back; what stood before it depends on when V8 collected last.
 */
export const memory: Tournament = {
  what: 'memory of the process after so many updates, against itself after fewer',
  sizes: { updates: 100_000, before: 1_000 },
  openAll: async (sizes: Sizes): Promise<Opened> => {
    const stub = await startStubTelegram();
    try {
      const environment = { SEND_PER_SECOND: '0', ACTIONS_PER_SECOND: '0' };
      const bot = await startBenchBot({ stub, people: PEOPLE, environment });
      try {
        return openedOn(await looksAt(stub, bot, sizes));
      } finally {
        await bot.stop();
      }
    } finally {
      await stub.stop();
    }
  },
};

interface Looks {
  readonly before: readonly Memory[];
  readonly after: readonly Memory[];
  readonly updatesPerSecond: number;
}

const looksAt = async (
  stub: StubTelegram,
  bot: BenchBot,
  { updates = 0, before = 0 }: Sizes,
): Promise<Looks> => {
  const bar = progressBar(process.stderr);
  let said = 0;
  const sayUpTo = async (count: number): Promise<void> => {
    while (said < count) {
      const load = loadOf(Math.min(PIECE, count - said));
      await stub.load(load);
      await stub.answered();
      said += load.updates;
      bar.show(said / updates, `memory: ${said} updates`);
    }
  };
  const look = async (at: number): Promise<readonly Memory[]> => {
    const looks: Memory[] = [];
    for (let one = 1; one <= LOOKS; one += 1) {
      await sayUpTo(at + one * BETWEEN_LOOKS);
      looks.push(await bot.memory());
    }
    return looks;
  };
  await sayUpTo(before);
  const few = await look(before);
  const start = performance.now();
  await sayUpTo(updates);
  const updatesPerSecond = ((updates - before) * 1_000) / (performance.now() - start);
  const many = await look(updates);
  bar.end();
  return { before: few, after: many, updatesPerSecond };
};

const PIECE = 1_000;

/** Everybody waits for their answer before they go on. */
const loadOf = (updates: number): Load => ({
  updates,
  people: PEOPLE,
  firstPerson: FIRST_PERSON,
  says: WORDS,
  inTurn: true,
  answer: 'tap',
});

const NAMES: Readonly<Record<keyof Memory, string>> = {
  rss: 'RSS after a full collection',
  rssBefore: 'RSS as it stood',
  heapUsed: 'heap in use',
  external: 'memory outside of the heap',
};

const openedOn = ({ before, after, updatesPerSecond }: Looks): Opened => {
  const trial = (name: keyof Memory, reach?: { readonly atMost: number }) => ({
    name: NAMES[name],
    unit: 'MB',
    measure: 'value' as const,
    ours: replaying('after many updates', after, name),
    yardstick: replaying('after few', before, name),
    ...(reach && { reach }),
  });
  const notes: Notes = { 'updates a second meanwhile': Math.round(updatesPerSecond) };
  return {
    trials: [
      trial('rss', { atMost: 1.15 }),
      trial('rssBefore'),
      trial('heapUsed'),
      trial('external'),
    ],
    notes,
    close: async () => {},
  };
};

/** One look after the other. */
const replaying = (name: string, looks: readonly Memory[], of: keyof Memory): Side => {
  let next = 0;
  return {
    name,
    run: async () => {
      const look = looks[next % looks.length];
      next += 1;
      return { value: (look?.[of] ?? Number.NaN) / MB };
    },
  };
};
