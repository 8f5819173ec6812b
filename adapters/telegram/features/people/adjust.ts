import { z } from 'zod';
import {
  readAmount,
  requireNotOwn,
  requireReason,
  rupiah,
  type AdjustmentQuote,
  type Rupiah,
  type TimelineEvent,
  type TransactionId,
  type User,
} from '../../../../core/index.ts';
import { longId, shortId } from '../../buttons.ts';
import { backAndCancel, choose, defineFlow, type Move, type Step } from '../../dialogue/flow.ts';
import { asPick, quickPicks, storedAmount } from '../../dialogue/quick-picks.ts';
import { reasonStep } from '../../dialogue/reason-step.ts';
import { idSchema } from '../../parse.ts';
import { saying, type Turn } from '../../turn.ts';
import { profileOf, userOf } from './card.ts';
import { atPerson, backToPerson, leave } from './standing.ts';

const answers = atPerson.extend({
  direction: z.enum(['plus', 'minus']).nullable(),
  amount: z.string().nullable(),
  side: z.enum(['cash', 'revenue']).nullable(),
  mends: idSchema<TransactionId>().nullable(),
  reason: z.string().nullable(),
  /** Made when the summary was shown (WAL-7). */
  key: z.string().nullable(),
});
type Answers = z.infer<typeof answers>;

export const UNANSWERED = {
  direction: null,
  amount: null,
  side: null,
  mends: null,
  reason: null,
  key: null,
} as const;

/** What has been answered when it is needed: each step comes after those before it. */
const asked = ({ userId, direction, amount, side }: Answers) => ({
  userId,
  direction: direction ?? 'plus',
  amount: storedAmount(amount) ?? rupiah(0n),
  side: side ?? 'cash',
});

const quoteOf = ({ core, actor }: Turn, data: Answers): Promise<AdjustmentQuote> =>
  core.wallet.quoteAdjustment({ actor, ...asked(data) });

const directionStep: Step<Answers> = {
  draw: async (turn, data) => {
    requireNotOwn(turn.actor, data.userId);
    const { adjustment: say } = turn.texts;
    const { user, balances } = await profileOf(turn, data);
    return {
      text: say.askDirection(user, balances.wallet),
      keyboard: [
        [choose(turn, say.plus, 'plus'), choose(turn, say.minus, 'minus')],
        backAndCancel(turn),
      ],
    };
  },
  buttons: {
    plus: (_turn, data) => ({ step: 'amount', data: { ...data, direction: 'plus' } }),
    minus: (_turn, data) => ({ step: 'amount', data: { ...data, direction: 'minus' } }),
  },
};

const PICKS = [1_000n, 5_000n, 10_000n, 25_000n, 50_000n, 100_000n].map(rupiah);

const amountStep: Step<Answers> = {
  draw: async (turn, data) => {
    const { adjustment: say } = turn.texts;
    const { user, balances } = await profileOf(turn, data);
    const { wallet } = balances;
    const { direction } = asked(data);
    const possible = direction === 'plus' ? PICKS : PICKS.filter((pick) => pick < wallet);
    const all =
      direction === 'minus' && wallet > 0n
        ? [{ label: say.everything(wallet), answer: wallet.toString() }]
        : [];
    return {
      text: say.askAmount(user, direction, wallet),
      keyboard: [
        ...quickPicks(turn, 'pick', possible.map(asPick)),
        ...quickPicks(turn, 'pick', all),
        backAndCancel(turn),
      ],
    };
  },
  text: (turn, data, text) => takeAmount(turn, data, readAmount(text)),
  buttons: { pick: (turn, data, amount = '') => takeAmount(turn, data, readAmount(amount)) },
  back: 'direction',
};

/** Asks the core at once: a wallet that has less is said now, and not at the end. */
const takeAmount = async (turn: Turn, data: Answers, amount: Rupiah): Promise<Move<Answers>> => {
  const next: Answers = { ...data, amount: amount.toString(), side: null };
  await quoteOf(turn, next);
  return { step: 'side', data: next };
};

const sideStep: Step<Answers> = {
  draw: async (turn, data) => {
    const { adjustment: say } = turn.texts;
    const { direction, amount } = asked(data);
    return {
      text: say.askSide(await userOf(turn, data), direction, amount),
      keyboard: [
        [choose(turn, say.sides.cash, 'cash')],
        [choose(turn, say.sides.revenue, 'revenue')],
        backAndCancel(turn),
      ],
    };
  },
  buttons: {
    cash: (turn, data) => takeSide(turn, { ...data, side: 'cash' }),
    revenue: (turn, data) => takeSide(turn, { ...data, side: 'revenue' }),
  },
  back: 'amount',
};

const takeSide = async (turn: Turn, data: Answers): Promise<Move<Answers>> => {
  await quoteOf(turn, data);
  return { step: 'mends', data };
};

type MoneyEvent = Extract<TimelineEvent, { kind: 'money' }>;

const LOOKED_AT = 50;
const OFFERED = 6;

interface Moved {
  readonly user: User;
  readonly events: readonly MoneyEvent[];
}

/** Somebody, and what moved their money last: each transaction once, the newest first. */
const recent = async ({ core, actor }: Turn, { userId }: Answers): Promise<Moved> => {
  const slice = { from: null, size: LOOKED_AT };
  const { user, items } = await core.reports.timeline({ actor, userId, slice });
  const moved = items.filter((event): event is MoneyEvent => event.kind === 'money');
  const byId = new Map(moved.map((event) => [event.transactionId, event]));
  return { user, events: [...byId.values()].slice(0, OFFERED) };
};

const mendsStep: Step<Answers> = {
  draw: async (turn, data) => {
    const { adjustment: say } = turn.texts;
    const { user, events } = await recent(turn, data);
    return {
      text: say.askMends(user),
      keyboard: [
        ...events.map((event) => [
          choose(turn, say.transaction(event), 'mends', shortId(event.transactionId)),
        ]),
        [choose(turn, say.mendsNothing, 'none')],
        backAndCancel(turn),
      ],
    };
  },
  buttons: {
    mends: (_turn, data, short) => ({
      step: 'reason',
      data: { ...data, mends: longId<TransactionId>(short) ?? null },
    }),
    none: (_turn, data) => ({ step: 'reason', data: { ...data, mends: null } }),
  },
  back: 'side',
};

const askReason = reasonStep<Answers>({
  ask: async (turn, data) => ({
    text: turn.texts.adjustment.askReason(await userOf(turn, data)),
  }),
  reasons: ({ adjustment }, { data }) => adjustment.reasons[asked(data).direction],
  reader: async (turn, data) => (await userOf(turn, data)).language,
  given: async (turn, data, reason) => ({
    step: 'summary',
    data: { ...data, reason: requireReason(reason), key: turn.newKey() },
  }),
  back: 'mends',
});

const summaryStep: Step<Answers> = {
  draw: async (turn, data) => {
    const { labels, adjustment } = turn.texts;
    const { mends, reason } = data;
    const { user, events } = await recent(turn, data);
    const mended = events.find((event) => event.transactionId === mends);
    return {
      text: adjustment.summary({
        user,
        ...asked(data),
        quote: await quoteOf(turn, data),
        mends: mended ?? null,
        reason: reason ?? '',
      }),
      keyboard: [[choose(turn, labels.confirm, 'confirm')], backAndCancel(turn)],
    };
  },
  buttons: { confirm: (turn, data) => adjust(turn, data) },
  back: 'reason',
};

const adjust = async (turn: Turn, data: Answers): Promise<Move<Answers>> => {
  const { core, actor, texts } = turn;
  const { mends, reason, key } = data;
  await core.wallet.adjust({
    actor,
    ...asked(data),
    mends,
    reason: reason ?? '',
    key: key ?? '',
  });
  await backToPerson(saying(turn, texts.adjustment.done), data);
  return 'done';
};

/** Plus or minus, how much, against what, which mistake it mends, why, summary (WAL-10). */
export const adjustFlow = defineFlow<Answers>({
  name: 'adjust',
  version: 1,
  schema: answers,
  steps: {
    direction: directionStep,
    amount: amountStep,
    side: sideStep,
    mends: mendsStep,
    reason: askReason,
    summary: summaryStep,
  },
  leave,
});
