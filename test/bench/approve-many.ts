import { APPROVAL_SIZES, FEE, openApprovals } from './approvals-ground.ts';
import type { Bench, Contest, Sizes } from './contest.ts';

/** REV-8: an order and all of its work, proof by proof against the yardstick of `approve`. */
export const approveMany: Bench = {
  what: 'approvals by orders of 500, in batches of 100, against one function for each',
  sizes: { ...APPROVAL_SIZES, ordered: 4 },
  goal: 2,
  open: async (sizes: Sizes): Promise<Contest> => {
    const { campaigns = 0, ordered = 0 } = sizes;
    const { side, inBulk, bare, ...ground } = await openApprovals(sizes);
    return {
      ...ground,
      unit: 'approvals',
      ours: side('core.approvals', { campaigns: ordered, fee: FEE }, inBulk),
      yardstick: side('bare pg, one function', { campaigns, fee: FEE }, bare),
    };
  },
};
