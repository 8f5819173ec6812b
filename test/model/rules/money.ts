import type { DepositId, UserId, WithdrawalId } from '../../../core/index.ts';
import type { Asker } from '../requests.ts';
import {
  balance,
  holdOf,
  move,
  TERMS,
  walletOf,
  type Deposit,
  type Person,
  type Withdrawal,
  type World,
} from '../world.ts';
import {
  acting,
  broken,
  done,
  keyed,
  outside,
  refused,
  unless,
  type Answer,
  type Rules,
} from './answer.ts';
import { today } from './tasks.ts';

const nameOf = (world: World, id: UserId | null): string =>
  id === null ? 'the owner' : `${world.people.get(id)?.telegramId}`;

interface Owned {
  readonly owner: UserId;
  readonly status: string;
  readonly by: UserId | null;
}

type Decided<T> = { readonly admin: Person; readonly one: T } | { readonly no: Answer };

/** ACC-7: an admin, but not about what is theirs. */
const deciding = <T extends Owned>(
  world: World,
  by: Asker,
  { one, own }: { readonly one: T | undefined; readonly own: string },
): Decided<T> => {
  const who = acting(world, by, 'admin');
  if ('no' in who) return who;
  if (!one) return { no: refused('not-found') };
  if (one.owner === who.person.id) return { no: refused(own) };
  return { admin: who.person, one };
};

/** The second admin is told who decided what. */
const already = (world: World, { status, by }: Owned): Answer | undefined =>
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

const DEPOSIT_RULES: Pick<Rules, Extract<keyof Rules, `deposit.${string}`>> = {
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

const counts = ({ status }: Withdrawal): boolean => status === 'pending' || status === 'paid';

const sumOf = (all: readonly Withdrawal[]): bigint =>
  all.reduce((sum, { amount }) => sum + amount, 0n);

const withdrawalsOf = (world: World, { id }: Person): readonly Withdrawal[] =>
  [...world.withdrawals.values()].filter(({ owner }) => owner === id);

/** WDR-1, WDR-4 */
const withdrawalFlaws = (world: World, person: Person, amount: bigint) => {
  const mine = withdrawalsOf(world, person);
  const asked = sumOf(mine.filter((one) => counts(one) && one.at >= today(world)));
  return {
    ...outside(amount, { min: TERMS.withdrawMin, max: TERMS.amountMax }),
    'withdrawal.too-many-pending':
      mine.filter(({ status }) => status === 'pending').length >= TERMS.withdrawalsPendingMax,
    'withdrawal.daily-limit': asked + amount > TERMS.withdrawPerDayMax,
    'wallet.insufficient': amount + TERMS.withdrawFee > balance(world, walletOf(person.id)),
  };
};

const giveBack = (world: World, { owner, amount }: Withdrawal): void =>
  move(world, holdOf(owner), walletOf(owner), amount + TERMS.withdrawFee);

/** WDR-2: only the admin who claimed it decides it. */
const settling = (
  world: World,
  by: Asker,
  id: WithdrawalId,
): { readonly one: Withdrawal; readonly admin: Person } | { readonly no: Answer } => {
  const own = 'withdrawal.own';
  const found = deciding<Withdrawal>(world, by, { one: world.withdrawals.get(id), own });
  if ('no' in found) return found;
  const { one, admin } = found;
  const earlier = already(world, one);
  if (earlier) return { no: earlier };
  const [code] = broken({
    'withdrawal.not-claimed': one.claim === null,
    'withdrawal.claimed-by-other': one.claim !== null && one.claim !== admin.id,
  });
  return code === undefined ? found : { no: refused(code) };
};

const WITHDRAWAL_RULES: Pick<Rules, Extract<keyof Rules, `withdrawal.${string}`>> = {
  'withdrawal.request': (world, { by, key, amount, number }, made) => {
    const who = acting(world, by);
    if ('no' in who) return who.no;
    const { person } = who;
    const use = keyed(world, person, key, `withdraw ${amount} ${number}`);
    if ('replay' in use) return use.replay;
    const no = unless(withdrawalFlaws(world, person, amount));
    if (no) return no;
    const counted = withdrawalsOf(world, person).filter(counts);
    const total = amount + TERMS.withdrawFee;
    const before = sumOf(counted) + TERMS.withdrawFee * BigInt(counted.length);
    const [id, owner] = [made as WithdrawalId, person.id];
    world.withdrawals.set(id, {
      id,
      owner,
      amount,
      number,
      at: world.now,
      isNewNumber: !counted.some((one) => one.number === number),
      isToppedUp: before + total > person.earned,
      status: 'pending',
      claim: null,
      by: null,
    });
    move(world, walletOf(owner), holdOf(owner), total);
    person.lines += 1;
    use.use(made);
    return done('', made);
  },
  'withdrawal.claim': (world, { by, id, from }) => {
    const own = 'withdrawal.own';
    const found = deciding<Withdrawal>(world, by, { one: world.withdrawals.get(id), own });
    if ('no' in found) return found.no;
    const { one, admin } = found;
    if (one.status !== 'pending') return refused('withdrawal.not-pending');
    const isOthers = one.claim !== null && one.claim !== admin.id;
    if (isOthers && one.claim !== from) return refused('withdrawal.claimed-by-other');
    one.claim = admin.id;
    return done(`claimed ${one.number}`);
  },
  'withdrawal.pay': (world, { by, id }) => {
    const found = settling(world, by, id);
    if ('no' in found) return found.no;
    const { one, admin } = found;
    Object.assign(one, { status: 'paid', by: admin.id });
    move(world, holdOf(one.owner), 'outside', one.amount);
    move(world, holdOf(one.owner), 'revenue', TERMS.withdrawFee);
    return done('paid');
  },
  'withdrawal.reject': (world, { by, id, reason }) => {
    if (reason === '') return refused('reason.required');
    const found = settling(world, by, id);
    if ('no' in found) return found.no;
    Object.assign(found.one, { status: 'rejected', by: found.admin.id });
    giveBack(world, found.one);
    return done('rejected');
  },
  'withdrawal.cancel': (world, { by, id }) => {
    const who = acting(world, by);
    if ('no' in who) return who.no;
    const one = world.withdrawals.get(id);
    if (one?.owner !== who.person.id) return refused('not-found');
    if (one.status !== 'pending') return refused('withdrawal.not-pending');
    if (one.claim !== null) return refused('withdrawal.being-processed');
    one.status = 'canceled';
    giveBack(world, one);
    return done();
  },
};

export const MONEY_RULES = { ...DEPOSIT_RULES, ...WITHDRAWAL_RULES };
