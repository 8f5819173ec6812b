import { approveDeposit, cancelDeposit, rejectDeposit } from './decide-deposit.ts';
import { checkDeposit, requestDeposit, type DepositPorts } from './request-deposit.ts';
import { listDeposits, listMyDeposits, nextDeposit, showDeposit } from './show-deposits.ts';

export * from './deposit.ts';
export * from './ports.ts';
export type { ApproveDeposit, DecideDeposit, RejectDeposit } from './decide-deposit.ts';
export type { CheckDeposit, RequestDeposit } from './request-deposit.ts';
export type { ListDeposits, NextDeposit, ShowDeposit } from './show-deposits.ts';

/** Top-ups by hand. */
export const createDeposits = (ports: DepositPorts) => ({
  check: checkDeposit(ports),
  request: requestDeposit(ports),
  mine: listMyDeposits(ports),
  cancel: cancelDeposit(ports),
  waiting: listDeposits(ports),
  next: nextDeposit(ports),
  show: showDeposit(ports),
  approve: approveDeposit(ports),
  reject: rejectDeposit(ports),
});
