import { add, sum, type Rupiah } from '../kernel/index.ts';
import type { TrialBalance } from './ports.ts';

/** Cash that must exist: what everybody but the outside world has (WAL-11). */
export const cashIn = ({ wallets, holds, escrows, revenue }: TrialBalance): Rupiah =>
  sum([wallets, holds, escrows, revenue]);

/** By how much all balances together are not zero; 0 in sound books (WAL-2). */
export const imbalanceOf = (trial: TrialBalance): Rupiah => add(cashIn(trial), trial.outside);
