import type {
  Deposit,
  HistoryLine,
  Page,
  Reference,
  TransactionStatus,
  TransactionType,
  Withdrawal,
  WithdrawalQuote,
} from '../../../../core/index.ts';
import { money, shortLink, signedMoney } from '../../format.ts';
import { escapeHtml, html, lines, trusted, user, type Html } from '../../html.ts';
import type {
  Requested,
  TooLittle,
  wallet as indonesian,
  WalletFacts,
  WithdrawLimits,
} from '../id/wallet.ts';
import { NUMBER_SLOT } from '../../screen.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';

/** What a transaction is, in plain words. */
export const transactionTypes: Record<TransactionType, string> = {
  deposit: '💳 Top-up',
  task_reward: '🎯 Task reward',
  platform_fee: '🏷 Platform fee',
  campaign_funding: '📢 Campaign funding',
  campaign_refund: '↩️ Campaign refund',
  withdraw: '🏧 Withdrawal',
  adjustment: '🛠 Balance adjustment',
  reversal: '🔄 Reversed decision',
  revenue_payout: '🏦 Revenue payout',
};

const statuses: Record<TransactionStatus, Html> = {
  pending: html` · ⏳ waiting`,
  approved: html``,
  rejected: html` · ❌ rejected`,
  canceled: html` · 🚫 canceled`,
};

const references: Record<Reference['kind'], Html> = {
  deposit: html`Top-up`,
  withdrawal: html`Withdrawal`,
  campaign: html`Campaign`,
  proof: html`Proof`,
  task: html`Task`,
  transaction: html`Transaction`,
};

const amountOf = ({ type, status, amount }: HistoryLine): Html => {
  const counts = status === 'approved' || (status === 'pending' && type === 'withdraw');
  return counts ? html`<b>${signedMoney(amount)}</b>` : html`<s>${signedMoney(amount)}</s>`;
};

const about = ({ campaign, reference }: HistoryLine): Html =>
  campaign === null
    ? html`${references[reference.kind]} no. ${user(reference.id.slice(-6).toUpperCase())}`
    : html`${common.kind(campaign.taskKind)} · ${shortLink(campaign.link, 32)}`;

const historyLine = (entry: HistoryLine): Html =>
  lines(
    html`${amountOf(entry)} ${escapeHtml(transactionTypes[entry.type])}${statuses[entry.status]}`,
    html`<i>${dayTime(entry.at)} · ${about(entry)}</i>`,
  );

const pendingDeposit = ({ claimed, createdAt }: Deposit): Html =>
  html`💳 Top-up ${money(claimed)} — waiting for an admin since ${dayTime(createdAt)}`;

const pendingWithdrawal = ({ amount, maskedNumber, createdAt, ...rest }: Withdrawal): Html =>
  rest.status === 'pending' && rest.claim !== null
    ? html`🏧 Withdrawal ${money(amount)} to ${user(maskedNumber)} — being transferred now`
    : html`🏧 Withdrawal ${money(amount)} to ${user(maskedNumber)} — waiting since
      ${dayTime(createdAt)}`;

const blank = html``;

export const wallet: typeof indonesian = {
  balance: ({ wallet: free, hold, deposits, withdrawals }: WalletFacts): Html =>
    lines(
      html`💰 <b>Balance</b>`,
      blank,
      html`Available: <b>${money(free)}</b>`,
      hold > 0n && html`Held for withdrawals: ${money(hold)}`,
      deposits.length + withdrawals.length > 0 && blank,
      ...withdrawals.map(pendingWithdrawal),
      ...deposits.map(pendingDeposit),
    ),
  cancelDeposit: (amount: bigint): string => `🚫 Cancel top-up ${money(amount)}`,
  cancelWithdrawal: (amount: bigint): string => `🚫 Cancel withdrawal ${money(amount)}`,
  depositCanceled: 'The top-up is canceled. Your balance has not changed.',
  withdrawalCanceled: 'The withdrawal is canceled. The money is back in your balance.',
  history: ({ items }: Page<HistoryLine>): Html =>
    lines(
      html`🧾 <b>History</b> — newest first`,
      blank,
      items.length === 0
        ? html`No transactions yet.`
        : trusted(items.map(historyLine).join('\n\n')),
    ),
  askAmount: ({ balance, min, fee, most, amount }: WithdrawLimits): Html =>
    lines(
      html`🏧 <b>Withdraw</b> · ${common.step(1, 2)}`,
      blank,
      html`How much would you like to withdraw? Choose below or type the amount.`,
      html`Balance <b>${money(balance)}</b> · minimum ${money(min)}`,
      fee > 0n &&
        html`The withdrawal fee of ${money(fee)} is taken from your balance on top of this.`,
      most + fee < balance && html`The daily limit allows <b>${money(most)}</b> at most right now.`,
      amount !== null && html`Current amount: <b>${money(amount)}</b>`,
    ),
  tooLittle: ({ balance, missing, min, fee }: TooLittle): Html =>
    lines(
      html`🏧 <b>Withdraw</b>`,
      blank,
      html`The minimum is ${money(min)}.`,
      fee > 0n &&
        html`The withdrawal fee of ${money(fee)} is taken from your balance on top of this.`,
      html`Your balance is <b>${money(balance)}</b>, ${money(missing)} too little.`,
      html`Open Withdraw again once there is more in your balance.`,
    ),
  everything: (amount: bigint): string => `All · ${money(amount)}`,
  keepAmount: (amount: bigint): string => `➡️ Keep ${money(amount)}`,
  askNumber: ({ amount, masked }: { amount: bigint; masked: string | null }): Html =>
    lines(
      html`🏧 <b>Withdraw</b> · ${common.step(2, 2)}`,
      blank,
      html`Type the DANA number that will receive <b>${money(amount)}</b>.`,
      html`Example: 0812 3456 7890`,
      masked !== null && html`Current number: <b>${user(masked)}</b>`,
    ),
  keepNumber: (masked: string): string => `➡️ Keep ${masked}`,
  withdrawSummary: (quote: WithdrawalQuote): Html =>
    lines(
      html`🏧 <b>Check your withdrawal</b>`,
      blank,
      html`Amount: <b>${money(quote.amount)}</b>`,
      html`Fee: ${money(quote.fee)}`,
      html`Total from your balance: <b>${money(quote.total)}</b>`,
      html`DANA number: <b><code>${NUMBER_SLOT}</code></b>`,
      html`Balance afterwards: ${money(quote.balanceAfter)}`,
      blank,
      html`Make sure the number is right. A transfer cannot be undone.`,
    ),
  withdrawRequested: ({ withdrawal, wallet: free, hold }: Requested): Html =>
    lines(
      html`✅ <b>Withdrawal requested</b>`,
      blank,
      html`${money(withdrawal.amount)} to DANA ${user(withdrawal.maskedNumber)}.`,
      html`An admin will transfer it, and we will let you know. Until it is processed you can
      still cancel it under Balance.`,
      blank,
      html`Balance now <b>${money(free)}</b>, held ${money(hold)}.`,
    ),
};
