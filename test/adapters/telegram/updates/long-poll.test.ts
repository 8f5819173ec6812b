import { expect } from 'chai';
import { TelegramError, type Telegram } from 'telegraf';
import { createMemoryPorts } from '../../../../adapters/memory/index.ts';
import { ALLOWED_UPDATES, longPoll } from '../../../../adapters/telegram/updates/long-poll.ts';
import { receiveUpdates } from '../../../../adapters/telegram/updates/receive.ts';
import { CITRA, stage } from '../../sandbox/world.ts';
import { waitingIn } from '../../../support/waiting-in.ts';

const TOKEN = '8123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc';
const says = (update_id: number) => ({ update_id, message: { from: { id: 501 } } });
const refused = (error_code: number, parameters?: { readonly retry_after: number }) =>
  new TelegramError({ error_code, description: 'says no', ...(parameters && { parameters }) });

/** What Telegram answers to one getUpdates after the other; then we stop. */
const poll = async (answers: readonly unknown[], commits: readonly (Error | null)[] = []) => {
  const stop = new AbortController();
  const script = [...answers];
  const failing = [...commits];
  const asked: { readonly offset: number; readonly allowed_updates: readonly string[] }[] = [];
  const stored: number[] = [];
  const troubles: { readonly what: string; readonly retryInMs: number }[] = [];
  const pauses: number[] = [];
  let confirmed = 0;
  const callApi = async (method: string, payload: (typeof asked)[number]): Promise<unknown> => {
    expect(method).to.equal('getUpdates');
    asked.push(payload);
    if (script.length === 0) {
      stop.abort();
      throw new Error('aborted');
    }
    const answer = script.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const running = longPoll(
    {
      telegram: { callApi } as unknown as Telegram,
      receive: async (updates) => {
        const failure = failing.shift();
        if (failure) throw failure;
        stored.push(...(updates as { update_id: number }[]).map((update) => update.update_id));
      },
      onConfirmed: () => {
        confirmed += 1;
      },
      onTrouble: (trouble) => troubles.push(trouble),
      pause: async (ms) => void pauses.push(ms),
    },
    stop.signal,
  );
  const ended = await Promise.allSettled([running]);
  return {
    ended: ended[0],
    offsets: asked.map(({ offset }) => offset),
    asked,
    stored,
    troubles,
    pauses,
    confirmed,
  };
};

describe('Telegram: long polling', () => {
  it('OPS-3 tells Telegram that a batch is ours only with the call after its commit', async () => {
    const { offsets, stored, confirmed } = await poll([[says(10), says(11)], [says(12)], []]);
    expect(offsets).to.deep.equal([0, 12, 13, 0]);
    expect(stored).to.deep.equal([10, 11, 12]);
    expect(confirmed).to.equal(3);
  });

  it('OPS-3 a batch that could not be stored is asked for again', async () => {
    const away = new Error('Connection terminated');
    const { offsets, stored, pauses, confirmed, troubles } = await poll(
      [[says(10)], [says(11)], [says(11)], [says(11)], []],
      [null, away, away],
    );
    expect(offsets).to.deep.equal([0, 11, 11, 11, 12, 0]);
    expect(stored).to.deep.equal([10, 11]);
    expect(pauses).to.deep.equal([500, 1_000]);
    const what = 'updates could not be stored; they stay at Telegram';
    expect(troubles[0]).to.deep.equal({ what, error: away, retryInMs: 500 });
    expect(confirmed).to.equal(3);
  });

  for (const [what, least, error] of [
    ['409, another one who polls', 5_000, refused(409)],
    ['500', 0, refused(500)],
    ['502', 0, refused(502)],
    ['a dead network', 0, new Error(`request to https://api.telegram.org/bot${TOKEN}/x failed`)],
  ] as const) {
    it(`OPS-3 after ${what}, it goes on with growing pauses`, async () => {
      const { pauses, offsets, stored, troubles } = await poll([
        [says(10)],
        ...Array.from({ length: 9 }, () => error),
        [says(11)],
        error,
      ]);
      const growing = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 500];
      expect(pauses).to.deep.equal(growing.map((ms) => Math.max(least, ms)));
      expect(offsets).to.deep.equal([0, ...Array.from({ length: 10 }, () => 11), 12, 12]);
      expect(stored).to.deep.equal([10, 11]);
      expect(JSON.stringify(troubles)).not.to.contain('AAEh');
    });
  }

  it('OPS-3 after a 429 it waits as long as Telegram says', async () => {
    const { pauses } = await poll([refused(429, { retry_after: 7 }), refused(429), []]);
    expect(pauses).to.deep.equal([7_000, 1_000]);
  });

  it('OPS-3 a token that Telegram no longer knows ends it with one clear line', async () => {
    const { ended, pauses, troubles } = await poll([[says(10)], refused(401), [says(11)]]);
    expect(ended).to.have.property('status', 'rejected');
    expect(String(Reflect.get(ended, 'reason'))).to.match(/BOT_TOKEN: copy the new one from BotF/);
    expect([pauses, troubles]).to.deep.equal([[], []]);
  });

  it('SEC-A8 numbers that jump down after a quiet week are taken, once', async () => {
    const { offsets, stored } = await poll([[says(900_000_000)], [], [says(5)], [says(6)], []]);
    expect(offsets).to.deep.equal([0, 900_000_001, 0, 6, 7, 0]);
    expect(stored).to.deep.equal([900_000_000, 5, 6]);
  });

  it('says each time which updates it wants: Telegram remembers the last list', async () => {
    const { asked } = await poll([[], []]);
    expect(asked.map((one) => one.allowed_updates)).to.deep.equal(
      [1, 2, 3].map(() => [...ALLOWED_UPDATES]),
    );
    expect(ALLOWED_UPDATES).to.include.members(['message', 'callback_query', 'my_chat_member']);
  });

  it('OPS-3 over a sandbox, what is said while the database is away is stored once', async () => {
    await using on = await stage();
    const ports = createMemoryPorts();
    const { inbox, clock } = ports;
    const stop = new AbortController();
    const arrived = Promise.withResolvers<void>();
    const store = receiveUpdates({
      botId: 7,
      clock,
      inbox,
      answers: { expect: () => {} },
      onLanes: () => {},
    });
    let away = 3;
    await on.sandbox.client.say(CITRA, 'halo');
    const polling = longPoll(
      {
        telegram: on.telegram,
        receive: async (updates) => {
          away -= 1;
          if (away > 0) throw new Error('Connection terminated');
          await store(updates);
          if (updates.length > 0) arrived.resolve();
        },
        onConfirmed: () => {},
        onTrouble: () => {},
        pause: async () => {},
      },
      stop.signal,
    );
    await arrived.promise;
    stop.abort();
    await polling;
    expect(await inbox.depth(7)).to.deep.include({ waiting: 1 });
    const head = await waitingIn(ports, { botId: 7, lane: CITRA }, clock.now());
    expect(head?.payload).to.have.nested.property('message.text', 'halo');
  });

  it('OPS-3 ends at once when it is stopped while Telegram keeps it waiting', async () => {
    const stop = new AbortController();
    const asked = Promise.withResolvers<void>();
    const callApi = (_method: string, _payload: unknown, { signal }: { signal: AbortSignal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        asked.resolve();
      });
    const troubles: unknown[] = [];
    const polling = longPoll(
      {
        telegram: { callApi } as unknown as Telegram,
        receive: async () => {},
        onConfirmed: () => {},
        onTrouble: (trouble) => troubles.push(trouble),
      },
      stop.signal,
    );
    await asked.promise;
    stop.abort();
    await polling;
    expect(troubles).to.deep.equal([]);
  });
});
