import { expect } from 'chai';
import type { MessageId } from '../../core/kernel/index.ts';
import type { User } from '../../core/users/index.ts';
import { freshId, later, MONDAY } from '../support/builders.ts';
import { abandoned, race, type Stage } from './harness.ts';
import { claim, drain, ids, SENT, settle } from './outbox-queue.ts';
import { enterUser } from './scenes.ts';

/** One message to many: what is added at once, asked about at once, and taken back. */
export const circulars = (stage: Stage): void => {
  adding(stage);
  recalling(stage);
};

const keyTo = ({ id }: Pick<User, 'id'>): string => `circular:${id}`;

const toEach = (people: readonly User[]) =>
  ({
    copies: people.map((to) => ({
      id: freshId<MessageId>(),
      to: to.id,
      dedupeKey: keyTo(to),
    })),
    kind: 'broadcast',
    payload: { text: 'Kabar “baru” 😀' },
    priority: 'broadcast',
    notBefore: MONDAY,
    createdAt: MONDAY,
  }) as const;

const two = async (stage: Stage) => [await enterUser(stage), await enterUser(stage)] as const;

const fatesOf = (stage: Stage, people: readonly User[]) =>
  stage.run(async (tx) => {
    const fates = await tx.outbox.fates(people.map(keyTo));
    return people.map((one) => fates.get(keyTo(one)));
  });

const adding = (stage: Stage): void => {
  it('ADM-5 one message goes to many at once; the same keys again change nothing', async () => {
    const people = await two(stage);
    const circular = toEach(people);
    await stage.run((tx) => tx.outbox.addMany(circular));
    await stage.run((tx) => tx.outbox.addMany(toEach(people)));
    const messages = await claim(stage);
    expect(ids(messages).toSorted()).to.deep.equal(circular.copies.map(({ id }) => id).toSorted());
    expect(messages[0]).to.deep.include({
      kind: 'broadcast',
      payload: circular.payload,
      priority: 'broadcast',
      topic: null,
    });
    await drain(stage);
  });

  it('ADM-5 NTF-2 tells how each stands; who cannot be reached is dropped at once', async () => {
    const [sent, failed] = await two(stage);
    const away = await enterUser(stage, { unreachableSince: MONDAY });
    const stranger = await enterUser(stage);
    const circular = toEach([sent, failed, away]);
    await stage.run((tx) => tx.outbox.addMany(circular));
    const asked = [sent, failed, away, stranger];
    expect(await fatesOf(stage, asked)).to.deep.equal(['open', 'open', 'dropped', undefined]);
    await claim(stage);
    expect((await fatesOf(stage, asked))[0], 'on its way').to.equal('open');
    const [first, second] = circular.copies;
    if (first) await settle(stage, first, SENT);
    if (second) await settle(stage, second, { outcome: 'failed', why: 'refused' });
    expect(await fatesOf(stage, asked)).to.deep.equal(['sent', 'failed', 'dropped', undefined]);
  });

  it('ADM-5 none of them is owed where the transaction is given up', async () => {
    const people = await two(stage);
    await abandoned(stage, (tx) => tx.outbox.addMany(toEach(people)));
    expect(await fatesOf(stage, people)).to.deep.equal([undefined, undefined]);
  });
};

const recalling = (stage: Stage): void => {
  it('ADM-5 takes back what waits, and nothing that is on its way or was settled', async () => {
    const [waiting, underWay] = await two(stage);
    await stage.run((tx) => tx.outbox.addMany(toEach([underWay])));
    await claim(stage);
    await stage.run((tx) => tx.outbox.addMany(toEach([waiting])));
    const keys = [keyTo(waiting), keyTo(underWay), 'no such key'];
    const recall = () => stage.run((tx) => tx.outbox.recall(keys, later(1)));
    expect(await recall()).to.deep.equal([keyTo(waiting)]);
    expect(await recall(), 'again').to.deep.equal([]);
    expect(ids(await claim(stage)), 'still sent').to.deep.equal([]);
    expect(await fatesOf(stage, [waiting, underWay])).to.deep.equal([undefined, 'open']);
    const again = toEach([waiting]);
    await stage.run((tx) => tx.outbox.addMany(again));
    expect(ids(await claim(stage)), 'its key is as new').to.deep.equal(
      again.copies.map(({ id }) => id),
    );
    await drain(stage);
  });

  it('ADM-5 what was taken back stays owed where that is given up', async () => {
    const people = await two(stage);
    await stage.run((tx) => tx.outbox.addMany(toEach(people)));
    await abandoned(stage, (tx) => tx.outbox.recall(people.map(keyTo), later(1)));
    expect(await fatesOf(stage, people)).to.deep.equal(['open', 'open']);
    await drain(stage);
  });

  it('ADM-5 of twenty who take back and claim at once, each message goes one way', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => enterUser(stage)));
    const circular = toEach(people);
    await stage.run((tx) => tx.outbox.addMany(circular));
    const { won, lost } = await race(async (index) =>
      index % 2 === 0
        ? { claimed: ids(await claim(stage)), recalled: [] }
        : {
            claimed: [],
            recalled: await stage.run((tx) => tx.outbox.recall(people.map(keyTo), later(1))),
          },
    );
    expect(lost).to.deep.equal([]);
    const claimed = won.flatMap((one) => one.claimed);
    const recalled = won.flatMap((one) => one.recalled);
    expect(claimed.length + recalled.length).to.equal(people.length);
    const keys = circular.copies
      .filter(({ id }) => claimed.some((one) => one === id))
      .map(({ dedupeKey }) => dedupeKey);
    expect([...keys, ...recalled].toSorted()).to.deep.equal(people.map(keyTo).toSorted());
    await drain(stage);
  });
};
