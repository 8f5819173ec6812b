import { expect } from 'chai';
import type { Proof } from '../../core/proofs/index.ts';
import type { User } from '../../core/users/index.ts';
import { freshId, later } from '../support/builders.ts';
import { abandoned, allOf, race, RACERS, type Stage } from './harness.ts';
import { aDecision, decide, enterAdmin, waitingIds } from './proof-scenes.ts';
import { enterCampaign, enterProof } from './scenes.ts';

/** Who has which case open, by `ReviewDesk` (REV-6). */
export const claims = (stage: Stage): void => {
  next(stage);
  opening(stage);
  freeing(stage);
  racing(stage);
};

const FIVE_MINUTES = 300_000;

/** An admin who opens a case at a moment, in ms after Monday. */
const at = (admin: User, ms = 0) => ({
  admin: admin.id,
  now: later(ms),
  until: later(ms + FIVE_MINUTES),
});

/** Proofs of one campaign, oldest first; what else waits is `skipped`. */
const aQueue = async (stage: Stage, howMany: number) => {
  const skipped = await waitingIds(stage);
  const campaign = await enterCampaign(stage, { targetTotal: howMany });
  const proofs: Proof[] = [];
  for (let second = 1; second <= howMany; second += 1) {
    proofs.push(await enterProof(stage, campaign, { submittedAt: later(second * 1_000) }));
  }
  const claimNext = (admin: User, ms = 0, passed: readonly Proof[] = []) =>
    stage.run((tx) =>
      tx.reviewDesk.claimNext({
        ...at(admin, ms),
        skipped: [...skipped, ...passed.map(({ id }) => id)],
      }),
    );
  return { proofs, claimNext, ids: proofs.map(({ id }) => id) };
};

const claim = (stage: Stage, { id }: Proof, admin: User, ms = 0) =>
  stage.run((tx) => tx.reviewDesk.claim(id, at(admin, ms)));

const claimOf = (stage: Stage, id: Proof['id'] | undefined, ms = 0) =>
  stage.run(async (tx) => id && (await tx.reviewDesk.case(id, later(ms)))?.claim);

const next = (stage: Stage): void => {
  it('REV-2 opens the oldest case next, passing over skipped and decided ones', async () => {
    const { proofs, ids, claimNext } = await aQueue(stage, 2);
    const [first, second] = proofs as [Proof, Proof];
    const admin = await enterAdmin(stage);
    expect(await claimNext(admin)).to.equal(first.id);
    expect(await claimNext(admin, 0, [first])).to.equal(second.id);
    expect(await claimNext(admin, 0, proofs)).to.equal(undefined);
    expect(await claimNext(admin)).to.equal(first.id);
    await decide(stage, aDecision(first, admin));
    expect(await claimNext(admin)).to.equal(ids[1]);
  });

  it('REV-6 gives nobody what somebody else has open, and says who has it until when', async () => {
    const { ids, claimNext } = await aQueue(stage, 2);
    const [one, two, three] = [
      await enterAdmin(stage),
      await enterAdmin(stage),
      await enterAdmin(stage),
    ];
    expect(await claimNext(one)).to.equal(ids[0]);
    expect(await claimNext(two, 1_000)).to.equal(ids[1]);
    expect(await claimNext(three, 2_000)).to.equal(undefined);
    const claimed = { by: one, until: later(FIVE_MINUTES) };
    expect(await claimOf(stage, ids[0])).to.deep.equal(claimed);
    const waiting = await stage.run((tx) => allOf((page) => tx.reviewDesk.waiting(page, later(0))));
    const listed = waiting.find(({ proof }) => proof.id === ids[0]);
    expect(listed?.claim).to.deep.equal(claimed);
  });

  it('REV-6 a claim ends with its minutes, to the instant', async () => {
    const { ids, claimNext } = await aQueue(stage, 1);
    const [one, two] = [await enterAdmin(stage), await enterAdmin(stage)];
    await claimNext(one);
    expect(await claimNext(two, FIVE_MINUTES - 1)).to.equal(undefined);
    expect(await claimOf(stage, ids[0], FIVE_MINUTES - 1)).to.deep.include({ by: one });
    expect(await claimOf(stage, ids[0], FIVE_MINUTES)).to.equal(null);
    expect(await claimNext(two, FIVE_MINUTES)).to.equal(ids[0]);
    expect(await claimOf(stage, ids[0], FIVE_MINUTES)).to.deep.include({ by: two });
  });

  it('ACC-7 never gives an admin’s own proof, nor one of their own campaign', async () => {
    const skipped = await waitingIds(stage);
    const admin = await enterAdmin(stage);
    const own = await enterProof(stage, await enterCampaign(stage), {
      take: { workerId: admin.id },
    });
    const ofCampaign = await enterProof(stage, await enterCampaign(stage, { clientId: admin.id }));
    const claimNext = (who: User) =>
      stage.run((tx) => tx.reviewDesk.claimNext({ ...at(who), skipped }));
    expect(await claimNext(admin)).to.equal(undefined);
    for (const proof of [own, ofCampaign]) {
      expect(await claim(stage, proof, admin)).to.equal(false);
      expect(await claimOf(stage, proof.id)).to.equal(null);
    }
    expect(await claimNext(await enterAdmin(stage))).to.be.a('string');
  });
};

const opening = (stage: Stage): void => {
  it('REV-6 opens a free case out of the list, and none that another has open', async () => {
    const { proofs, claimNext } = await aQueue(stage, 2);
    const [older, newer] = proofs as [Proof, Proof];
    const [one, two] = [await enterAdmin(stage), await enterAdmin(stage)];
    expect(await claim(stage, newer, one)).to.equal(true);
    expect(await claim(stage, newer, two)).to.equal(false);
    expect(await claimOf(stage, newer.id)).to.deep.equal({ by: one, until: later(FIVE_MINUTES) });
    expect(await claimNext(two)).to.equal(older.id);
    expect(await claim(stage, newer, two, FIVE_MINUTES)).to.equal(true);
    expect(await claimNext(one, FIVE_MINUTES)).to.equal(older.id);
  });

  it('REV-6 opening again prolongs one’s own claim', async () => {
    const { proofs, claimNext } = await aQueue(stage, 1);
    const [proof] = proofs as [Proof];
    const admin = await enterAdmin(stage);
    await claimNext(admin);
    expect(await claim(stage, proof, admin, 60_000)).to.equal(true);
    const until = later(60_000 + FIVE_MINUTES);
    expect(await claimOf(stage, proof.id)).to.deep.equal({ by: admin, until });
  });

  it('REV-6 a decided case is nobody’s, and no longer opened', async () => {
    const { proofs, claimNext } = await aQueue(stage, 1);
    const [proof] = proofs as [Proof];
    const admin = await enterAdmin(stage);
    await claimNext(admin);
    await decide(stage, aDecision(proof, admin));
    expect(await claimOf(stage, proof.id)).to.equal(null);
    expect(await claim(stage, proof, admin)).to.equal(false);
    const unknown = { ...proof, id: freshId<Proof['id']>() };
    expect(await claim(stage, unknown, admin)).to.equal(false);
  });
};

const freeing = (stage: Stage): void => {
  it('REV-6 going on to the next frees what was open before', async () => {
    const { proofs, ids, claimNext } = await aQueue(stage, 3);
    const [first, second, third] = proofs as [Proof, Proof, Proof];
    const [one, two] = [await enterAdmin(stage), await enterAdmin(stage)];
    await claimNext(one);
    expect(await claimNext(one, 0, [first])).to.equal(second.id);
    expect(await claimNext(two)).to.equal(first.id);
    expect(await claim(stage, third, one)).to.equal(true);
    expect(await claimOf(stage, second.id)).to.equal(null);
    expect(await claimNext(one, 0, proofs)).to.equal(undefined);
    expect(await claimOf(stage, third.id)).to.equal(null);
    expect(await claimOf(stage, ids[0])).to.deep.include({ by: two });
  });

  it('REV-6 whoever cannot open a case keeps what they have open', async () => {
    const { proofs, claimNext } = await aQueue(stage, 2);
    const [first, second] = proofs as [Proof, Proof];
    const [one, two] = [await enterAdmin(stage), await enterAdmin(stage)];
    await claimNext(one);
    await claimNext(two);
    expect(await claim(stage, first, two)).to.equal(false);
    expect(await claimOf(stage, second.id)).to.deep.include({ by: two });
  });

  it('REV-6 leaving the desk frees what one has open, and nothing of others', async () => {
    const { ids, claimNext } = await aQueue(stage, 2);
    const [one, two] = [await enterAdmin(stage), await enterAdmin(stage)];
    await claimNext(one);
    await claimNext(two);
    await stage.run((tx) => tx.reviewDesk.release(one.id));
    expect(await claimOf(stage, ids[0])).to.equal(null);
    expect(await claimOf(stage, ids[1])).to.deep.include({ by: two });
  });

  it('REV-6 a claim goes with its run', async () => {
    const { proofs } = await aQueue(stage, 1);
    const [proof] = proofs as [Proof];
    const admin = await enterAdmin(stage);
    await abandoned(stage, (tx) => tx.reviewDesk.claim(proof.id, at(admin)));
    expect(await claimOf(stage, proof.id)).to.equal(null);
  });
};

const racing = (stage: Stage): void => {
  const admins = async () => {
    const found: User[] = [];
    for (let count = 0; count < RACERS; count += 1) found.push(await enterAdmin(stage));
    return found;
  };

  it('REV-6 twenty admins at the same time get twenty different cases', async () => {
    const { ids, claimNext } = await aQueue(stage, RACERS);
    const people = await admins();
    const { won, lost } = await race((index) => claimNext(people[index] as User));
    expect(lost).to.deep.equal([]);
    expect(won).to.have.members(ids);
    for (const [index, id] of won.entries()) {
      expect(await claimOf(stage, id)).to.deep.include({ by: people[index] });
    }
  });

  it('REV-6 of twenty admins who open one case at the same time, one has it', async () => {
    const { proofs } = await aQueue(stage, 1);
    const [proof] = proofs as [Proof];
    const people = await admins();
    const { won, lost } = await race((index) => claim(stage, proof, people[index] as User));
    expect(lost).to.deep.equal([]);
    expect(won.filter(Boolean)).to.have.length(1);
    expect(await claimOf(stage, proof.id)).to.deep.include({ by: people[won.indexOf(true)] });
  });
};
