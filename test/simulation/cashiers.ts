import {
  lacksSecond,
  rupiah,
  type DepositCase,
  type DepositId,
  type UserId,
  type WithdrawalId,
} from '../../core/index.ts';
import { happened } from './network.ts';
import { actorOf, type Person } from './people.ts';
import type { Town } from './town.ts';
import { ask, keepFile, minutes } from './visits.ts';

const A_PAGE = { page: 0, size: 20 };
const STALE_MS = 3 * 3_600_000;

/** Goes through the top-ups that wait: right, other than claimed, or never arrived. */
export const depositRound = async (town: Town, admin: Person): Promise<void> => {
  const actor = actorOf(admin);
  const page = await town.look('deposits.waiting', (core) =>
    core.deposits.waiting({ actor, page: A_PAGE }),
  );
  const [listed] = page?.items ?? [];
  if (listed && admin.dice.chance(0.3)) {
    const depositId = listed.deposit.id;
    await town.look('deposits.show', (core) => core.deposits.show({ actor, depositId }));
  }
  const skipped: DepositId[] = [];
  for (let left = A_PAGE.size; left > 0; left -= 1) {
    const found = await town.look('deposits.next', (core) =>
      core.deposits.next({ actor, skipped }),
    );
    if (!found) return;
    skipped.push(found.deposit.id);
    await town.timetable.pause(admin.dice.between(5_000, 60_000));
    await decideDeposit(town, admin, found);
  }
};

const decideDeposit = async (town: Town, admin: Person, { deposit }: DepositCase) => {
  const { dice } = admin;
  const [actor, depositId] = [actorOf(admin), deposit.id];
  const luck = dice.next();
  if (luck < 0.06) {
    await ask(town, admin, {
      name: 'deposits.reject',
      call: (core) => core.deposits.reject({ actor, depositId, reason: 'Uang tidak masuk' }),
      learn: (answer) => {
        if (!answer.done) return;
        const { value } = answer;
        const isMine = value.outcome === 'rejected' || answer.again;
        if (isMine) town.shadow.deposits.rejected(depositId);
      },
      says: ({ outcome }) => outcome,
    });
    return;
  }
  const isOther = luck < 0.14;
  const credited = isOther ? rupiah((deposit.claimed * 9n) / 10n) : deposit.claimed;
  const reason = isOther ? 'Nominal berbeda' : null;
  const approve = () =>
    ask(town, admin, {
      name: 'deposits.approve',
      call: (core) => core.deposits.approve({ actor, depositId, credited, reason }),
      learn: (answer) => {
        if (!answer.done) return;
        const isMine = answer.value.outcome === 'approved' || answer.again;
        if (isMine) town.shadow.deposits.approved(depositId, credited);
      },
      says: ({ outcome }) => outcome,
    });
  await Promise.all(dice.chance(0.05) ? [approve(), approve()] : [approve()]);
};

/**
 * Claims what waits and transfers it, or endorses what needs two (ADM-2); what others left lying about
 * is taken over.
 */
export const withdrawalRound = async (town: Town, admin: Person): Promise<void> => {
  const actor = actorOf(admin);
  const page = await town.look('withdrawals.waiting', (core) =>
    core.withdrawals.waiting({ actor, page: A_PAGE }),
  );
  const skipped: WithdrawalId[] = [];
  for (let left = page?.total ?? 0; left > 0; left -= 1) {
    const found = await town.look('withdrawals.next', (core) =>
      core.withdrawals.next({ actor, skipped }),
    );
    if (!found) break;
    const { id } = found.withdrawal;
    skipped.push(id);
    if (lacksSecond(found)) await endorse(town, admin, id);
    else if (await claim(town, admin, { id, from: null })) await transfer(town, admin, id);
  }
  const others = await town.look('withdrawals.claimedByOthers', (core) =>
    core.withdrawals.claimedByOthers({ actor, page: A_PAGE }),
  );
  for (const { withdrawal } of others?.items ?? []) {
    if (withdrawal.status !== 'pending' || !withdrawal.claim) continue;
    const { by, at } = withdrawal.claim;
    if (at.getTime() > town.timetable.moment() - STALE_MS) continue;
    if (await claim(town, admin, { id: withdrawal.id, from: by })) {
      await transfer(town, admin, withdrawal.id);
    }
  }
};

/** Says that it is right, and now and then thinks better of it. */
const endorse = async (town: Town, admin: Person, withdrawalId: WithdrawalId): Promise<void> => {
  const input = { actor: actorOf(admin), withdrawalId };
  await ask(town, admin, {
    name: 'withdrawals.endorse',
    call: (core) => core.withdrawals.endorse(input),
    learn: ({ done }) => {
      if (done && admin.id) town.shadow.withdrawals.endorsed(withdrawalId, admin.id);
    },
  });
  if (!admin.dice.chance(0.2)) return;
  await ask(town, admin, {
    name: 'withdrawals.takeBackEndorsement',
    call: (core) => core.withdrawals.takeBackEndorsement(input),
    learn: (answer) => {
      if (happened(answer, 'withdrawal.not-endorsed') && admin.id) {
        town.shadow.withdrawals.takenBack(withdrawalId, admin.id);
      }
    },
  });
};

const claim = async (
  town: Town,
  admin: Person,
  { id: withdrawalId, from }: { readonly id: WithdrawalId; readonly from: UserId | null },
): Promise<boolean> => {
  const actor = actorOf(admin);
  const answer = await ask(town, admin, {
    name: 'withdrawals.claim',
    call: (core) => core.withdrawals.claim({ actor, withdrawalId, takeOverFrom: from }),
    learn: (given) => {
      if (given.done && admin.id) town.shadow.withdrawals.claimed(given.value.withdrawal, admin.id);
    },
  });
  return answer.done;
};

const transfer = async (town: Town, admin: Person, withdrawalId: WithdrawalId): Promise<void> => {
  const { dice } = admin;
  const actor = actorOf(admin);
  if (dice.chance(0.03)) return; // forgotten, until somebody takes it over
  await minutes(town, 1, 4);
  if (dice.chance(0.1)) {
    await town.look('withdrawals.show', (core) => core.withdrawals.show({ actor, withdrawalId }));
  }
  if (dice.chance(0.1)) {
    await ask(town, admin, {
      name: 'withdrawals.reject',
      call: (core) => core.withdrawals.reject({ actor, withdrawalId, reason: 'Nomor salah' }),
      learn: (answer) => {
        if (answer.done && (answer.value.outcome === 'rejected' || answer.again)) {
          town.shadow.withdrawals.rejected(withdrawalId);
        }
      },
      says: ({ outcome }) => outcome,
    });
    return;
  }
  const hasReceipt = dice.chance(0.2);
  const kept = hasReceipt ? await keepFile(town, 'storeTransferProof', town.picture()) : undefined;
  await ask(town, admin, {
    name: 'withdrawals.pay',
    call: (core) =>
      core.withdrawals.pay({
        actor,
        withdrawalId,
        receipt: kept ?? null,
        reference: dice.chance(0.5) ? `TRX${withdrawalId.slice(-6)}` : null,
      }),
    learn: (answer) => {
      if (answer.done && (answer.value.outcome === 'paid' || answer.again)) {
        town.shadow.withdrawals.paid(withdrawalId);
      }
    },
    says: ({ outcome }) => outcome,
  });
};
