import { APPROVAL_SIZES, FEE, openApprovals } from './approvals-ground.ts';
import type { Opened, Sizes, Tournament } from './contest.ts';
import { DROP_WALLS } from './walls.ts';

/** REV-3: everything that an approval says and writes, against nothing but its writes. */
export const approve: Tournament = {
  what: 'approvals of proofs of many campaigns against one function that does the same writes',
  sizes: APPROVAL_SIZES,
  openAll: async (sizes: Sizes): Promise<Opened> => {
    const { campaigns = 0 } = sizes;
    const [walled, open] = [await openApprovals(sizes), await openApprovals(sizes)];
    await open.sql(DROP_WALLS);
    const spread = { campaigns, fee: FEE };
    const trial = (name: string, ground: typeof walled) => ({
      name,
      unit: 'approvals',
      ours: ground.side('core.proofs.approve', spread, ground.oneByOne),
      yardstick: ground.side('bare pg, one function', spread, ground.bare),
    });
    return {
      trials: [
        { ...trial('', walled), reach: { atLeast: 0.5 } },
        trial('without the walls between the tables', open),
      ],
      prove: async () => {
        await walled.prove();
        await open.prove();
      },
      close: async () => {
        await walled.close();
        await open.close();
      },
    };
  },
};
