import { asSystem, rupiah, type AdjustWallet, type WalletTransaction } from '../../core/index.ts';
import { once } from './network.ts';
import { actorOf, type Person } from './people.ts';
import { demand } from './rule-broken.ts';
import { OPERATOR, type Town } from './town.ts';
import { ask } from './visits.ts';

const CLERK = asSystem('check-ledger');
/** Of the bot whose updates people send here. */
const BOT = 1;
const A_PAGE = { page: 0, size: 10 };

/** An admin puts somebody's wallet right: money really came or went, or the platform gives or takes. */
export const mendWallet = async (town: Town, admin: Person): Promise<void> => {
  const { dice } = admin;
  const known = [...town.persons.entries()].filter(([, person]) => person !== admin);
  if (known.length === 0) return;
  const [userId, person] = dice.pick(known);
  const wish = {
    actor: actorOf(admin),
    userId,
    direction: dice.chance(0.6) ? 'plus' : 'minus',
    side: dice.chance(0.5) ? 'cash' : 'revenue',
    amount: rupiah(BigInt(dice.between(1, 40)) * 50n),
  } as const;
  const quote = await town.look('wallet.quoteAdjustment', (core) =>
    core.wallet.quoteAdjustment(wish),
  );
  if (!quote) return;
  const mends = dice.chance(0.5) ? await lastOf(town, person) : null;
  await adjust(town, admin, { ...wish, reason: 'Salah hitung', mends, key: town.key() });
};

const lastOf = async (town: Town, person: Person): Promise<AdjustWallet['mends']> => {
  const actor = actorOf(person);
  const history = await town.look('wallet.history', (core) =>
    core.wallet.history({ actor, page: A_PAGE }),
  );
  return history?.items[0]?.transactionId ?? null;
};

const adjust = (town: Town, admin: Person, wish: AdjustWallet) =>
  ask(town, admin, {
    name: 'wallet.adjust',
    hasKey: true,
    call: (core) => core.wallet.adjust(wish),
    learn: once(({ amount }: WalletTransaction) => {
      const signed = wish.direction === 'plus' ? amount : 0n - amount;
      town.shadow.books.adjusted(wish.userId, signed, wish.side);
      town.figures.audit.add('wallet.adjust');
      town.figures.tally.add(`adjusted ${wish.direction} ${wish.side}`);
    }),
    says: ({ id }) => id,
  });

/** The operator takes a part of what the platform earned. */
export const takeProfit = async (town: Town): Promise<void> => {
  const actor = OPERATOR;
  const there = await town.look('wallet.revenue', (core) => core.wallet.revenue({ actor }));
  if (there === undefined || there < 10n) return;
  const [amount, key] = [rupiah(there / 3n), town.key()];
  await town.network.send({
    name: 'wallet.payoutRevenue',
    actor,
    hasKey: true,
    call: (core) => core.wallet.payoutRevenue({ actor, amount, reason: 'Laba', key }),
    learn: once(() => {
      town.shadow.books.profitTaken(amount);
      town.figures.audit.add('revenue.payout');
    }),
    says: ({ id }) => id,
  });
};

/** The owner's chat hears what was done by hand, and once a day how everything stands. */
export const tellOwner = async (town: Town): Promise<void> => {
  const { core, figures } = town;
  const asked = { actor: CLERK };
  const news = await core.owner.untold(asked);
  figures.reads.add('owner.untold');
  for (const { id } of news) {
    await core.owner.noteTold({ ...asked, id });
    figures.operations.add('owner.noteTold');
  }
  const due = await core.wellbeing.due({ ...asked, botId: BOT });
  figures.reads.add('wellbeing.due');
  if (!due) return;
  const { outside } = due.money;
  demand(due.cash === 0n - outside, 'WAL-11', () => `${due.cash} in cash, ${outside} outside`);
  await core.wellbeing.noteTold({ ...asked, day: due.day });
  figures.operations.add('wellbeing.noteTold');
  const again = await core.wellbeing.due({ ...asked, botId: BOT });
  demand(again === null, 'WAL-13', () => 'the owner would be told the same day twice');
};
