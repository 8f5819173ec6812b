import {
  pageRequest,
  type CampaignWithProgress,
  type Role,
  type User,
} from '../../../../core/index.ts';
import { press, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { MAIN_LABELS } from '../../delivery/menu.ts';
import { lines, trusted, type Html } from '../../html.ts';
import { textsIn, type Texts } from '../../texts/index.ts';
import type { Turn } from '../../turn.ts';
import { roleScreen } from './gate.ts';

type MainLabel = (typeof MAIN_LABELS)[Role][number][number];

interface Home {
  readonly text: Html;
  /** How much waits behind a button; absent or 0: the button says nothing of it. */
  readonly waiting: Partial<Record<MainLabel, number>>;
}

/** The home screen of the person's role (ACC-2); `note` stands above it. */
export const showHome = async (turn: Turn, note?: Html): Promise<void> => {
  const { role } = turn.user;
  if (role === null) return turn.show(roleScreen(turn));
  const { text, waiting } = await homes[role](turn);
  turn.show({
    text: note === undefined ? text : lines(note, trusted(''), text),
    keyboard: homeKeyboard(turn.texts, role, waiting),
  });
};

/** The same turn after the person's role or language changed in it. */
export const asChanged = (turn: Turn, user: User): Turn => ({
  ...turn,
  user,
  texts: textsIn(user.language),
});

/** Every main label of the role with what waits there, then what everybody has (UX-6). */
const homeKeyboard = ({ labels, home }: Texts, role: Role, waiting: Home['waiting']): Keyboard => [
  ...MAIN_LABELS[role].map((row) =>
    row.map((label) => press(home.counted(labels[label], waiting[label] ?? 0), CODES[label])),
  ),
  [press(labels.language, CODES.language), press(labels.help, CODES.help)],
];

const homes: Readonly<Record<Role, (turn: Turn) => Promise<Home>>> = {
  client: async (turn) => {
    const { core, actor, user, texts } = turn;
    const open = await core.users.openThings({ actor });
    return {
      text: texts.home.client({
        name: user.displayName,
        ...(await core.wallet.balances({ actor })),
        openCampaigns: open.campaigns,
        nearest: open.campaigns === 0 ? [] : nearest(await newestCampaigns(turn)),
        pendingDeposits: open.deposits,
        pendingWithdrawals: open.withdrawals,
      }),
      waiting: { campaigns: open.campaigns },
    };
  },
  worker: async ({ core, actor, user, texts, now }) => {
    const tasks = await core.tasks.mine({ actor });
    const { total: offers } = await core.tasks.offers({ actor, page: pageRequest(0, 1) });
    const { today: earnedToday } = await core.wallet.earnings({ actor });
    return {
      text: texts.home.worker({
        name: user.displayName,
        ...(await core.wallet.balances({ actor })),
        tasks,
        offers,
        earnedToday,
        now,
      }),
      waiting: { offers, myTasks: tasks.length },
    };
  },
  admin: async ({ core, actor, user, texts, now }) => {
    const proofs = await core.proofs.queue({ actor });
    const deposits = await core.deposits.waiting({ actor, page: pageRequest(0, 1) });
    const withdrawals = await core.withdrawals.waiting({ actor, page: pageRequest(0, LOOKED_AT) });
    const { freeze } = await core.freeze.current({ actor });
    return {
      text: texts.home.admin({
        name: user.displayName,
        proofs,
        deposits: {
          waiting: deposits.total,
          oldest: deposits.items[0]?.deposit.createdAt ?? null,
        },
        withdrawals: {
          waiting: withdrawals.total,
          oldest: oldestOf(withdrawals.items.map(({ withdrawal }) => withdrawal.createdAt)),
        },
        inProcess: withdrawals.items.filter(({ claimedBy }) => claimedBy !== null).length,
        frozenSince: freeze?.begunAt ?? null,
        now,
      }),
      waiting: {
        review: proofs.waiting,
        deposits: deposits.total,
        withdrawals: withdrawals.total,
      },
    };
  },
};

/** As many withdrawals as are looked through: the admin's own claims come first, then the oldest. */
const LOOKED_AT = 20;

const oldestOf = (moments: readonly Date[]): Date | null =>
  moments.reduce<Date | null>((oldest, at) => (oldest && oldest <= at ? oldest : at), null);

/** One page of the list is enough to tell how it goes, and costs no more than the list does. */
const newestCampaigns = async ({ core, actor }: Turn): Promise<readonly CampaignWithProgress[]> =>
  (await core.campaigns.mine({ actor, page: pageRequest(0, 6) })).items;

const NEAREST = 3;

/** Those that run, the nearest to its target first. */
const nearest = (some: readonly CampaignWithProgress[]): readonly CampaignWithProgress[] =>
  some
    .filter(({ campaign }) => campaign.status === 'active')
    .toSorted((a, b) => shareDone(b) - shareDone(a))
    .slice(0, NEAREST);

const shareDone = ({ campaign }: CampaignWithProgress): number =>
  campaign.completedCount / campaign.targetTotal;
