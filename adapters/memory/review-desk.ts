import type { UserId } from '../../core/kernel/index.ts';
import type { Claiming, ReviewCase, ReviewDesk } from '../../core/proofs/index.ts';
import type { ProofRow } from './proofs.ts';
import type { State } from './state.ts';
import { pageFrom, pageFromEnd } from './tables.ts';

/** What reviewers look at, in memory. */
export const createReviewDesk = (state: State): ReviewDesk => {
  const shownAt = (now: Date) => (row: ProofRow) => caseOf(state, row, now);
  return {
    queue: async () => ({
      waiting: state.waitingProofs.items.length,
      oldest: state.waitingProofs.items[0]?.proof.submittedAt ?? null,
    }),
    ...claiming(state),
    case: async (id, now) => {
      const row = state.proofs.get(id);
      return row && caseOf(state, row, now);
    },
    historyOf: async (task, now) => state.proofsByTask.of(task).map(shownAt(now)),
    waiting: async (page, now) => pageFrom(state.waitingProofs.items, page, shownAt(now)),
    decided: async (page, now) => pageFromEnd(state.decidedProofs.items, page, shownAt(now)),
  };
};

/** REV-6: who has which case open. */
const claiming = (state: State): Pick<ReviewDesk, 'claimNext' | 'claim' | 'release'> => {
  const isFreeFor = ({ proof, opened }: ProofRow, { admin, now }: Claiming): boolean =>
    proof.status === 'pending' &&
    proof.workerId !== admin &&
    state.campaigns.need(proof.campaignId).campaign.clientId !== admin &&
    (opened === null || opened.by === admin || opened.until <= now);
  const release = (admin: UserId): void => {
    const held = state.openProofs.of(admin).map(({ proof }) => proof.id);
    for (const id of held) state.proofs.set(id, { ...state.proofs.need(id), opened: null });
  };
  const open = ({ proof }: ProofRow, { admin, until }: Claiming): void => {
    release(admin);
    state.proofs.set(proof.id, { ...state.proofs.need(proof.id), opened: { by: admin, until } });
  };
  return {
    claimNext: async ({ skipped, ...claim }) => {
      const passed = new Set(skipped);
      const row = state.waitingProofs.items.find(
        (waiting) => !passed.has(waiting.proof.id) && isFreeFor(waiting, claim),
      );
      if (row) open(row, claim);
      else release(claim.admin);
      return row?.proof.id;
    },
    claim: async (id, claim) => {
      const row = state.proofs.get(id);
      if (!row || !isFreeFor(row, claim)) return false;
      open(row, claim);
      return true;
    },
    release: async (admin) => release(admin),
  };
};

const caseOf = (state: State, row: ProofRow, now: Date): ReviewCase => {
  const { proof, decisions, flags, opened } = row;
  const worker = state.users.need(proof.workerId);
  const verdicts = state.verdicts.of(worker.id);
  const isOpen = opened !== null && proof.status === 'pending' && opened.until > now;
  return {
    proof,
    campaign: state.campaigns.need(proof.campaignId).campaign,
    worker,
    record: {
      approved: verdicts.get('approved') ?? 0,
      rejected: verdicts.get('rejected') ?? 0,
      memberSince: worker.createdAt,
    },
    flags,
    claim: isOpen ? { by: state.users.need(opened.by), until: opened.until } : null,
    decisions,
    reviewers: decisions.map(({ by }) => state.users.need(by)),
  };
};
