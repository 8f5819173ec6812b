import type { UseCases } from '../../../core/index.ts';

/** The same use cases; `onOrder` hears that one of them left work for a job (REV-8). */
export const hearingOrders = (core: UseCases, onOrder: () => void): UseCases => ({
  ...core,
  approvals: {
    ...core.approvals,
    start: async (order) => {
      const report = await core.approvals.start(order);
      onOrder();
      return report;
    },
  },
});
