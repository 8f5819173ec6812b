import { APPROVAL_SIZES, FEE, openApprovals } from './approvals-ground.ts';
import type { Opened, Sizes, Tournament } from './contest.ts';

/** No row that everybody waits for: not the campaign's, and not the platform's revenue. */
export const approveHot: Tournament = {
  what: 'approvals of proofs of one campaign with a fee against those of many campaigns',
  sizes: APPROVAL_SIZES,
  openAll: async (sizes: Sizes): Promise<Opened> => {
    const { campaigns = 0 } = sizes;
    const { side, oneByOne, inBulk, ...ground } = await openApprovals(sizes);
    const many = side('many campaigns', { campaigns, fee: FEE }, oneByOne);
    const [hot, unit] = [{ campaigns: 1, fee: FEE }, 'approvals'];
    return {
      ...ground,
      trials: [
        {
          name: 'one by one',
          unit,
          ours: side('one campaign', hot, oneByOne),
          yardstick: many,
          reach: { atLeast: 0.4 },
        },
        {
          name: 'in bulk',
          unit,
          ours: side('one campaign, by order', hot, inBulk),
          yardstick: many,
          reach: { atLeast: 2 },
        },
        {
          name: 'with a fee',
          unit,
          ours: many,
          yardstick: side('many campaigns, no fee', { campaigns, fee: 0 }, oneByOne),
          reach: { atLeast: 0.9 },
        },
      ],
    };
  },
};
