import { expect } from 'chai';
import { DAY_MS, type UserId } from '../../core/kernel/index.ts';
import type { Pace, Priority } from '../../core/outbox/index.ts';
import { aMessage, later, MONDAY } from '../support/builders.ts';
import type { Stage } from './harness.ts';
import {
  claim,
  drain,
  ids,
  LEASE_MS,
  send,
  SENT,
  settle,
  twoFor,
  wholeClaim,
} from './outbox-queue.ts';
import { enterUser } from './scenes.ts';

/** What a 429 does. */
export const pausing = (stage: Stage): void => {
  it('NTF-2 a 429 of one chat pauses all that goes there, and nothing else', async () => {
    const user = await enterUser(stage);
    const [message] = twoFor(user);
    await send(stage, message);
    await claim(stage);
    await settle(stage, message, { outcome: 'later', afterMs: 3_000, scope: 'chat', why: '429' });
    const [again] = await claim(stage, later(3_000));
    if (!again) throw new Error('not claimed');
    await settle(stage, again, { outcome: 'later', afterMs: 1_000, scope: 'chat', why: '429' });
    const answer = aMessage({ to: user.id, priority: 'answer' });
    const other = aMessage({ to: (await enterUser(stage)).id });
    await send(stage, answer, other);
    expect(ids(await claim(stage, later(2_999)))).to.deep.equal([other.id]);
    expect(ids(await claim(stage, later(3_000)))).to.deep.equal([answer.id]);
  });

  it('NTF-2 a global 429 pauses every chat', async () => {
    const past = later(-10 * DAY_MS); // no other test meets this pause
    const [one] = twoFor(await enterUser(stage), { createdAt: past });
    const [two] = twoFor(await enterUser(stage), { createdAt: past });
    await send(stage, one, two);
    await claim(stage, past);
    const pause = { outcome: 'later', scope: 'all', why: '429' } as const;
    await settle(stage, one, { ...pause, afterMs: 2_000 }, past);
    await settle(stage, two, { ...pause, afterMs: 1_000 }, past);
    expect(await wholeClaim(stage, { now: later(1_999, past) })).to.deep.equal({
      messages: [],
      againAt: later(2_000, past),
    });
    expect(ids(await claim(stage, later(2_000, past)))).to.have.members([one.id, two.id]);
  });
};

/** A moment that no other test has used up the pace of. */
let days = 0;
const freshMoment = (): Date => later((days += 1) * DAY_MS);

/** How many go at each of these moments, one claim a moment; what goes is sent at once. */
const flow = async (
  stage: Stage,
  start: Date,
  { pace, moments }: { readonly pace: Pace; readonly moments: readonly number[] },
): Promise<readonly number[]> => {
  const counts: number[] = [];
  for (const ms of moments) {
    let count = 0;
    for (let got = -1; got !== 0; count += got) {
      const { messages } = await wholeClaim(stage, { now: later(ms, start), pace });
      for (const message of messages) await settle(stage, message, SENT, later(ms, start));
      got = messages.length;
    }
    counts.push(count + 1);
  }
  return counts.map((count) => count - 1);
};

const manyFor = (to: UserId, howMany: number) =>
  Array.from({ length: howMany }, () => aMessage({ to }));

/** How fast messages go out. */
export const pacing = (stage: Stage): void => {
  it('NTF-3 to one person go five at once after a rest, then one a second', async () => {
    const { id: to } = await enterUser(stage);
    const start = freshMoment();
    await send(stage, ...manyFor(to, 12));
    const pace = { perSecond: 0, perChatPerSecond: 1 };
    const moments = [0, 999, 1_000, 1_500, 2_000, 4_000];
    expect(await flow(stage, start, { pace, moments })).to.deep.equal([5, 0, 1, 0, 1, 2]);
  });

  it('NTF-3 who is over the pace delays nobody else', async () => {
    const [fast, slow] = [await enterUser(stage), await enterUser(stage)];
    const start = freshMoment();
    await send(stage, ...manyFor(fast.id, 7));
    const pace = { perSecond: 0, perChatPerSecond: 1 };
    await flow(stage, start, { pace, moments: [0] });
    const other = aMessage({ to: slow.id, createdAt: later(1) });
    await send(stage, other);
    const { messages } = await wholeClaim(stage, { now: start, pace });
    expect(ids(messages)).to.deep.equal([other.id]);
  });

  it('NTF-3 to all people together go so many a second, answers first', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => enterUser(stage)));
    const start = freshMoment();
    await send(stage, ...people.map(({ id: to }) => aMessage({ to, priority: 'broadcast' })));
    const pace = { perSecond: 4, perChatPerSecond: 0 };
    const moments = [0, 249, 250, 500, 1_000];
    expect(await flow(stage, start, { pace, moments })).to.deep.equal([3, 0, 1, 1, 2]);
    const answer = aMessage({ to: people[0]?.id as UserId, priority: 'answer' });
    await send(stage, answer);
    const next = await wholeClaim(stage, { now: later(1_250, start), pace });
    expect(ids(next.messages)).to.deep.equal([answer.id]);
    expect(next.againAt, 'for one of those that may use up less').to.deep.equal(
      later(1_500, start),
    );
  });

  it('NTF-3 what goes to many leaves room in the pace to what is sent before it', async () => {
    const start = freshMoment();
    const pace = { perSecond: 12, perChatPerSecond: 0 };
    const owe = async (priority: Priority, howMany: number) => {
      for (let one = 0; one < howMany; one += 1) {
        await send(stage, aMessage({ to: (await enterUser(stage)).id, priority }));
      }
    };
    const sent = () => flow(stage, start, { pace, moments: [0] });
    await owe('broadcast', 9);
    expect(await sent(), 'all but a third').to.deep.equal([8]);
    await owe('notice', 3);
    expect(await sent(), 'all but a sixth').to.deep.equal([2]);
    const { againAt } = await wholeClaim(stage, { now: start, pace });
    expect(againAt, 'when there is more than that').to.deep.equal(later(84, start));
    await owe('answer', 3);
    expect(await sent()).to.deep.equal([2]);
    expect(await flow(stage, start, { pace, moments: [83, 84] })).to.deep.equal([0, 1]);
  });

  it('NTF-3 a pace too small to keep anything of stops nothing', async () => {
    const { id: to } = await enterUser(stage);
    const start = freshMoment();
    await send(stage, ...[0, 1].map(() => aMessage({ to, priority: 'broadcast' })));
    const pace = { perSecond: 1, perChatPerSecond: 0 };
    expect(await flow(stage, start, { pace, moments: [0, 999, 1_000] })).to.deep.equal([1, 0, 1]);
  });

  it('NTF-3 a pace that divides no second evenly puts nothing off for ever', async () => {
    const people = await Promise.all(Array.from({ length: 14 }, () => enterUser(stage)));
    const start = freshMoment();
    await send(stage, ...people.map(({ id: to }) => aMessage({ to, priority: 'answer' })));
    const pace = { perSecond: 6, perChatPerSecond: 3 };
    const [first, next] = [
      await wholeClaim(stage, { now: start, pace }),
      await wholeClaim(stage, { now: start, pace }),
    ];
    expect([first.messages.length, next.messages.length]).to.deep.equal([6, 0]);
    for (const { againAt } of [first, next]) {
      expect(againAt, 'no moment too early').to.deep.equal(later(167, start));
    }
    for (const message of first.messages) await settle(stage, message, SENT, start);
    const moments = [166, 167, 1_200];
    expect(await flow(stage, start, { pace, moments })).to.deep.equal([0, 1, 6]);
  });

  it('NTF-3 without a pace everything goes as it comes', async () => {
    const { id: to } = await enterUser(stage);
    await send(stage, ...manyFor(to, 40));
    expect(await drain(stage, freshMoment())).to.have.length(40);
  });
};

/** When to ask again. */
export const askingAgain = (stage: Stage): void => {
  const againAt = async (change: Parameters<typeof wholeClaim>[1] = {}) =>
    (await wholeClaim(stage, change)).againAt;

  it('NTF-3 where nothing is owed there is no reason to ask again', async () => {
    expect(await wholeClaim(stage)).to.deep.equal({ messages: [], againAt: null });
  });

  it('NTF-3 where a claim was full there may be more at once', async () => {
    const [message] = twoFor(await enterUser(stage));
    await send(stage, message);
    expect(await againAt({ limit: 1 })).to.deep.equal(MONDAY);
  });

  it('NTF-3 the next time is that of a retry, a lease, a time or a paused chat', async () => {
    const user = await enterUser(stage);
    const [message] = twoFor(user);
    await send(stage, message, aMessage({ to: user.id, notBefore: later(60_000) }));
    expect(await againAt()).to.deep.equal(later(LEASE_MS));
    await settle(stage, message, { outcome: 'later', afterMs: 7_000, scope: 'message', why: '' });
    expect(await againAt()).to.deep.equal(later(7_000));
    expect(ids(await claim(stage, later(7_000)))).to.deep.equal([message.id]);
    await settle(stage, message, SENT, later(7_000));
    expect(await againAt({ now: later(7_000) })).to.deep.equal(later(60_000));
    const screen = () => aMessage({ to: user.id, priority: 'answer', topic: 'screen' });
    const answer = screen();
    await send(stage, answer);
    await claim(stage, later(8_000));
    const pause = { outcome: 'later', afterMs: 9_000, scope: 'chat', why: '429' } as const;
    await settle(stage, answer, pause, later(8_000));
    expect(await againAt({ now: later(8_000) })).to.deep.equal(later(17_000));
    await send(stage, screen());
    expect(await againAt({ now: later(8_000) })).to.deep.equal(later(17_000));
  });

  it('NTF-3 the next time is when the chat may have one more', async () => {
    const { id: to } = await enterUser(stage);
    const start = freshMoment();
    await send(stage, ...manyFor(to, 7));
    const pace = { perSecond: 0, perChatPerSecond: 2 };
    await flow(stage, start, { pace, moments: [0] });
    expect(await againAt({ now: later(1, start), pace })).to.deep.equal(later(500, start));
  });
};
