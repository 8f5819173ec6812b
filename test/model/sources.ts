import type { CampaignId, ProofId } from '../../core/index.ts';
import { isNamed } from './facts.ts';
import type { Kind } from './requests.ts';
import { balance, TERMS, walletOf, type Campaign, type World } from './world.ts';

interface Named {
  readonly id: string;
}

/** What a kind of request is about. */
interface Source {
  readonly all: (world: World) => readonly Named[];
  /** Those with which it can be done; the newest first. */
  readonly suiting: (world: World) => readonly Named[];
  /** What to do instead where there is none. */
  readonly before: Kind;
}

const source = <T extends Named>(
  all: (world: World) => ReadonlyMap<string, T>,
  suits: (one: T, world: World) => boolean,
  before: Kind,
): Source => ({
  all: (world) => [...all(world).values()],
  suiting: (world) => [...all(world).values()].filter((one) => suits(one, world)).toReversed(),
  before,
});

const isOpen = ({ status }: Campaign): boolean => status === 'active' || status === 'paused';
const isPending = ({ status }: { readonly status: string }): boolean => status === 'pending';

const campaigns = (suits: (one: Campaign, world: World) => boolean, before: Kind): Source =>
  source(({ campaigns: all }) => all, suits, before);

const canPayMore = (one: Campaign, world: World): boolean =>
  isOpen(one) && balance(world, walletOf(one.owner)) > one.price + one.fee;

/** The proofs of a campaign that wait, the oldest first. */
export const waitingIn = ({ proofs, takes }: World, id: CampaignId): readonly ProofId[] =>
  [...proofs.values()]
    .filter(({ take, verdicts }) => verdicts.length === 0 && takes.get(take)?.campaign === id)
    .map((proof) => proof.id);

const SOURCES: Partial<Record<Kind, Source>> = {
  'user.suspend': source(
    ({ people }) => people,
    ({ isSuspended, role }) => !isSuspended && role !== 'admin',
    'user.register',
  ),
  'user.unsuspend': source(
    ({ people }) => people,
    ({ isSuspended }) => isSuspended,
    'user.suspend',
  ),
  'deposit.approve': source(
    ({ deposits }) => deposits,
    (one) => isPending(one),
    'deposit.request',
  ),
  'deposit.reject': source(
    ({ deposits }) => deposits,
    (one) => isPending(one),
    'deposit.request',
  ),
  'deposit.cancel': source(
    ({ deposits }) => deposits,
    (one) => isPending(one),
    'deposit.request',
  ),
  'campaign.raise': campaigns(canPayMore, 'campaign.create'),
  'campaign.pause': campaigns(({ status }) => status === 'active', 'campaign.create'),
  'campaign.resume': campaigns(({ status }) => status === 'paused', 'campaign.pause'),
  'campaign.delete': campaigns(isOpen, 'campaign.create'),
  'task.take': campaigns(
    ({ status, slots }) => status === 'active' && slots.available > 0,
    'campaign.create',
  ),
  'task.release': source(
    ({ takes }) => takes,
    ({ status }) => status === 'taken',
    'task.take',
  ),
  'proof.submit': source(
    ({ takes }) => takes,
    ({ status }) => status === 'taken',
    'task.take',
  ),
  'proof.approve': source(
    ({ proofs }) => proofs,
    ({ verdicts }) => verdicts.length === 0,
    'proof.submit',
  ),
  'proof.reject': source(
    ({ proofs }) => proofs,
    ({ verdicts }) => verdicts.length === 0,
    'proof.submit',
  ),
  'proof.reverse': source(
    ({ proofs }) => proofs,
    ({ verdicts }) => verdicts.length === 1,
    'proof.approve',
  ),
  'approvals.start': campaigns(({ id }, world) => waitingIn(world, id).length > 0, 'proof.submit'),
  'approvals.run': source(
    ({ orders }) => orders,
    ({ left }) => left.length > 0,
    'approvals.start',
  ),
  'withdrawal.request': source(
    ({ people }) => people,
    ({ id }, world) => balance(world, walletOf(id)) > TERMS.withdrawMin + TERMS.withdrawFee,
    'deposit.approve',
  ),
  'wallet.adjust': source(
    ({ people }) => people,
    ({ role }) => role !== 'admin',
    'user.register',
  ),
  'user.change-role': source(
    ({ people }) => people,
    ({ role }) => role !== 'admin',
    'user.register',
  ),
  'withdrawal.endorse': source(
    ({ withdrawals }) => withdrawals,
    (one) => isPending(one) && one.needsSecond && one.endorsed === null,
    'withdrawal.request',
  ),
  'withdrawal.take-back': source(
    ({ withdrawals }) => withdrawals,
    (one) => isPending(one) && one.endorsed !== null && one.claim === null,
    'withdrawal.endorse',
  ),
  'withdrawal.claim': source(
    ({ withdrawals }) => withdrawals,
    (one) => isPending(one) && (!one.needsSecond || one.endorsed !== null),
    'withdrawal.endorse',
  ),
  'withdrawal.pay': source(
    ({ withdrawals }) => withdrawals,
    (one) => isPending(one) && one.claim !== null,
    'withdrawal.claim',
  ),
  'withdrawal.reject': source(
    ({ withdrawals }) => withdrawals,
    (one) => isPending(one) && one.claim !== null,
    'withdrawal.claim',
  ),
  'withdrawal.cancel': source(
    ({ withdrawals }) => withdrawals,
    (one) => isPending(one) && one.claim === null,
    'withdrawal.request',
  ),
};

/** All that a request of this kind could name, and what of it suits. */
export const namable = (world: World, kind: Kind) => {
  const from = SOURCES[kind];
  const all = (from?.all(world) ?? []).filter(({ id }) => isNamed(id));
  return { all, suiting: from?.suiting(world) ?? [] };
};

/** The kind itself, or what must be done before there is anything that it could be done with. */
export const possible = (world: World, kind: Kind): Kind => {
  const from = SOURCES[kind];
  return !from || from.suiting(world).length > 0 ? kind : possible(world, from.before);
};
