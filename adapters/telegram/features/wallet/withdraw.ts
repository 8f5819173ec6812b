import { Composer } from 'telegraf';
import { z } from 'zod';
import { asRefusal, readAmount, rupiah, type Rupiah, type Sealed } from '../../../../core/index.ts';
import { press } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { backAndCancel, choose, defineFlow, type Move, type Step } from '../../dialogue/flow.ts';
import { asPick, quickPicks, storedAmount } from '../../dialogue/quick-picks.ts';
import { onCode, onLabel } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { showHome } from '../account/home.ts';

/** Answers so far; the number stands here sealed only (WDR-3). */
const answers = z.object({
  amount: z.string().nullable(),
  sealed: z.string().nullable(),
  masked: z.string().nullable(),
  /** Made when the summary was shown (WAL-7). */
  key: z.string().nullable(),
});
type Answers = z.infer<typeof answers>;

/** Getting money out: how it begins (WDR-1). */
export const withdrawFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'withdraw', start);
  onCode(composer, CODES.withdraw, start);
  return composer;
};

/** Asks nothing where the answer would be refused anyway: too little money, one already pending. */
const start = async (turn: Turn): Promise<void> => {
  const { core, actor, settings } = turn;
  try {
    await core.withdrawals.quote({ actor, amount: settings.withdrawMin });
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal?.code !== 'wallet.insufficient') throw error;
    return showTooLittle(turn, refusal.details);
  }
  await withdrawFlow.start(turn, 'amount', { amount: null, sealed: null, masked: null, key: null });
};

/** Not even the least there is: no amount was named that could be reduced (UX-4). */
const showTooLittle = (
  turn: Turn,
  { balance, missing }: { readonly balance: Rupiah; readonly missing: Rupiah },
): void => {
  const { texts, settings } = turn;
  const { withdrawMin: min, withdrawFee: fee } = settings;
  turn.show({
    text: texts.wallet.tooLittle({ balance, missing, min, fee }),
    keyboard: [[press(texts.labels.balance, CODES.balance), press(texts.labels.home, CODES.home)]],
  });
};

const PICKS = [10_000n, 25_000n, 50_000n, 100_000n, 250_000n, 500_000n].map(rupiah);

const amountStep: Step<Answers> = {
  draw: async (turn, data) => {
    const { core, actor, settings, texts } = turn;
    const { withdrawMin: min } = settings;
    const { balance, fee, most } = await core.withdrawals.quote({ actor, amount: min });
    const amount = amountOf(data);
    const within = PICKS.filter((pick) => pick >= min && pick < most);
    const all = { label: texts.wallet.everything(most), answer: most.toString() };
    return {
      text: texts.wallet.askAmount({ balance, min, fee, most, amount }),
      keyboard: [
        ...quickPicks(turn, 'pick', within.map(asPick)),
        ...quickPicks(turn, 'pick', [all]),
        ...(amount === null ? [] : [[choose(turn, texts.wallet.keepAmount(amount), 'keep')]]),
        backAndCancel(turn),
      ],
    };
  },
  text: (turn, data, text) => takeAmount(turn, data, readAmount(text)),
  buttons: {
    pick: (turn, data, amount = '') => takeAmount(turn, data, readAmount(amount)),
    keep: (turn, data) => takeAmount(turn, data, amountOf(data) ?? readAmount('')),
  },
};

const amountOf = ({ amount }: Answers): Rupiah | null => storedAmount(amount);

const takeAmount = async (turn: Turn, data: Answers, amount: Rupiah): Promise<Move<Answers>> => {
  await turn.core.withdrawals.quote({ actor: turn.actor, amount });
  return { step: 'number', data: { ...data, amount: amount.toString() } };
};

const numberStep: Step<Answers> = {
  draw: (turn, data) => {
    const { masked } = data;
    const { wallet } = turn.texts;
    return {
      text: wallet.askNumber({ amount: amountOf(data) ?? rupiah(0n), masked }),
      keyboard: [
        ...(masked === null ? [] : [[choose(turn, wallet.keepNumber(masked), 'keep')]]),
        backAndCancel(turn),
      ],
    };
  },
  text: async (turn, data, text) => {
    const { core, actor } = turn;
    const { sealed, masked } = await core.withdrawals.prepareNumber({ actor, text });
    return { step: 'summary', data: { ...data, sealed, masked, key: turn.newKey() } };
  },
  buttons: {
    keep: (turn, data) => ({ step: 'summary', data: { ...data, key: turn.newKey() } }),
  },
  back: 'amount',
};

const summaryStep: Step<Answers> = {
  draw: async (turn, data) => {
    const { core, actor, texts } = turn;
    const quote = await core.withdrawals.quote({ actor, amount: amountOf(data) ?? rupiah(0n) });
    return {
      text: texts.wallet.withdrawSummary(quote),
      number: { sealed: (data.sealed ?? '') as Sealed, otherwise: data.masked ?? '' },
      keyboard: [
        [choose(turn, texts.labels.confirm, 'confirm', quote.total.toString())],
        backAndCancel(turn),
      ],
    };
  },
  buttons: { confirm: (turn, data, shown) => request(turn, data, shown) },
  back: 'number',
};

const request = async (turn: Turn, data: Answers, shown = ''): Promise<Move<Answers>> => {
  const { core, actor, texts } = turn;
  const withdrawal = await core.withdrawals.request({
    actor,
    amount: amountOf(data) ?? rupiah(0n),
    number: (data.sealed ?? '') as Sealed,
    key: data.key ?? '',
    total: readAmount(shown),
  });
  turn.show({
    text: texts.wallet.withdrawRequested({
      withdrawal,
      ...(await core.wallet.balances({ actor })),
    }),
    keyboard: [[press(texts.labels.balance, CODES.balance), press(texts.labels.home, CODES.home)]],
  });
  return 'done';
};

/** Amount, number, summary (WDR-1). */
export const withdrawFlow = defineFlow<Answers>({
  name: 'withdraw',
  version: 1,
  schema: answers,
  steps: { amount: amountStep, number: numberStep, summary: summaryStep },
  leave: (turn) => showHome(turn),
});
