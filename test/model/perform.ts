import {
  asOperator,
  asRefusal,
  asSystem,
  asUser,
  rupiah,
  type Actor,
  type Core,
  type DecisionResult,
  type DepositResult,
  type Sealed,
  type User,
  type WithdrawalResult,
} from '../../core/index.ts';
import { fileNamed } from '../support/builders.ts';
import type { Asker, Kind, Outcome, Request, RequestOf } from './requests.ts';

/** What performing needs beside the core. */
export interface Stage {
  readonly core: Core;
  readonly clock: { now(): Date; advance(ms: number): void };
  /** A number as this person's dialogue keeps it. */
  seal(number: string, person: Asker): Sealed;
}

type Done = { readonly id?: string; readonly says?: string };

type Acts = {
  readonly [K in Kind]: (stage: Stage, request: RequestOf<K>, actor: Actor) => Promise<Done>;
};

const actorOf = (by: Asker): Actor => {
  if (by === 'operator') return asOperator('model');
  return by === 'job' ? asSystem('model') : asUser(by);
};

/** Calls the use case. What is no refusal is a defect, and thrown. */
export const perform = async (stage: Stage, request: Request): Promise<Outcome> => {
  const act = ACTS[request.kind] as (on: Stage, what: Request, actor: Actor) => Promise<Done>;
  try {
    const { id, says = '' } = await act(stage, request, actorOf(request.by));
    return { end: 'done', id, says };
  } catch (error) {
    const refusal = asRefusal(error);
    if (!refusal) throw error;
    return { end: 'refused', code: refusal.code };
  }
};

const people: Pick<Acts, Extract<Kind, `user.${string}`>> = {
  'user.register': async ({ core }, { telegramId }) => {
    const names = { username: null, displayName: `Orang ${telegramId}`, languageCode: 'id' };
    const { user, isNew } = await core.users.register({ telegramId, ...names });
    return { id: user.id, says: isNew ? 'new' : 'known' };
  },
  'user.accept-terms': async ({ core }, { version }, actor) => {
    await core.users.acceptTerms({ actor, version });
    return {};
  },
  'user.choose-role': async ({ core }, { role }, actor) => {
    await core.users.chooseRole({ actor, role });
    return {};
  },
  'user.grant-admin': async ({ core }, { telegramId }, actor) => ({
    says: (await core.users.grantAdmin({ actor, telegramId })).outcome,
  }),
  'user.revoke-admin': async ({ core }, { telegramId }, actor) => ({
    says: (await core.users.revokeAdmin({ actor, telegramId })).outcome,
  }),
  'user.permit': async ({ core }, { telegramId, may: permissions }, actor) => {
    await core.users.setPermissions({ actor, telegramId, permissions });
    return {};
  },
  'user.change-role': async ({ core }, { id, role }, actor) => {
    await core.users.changeRole({ actor, userId: id, role });
    return {};
  },
  'user.suspend': async ({ core }, { id, reason }, actor) => {
    await core.users.suspend({ actor, userId: id, reason });
    return {};
  },
  'user.unsuspend': async ({ core }, { id }, actor) => {
    await core.users.unsuspend({ actor, userId: id });
    return {};
  },
};

const byHand: Pick<Acts, 'wallet.adjust' | 'revenue.payout'> = {
  'wallet.adjust': async ({ core }, { key, id, direction, side, amount, reason }, actor) => {
    const wish = { direction, side, amount: rupiah(amount), reason, mends: null } as const;
    return { id: (await core.wallet.adjust({ actor, userId: id, key, ...wish })).id };
  },
  'revenue.payout': async ({ core }, { key, amount, reason }, actor) => {
    const payout = { actor, amount: rupiah(amount), reason, key };
    return { id: (await core.wallet.payoutRevenue(payout)).id };
  },
};

const money: Pick<Acts, Extract<Kind, `${'deposit' | 'withdrawal'}.${string}`>> = {
  'deposit.request': async ({ core }, { key, amount, file }, actor) =>
    core.deposits.request({ actor, key, amount: rupiah(amount), file: fileNamed(file) }),
  'deposit.approve': async ({ core }, { id, credited, reason }, actor) => {
    const decision = { actor, depositId: id, credited: rupiah(credited), reason };
    return { says: saidOf(await core.deposits.approve(decision)) };
  },
  'deposit.reject': async ({ core }, { id, reason }, actor) => ({
    says: saidOf(await core.deposits.reject({ actor, depositId: id, reason })),
  }),
  'deposit.cancel': async ({ core }, { id }, actor) => {
    await core.deposits.cancel({ actor, depositId: id });
    return {};
  },
  'withdrawal.request': async ({ core, seal }, { by, key, amount, number }, actor) => {
    const request = { actor, key, amount: rupiah(amount), number: seal(number, by) };
    return { id: (await core.withdrawals.request(request)).id };
  },
  'withdrawal.endorse': async ({ core }, { id }, actor) => {
    await core.withdrawals.endorse({ actor, withdrawalId: id });
    return {};
  },
  'withdrawal.take-back': async ({ core }, { id }, actor) => {
    await core.withdrawals.takeBackEndorsement({ actor, withdrawalId: id });
    return {};
  },
  'withdrawal.claim': async ({ core }, { id, from }, actor) => {
    const claim = { actor, withdrawalId: id, takeOverFrom: from };
    return { says: `claimed ${(await core.withdrawals.claim(claim)).number}` };
  },
  'withdrawal.pay': async ({ core }, { id }, actor) => {
    const payment = { actor, withdrawalId: id, reference: null, receipt: null };
    return { says: saidOf(await core.withdrawals.pay(payment)) };
  },
  'withdrawal.reject': async ({ core }, { id, reason }, actor) => ({
    says: saidOf(await core.withdrawals.reject({ actor, withdrawalId: id, reason })),
  }),
  'withdrawal.cancel': async ({ core }, { id }, actor) => {
    await core.withdrawals.cancel({ actor, withdrawalId: id });
    return {};
  },
};

const campaigns: Pick<Acts, Extract<Kind, `campaign.${string}`>> = {
  'campaign.create': async ({ core }, { key, task, link, price, target, total }, actor) => {
    const order = { kind: task, link, instructions: null, pricePerTask: rupiah(price), target };
    const shown = total === null ? {} : { total: rupiah(total) };
    return { id: (await core.campaigns.create({ actor, key, ...order, ...shown })).id };
  },
  'campaign.raise': async ({ core }, { key, id, more }, actor) => ({
    id: (await core.campaigns.raise({ actor, key, campaignId: id, more })).id,
  }),
  'campaign.pause': async ({ core }, { id, reason }, actor) => {
    await core.campaigns.pause({ actor, campaignId: id, reason });
    return {};
  },
  'campaign.resume': async ({ core }, { id, reason }, actor) => {
    await core.campaigns.resume({ actor, campaignId: id, reason });
    return {};
  },
  'campaign.delete': async ({ core }, { id, reason }, actor) => {
    const change = { actor, campaignId: id, reason };
    const { refunded, stillOpen } = await core.campaigns.delete(change);
    return { says: `refunded ${refunded}, open ${stillOpen}` };
  },
};

const approvals: Pick<Acts, Extract<Kind, `approvals.${string}`>> = {
  'approvals.start': async ({ core }, { id: campaignId, proofs: proofIds, order: key }, actor) => {
    const scope = { kind: 'campaign', campaignId } as const;
    const { listed } = await core.approvals.start({ actor, scope, proofIds, key });
    return { id: key, says: `listed ${listed}` };
  },
  'approvals.run': async ({ core }, _request, actor) => {
    const { done, faults, next } = await core.approvals.run({ actor, limit: 1 });
    if (faults.length > 0) throw new AggregateError(faults, 'the run met faults');
    if (done === 0 || !next) return { says: 'nothing' };
    return { id: `${next.batchId} ${next.proofId}`, says: 'worked' };
  },
};

const SWEEP_LIMIT = 50;

const work: Pick<Acts, Extract<Kind, `${'task' | 'proof'}.${string}` | 'wait'>> = {
  'task.take': async ({ core }, { id }, actor) => ({
    id: (await core.tasks.take({ actor, campaignId: id })).take.id,
  }),
  'task.release': async ({ core }, { id }, actor) => {
    await core.tasks.release({ actor, takeId: id });
    return {};
  },
  'task.expire': async ({ core }, _request, actor) => {
    for (let after: Awaited<ReturnType<Core['tasks']['expireDue']>>['next'] | undefined; ;) {
      const { faults, next } = await core.tasks.expireDue({
        actor,
        limit: SWEEP_LIMIT,
        ...(after && { after }),
      });
      if (faults.length > 0) throw new AggregateError(faults, 'the sweep met faults');
      if (!next) return {};
      after = next;
    }
  },
  'proof.submit': async ({ core, clock }, { id, agoMs }, actor) => {
    const sentAt = new Date(clock.now().getTime() - agoMs);
    const proof = { actor, takeId: id, file: fileNamed(`proof of ${id}`), sentAt };
    return { id: (await core.proofs.submit(proof)).id };
  },
  'proof.approve': async ({ core }, { id }, actor) => ({
    says: verdictOf(await core.proofs.approve({ actor, proofId: id })),
  }),
  'proof.reject': async ({ core }, { id, reason }, actor) => ({
    says: verdictOf(await core.proofs.reject({ actor, proofId: id, reason })),
  }),
  'proof.reverse': async ({ core }, { id, reason }, actor) => {
    const result = await core.proofs.reverse({ actor, proofId: id, reason });
    if (result.outcome === 'un-rejected') return { says: `un-rejected ${result.reward}` };
    const { returned, feeReturned, shortfall } = result;
    return { says: `un-approved ${returned}, fee ${feeReturned}, short ${shortfall}` };
  },
  wait: async ({ clock }, { ms }) => {
    clock.advance(ms);
    return {};
  },
};

const ACTS: Acts = { ...people, ...money, ...byHand, ...campaigns, ...approvals, ...work };

const named = (user: User | null): string => (user === null ? 'the owner' : `${user.telegramId}`);

const verdictOf = (result: DecisionResult): string => {
  switch (result.outcome) {
    case 'approved':
      return `approved ${result.reward}, balance ${result.workerBalance}`;
    case 'rejected':
      return 'rejected';
    case 'already-decided':
      return `already ${result.verdict} by ${named(result.by)}`;
  }
};

const saidOf = (result: DepositResult | WithdrawalResult): string => {
  switch (result.outcome) {
    case 'already-decided':
      return `already ${result.status} by ${named(result.by)}`;
    case 'approved':
      return `approved ${result.credited}, balance ${result.balance}`;
    case 'paid':
    case 'rejected':
      return result.outcome;
  }
};
