import type { WithdrawalCase } from '../../../core/index.ts';
import { trusted, type Html } from '../html.ts';

/** What to look at before paying (WDR-1, WDR-4). */
export type WithdrawalFlag = 'first' | 'newNumber' | 'shared' | 'toppedUp';

/** The signs of the flags: lists show them, cards explain them. */
export const SIGNS: Readonly<Record<WithdrawalFlag, Html>> = {
  first: trusted('🌱'),
  newNumber: trusted('🆕'),
  shared: trusted('🔗'),
  toppedUp: trusted('💳'),
};

/** The flags of a withdrawal, in the order of the signs. */
export const flagsOf = ({
  withdrawal,
  isFirst,
  othersWithNumber,
}: WithdrawalCase): readonly WithdrawalFlag[] => {
  const isSet: Readonly<Record<WithdrawalFlag, boolean>> = {
    first: isFirst,
    newNumber: withdrawal.flags.newNumber,
    shared: othersWithNumber > 0,
    toppedUp: withdrawal.flags.toppedUp,
  };
  return (Object.keys(SIGNS) as WithdrawalFlag[]).filter((flag) => isSet[flag]);
};
