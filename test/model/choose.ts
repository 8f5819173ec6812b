import {
  MINUTE_MS,
  type CampaignId,
  type DepositId,
  type OwnRole,
  type Role,
  type TakeId,
  type UserId,
  type WithdrawalId,
} from '../../core/index.ts';
import { freshId } from '../support/builders.ts';
import type { Asker, Inputs, Kind, Request } from './requests.ts';
import { namable, possible, waitingIn } from './sources.ts';
import { TERMS, type Person, type World } from './world.ts';

/** Numbers that choose who, which and how much; 0 is the plainest choice. */
export interface Roll {
  readonly kind: Kind;
  readonly who: number;
  readonly which: number;
  readonly much: number;
  /** Not who should, or not what there is: a wrong actor, a stale or a forged id. */
  readonly stray: boolean;
}

/** What is chosen from. */
export interface Choice {
  readonly world: World;
  readonly strangers: readonly number[];
  /** Unlike that of any other request of the script. */
  readonly key: string;
}

type Chosen<K extends Kind> = { readonly by: Asker } & Inputs[K];
type Chooser<K extends Kind> = (choice: Choice, roll: Roll) => Chosen<K>;

/** The request that a roll comes to in this world. */
export const choose = (choice: Choice, roll: Roll): Request => {
  const kind = roll.stray ? roll.kind : possible(choice.world, roll.kind);
  const chooser = CHOOSERS[kind] as (choice: Choice, roll: Roll) => Omit<Request, 'kind'>;
  return { kind, ...chooser(choice, { ...roll, kind }) } as Request;
};

const at = <T>(list: readonly T[], number: number): T | undefined =>
  list[number % Math.max(1, list.length)];

const people = ({ world }: Choice): readonly Person[] => [...world.people.values()];

const isFit = (person: Person): boolean => !person.isSuspended && person.hasAccepted;

/** Somebody in the role who may act; where the roll strays anybody, or nobody that exists. */
const actor = (choice: Choice, { who, stray }: Roll, role?: Role): UserId => {
  const all = people(choice);
  if (stray) return at([...all.map(({ id }) => id), freshId<UserId>()], who) as UserId;
  const suits = all.filter((one) => isFit(one) && (role === undefined || one.role === role));
  return (at(suits, who) ?? at(all, who))?.id as UserId;
};

/** One that suits, the newest first; where the roll strays any that there is, or a forged id. */
const thing = <I extends string>({ world }: Choice, { kind, which, stray }: Roll): I => {
  const { all, suiting } = namable(world, kind);
  const forged = which % 2 === 0 ? freshId<never>() : 'x'.repeat(which);
  const from = stray ? [...all.map(({ id }) => id), forged] : suiting.map(({ id }) => id);
  return at(from, which) as I;
};

/** Whose it is, unless the roll strays. */
const owner = (choice: Choice, roll: Roll, id: UserId | undefined): UserId =>
  id === undefined || roll.stray ? actor(choice, roll) : id;

const reason = ({ much }: Roll): string => (much % 23 === 22 ? '' : 'because');

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
  'withdrawal.claim': (choice, roll) => {
    const id = thing<WithdrawalId>(choice, roll);
    const from = choice.world.withdrawals.get(id)?.claim ?? null;
    const by = actor(choice, roll, 'admin');
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
  wait: (_choice, { which, much }) => ({
    by: 'job',
    ms: much % 25 === 24 ? TERMS.reversalMs + MINUTE_MS : (at(WAITS, which) as number),
  }),
};
