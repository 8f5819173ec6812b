import type { ProofId, ReviewCase } from '../../core/index.ts';
import { approveMany } from './approving.ts';
import { announce } from './broadcasting.ts';
import { mendWallet } from './by-hand.ts';
import { depositRound, withdrawalRound } from './cashiers.ts';
import { happened } from './network.ts';
import { meddle, readFigures } from './overseeing.ts';
import { actorOf, type Person } from './people.ts';
import type { Town } from './town.ts';
import { ask, enter } from './visits.ts';

const CASES_A_VISIT = 45;

/** An admin sits down at the desks. */
export const adminVisit = async (town: Town, admin: Person): Promise<void> => {
  if (!(await enter(town, admin))) return;
  const { dice } = admin;
  const actor = actorOf(admin);
  await town.look('proofs.queue', (core) => core.proofs.queue({ actor }));
  await depositRound(town, admin);
  await withdrawalRound(town, admin);
  if (dice.chance(0.02)) await readFigures(town, admin);
  if (dice.chance(0.1)) await approveMany(town, admin);
  await reviewRound(town, admin);
  if (dice.chance(0.12)) await doubt(town, admin);
  if (dice.chance(0.15)) await police(town, admin);
  if (dice.chance(0.03)) await meddle(town, admin);
  if (dice.chance(0.05)) await announce(town, admin);
  if (dice.chance(0.1)) await mendWallet(town, admin);
};

/** Where much waits, each admin takes another page, so that not all open the same case. */
const shareOf = async (town: Town, admin: Person): Promise<ProofId[]> => {
  const actor = actorOf(admin);
  const page = { page: town.admins().indexOf(admin), size: CASES_A_VISIT };
  const listed = await town.look('proofs.waiting', (core) => core.proofs.waiting({ actor, page }));
  return (listed?.items ?? []).map(({ proof }) => proof.id);
};

/** One out of the admin's share of the list, where one is left; else what the desk gives next. */
const openOne = async (
  town: Town,
  admin: Person,
  share: ProofId[],
  skipped: readonly ProofId[],
): Promise<ReviewCase | undefined> => {
  const actor = actorOf(admin);
  const { claims } = town.shadow;
  const proofId = share.shift();
  if (proofId) {
    const picked = await town.look('proofs.open', (core) => core.proofs.open({ actor, proofId }));
    if (picked && admin.id) claims.picked(admin.id, picked);
    return picked;
  }
  const next = await town.look('proofs.next', (core) => core.proofs.next({ actor, skipped }));
  if (next !== undefined && admin.id) claims.given(admin.id, next);
  return next ?? undefined;
};

const leaveDesk = async (town: Town, admin: Person): Promise<void> => {
  const actor = actorOf(admin);
  const left = await town.look('proofs.release', async (core) => {
    await core.proofs.release({ actor });
    return true;
  });
  if (left && admin.id) town.shadow.claims.left(admin.id);
};

const reviewRound = async (town: Town, admin: Person): Promise<void> => {
  const { dice, trait } = admin;
  const isAngry = trait === 'angry' && town.today() % 9 === 4;
  const skipped: ProofId[] = [];
  const share = await shareOf(town, admin);
  const most = trait === 'dawdling' ? CASES_A_VISIT / 3 : CASES_A_VISIT;
  for (let left = most; left > 0; left -= 1) {
    const found = await openOne(town, admin, share, skipped);
    if (!found) break;
    town.shadow.review.seen(found.proof);
    const { approved, rejected } = found.record;
    if (rejected > 4 && rejected > approved) town.suspects.add(found.proof.workerId);
    await town.timetable.pause(dice.between(4_000, trait === 'dawdling' ? 90_000 : 25_000));
    if (dice.chance(0.03)) skipped.push(found.proof.id);
    else await judge(town, admin, found, isAngry);
  }
  await leaveDesk(town, admin);
};

/** Two at once on one case, now and then: of the other admins one has the same on the screen. */
const judge = async (
  town: Town,
  admin: Person,
  found: ReviewCase,
  isAngry: boolean,
): Promise<void> => {
  const { proof } = found;
  const isFraud = town.frauds.has(proof.takeId);
  const reject = isAngry || (isFraud ? admin.dice.chance(0.9) : admin.dice.chance(0.02));
  const mine = decide(town, admin, proof.id, reject ? 'reject' : 'approve');
  const other = town.dice.chance(0.04) ? town.dice.pick(town.admins()) : undefined;
  const isBoth = other !== undefined && other !== admin && other.id !== undefined;
  await Promise.all(isBoth ? [mine, decide(town, other, proof.id, 'approve')] : [mine]);
  town.frauds.delete(proof.takeId);
  town.recent.add(proof.id);
};

const decide = (town: Town, admin: Person, proofId: ProofId, how: 'approve' | 'reject') => {
  const { review } = town.shadow;
  const reason = admin.dice.chance(0.5) ? 'Gambar tidak jelas' : null;
  return ask(town, admin, {
    name: `proofs.${how}`,
    call: (core) => core.proofs[how]({ actor: actorOf(admin), proofId, reason }),
    learn: (answer) => {
      if (!answer.done) return;
      const { value } = answer;
      if (value.outcome === 'approved') review.approved(proofId, true);
      else if (value.outcome === 'rejected') review.rejected(proofId, true);
      else if (value.verdict === 'approved') review.approved(proofId, false);
      else review.rejected(proofId, false);
    },
    says: ({ outcome }) => outcome,
  });
};

/** Turns an earlier decision round, with its money shown before. */
const doubt = async (town: Town, admin: Person): Promise<void> => {
  const proofId = await oneDecided(town, admin);
  if (!proofId) return;
  const actor = actorOf(admin);
  const found = await town.look('proofs.case', (core) => core.proofs.case({ actor, proofId }));
  if (!found) return;
  const { taskId } = found.proof;
  await town.look('proofs.taskHistory', (core) => core.proofs.taskHistory({ actor, taskId }));
  const preview = await town.look('proofs.previewReversal', (core) =>
    core.proofs.previewReversal({ actor, proofId }),
  );
  if (!preview) return;
  const shown = preview.turns === 'approval' ? preview.returned : preview.reward;
  await ask(town, admin, {
    name: 'proofs.reverse',
    call: (core) => core.proofs.reverse({ actor, proofId, reason: 'Ditinjau ulang', shown }),
    learn: (answer) => {
      if (!happened(answer, 'proof.already-reversed')) return;
      const expected = town.shadow.review.reversed(proofId);
      if (answer.done && answer.value.outcome === 'un-approved') {
        town.checkSame('REV-7', answer.value.returned, expected);
        town.checkSame('REV-7', answer.value.returned, shown);
      }
    },
    says: ({ outcome }) => outcome,
  });
};

/** What was decided lately: out of the list, or remembered. */
const oneDecided = async (town: Town, admin: Person): Promise<ProofId | undefined> => {
  if (admin.dice.chance(0.5)) return town.recent.pick(admin.dice);
  const asked = { actor: actorOf(admin), page: { page: 0, size: CASES_A_VISIT } };
  const listed = await town.look('proofs.decided', (core) => core.proofs.decided(asked));
  const known = (listed?.items ?? []).filter(({ proof }) =>
    town.shadow.market.proofs.has(proof.id),
  );
  return known.length === 0 ? undefined : admin.dice.pick(known).proof.id;
};

/** Suspends whoever is rejected again and again, and lets others back. */
const police = async (town: Town, admin: Person): Promise<void> => {
  const { dice } = admin;
  const actor = actorOf(admin);
  const [oldest] = town.suspended;
  if (oldest && dice.chance(0.6)) {
    await ask(town, admin, {
      name: 'users.unsuspend',
      call: (core) => core.users.unsuspend({ actor, userId: oldest }),
      learn: (answer) => {
        if (!happened(answer, 'user.not-suspended') || !town.suspended.delete(oldest)) return;
        town.shadow.campaigns.suspended(oldest, false);
      },
    });
    return;
  }
  const [suspect] = town.suspects;
  const userId = suspect ?? dice.pick([...town.persons.keys()]);
  town.suspects.delete(userId);
  await ask(town, admin, {
    name: 'users.suspend',
    call: (core) => core.users.suspend({ actor, userId, reason: 'Bukti palsu' }),
    learn: (answer) => {
      if (!happened(answer, 'user.already-suspended') || town.suspended.has(userId)) return;
      town.suspended.add(userId);
      town.shadow.work.withdrawnFrom(userId);
      town.shadow.campaigns.suspended(userId, true);
    },
  });
};
