import { Telegraf } from 'telegraf';
import type { Opened, Side, Tournament } from './contest.ts';
import { startStubTelegram, type Load, type StubTelegram } from './stub-telegram.ts';
import {
  markIn,
  openPipeline,
  type BenchPipeline,
  type PipelineOptions,
} from './updates-pipeline.ts';

const FIRST_PERSON = 1_000_000;
/** Until a call to a Bot API that is not on the same machine is answered. */
const AWAY_MS = 50;

interface Player {
  readonly name: string;
  readonly stub: StubTelegram;
  readonly load: Load;
  start(): void;
  stop(): Promise<void>;
}

/** Lets somebody answer a load from its first update to its last answer; nothing may be wrong in it. */
const sideOf = ({ name, stub, load, start, stop }: Player): Side => ({
  name,
  prepare: async () => start(),
  run: async () => {
    await stub.load(load);
    await stub.answered().catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    return { done: load.updates, ms: (await stub.report()).totalMs };
  },
  check: async () => {
    await stop();
    const { answered, repeated, outOfOrder } = await stub.report();
    if (answered === load.updates && repeated === 0 && outOfOrder === 0) return;
    throw new Error(`${name}: ${answered} answered, ${repeated} again, ${outOfOrder} out of order`);
  },
});

/** Nothing between Telegram and the answer: what is under way is lost with its process. */
const bareTelegraf = (stub: StubTelegram, load: Load): Side => {
  let bot: Telegraf | undefined;
  let ended: Promise<void> = Promise.resolve();
  return sideOf({
    name: 'bare telegraf',
    stub,
    load,
    start: () => {
      bot = new Telegraf(stub.token, { telegram: { apiRoot: stub.url } });
      bot.on('text', (ctx) => ctx.reply(markIn(ctx.message.text)));
      ended = bot.launch();
    },
    stop: async () => {
      bot?.stop();
      await ended;
    },
  });
};

const ours = (pipeline: BenchPipeline, stub: StubTelegram, load: Load): Side =>
  sideOf({ name: 'Upah', stub, load, ...pipeline });

/** From receiving to sending, with every promise kept, against the shortest bot there is. */
export const updates: Tournament = {
  what: 'updates of 500 people, one answer each, against telegraf polling with ctx.reply',
  sizes: { updates: 3_000, people: 500 },
  openAll: async ({ updates: count = 0, people = 0 }): Promise<Opened> => {
    const says = { text: 'say #{n}' };
    const ground = { updates: count, people, firstPerson: FIRST_PERSON, says };
    const load: Load = { ...ground, answer: 'marked' };
    const far: Load = { ...load, awayMs: AWAY_MS };
    // A screen that was not sent yet is replaced by the next: so each waits for theirs.
    const inTurn: Load = { ...ground, answer: 'message', inTurn: true };
    const stubs = [await startStubTelegram(), await startStubTelegram(), await startStubTelegram()];
    const [a, b, c] = stubs as [StubTelegram, StubTelegram, StubTelegram];
    const open = (stub: StubTelegram, features: PipelineOptions['features']) =>
      openPipeline({ stub, features, people: { first: FIRST_PERSON, count: people } });
    const echoing = await open(a, 'echo');
    const whole = await open(b, 'everything');
    return {
      trials: [
        {
          name: 'updates',
          unit: 'updates',
          ours: ours(echoing, a, load),
          yardstick: bareTelegraf(c, load),
          reach: { atLeast: 0.6 },
        },
        {
          name: `updates, Telegram ${AWAY_MS} ms away`,
          unit: 'updates',
          ours: ours(echoing, a, far),
          yardstick: bareTelegraf(c, far),
        },
        {
          name: 'updates, whole screens',
          unit: 'updates',
          ours: ours(whole, b, inTurn),
          yardstick: bareTelegraf(c, inTurn),
        },
      ],
      close: async () => {
        await Promise.all([echoing.close(), whole.close()]);
        await Promise.all(stubs.map((stub) => stub.stop()));
      },
    };
  },
};
