import type { DepositId, UserId } from '../../../core/index.ts';
import type { Asker } from '../requests.ts';
import { balance, move, TERMS, walletOf, type Deposit, type Person, type World } from '../world.ts';
import {
  acting,
  done,
  keyed,
  outside,
  refused,
  unless,
  type Answer,
  type Rules,
} from './answer.ts';

const nameOf = (world: World, id: UserId | null): string =>
  id === null ? 'the owner' : `${world.people.get(id)?.telegramId}`;

interface Owned {
  readonly owner: UserId;
  readonly status: string;
  readonly by: UserId | null;
}

type Decided<T> = { readonly admin: Person; readonly one: T } | { readonly no: Answer };

/** ADM-1, ACC-7: an admin who may handle money, but not about what is theirs. */
export const deciding = <T extends Owned>(
  world: World,
  by: Asker,
  { one, own }: { readonly one: T | undefined; readonly own: string },
): Decided<T> => {
  const who = acting(world, by, 'admin', 'money');
  if ('no' in who) return who;
  if (!one) return { no: refused('not-found') };
  if (one.owner === who.person.id) return { no: refused(own) };
  return { admin: who.person, one };
};

/** The second admin is told who decided what. */
export const already = (world: World, { status, by }: Owned): Answer | undefined =>
  status === 'pending' ? undefined : done(`already ${status} by ${nameOf(world, by)}`);

const depositFlaws = (world: World, person: Person, asked: { amount: bigint; file: string }) => {
  const mine = [...world.deposits.values()].filter(({ owner }) => owner === person.id);
  return {
    ...outside(asked.amount, { min: TERMS.depositMin, max: TERMS.depositMax }),
    'deposit.too-many-pending':
      mine.filter(({ status }) => status === 'pending').length >= TERMS.depositsPendingMax,
    'deposit.same-file': mine.some(
      ({ file, status }) => file === asked.file && status !== 'canceled',
    ),
  };
};

export const DEPOSIT_RULES: Pick<Rules, Extract<keyof Rules, `deposit.${string}`>> = {
  'deposit.request': (world, { by, key, amount, file }, made) => {
    const who = acting(world, by, 'client');
    if ('no' in who) return who.no;
    const use = keyed(world, who.person, key, `deposit ${amount} ${file}`);
    if ('replay' in use) return use.replay;
    const no = unless(depositFlaws(world, who.person, { amount, file }));
    if (no) return no;
    const [id, owner] = [made as DepositId, who.person.id];
    const life = { status: 'pending', by: null, credited: null } as const;
    world.deposits.set(id, { id, owner, claimed: amount, file, ...life });
    who.person.lines += 1;
    use.use(made);
    return done('', made);
  },
  'deposit.approve': (world, { by, id, credited, reason }) => {
    const found = deciding<Deposit>(world, by, { one: world.deposits.get(id), own: 'deposit.own' });
    if ('no' in found) return found.no;
    const { one, admin } = found;
    const earlier = already(world, one);
    if (earlier) return earlier;
    const no = unless({
      ...outside(credited, { min: 1n, max: TERMS.amountMax }),
      'reason.required': credited !== one.claimed && !reason,
    });
    if (no) return no;
    move(world, 'outside', walletOf(one.owner), credited);
    Object.assign(one, { status: 'approved', by: admin.id, credited });
    return done(`approved ${credited}, balance ${balance(world, walletOf(one.owner))}`);
  },
  'deposit.reject': (world, { by, id, reason }) => {
    if (reason === '') return refused('reason.required');
    const found = deciding<Deposit>(world, by, { one: world.deposits.get(id), own: 'deposit.own' });
    if ('no' in found) return found.no;
    const earlier = already(world, found.one);
    if (earlier) return earlier;
    Object.assign(found.one, { status: 'rejected', by: found.admin.id });
    return done('rejected');
  },
  'deposit.cancel': (world, { by, id }) => {
    const who = acting(world, by);
    if ('no' in who) return who.no;
    const deposit = world.deposits.get(id);
    if (deposit?.owner !== who.person.id) return refused('not-found');
    if (deposit.status !== 'pending') return refused('deposit.not-pending');
    deposit.status = 'canceled';
    return done();
  },
};
