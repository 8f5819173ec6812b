import { rupiah, type Withdrawal } from '../../core/index.ts';
import { happened, once } from './network.ts';
import { actorOf, type Person } from './people.ts';
import type { Town } from './town.ts';
import { ask, given, minutes } from './visits.ts';

const numberOf = ({ telegramId }: Person): string => `0812${String(telegramId).slice(-8)}`;

/** Takes money out, if there is enough of it; some think better of it. */
export const cashOut = async (town: Town, person: Person): Promise<void> => {
  const { dice } = person;
  const actor = actorOf(person);
  const owned = await town.look('wallet.balances', (core) => core.wallet.balances({ actor }));
  if (!owned || owned.wallet < 10_000n) return;
  const thousands = owned.wallet / 1_000n;
  const amount = rupiah(dice.chance(0.03) ? owned.wallet + 1n : ((thousands * 9n) / 10n) * 1_000n);
  if (amount < 10_000n) return;
  const quote = await town.look('withdrawals.quote', (core) =>
    core.withdrawals.quote({ actor, amount }),
  );
  const prepared = await town.look('withdrawals.prepareNumber', (core) =>
    core.withdrawals.prepareNumber({ actor, text: numberOf(person) }),
  );
  if (!prepared) return;
  const number = prepared.sealed;
  if (dice.chance(0.2)) {
    await town.look('withdrawals.revealNumber', (core) =>
      core.withdrawals.revealNumber({ actor, sealed: number }),
    );
  }
  const key = town.key();
  const shown = quote ? { total: quote.total } : {};
  const asked = await ask(town, person, {
    name: 'withdrawals.request',
    hasKey: true,
    call: (core) => core.withdrawals.request({ actor, amount, number, key, ...shown }),
    learn: once(town.shadow.withdrawals.requested),
    says: ({ id }) => id,
  });
  const made = given(asked);
  if (made && dice.chance(0.08)) await changeOfMind(town, person, made);
};

const changeOfMind = async (town: Town, person: Person, made: Withdrawal): Promise<void> => {
  await minutes(town, 1, 20);
  const input = { actor: actorOf(person), withdrawalId: made.id };
  await town.look('withdrawals.mine', (core) => core.withdrawals.mine({ actor: input.actor }));
  await ask(town, person, {
    name: 'withdrawals.cancel',
    call: (core) => core.withdrawals.cancel(input),
    learn: (answer) => {
      if (happened(answer, 'withdrawal.not-pending')) town.shadow.withdrawals.canceled(made.id);
    },
  });
};
