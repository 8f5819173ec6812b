import {
  pageRequest,
  type CampaignWithProgress,
  type Role,
  type User,
} from '../../../../core/index.ts';
import { press, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { homeLabels, mayUse, type MainLabel } from '../../delivery/menu.ts';
import { lines, trusted, type Html } from '../../html.ts';
import type { AdminHome } from '../../texts/id/home.ts';
import { textsIn } from '../../texts/index.ts';
import type { Turn } from '../../turn.ts';
import { roleScreen } from './gate.ts';

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
    keyboard: homeKeyboard(turn, { ...turn.user, role }, waiting),
  });
};

/** The same turn after the person's role or language changed in it. */
export const asChanged = (turn: Turn, user: User): Turn => ({
  ...turn,
  user,
  texts: textsIn(user.language),
});

/** Every main label that they may use with what waits there, then what everybody has (UX-6). */
const homeKeyboard = (
  { texts: { labels, home } }: Turn,
  user: Pick<User, 'permissions'> & { readonly role: Role },
  waiting: Home['waiting'],
): Keyboard => [
  ...homeLabels(user).map((row) =>
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
  admin: async (turn) => {
    const { core, actor, user, texts, now } = turn;
    const proofs = mayUse(user, 'review') ? await core.proofs.queue({ actor }) : null;
    const { deposits, withdrawals, inProcess } = await moneyDesks(turn);
    const { freeze } = await core.freeze.current({ actor });
    return {
      text: texts.home.admin({
        name: user.displayName,
        proofs,
        deposits,
        withdrawals,
        inProcess,
        frozenSince: freeze?.begunAt ?? null,
        now,
      }),
      waiting: {
        review: proofs?.waiting ?? 0,
        deposits: deposits?.waiting ?? 0,
        withdrawals: withdrawals?.waiting ?? 0,
      },
    };
  },
};

/** What waits on the desks of money; asked only for who may work there (ADM-1). */
const moneyDesks = async ({
  core,
  actor,
  user,
}: Turn): Promise<Pick<AdminHome, 'deposits' | 'withdrawals' | 'inProcess'>> => {
  if (!mayUse(user, 'deposits')) return { deposits: null, withdrawals: null, inProcess: 0 };
  const deposits = await core.deposits.waiting({ actor, page: pageRequest(0, 1) });
  const withdrawals = await core.withdrawals.waiting({ actor, page: pageRequest(0, LOOKED_AT) });
  return {
    deposits: {
      waiting: deposits.total,
      oldest: deposits.items[0]?.deposit.createdAt ?? null,
    },
    withdrawals: {
      waiting: withdrawals.total,
      oldest: oldestOf(withdrawals.items.map(({ withdrawal }) => withdrawal.createdAt)),
    },
    inProcess: withdrawals.items.filter(({ claimedBy }) => claimedBy !== null).length,
  };
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
