import { lacksSecond, type WithdrawalCase } from '../../../core/index.ts';
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

/** The signs of how far it is: somebody processes it; it needs a second admin, or has got one. */
export const STAGES = { processed: trusted('▶️'), open: trusted('2️⃣'), endorsed: trusted('☑️') };

/** The sign of its stage before it is processed by one of the two, or by the only one (ADM-2). */
export const stageOf = (shown: WithdrawalCase): string => {
  if (shown.claimedBy !== null) return STAGES.processed;
  if (!shown.withdrawal.needsSecond) return '';
  return lacksSecond(shown) ? STAGES.open : STAGES.endorsed;
};
