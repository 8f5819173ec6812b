import type { UseCases } from '../../../core/index.ts';

/** The same use cases; `onOrder` hears that one of them left work for a job (REV-8, ADM-5). */
export const hearingOrders = (core: UseCases, onOrder: () => void): UseCases => {
  const heard =
    <Order, Report>(order: (order: Order) => Promise<Report>) =>
    async (ordered: Order): Promise<Report> => {
      const report = await order(ordered);
      onOrder();
      return report;
    };
  const { approvals, broadcasts } = core;
  return {
    ...core,
    approvals: { ...approvals, start: heard(approvals.start) },
    broadcasts: {
      ...broadcasts,
      start: heard(broadcasts.start),
      resume: heard(broadcasts.resume),
    },
  };
};
