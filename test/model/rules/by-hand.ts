import { balance, move, TERMS, walletOf } from '../world.ts';
import { acting, done, keyed, outside, refused, unless, type Rules } from './answer.ts';

const WITHIN = { min: 1n, max: TERMS.amountMax };

/** WAL-10, WAL-12: what an admin or the operator moves by hand. */
export const BY_HAND_RULES: Pick<Rules, 'wallet.adjust' | 'revenue.payout'> = {
  'wallet.adjust': (world, { by, key, id, ...asked }, made) => {
    const who = acting(world, by, 'admin', 'money');
    if ('no' in who) return who.no;
    const person = world.people.get(id);
    if (!person) return refused('not-found');
    if (person === who.person) return refused('user.own');
    const { direction, side, amount, reason } = asked;
    if (reason === '') return refused('reason.required');
    const content = `adjust ${id} ${direction} ${side} ${amount} ${reason}`;
    const use = keyed(world, who.person, key, content);
    if ('replay' in use) return use.replay;
    const isPlus = direction === 'plus';
    const [wallet, other] = [walletOf(id), side === 'cash' ? 'outside' : 'revenue'];
    const no = unless({
      ...outside(amount, WITHIN),
      'wallet.user-insufficient': !isPlus && amount > balance(world, wallet),
      'wallet.revenue-insufficient':
        isPlus && side === 'revenue' && amount > balance(world, 'revenue'),
    });
    if (no) return no;
    move(world, isPlus ? other : wallet, isPlus ? wallet : other, amount);
    person.lines += 1;
    use.use(made);
    return done('', made);
  },
  'revenue.payout': (world, { by, key, amount, reason }, made) => {
    if (by !== 'operator') return refused('user.operator-required');
    if (reason === '') return refused('reason.required');
    const use = keyed(world, { id: 'operator' }, key, `payout ${amount} ${reason}`);
    if ('replay' in use) return use.replay;
    const no = unless({
      ...outside(amount, WITHIN),
      'wallet.revenue-insufficient': amount > balance(world, 'revenue'),
    });
    if (no) return no;
    move(world, 'revenue', 'outside', amount);
    use.use(made);
    return done('', made);
  },
};
