import {
  DAY_MS,
  plusMs,
  rupiah,
  startOfWibDay,
  sum,
  type Rupiah,
  type UserId,
} from '../../core/kernel/index.ts';
import type { DeskQueue, MarketNow, PersonSums, ReportReader } from '../../core/reports/index.ts';
import { escrowOf } from '../../core/wallet/index.ts';
import { figuresOf } from './day-book.ts';
import { trialBalance } from './ledger-reader.ts';
import type { State } from './state.ts';
import { readTimeline } from './timeline.ts';
import { earningsFrom } from './wallet-history.ts';
import { balanceOf } from './wallet.ts';

/** Figures for admins, in memory: counted anew each time. */
export const createReportReader = (state: State): ReportReader => ({
  now: async (at) => marketNow(state, at),
  days: async (first, at) => {
    const count = Math.round((startOfWibDay(at).getTime() - first.getTime()) / DAY_MS) + 1;
    return Array.from({ length: Math.max(count, 0) }, (_, place) =>
      figuresOf(state, plusMs(first, place * DAY_MS)),
    );
  },
  balance: async () => trialBalance(state),
  person: async (user) => personSums(state, user),
  timeline: async (user, request) => readTimeline(state, user, request),
});

const ACTIVE_DAYS = 7;

const marketNow = (state: State, at: Date): MarketNow => {
  const since = plusMs(startOfWibDay(at), -(ACTIVE_DAYS - 1) * DAY_MS);
  const users = [...state.users.values()];
  return {
    activeUsers: users.filter(({ actedAt }) => actedAt !== null && actedAt >= since).length,
    users: users.length,
    runningCampaigns: [...state.campaigns.values()].filter(
      ({ campaign: { status } }) => status === 'active',
    ).length,
    rewardsPaid: sum(users.map(({ id }) => earnedBy(state, id))),
    proofs: queueOf(state.waitingProofs.items.map(({ proof }) => proof.submittedAt)),
    deposits: queueOf(state.waitingDeposits.items.map(({ createdAt }) => createdAt)),
    withdrawals: queueOf(state.waitingWithdrawals.items.map(({ createdAt }) => createdAt)),
  };
};

const earnedBy = (state: State, user: UserId): Rupiah =>
  earningsFrom(state.histories.of(user), user, state.pastEarnings.get(user)).earned;

const queueOf = (waiting: readonly Date[]): DeskQueue => ({
  count: waiting.length,
  oldest: waiting[0] ?? null,
});

const personSums = (state: State, user: UserId): PersonSums => {
  const verdicts = state.verdicts.of(user);
  const campaigns = state.campaignsByClient.of(user);
  const deposits = [...state.deposits.values()].filter(({ userId }) => userId === user);
  return {
    work: {
      approved: verdicts.get('approved') ?? 0,
      rejected: verdicts.get('rejected') ?? 0,
      waiting: verdicts.get('pending') ?? 0,
    },
    toppedUp: sum(deposits.flatMap((one) => (one.status === 'approved' ? [one.credited] : []))),
    withdrawn: sum(
      state.withdrawalsByUser
        .of(user)
        .flatMap((one) => (one.status === 'paid' ? [one.amount] : [])),
    ),
    campaigns: campaigns.length,
    inEscrow: rupiah(
      campaigns.reduce((held, { campaign }) => held + balanceOf(state, escrowOf(campaign.id)), 0n),
    ),
  };
};
