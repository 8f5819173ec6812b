import { asUser, type Core, type UserId } from '../../../core/index.ts';
import type { HiddenNumber } from '../screen.ts';

/** Asks the core for a hidden number on behalf of the very person who will read it (WDR-3). */
export const revealNumber =
  ({ withdrawals }: Pick<Core, 'withdrawals'>) =>
  async (userId: UserId, hidden: HiddenNumber): Promise<string | null> => {
    const actor = asUser(userId);
    if ('sealed' in hidden) return withdrawals.revealNumber({ actor, sealed: hidden.sealed });
    return (await withdrawals.show({ actor, withdrawalId: hidden.withdrawalId })).number;
  };
