import {
  APPROVALS_MAX,
  asSystem,
  asUser,
  rupiah,
  type Core,
  type Sealed,
  type TakeId,
  type UserId,
  type WithdrawalId,
} from '../../../core/index.ts';
import { fileNamed } from '../../support/builders.ts';
import type { Kind, Operation, OperationOf } from './operations.ts';

/** What performing needs: the core, a sealed number of this person's, and a look at the proofs. */
export interface Stage {
  readonly core: Core;
  numberOf(user: UserId): Sealed;
  proofOf(take: TakeId): Promise<string | undefined>;
}

const REASON = 'as the bank statement says';

/** Calls the use case; resolves to the id of what was made or changed, after the commit. */
export const perform = async (stage: Stage, operation: Operation): Promise<string> => {
  const act = ACTS[operation.kind] as (on: Stage, what: Operation) => Promise<string>;
  return act(stage, operation);
};

/** Where the link of a campaign with this key points. */
const linkOf = (key: string): string => `https://www.instagram.com/p/${key}/`;

type Acts = { readonly [K in Kind]: (stage: Stage, operation: OperationOf<K>) => Promise<string> };

const ACTS: Acts = {
  'deposit.request': async ({ core }, { by, key, amount }) => {
    const file = fileNamed(key);
    return (await core.deposits.request({ actor: asUser(by), key, amount: rupiah(amount), file }))
      .id;
  },
  'deposit.approve': async ({ core }, { by, id, credited }) => {
    const decision = { actor: asUser(by), depositId: id, credited: rupiah(credited) };
    await core.deposits.approve({ ...decision, reason: REASON });
    return id;
  },
  'deposit.reject': async ({ core }, { by, id }) => {
    await core.deposits.reject({ actor: asUser(by), depositId: id, reason: REASON });
    return id;
  },
  'deposit.cancel': async ({ core }, { by, id }) =>
    (await core.deposits.cancel({ actor: asUser(by), depositId: id })).id,
  'campaign.create': async ({ core }, { by, key, price, target }) => {
    const order = { kind: 'like', link: linkOf(key), instructions: null, target } as const;
    const actor = asUser(by);
    return (await core.campaigns.create({ actor, key, ...order, pricePerTask: rupiah(price) })).id;
  },
  'campaign.raise': async ({ core }, { by, key, id, more }) =>
    (await core.campaigns.raise({ actor: asUser(by), key, campaignId: id, more })).id,
  'campaign.delete': async ({ core }, { by, id }) =>
    (await core.campaigns.delete({ actor: asUser(by), campaignId: id })).campaign.id,
  'task.take': async ({ core }, { by, id }) =>
    (await core.tasks.take({ actor: asUser(by), campaignId: id })).take.id,
  'task.release': async ({ core }, { by, id }) =>
    (await core.tasks.release({ actor: asUser(by), takeId: id })).id,
  'proof.submit': submit,
  'proof.approve': async ({ core }, { by, id }) => {
    await core.proofs.approve({ actor: asUser(by), proofId: id });
    return id;
  },
  'proof.reject': async ({ core }, { by, id }) => {
    await core.proofs.reject({ actor: asUser(by), proofId: id, reason: REASON });
    return id;
  },
  'approvals.start': approveMany,
  'withdrawal.request': async ({ core, numberOf }, { by, key, amount }) => {
    const request = { actor: asUser(by), key, amount: rupiah(amount), number: numberOf(by) };
    return (await core.withdrawals.request(request)).id;
  },
  'withdrawal.claim': async ({ core }, { by, id }) => await claim(core, by, id),
  'withdrawal.pay': async ({ core }, { by, id }) => {
    const payment = { actor: asUser(by), withdrawalId: id, reference: null, receipt: null };
    await core.withdrawals.pay(payment);
    return id;
  },
  'withdrawal.reject': async ({ core }, { by, id }) => {
    await core.withdrawals.reject({ actor: asUser(by), withdrawalId: id, reason: REASON });
    return id;
  },
  'withdrawal.cancel': async ({ core }, { by, id }) =>
    (await core.withdrawals.cancel({ actor: asUser(by), withdrawalId: id })).id,
};

const claim = async (core: Core, by: UserId, withdrawalId: WithdrawalId): Promise<string> => {
  const claimed = { actor: asUser(by), withdrawalId, takeOverFrom: null };
  return (await core.withdrawals.claim(claimed)).withdrawal.id;
};

/** A proof has no key: who sent it already is refused, and then looks for what was sent. */
async function submit(
  { core, proofOf }: Stage,
  { by, id }: OperationOf<'proof.submit'>,
): Promise<string> {
  const proof = { actor: asUser(by), takeId: id, file: fileNamed(id), sentAt: new Date() };
  try {
    return (await core.proofs.submit(proof)).id;
  } catch (error) {
    const sent = await proofOf(id);
    if (sent === undefined) throw error;
    return sent;
  }
}

/** Ordered and worked off; the bot's own job may be at it, too. */
async function approveMany(
  { core }: Stage,
  { by, key, id, proofs: proofIds }: OperationOf<'approvals.start'>,
): Promise<string> {
  const actor = asUser(by);
  const scope = { kind: 'campaign', campaignId: id } as const;
  await core.approvals.start({ actor, scope, proofIds, key });
  const { faults } = await core.approvals.run({
    actor: asSystem('approve-many'),
    limit: APPROVALS_MAX,
  });
  const { batch } = await core.approvals.show({ actor, batchId: key });
  if (batch.doneAt === null) throw new AggregateError(faults, `not worked off: ${faults.join()}`);
  return batch.id;
}
