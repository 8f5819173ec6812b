import type { ProofId } from '../../core/kernel/index.ts';
import type { CaseRepo, LockedCase, Settlement } from '../../core/proofs/index.ts';
import { walletOf } from '../../core/wallet/index.ts';
import { createCampaignRepo } from './campaigns.ts';
import { createFreezeRepo } from './freezes.ts';
import { createOutbox } from './outbox.ts';
import { createProofRepo } from './proofs.ts';
import type { State } from './state.ts';
import { createTaskRepo } from './tasks.ts';
import { balanceOf, createWalletRepo } from './wallet.ts';

/** What is decided in one go, in memory; a lock is a read, since transactions come one by one. */
export const createCaseRepo = (state: State): CaseRepo => {
  const freezes = createFreezeRepo(state);
  const settle = settleOne(state);
  return {
    lock: async (ids, { by }) => ({
      admin: state.users.get(by),
      frozenSince: (await freezes.current())?.begunAt ?? null,
      cases: ids.flatMap((id) => lockedCase(state, id)),
    }),
    settle: async (settlements) => {
      for (const settlement of settlements) await settle(settlement);
    },
  };
};

const lockedCase = (state: State, id: ProofId): readonly LockedCase[] => {
  const row = state.proofs.get(id);
  if (row === undefined) return [];
  const { proof, decisions, flags, opened } = row;
  const last = decisions.at(-1);
  return [
    {
      proof,
      campaign: state.campaigns.need(proof.campaignId).campaign,
      take: state.takes.need(proof.takeId),
      isFlagged: flags.length > 0,
      opened,
      last: last ? { verdict: last.verdict, by: last.by, at: last.at } : null,
      balance: balanceOf(state, walletOf(proof.workerId)),
    },
  ];
};

const settleOne = (state: State): ((settlement: Settlement) => Promise<void>) => {
  const [campaigns, tasks, proofs] = [
    createCampaignRepo(state),
    createTaskRepo(state),
    createProofRepo(state),
  ];
  const [wallets, outbox] = [createWalletRepo(state), createOutbox(state)];
  return async ({ take, decision, campaign, entries, audit, messages }) => {
    if (take) {
      const { status } = state.takes.need(take.id);
      if (status !== 'pending_review') throw new Error(`memory: take ${take.id} is ${status}`);
      await tasks.save(take, 'approved');
    }
    await proofs.decide(decision);
    await campaigns.settle(campaign.id, { completed: 1, closed: 0 });
    await campaigns.save(campaign);
    for (const entry of entries) await wallets.post(entry);
    for (const entry of audit) state.audit.append(entry);
    for (const message of messages) await outbox.add(message);
  };
};
