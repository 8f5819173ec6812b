import {
  MINUTE_MS,
  PERMISSIONS,
  type CampaignId,
  type DepositId,
  type OwnRole,
  type TakeId,
  type WithdrawalId,
} from '../../core/index.ts';
import { freshId } from '../support/builders.ts';
import { BY_HAND } from './choose-by-hand.ts';
import { actor, at, owner, people, reason, thing, isFit } from './chooser.ts';
import type { Choice, Chooser, Roll } from './chooser.ts';
import type { Kind, Request } from './requests.ts';
import { possible, waitingIn } from './sources.ts';
import { TERMS } from './world.ts';

export type { Choice, Roll } from './chooser.ts';

/** The request that a roll comes to in this world. */
export const choose = (choice: Choice, roll: Roll): Request => {
  const kind = roll.stray ? roll.kind : possible(choice.world, roll.kind);
  const chooser = CHOOSERS[kind] as (choice: Choice, roll: Roll) => Omit<Request, 'kind'>;
  return { kind, ...chooser(choice, { ...roll, kind }) } as Request;
};

const stranger = ({ strangers }: Choice, { which }: Roll): number => at(strangers, which) as number;

const telegramIdOf = (choice: Choice, roll: Roll): number =>
  roll.which % 3 === 0
    ? stranger(choice, roll)
    : ((at(people(choice), roll.which)?.telegramId ?? stranger(choice, roll)) as number);

const ROLES: readonly OwnRole[] = ['client', 'worker'];

const PEOPLE: { readonly [K in Extract<Kind, `user.${string}`>]: Chooser<K> } = {
  'user.register': (choice, roll) => ({
    by: 'job',
    telegramId: roll.stray ? telegramIdOf(choice, roll) : stranger(choice, roll),
  }),
  'user.accept-terms': (choice, roll) => {
    const due = people(choice).filter(({ hasAccepted }) => !hasAccepted);
    const by = roll.stray ? actor(choice, roll) : (at(due, roll.who)?.id ?? actor(choice, roll));
    return { by, version: roll.much % 5 === 4 ? 0 : TERMS.termsVersion };
  },
  'user.choose-role': (choice, roll) => {
    const unset = people(choice).filter((one) => one.role === null && isFit(one));
    const by = at(unset, roll.who)?.id ?? actor(choice, roll);
    return { by, role: at(ROLES, roll.which) as OwnRole };
  },
  'user.grant-admin': (choice, roll) => ({
    by: roll.stray ? actor(choice, roll) : 'operator',
    telegramId: telegramIdOf(choice, roll),
  }),
  'user.revoke-admin': (choice, roll) => {
    const admins = people(choice).filter(({ role }) => role === 'admin');
    const by = roll.stray ? actor(choice, roll) : 'operator';
    if (roll.much % 2 === 0) return { by, telegramId: telegramIdOf(choice, roll) };
    return { by, telegramId: at(admins, roll.who)?.telegramId ?? stranger(choice, roll) };
  },
  'user.permit': (choice, roll) => {
    const admins = people(choice).filter(({ role }) => role === 'admin');
    const left = PERMISSIONS.filter((_right, place) => place !== roll.much % 5);
    return {
      by: roll.stray ? actor(choice, roll) : 'operator',
      telegramId: at(admins, roll.who)?.telegramId ?? stranger(choice, roll),
      may: roll.which % 20 === 19 ? [] : left,
    };
  },
  'user.change-role': (choice, roll) => ({
    by: actor(choice, roll, 'admin'),
    id: thing(choice, roll),
    role: at(ROLES, roll.which) as OwnRole,
  }),
  'user.suspend': (choice, roll) => ({
    by: roll.who % 5 === 4 ? 'operator' : actor(choice, roll, 'admin'),
    id: thing(choice, roll),
    reason: reason(roll),
  }),
  'user.unsuspend': (choice, roll) => ({
    by: roll.who % 5 === 4 ? 'operator' : actor(choice, roll, 'admin'),
    id: thing(choice, roll),
  }),
};

const DEPOSITS: { readonly [K in Extract<Kind, `deposit.${string}`>]: Chooser<K> } = {
  'deposit.request': (choice, roll) => ({
    by: actor(choice, roll, 'client'),
    key: choice.key,
    amount: BigInt(roll.stray ? roll.much * 7 : 1_000 + roll.much),
    // Now and then a proof that was there before.
    file: roll.which % 6 === 5 ? `file ${roll.much % 3}` : `file ${choice.key}`,
  }),
  'deposit.approve': (choice, roll) => {
    const id = thing<DepositId>(choice, roll);
    const claimed = choice.world.deposits.get(id)?.claimed ?? 5_000n;
    const isOther = roll.much % 3 === 2;
    return {
      by: actor(choice, roll, 'admin'),
      id,
      credited: isOther ? BigInt(roll.much * 5 - 300) : claimed,
      reason: isOther && roll.much % 4 !== 0 ? 'what came' : null,
    };
  },
  'deposit.reject': (choice, roll) => ({
    by: actor(choice, roll, 'admin'),
    id: thing(choice, roll),
    reason: reason(roll),
  }),
  'deposit.cancel': (choice, roll) => {
    const id = thing<DepositId>(choice, roll);
    return { by: owner(choice, roll, choice.world.deposits.get(id)?.owner), id };
  },
};

const LINKS = 4;

const changed = (choice: Choice, roll: Roll) => {
  const id = thing<CampaignId>(choice, roll);
  const whose = choice.world.campaigns.get(id)?.owner;
  const by = roll.who % 3 === 2 ? actor(choice, roll, 'admin') : owner(choice, roll, whose);
  return { by, id, reason: reason(roll) };
};

const CAMPAIGNS: { readonly [K in Extract<Kind, `campaign.${string}`>]: Chooser<K> } = {
  'campaign.create': (choice, roll) => ({
    by: actor(choice, roll, 'client'),
    key: choice.key,
    task: roll.which % 2 === 0 ? 'like' : 'view',
    link: `${roll.much % 41 === 40 ? 'http' : 'https'}://x.com/i/status/${roll.which % LINKS}`,
    price: BigInt(roll.stray ? roll.much * 3 : 10 + (roll.much % 1_500)),
    target: roll.stray ? (roll.which % 9) - 1 : 1 + (roll.which % 4),
    total: roll.much % 17 === 16 ? BigInt(roll.much) : null,
  }),
  'campaign.raise': (choice, roll) => {
    const id = thing<CampaignId>(choice, roll);
    return {
      by: owner(choice, roll, choice.world.campaigns.get(id)?.owner),
      key: choice.key,
      id,
      more: roll.stray ? (roll.much % 6) - 1 : 1 + (roll.much % 2),
    };
  },
  'campaign.pause': changed,
  'campaign.resume': changed,
  'campaign.delete': changed,
};

const WORK: { readonly [K in Extract<Kind, `${'task' | 'proof'}.${string}`>]: Chooser<K> } = {
  'task.take': (choice, roll) => ({
    by: actor(choice, roll, 'worker'),
    id: thing(choice, roll),
  }),
  'task.release': (choice, roll) => {
    const id = thing<TakeId>(choice, roll);
    return { by: owner(choice, roll, choice.world.takes.get(id)?.worker), id };
  },
  'task.expire': (choice, roll) => ({ by: roll.stray ? actor(choice, roll) : 'job' }),
  'proof.submit': (choice, roll) => {
    const id = thing<TakeId>(choice, roll);
    const by = owner(choice, roll, choice.world.takes.get(id)?.worker);
    return { by, id, agoMs: roll.much % 4 === 3 ? roll.much * 100 : 0 };
  },
  'proof.approve': (choice, roll) => ({
    by: actor(choice, roll, 'admin'),
    id: thing(choice, roll),
  }),
  'proof.reject': (choice, roll) => ({
    by: actor(choice, roll, 'admin'),
    id: thing(choice, roll),
    reason: roll.much % 2 === 0 ? null : reason(roll),
  }),
  'proof.reverse': (choice, roll) => ({
    by: actor(choice, roll, 'admin'),
    id: thing(choice, roll),
    reason: reason(roll),
  }),
};

const APPROVALS: { readonly [K in Extract<Kind, `approvals.${string}`>]: Chooser<K> } = {
  'approvals.start': (choice, roll) => {
    const id = thing<CampaignId>(choice, roll);
    const all = [...choice.world.proofs.keys()];
    const proofs = roll.stray && roll.much % 2 === 0 ? all : waitingIn(choice.world, id);
    return { by: actor(choice, roll, 'admin'), order: freshId(), id, proofs };
  },
  'approvals.run': (choice, roll) => ({ by: roll.stray ? actor(choice, roll) : 'job' }),
};

const claimed = (choice: Choice, roll: Roll) => {
  const { withdrawals } = choice.world;
  const id = thing<WithdrawalId>(choice, roll);
  const by = withdrawals.get(id)?.claim ?? null;
  return { by: by === null || roll.stray ? actor(choice, roll, 'admin') : by, id };
};

const WITHDRAWALS: { readonly [K in Extract<Kind, `withdrawal.${string}`>]: Chooser<K> } = {
  'withdrawal.request': (choice, roll) => ({
    by: roll.stray ? actor(choice, roll) : thing(choice, roll),
    key: choice.key,
    amount: BigInt(roll.stray ? roll.much : 100 + (roll.much % 900)),
    number: `+6281234567${100 + (roll.much % 2)}`,
  }),
  'withdrawal.endorse': (choice, roll) => ({
    by: actor(choice, roll, 'admin'),
    id: thing(choice, roll),
  }),
  'withdrawal.take-back': (choice, roll) => {
    const id = thing<WithdrawalId>(choice, roll);
    return { by: owner(choice, roll, choice.world.withdrawals.get(id)?.endorsed ?? undefined), id };
  },
  'withdrawal.claim': (choice, roll) => {
    const id = thing<WithdrawalId>(choice, roll);
    const from = choice.world.withdrawals.get(id)?.claim ?? null;
    const endorsed = choice.world.withdrawals.get(id)?.endorsed ?? null;
    const first = actor(choice, roll, 'admin');
    const by = first === endorsed ? actor(choice, { ...roll, who: roll.who + 1 }, 'admin') : first;
    return { by, id, from: roll.much % 3 === 0 ? from : null };
  },
  'withdrawal.pay': claimed,
  'withdrawal.reject': (choice, roll) => ({ ...claimed(choice, roll), reason: reason(roll) }),
  'withdrawal.cancel': (choice, roll) => {
    const { withdrawals } = choice.world;
    const id = thing<WithdrawalId>(choice, roll);
    return { by: owner(choice, roll, withdrawals.get(id)?.owner), id };
  },
};

const WAITS: readonly number[] = [1, 10, 31, 31, 6 * 60, 25 * 60].map(
  (minutes) => minutes * MINUTE_MS,
);

const CHOOSERS: { readonly [K in Kind]: Chooser<K> } = {
  ...PEOPLE,
  ...DEPOSITS,
  ...CAMPAIGNS,
  ...WORK,
  ...APPROVALS,
  ...WITHDRAWALS,
  ...BY_HAND,
  wait: (_choice, { which, much }) => ({
    by: 'job',
    ms: much % 25 === 24 ? TERMS.reversalMs + MINUTE_MS : (at(WAITS, which) as number),
  }),
};
