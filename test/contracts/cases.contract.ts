import { expect } from 'chai';
import { digests } from '../../adapters/memory/index.ts';
import { asUser, ZERO } from '../../core/kernel/index.ts';
import type { Tx } from '../../core/ports.ts';
import { payProof } from '../../core/proofs/pay-proof.ts';
import type { LockedCase, Proof, Settlement } from '../../core/proofs/index.ts';
import { decided } from '../../core/tasks/index.ts';
import type { User } from '../../core/users/index.ts';
import { escrowOf } from '../../core/wallet/index.ts';
import { freshId, later, MONDAY, rupiahs } from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  failureOf,
  onStage,
  race,
  refusalOf,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import { enterFunded } from './ledger-scenes.ts';
import { aDecision, decide, enterAdmin, storedProof } from './proof-scenes.ts';
import { enterProof, enterWorker } from './scenes.ts';

/** What every store promises of proofs that are decided in one go. */
export const casesContract = (name: string, open: OpenHarness) =>
  describe(`cases: ${name}`, () => {
    const stage = onStage(open);
    locking(stage);
    settling(stage);
    once(stage);
  });

const AT = later(60_000);

/** So many waiting proofs of a funded campaign, with a fee, each of a worker of its own. */
const enterWaiting = async (stage: Stage, size: number, targetTotal = size) => {
  const campaign = await enterFunded(stage, { feePerTask: rupiahs(50), targetTotal });
  const proofs: Proof[] = [];
  for (let sent = 0; sent < size; sent += 1) proofs.push(await enterProof(stage, campaign));
  return { campaign, proofs, admin: await enterAdmin(stage) };
};

const idsOf = (proofs: readonly Proof[]) => proofs.map(({ id }) => id);

const lock = (stage: Stage, proofs: readonly Proof[], { id: by }: User) =>
  stage.run((tx) => tx.cases.lock(idsOf(proofs), { by, to: 'pay' }));

/** Approvals of these, each as the ones before it have left the campaign. */
const settlementsOf = (
  { ids }: Stage,
  cases: readonly LockedCase[],
  admin: User,
): readonly Settlement[] => {
  const ports = { ids, digests, clock: { now: () => AT } };
  const actor = asUser(admin.id);
  let campaign = cases[0]?.campaign;
  return cases.map((one) => {
    const { proof } = one;
    const { settlement } = payProof(ports, campaign ? { ...one, campaign } : one, {
      actor,
      take: decided(one.take, 'approved', AT),
      decision: aDecision(proof, admin, { at: AT }),
      audit: {
        actor,
        action: 'proof.approve',
        subject: 'proof',
        subjectId: proof.id,
        before: { status: 'pending' },
        after: null,
        at: AT,
      },
    });
    campaign = settlement.campaign;
    return settlement;
  });
};

const lockAndSettle = async (
  { cases }: Tx,
  stage: Stage,
  { proofs, admin }: { readonly proofs: readonly Proof[]; readonly admin: User },
): Promise<readonly Settlement[]> => {
  const locked = await cases.lock(idsOf(proofs), { by: admin.id, to: 'pay' });
  const settlements = settlementsOf(stage, locked.cases, admin);
  await cases.settle(settlements);
  return settlements;
};

const locking = (stage: Stage): void => {
  it('REV-3 gives all that a decision depends on, in the order asked for', async () => {
    const { campaign, proofs, admin } = await enterWaiting(stage, 2);
    const [first, second] = proofs as [Proof, Proof];
    const found = await lock(stage, [second, first], admin);
    expect(found.admin).to.deep.equal(admin);
    expect(found.frozenSince).to.equal(null);
    for (const [place, proof] of [second, first].entries()) {
      const take = await stage.run((tx) => tx.tasks.find(proof.takeId));
      expect(found.cases[place]).to.deep.equal({
        proof,
        campaign,
        take,
        isFlagged: false,
        opened: null,
        last: null,
        balance: ZERO,
      });
    }
  });

  it('REV-4 REV-6 PRF-3 tells what was noticed, who has it open and who decided it', async () => {
    const { campaign, proofs, admin } = await enterWaiting(stage, 1, 2);
    const [earlier] = proofs as [Proof];
    const until = later(300_000);
    const claim = { admin: admin.id, now: later(0), until };
    expect(await stage.run((tx) => tx.reviewDesk.claim(earlier.id, claim))).to.equal(true);
    const flags = [{ kind: 'same-file', earlierProofId: earlier.id, distance: 0 }] as const;
    const flagged = await enterProof(stage, campaign, { flags });
    await decide(stage, aDecision(flagged, admin, { verdict: 'rejected', at: AT }));
    const { cases } = await lock(stage, [earlier, flagged], admin);
    const [opened, judged] = cases as [LockedCase, LockedCase];
    expect(opened).to.deep.include({ isFlagged: false, opened: { by: admin.id, until } });
    expect(judged).to.deep.include({
      isFlagged: true,
      last: { verdict: 'rejected', by: admin.id, at: AT },
    });
    expect(judged.proof.status).to.equal('rejected');
  });

  it('REV-3 leaves out what was never stored, and knows no stranger', async () => {
    const { proofs } = await enterWaiting(stage, 1);
    const ids = [freshId<Proof['id']>(), ...idsOf(proofs), 'no id at all' as Proof['id']];
    for (const to of ['judge', 'pay'] as const) {
      const found = await stage.run((tx) => tx.cases.lock(ids, { by: freshId(), to }));
      expect(found.admin).to.equal(undefined);
      expect(found.cases.map(({ proof }) => proof)).to.deep.equal(proofs);
    }
  });

  it('WAL-13 tells since when payments stand still', async () => {
    const { proofs, admin } = await enterWaiting(stage, 1);
    await abandoned(stage, async (tx) => {
      const violations = [{ rule: 'WAL-3', row: 'x', what: 'y' }];
      const findings = [{ check: 'balances', broken: 1, violations }];
      const fresh = { news: 1, ownerTold: 0, lifted: null };
      await tx.freezes.begin({ id: stage.ids.next(), begunAt: MONDAY, findings, ...fresh });
      const found = await tx.cases.lock(idsOf(proofs), { by: admin.id, to: 'judge' });
      expect(found.frozenSince).to.deep.equal(MONDAY);
      const settlements = settlementsOf(stage, found.cases, admin);
      const refused = await refusalOf(tx.savepoint((inner) => inner.cases.settle(settlements)));
      expect(refused.code).to.equal('freeze.in-force');
    });
  });
};

const settling = (stage: Stage): void => {
  it('REV-3 writes several of one campaign: takes, decisions, money, counts, log, notices', async () => {
    const { campaign, proofs, admin } = await enterWaiting(stage, 3, 4);
    const settlements = await stage.run((tx) => lockAndSettle(tx, stage, { proofs, admin }));
    await stage.run(async (tx) => {
      for (const proof of proofs) {
        const { takeId, workerId } = proof;
        expect(await tx.tasks.find(takeId)).to.deep.include({ status: 'approved', endedAt: AT });
        expect(await tx.proofs.decisions(proof.id)).to.deep.equal([
          aDecision(proof, admin, { at: AT }),
        ]);
        expect((await tx.wallets.balances(workerId)).wallet).to.equal(campaign.pricePerTask);
      }
      const [escrow] = await tx.wallets.lockBalances([escrowOf(campaign.id)]);
      expect(escrow).to.equal(campaign.pricePerTask + campaign.feePerTask);
      expect(await tx.campaigns.find(campaign.id)).to.deep.include({
        status: 'active',
        completedCount: 3,
      });
      expect(await tx.slots.progress(campaign.id)).to.include({ approved: 3, underReview: 0 });
      const keys = settlements.flatMap(({ messages }) => messages.map((one) => one.dedupeKey));
      expect(keys).to.have.length(4); // each worker's, and that half is done
      const fates = await tx.outbox.fates(keys);
      expect([...fates.values()]).to.deep.equal(keys.map(() => 'open'));
      for (const { entries } of settlements) {
        for (const { key, id } of entries) {
          expect((await tx.wallets.findByKey(key))?.id).to.equal(id);
        }
      }
      const { items } = await tx.auditTrail.browse(
        { campaignId: campaign.id },
        { from: null, size: 50 },
      );
      const told = items.filter(({ action }) => action === 'proof.approve');
      expect(told.map(({ subjectId }) => subjectId)).to.have.members(idsOf(proofs));
    });
  });

  it('CAM-7 writes that a campaign is complete', async () => {
    const { campaign, proofs, admin } = await enterWaiting(stage, 2);
    await stage.run((tx) => lockAndSettle(tx, stage, { proofs, admin }));
    expect(await stage.run((tx) => tx.campaigns.find(campaign.id))).to.deep.equal({
      ...campaign,
      status: 'completed',
      completedCount: 2,
    });
  });

  it('NTF-2 keeps for later what somebody cannot be told now', async () => {
    const { campaign, admin } = await enterWaiting(stage, 0, 1);
    const worker = await enterWorker(stage, { unreachableSince: MONDAY });
    const proof = await enterProof(stage, campaign, { take: { workerId: worker.id } });
    const settlements = await stage.run((tx) =>
      lockAndSettle(tx, stage, { proofs: [proof], admin }),
    );
    const [message] = settlements.flatMap(({ messages }) => messages);
    const key = message?.dedupeKey ?? '';
    const fates = await stage.run((tx) => tx.outbox.fates([key]));
    expect(fates.get(key)).to.equal('dropped');
  });

  it('REV-3 takes all of it back with its run or savepoint', async () => {
    const { campaign, proofs, admin } = await enterWaiting(stage, 2);
    await abandoned(stage, (tx) => lockAndSettle(tx, stage, { proofs, admin }));
    await stage.run((tx) =>
      abandonedStep(tx, (step) => lockAndSettle(step, stage, { proofs, admin })),
    );
    const { cases } = await lock(stage, proofs, admin);
    for (const [place, one] of cases.entries()) {
      expect(one).to.deep.include({ proof: proofs[place], campaign, last: null, balance: ZERO });
      expect(one.take.status).to.equal('pending_review');
    }
  });
};

const once = (stage: Stage): void => {
  it('REV-4 a settlement that was written is a defect the second time', async () => {
    const { proofs, admin } = await enterWaiting(stage, 2, 4);
    const [first, second] = proofs as [Proof, Proof];
    const { cases } = await lock(stage, proofs, admin);
    const settlements = settlementsOf(stage, cases, admin);
    await stage.run((tx) => tx.cases.settle(settlements.slice(0, 1)));
    await failureOf(stage.run((tx) => tx.cases.settle(settlements)));
    expect((await storedProof(stage, first.id))?.status).to.equal('approved');
    expect((await storedProof(stage, second.id))?.status).to.equal('pending');
    const paid = await stage.run((tx) => tx.wallets.balances(first.workerId));
    expect(paid.wallet).to.equal(cases[0]?.campaign.pricePerTask);
  });

  it('WAL-7 refuses a key that was used for something else, with all that came with it', async () => {
    const { proofs, admin } = await enterWaiting(stage, 2, 4);
    const { cases } = await lock(stage, proofs, admin);
    const [one, other] = settlementsOf(stage, cases, admin) as [Settlement, Settlement];
    await stage.run((tx) => tx.cases.settle([one]));
    const [reward, ...more] = other.entries;
    const key = one.entries[0]?.key;
    if (!reward || key === undefined) throw new Error('there is always a reward');
    const twisted = { ...other, entries: [{ ...reward, key }, ...more] };
    const refused = await refusalOf(stage.run((tx) => tx.cases.settle([twisted])));
    expect(refused.code).to.equal('wallet.key-reused');
    expect((await storedProof(stage, proofs[1]?.id ?? freshId()))?.status).to.equal('pending');
  });

  it('REV-4 of twenty who lock and settle the same at the same time one does', async () => {
    const { campaign, proofs, admin } = await enterWaiting(stage, 3);
    const { won, lost } = await race((index) =>
      stage.run(async (tx) => {
        const asked = index % 2 ? proofs : proofs.toReversed();
        const { cases } = await tx.cases.lock(idsOf(asked), { by: admin.id, to: 'pay' });
        const open = cases.filter(({ proof }) => proof.status === 'pending');
        if (open.length > 0) await tx.cases.settle(settlementsOf(stage, open, admin));
        return open.length;
      }),
    );
    expect(lost).to.deep.equal([]);
    expect(won.reduce((total, settled) => total + settled, 0)).to.equal(3);
    const after = await stage.run((tx) => tx.campaigns.find(campaign.id));
    expect(after).to.deep.include({ status: 'completed', completedCount: 3 });
  });
};
