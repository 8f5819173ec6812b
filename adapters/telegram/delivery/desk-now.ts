import {
  asRefusal,
  asUser,
  pageRequest,
  type Actor,
  type Core,
  type Desk,
  type UserId,
} from '../../../core/index.ts';

type DeskUseCases = Pick<Core, 'proofs' | 'deposits' | 'withdrawals'>;

const FIRST = pageRequest(0, 1);

const counts: Readonly<Record<Desk, (core: DeskUseCases, actor: Actor) => Promise<number>>> = {
  proofs: async ({ proofs }, actor) => (await proofs.queue({ actor })).waiting,
  deposits: async ({ deposits }, actor) => (await deposits.waiting({ actor, page: FIRST })).total,
  withdrawals: async ({ withdrawals }, actor) =>
    (await withdrawals.waiting({ actor, page: FIRST })).total,
};

/**
 * Asks the core how much waits on a desk, on behalf of the very admin who will read it (NTF-1). New
 * terms are no reason to leave an admin in the dark: until they have accepted them, what was
 * counted before is said.
 */
export const deskNow =
  (core: DeskUseCases) =>
  async (userId: UserId, { desk, waiting }: DeskCount): Promise<number | null> => {
    try {
      return await counts[desk](core, asUser(userId));
    } catch (error) {
      const refusal = asRefusal(error);
      if (!refusal) throw error;
      return refusal.code === 'user.terms-not-accepted' ? waiting : null;
    }
  };

/** How much waited on a desk when the notice was written. */
export interface DeskCount {
  readonly desk: Desk;
  readonly waiting: number;
}
