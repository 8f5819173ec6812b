import { cancelWithdrawal } from './cancel-withdrawal.ts';
import { endorseWithdrawal, takeBackEndorsement } from './endorse-withdrawal.ts';
import { claimWithdrawal, payWithdrawal, rejectWithdrawal } from './process-withdrawal.ts';
import {
  prepareNumber,
  quoteWithdrawal,
  requestWithdrawal,
  revealNumber,
  type WithdrawalPorts,
} from './request-withdrawal.ts';
import {
  listClaimedByOthers,
  listMyWithdrawals,
  listWithdrawals,
  nextWithdrawal,
  showWithdrawal,
} from './show-withdrawals.ts';

export * from './ports.ts';
export * from './withdrawal.ts';
export type { DecideWithdrawal } from './decidable.ts';
export type {
  ClaimedWithdrawal,
  ClaimWithdrawal,
  PayWithdrawal,
  RejectWithdrawal,
} from './process-withdrawal.ts';
export type {
  PreparedNumber,
  PrepareNumber,
  QuoteWithdrawal,
  RequestWithdrawal,
  RevealNumber,
  WithdrawalQuote,
} from './request-withdrawal.ts';
export type {
  ListWithdrawals,
  NextWithdrawal,
  SeenWithdrawal,
  ShownWithdrawal,
  ShowWithdrawal,
} from './show-withdrawals.ts';

/** Money on its way out, by hand. */
export const createWithdrawals = (ports: WithdrawalPorts) => ({
  prepareNumber: prepareNumber(ports),
  revealNumber: revealNumber(ports),
  quote: quoteWithdrawal(ports),
  request: requestWithdrawal(ports),
  mine: listMyWithdrawals(ports),
  cancel: cancelWithdrawal(ports),
  waiting: listWithdrawals(ports),
  next: nextWithdrawal(ports),
  claimedByOthers: listClaimedByOthers(ports),
  show: showWithdrawal(ports),
  endorse: endorseWithdrawal(ports),
  takeBackEndorsement: takeBackEndorsement(ports),
  claim: claimWithdrawal(ports),
  pay: payWithdrawal(ports),
  reject: rejectWithdrawal(ports),
});
