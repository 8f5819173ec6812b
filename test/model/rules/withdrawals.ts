import type { UserId, WithdrawalId } from '../../../core/index.ts';
import type { Asker } from '../requests.ts';
import {
  balance,
  holdOf,
  move,
  TERMS,
  walletOf,
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
import { already, deciding } from './deposits.ts';
import { today } from './tasks.ts';

/** ADM-2: the word of an admin who may still handle money. */
const counting = (world: World, by: UserId | null): boolean =>
  by !== null && world.people.get(by)?.may.includes('money') === true;

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

/** WDR-2, ADM-2: only the admin who claimed it decides it; `mayWait`: or any, where two are needed. */
const settling = (
  world: World,
  { by, id, mayWait }: { by: Asker; id: WithdrawalId; mayWait: boolean },
): { readonly one: Withdrawal; readonly admin: Person } | { readonly no: Answer } => {
  const own = 'withdrawal.own';
  const found = deciding<Withdrawal>(world, by, { one: world.withdrawals.get(id), own });
  if ('no' in found) return found;
  const { one, admin } = found;
  const earlier = already(world, one);
  if (earlier) return { no: earlier };
  const [code] = broken({
    'withdrawal.not-claimed': one.claim === null && !(mayWait && one.needsSecond),
    'withdrawal.claimed-by-other': one.claim !== null && one.claim !== admin.id,
  });
  return code === undefined ? found : { no: refused(code) };
};

export const WITHDRAWAL_RULES: Pick<Rules, Extract<keyof Rules, `withdrawal.${string}`>> = {
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
    const isToppedUp = before + total > person.earned;
    world.withdrawals.set(id, {
      id,
      owner,
      amount,
      number,
      at: world.now,
      isNewNumber: !counted.some((one) => one.number === number),
      isToppedUp,
      needsSecond: isToppedUp || amount > TERMS.secondAdminAbove,
      status: 'pending',
      endorsed: null,
      claim: null,
      by: null,
    });
    move(world, walletOf(owner), holdOf(owner), total);
    person.lines += 1;
    use.use(made);
    return done('', made);
  },
  'withdrawal.endorse': (world, { by, id }) => {
    const own = 'withdrawal.own';
    const found = deciding<Withdrawal>(world, by, { one: world.withdrawals.get(id), own });
    if ('no' in found) return found.no;
    const { one, admin } = found;
    const stands = counting(world, one.endorsed) || one.claim !== null;
    const no = unless({
      'withdrawal.not-pending': one.status !== 'pending',
      'withdrawal.no-second-needed': !one.needsSecond,
      'withdrawal.endorsed-by-other': one.endorsed !== admin.id && stands,
    });
    if (no) return no;
    one.endorsed = admin.id;
    return done();
  },
  'withdrawal.take-back': (world, { by, id }) => {
    const own = 'withdrawal.own';
    const found = deciding<Withdrawal>(world, by, { one: world.withdrawals.get(id), own });
    if ('no' in found) return found.no;
    const { one, admin } = found;
    const no = unless({
      'withdrawal.not-pending': one.status !== 'pending',
      'withdrawal.not-endorsed': one.endorsed !== admin.id,
      'withdrawal.claimed-by-other': one.claim !== null,
    });
    if (no) return no;
    one.endorsed = null;
    return done();
  },
  'withdrawal.claim': (world, { by, id, from }) => {
    const own = 'withdrawal.own';
    const found = deciding<Withdrawal>(world, by, { one: world.withdrawals.get(id), own });
    if ('no' in found) return found.no;
    const { one, admin } = found;
    if (one.status !== 'pending') return refused('withdrawal.not-pending');
    if (one.claim === admin.id) return done(`claimed ${one.number}`);
    const no = unless({
      'withdrawal.endorsed-by-you': one.needsSecond && one.endorsed === admin.id,
      'withdrawal.second-admin-required':
        one.needsSecond && one.claim === null && !counting(world, one.endorsed),
      'withdrawal.claimed-by-other': one.claim !== null && one.claim !== from,
    });
    if (no) return no;
    one.claim = admin.id;
    return done(`claimed ${one.number}`);
  },
  'withdrawal.pay': (world, { by, id }) => {
    const found = settling(world, { by, id, mayWait: false });
    if ('no' in found) return found.no;
    const { one, admin } = found;
    Object.assign(one, { status: 'paid', by: admin.id });
    move(world, holdOf(one.owner), 'outside', one.amount);
    move(world, holdOf(one.owner), 'revenue', TERMS.withdrawFee);
    return done('paid');
  },
  'withdrawal.reject': (world, { by, id, reason }) => {
    if (reason === '') return refused('reason.required');
    const found = settling(world, { by, id, mayWait: true });
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
