import { pageRequest, type Role, type User } from '../../../../core/index.ts';
import { press, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { MAIN_LABELS } from '../../delivery/menu.ts';
import { lines, trusted, type Html } from '../../html.ts';
import { textsIn, type Texts } from '../../texts/index.ts';
import type { Turn } from '../../turn.ts';
import { roleScreen } from './gate.ts';

/** The home screen of the person's role (ACC-2); `note` stands above it. */
export const showHome = async (turn: Turn, note?: Html): Promise<void> => {
  const { role } = turn.user;
  if (role === null) return turn.show(roleScreen(turn));
  const text = await greetings[role](turn);
  turn.show({
    text: note === undefined ? text : lines(note, trusted(''), text),
    keyboard: homeKeyboard(turn.texts, role),
  });
};

/** The same turn after the person's role or language changed in it. */
export const asChanged = (turn: Turn, user: User): Turn => ({
  ...turn,
  user,
  texts: textsIn(user.language),
});

/** Every main label of the role, then what everybody has (UX-6). */
const homeKeyboard = ({ labels }: Texts, role: Role): Keyboard => [
  ...MAIN_LABELS[role].map((row) => row.map((label) => press(labels[label], CODES[label]))),
  [press(labels.language, CODES.language), press(labels.help, CODES.help)],
];

const greetings: Readonly<Record<Role, (turn: Turn) => Promise<Html>>> = {
  client: async ({ core, actor, user, texts }) => {
    const open = await core.users.openThings({ actor });
    return texts.home.client({
      name: user.displayName,
      ...(await core.wallet.balances({ actor })),
      openCampaigns: open.campaigns,
      pendingDeposits: open.deposits,
    });
  },
  worker: async ({ core, actor, user, texts }) =>
    texts.home.worker({
      name: user.displayName,
      ...(await core.wallet.balances({ actor })),
      tasks: await core.tasks.mine({ actor }),
      offers: (await core.tasks.offers({ actor, page: pageRequest(0, 1) })).total,
    }),
  admin: async ({ core, actor, user, texts }) => {
    const first = { actor, page: pageRequest(0, 1) };
    const deposits = await core.deposits.waiting(first);
    const withdrawals = await core.withdrawals.waiting(first);
    const { freeze } = await core.freeze.current({ actor });
    return texts.home.admin({
      name: user.displayName,
      proofs: await core.proofs.queue({ actor }),
      deposits: {
        waiting: deposits.total,
        oldest: deposits.items[0]?.deposit.createdAt ?? null,
      },
      withdrawals: {
        waiting: withdrawals.total,
        oldest: withdrawals.items[0]?.withdrawal.createdAt ?? null,
      },
      frozenSince: freeze?.begunAt ?? null,
    });
  },
};
