import type { AuditEntry } from '../../core/audit/index.ts';
import { actorName, asUser, type UserId } from '../../core/kernel/index.ts';
import type { VerificationStep } from '../../core/wallet/index.ts';
import { step } from './ledger-step.ts';
import { toldAlso, type ToldBefore } from './past-audit.ts';
import type { ProofRow } from './proofs.ts';
import type { State } from './state.ts';

/** What the log says of each subject: how often of each action, by whom, and the last word. */
interface Told {
  by(subject: string, id: string, action: string): string | null;
  times(subject: string, id: string, action: string): number;
  last(subject: string, id: string, action: string): AuditEntry['after'];
}

const readLog = (state: State): Told => {
  const found = new Map<string, ToldBefore>();
  const keyOf = (subject: string, id: string, action: string) => `${subject} ${id} ${action}`;
  for (const { subject, subjectId, told } of state.pastAudit.values()) {
    for (const [action, past] of told) found.set(keyOf(subject, subjectId, action), past);
  }
  const entries = state.audit.all();
  for (const entry of entries) {
    const key = keyOf(entry.subject, entry.subjectId, entry.action);
    found.set(key, toldAlso(found.get(key), entry));
  }
  return {
    by: (subject, id, action) => found.get(keyOf(subject, id, action))?.by ?? null,
    times: (subject, id, action) => found.get(keyOf(subject, id, action))?.times ?? 0,
    last: (subject, id, action) => found.get(keyOf(subject, id, action))?.last ?? null,
  };
};

/** How often each action must be told of a subject. */
type Due = Readonly<Record<string, boolean>>;

const untold = (told: Told, subject: string, id: string, due: Due): string | undefined => {
  const wrong = Object.entries(due).filter(
    ([action, once]) => told.times(subject, id, action) !== (once ? 1 : 0),
  );
  if (wrong.length === 0) return undefined;
  const counted = wrong.map(
    ([action, once]) => `${told.times(subject, id, action)} of ${action}, ${once ? 1 : 0} due`,
  );
  return `the log tells ${counted.join('; ')}`;
};

/** What is wrong with how the log tells of the beginning of something, by its owner alone. */
const unasked = (
  told: Told,
  [subject, id, action]: readonly [subject: string, id: string, action: string],
  owner: UserId,
): string | undefined => {
  const by = told.by(subject, id, action);
  const flaw = untold(told, subject, id, { [action]: true });
  return flaw ?? (by === actorName(asUser(owner)) ? undefined : `${action} by ${by}`);
};

const proofsDue = ({ decisions }: ProofRow): Due => {
  const verdict = (order: string) => decisions.find((one) => one.order === order)?.verdict;
  return {
    'proof.approve': verdict('first') === 'approved',
    'proof.reject': verdict('first') === 'rejected',
    'proof.un-approve': verdict('reversal') === 'rejected',
    'proof.un-reject': verdict('reversal') === 'approved',
  };
};

/** AUD-1: every decision has its row in the log, once. */
export const checkDecisions = (state: State): readonly VerificationStep[] => {
  const told = readLog(state);
  const proofs = step('judgements are told', state.proofs.values(), (row, check) => {
    const { id } = row.proof;
    check.note('AUD-1', `task_proofs ${id}`, untold(told, 'proof', id, proofsDue(row)));
  });
  const deposits = step('top-ups are told', state.deposits.values(), (one, check) => {
    const { id, status, userId } = one;
    const due = {
      'deposit.approved': status === 'approved',
      'deposit.rejected': status === 'rejected',
      'deposit.canceled': status === 'canceled',
    };
    const flaw =
      unasked(told, ['deposit', id, 'deposit.request'], userId) ?? untold(told, 'deposit', id, due);
    check.note('AUD-1', `deposits ${id}`, flaw);
  });
  const withdrawals = step('withdrawals are told', state.withdrawals.values(), (one, check) => {
    const due = {
      'withdrawal.claim': 'claim' in one && one.claim !== null,
      'withdrawal.pay': one.status === 'paid',
      'withdrawal.reject': one.status === 'rejected',
      'withdrawal.cancel': one.status === 'canceled',
    };
    const { id, userId } = one;
    const flaw =
      unasked(told, ['withdrawal', id, 'withdrawal.request'], userId) ??
      untold(told, 'withdrawal', id, due);
    check.note('AUD-1', `withdrawals ${id}`, flaw);
  });
  return [
    proofs,
    deposits,
    withdrawals,
    campaignsTold(state, told),
    campaignsAsked(state, told),
    movedByHand(state, told),
    peopleTold(state, told),
  ];
};

/** CAM-4, CAM-9: whoever owns a campaign made it, and raised it as often as it was paid for again. */
const campaignsAsked = (state: State, told: Told): VerificationStep => {
  const funded = new Map<string, number>();
  for (const { transaction } of state.entries.values()) {
    const { type, reference } = transaction;
    if (type !== 'campaign_funding') continue;
    funded.set(reference.id, (funded.get(reference.id) ?? 0) + 1);
  }
  return step('campaigns were made by their clients', state.campaigns.values(), (row, check) => {
    const { id, clientId } = row.campaign;
    const name = `campaigns ${id}`;
    const [times, raises] = [funded.get(id) ?? 0, told.times('campaign', id, 'campaign.raise')];
    const by = told.by('campaign', id, 'campaign.raise');
    const isOwn = raises === 0 || by === actorName(asUser(clientId));
    const flaw =
      unasked(told, ['campaign', id, 'campaign.create'], clientId) ??
      (isOwn ? undefined : `campaign.raise by ${by}`);
    const isPaid = times === 1 + raises;
    check.note('AUD-1', name, flaw ?? (!isPaid && `paid for ${times} times, ${raises} raises`));
  });
};

/** What is for nothing but itself: the log alone says who moved money by hand, and why. */
const movedByHand = (state: State, told: Told): VerificationStep =>
  step('movements by hand are told', state.entries.values(), ({ transaction }, check) => {
    const { id, type } = transaction;
    const due = {
      'wallet.adjust': type === 'adjustment',
      'revenue.payout': type === 'revenue_payout',
    };
    check.note('AUD-1', `wallet_transactions ${id}`, untold(told, 'transaction', id, due));
  });

const campaignsTold = (state: State, told: Told): VerificationStep =>
  step('campaigns are told', state.campaigns.values(), ({ campaign: { id, status } }, check) => {
    const row = `campaigns ${id}`;
    const due = {
      'campaign.delete': status === 'deleted',
      'campaign.complete': status === 'completed',
    };
    check.note('AUD-1', row, untold(told, 'campaign', id, due));
    const pauses = told.times('campaign', id, 'campaign.pause');
    const resumes = told.times('campaign', id, 'campaign.resume');
    // An admin may pause what its owner has paused, and one resumption lifts both.
    const fits =
      pauses >= resumes + (status === 'paused' ? 1 : 0) &&
      (status !== 'active' || pauses > 0 === resumes > 0);
    check.note(
      'AUD-1',
      row,
      !fits && `is ${status} after ${pauses} pauses, ${resumes} resumptions`,
    );
  });

const peopleTold = (state: State, told: Told): VerificationStep =>
  step('roles and suspensions are told', state.users.values(), ({ id, role, status }, check) => {
    const row = `users ${id}`;
    const lastRole = told.last('user', id, 'user.role')?.['role'] ?? null;
    const lastStatus = told.last('user', id, 'user.status')?.['status'] ?? 'active';
    check.note(
      'AUD-1',
      row,
      lastRole !== role && `is ${role}, the log says ${JSON.stringify(lastRole)}`,
    );
    check.note(
      'AUD-1',
      row,
      lastStatus !== status && `is ${status}, the log says ${JSON.stringify(lastStatus)}`,
    );
  });

/** AUD-1: the log tells of nothing that is not there. */
export const checkLog = (state: State): VerificationStep => {
  const rows: Readonly<Record<string, { get(id: never): unknown } | undefined>> = {
    user: state.users,
    campaign: state.campaigns,
    take: state.takes,
    proof: state.proofs,
    deposit: state.deposits,
    withdrawal: state.withdrawals,
    transaction: state.entries,
  };
  return step('the log tells of what is there', state.audit.all(), (entry, check) => {
    const { action, subject, subjectId } = entry;
    const table = subjectId.startsWith('telegram:') ? undefined : rows[subject];
    const isOlder = entry.at < (state.forgottenBefore.get('all') ?? entry.at);
    const stray = table !== undefined && !isOlder && table.get(subjectId as never) === undefined;
    check.note('AUD-1', `audit_logs ${action} ${subjectId}`, stray && `of a ${subject} not there`);
  });
};
