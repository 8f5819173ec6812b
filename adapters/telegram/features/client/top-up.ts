import { Composer } from 'telegraf';
import { z } from 'zod';
import { readAmount, rupiah, type ReceivedFile, type Rupiah } from '../../../../core/index.ts';
import { press, shortId } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { backAndCancel, choose, defineFlow, type Move, type Step } from '../../dialogue/flow.ts';
import { asPick, quickPicks, storedAmount } from '../../dialogue/quick-picks.ts';
import { onCode, onLabel } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { showHome } from '../account/home.ts';

const answers = z.object({
  amount: z.string().nullable(),
  /** Made when the amount was accepted (WAL-7). */
  key: z.string().nullable(),
});
type Answers = z.infer<typeof answers>;

/** Top-up by hand: how it begins (DEP-1). */
export const topUpFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'topUp', start);
  onCode(composer, CODES.topUp, start);
  return composer;
};

/** Asks nothing where the answer would be refused anyway: another role, too many pending. */
const start = async (turn: Turn): Promise<void> => {
  const { core, actor, settings } = turn;
  await core.deposits.check({ actor, amount: settings.depositMin });
  await topUpFlow.start(turn, 'amount', { amount: null, key: null });
};

const PICKS = [25_000n, 50_000n, 100_000n, 250_000n, 500_000n, 1_000_000n].map(rupiah);

const amountStep: Step<Answers> = {
  draw: async (turn, data) => {
    const { core, actor, settings, texts } = turn;
    const { wallet: balance } = await core.wallet.balances({ actor });
    const { depositMin: min, depositMax: max } = settings;
    const amount = amountOf(data);
    const within = PICKS.filter((pick) => pick >= min && pick <= max);
    return {
      text: texts.topUp.askAmount({ balance, min, max, amount }),
      keyboard: [
        ...quickPicks(turn, 'pick', within.map(asPick)),
        ...(amount === null ? [] : [[choose(turn, texts.topUp.keepAmount(amount), 'keep')]]),
        backAndCancel(turn),
      ],
    };
  },
  text: (turn, _data, text) => takeAmount(turn, readAmount(text)),
  buttons: {
    pick: (turn, _data, amount = '') => takeAmount(turn, readAmount(amount)),
    keep: (turn, data) => takeAmount(turn, amountOf(data) ?? readAmount('')),
  },
};

const amountOf = ({ amount }: Answers): Rupiah | null => storedAmount(amount);

const takeAmount = async (turn: Turn, amount: Rupiah): Promise<Move<Answers>> => {
  await turn.core.deposits.check({ actor: turn.actor, amount });
  return { step: 'proof', data: { amount: amount.toString(), key: turn.newKey() } };
};

const proofStep: Step<Answers> = {
  accepts: 'transfer-proof',
  draw: (turn, data) => ({
    text: turn.texts.topUp.askProof({
      amount: amountOf(data) ?? rupiah(0n),
      instructions: turn.settings.depositInstructions,
    }),
    keyboard: [backAndCancel(turn)],
  }),
  file: (turn, data, file) => request(turn, data, file),
  back: 'amount',
};

const request = async (turn: Turn, data: Answers, file: ReceivedFile): Promise<Move<Answers>> => {
  const { core, actor, texts } = turn;
  const deposit = await core.deposits.request({
    actor,
    amount: amountOf(data) ?? rupiah(0n),
    key: data.key ?? '',
    file,
  });
  const { labels, wallet } = texts;
  turn.show({
    text: texts.topUp.requested(deposit),
    keyboard: [
      [press(wallet.cancelDeposit(deposit.claimed), CODES.cancelDeposit, shortId(deposit.id))],
      [press(labels.balance, CODES.balance), press(labels.home, CODES.home)],
    ],
  });
  return 'done';
};

/** Amount, then the proof of its transfer (DEP-1). */
export const topUpFlow = defineFlow<Answers>({
  name: 'top-up',
  version: 1,
  schema: answers,
  steps: { amount: amountStep, proof: proofStep },
  leave: (turn) => showHome(turn),
});
