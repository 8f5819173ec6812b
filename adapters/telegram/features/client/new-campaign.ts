import { Composer } from 'telegraf';
import { z } from 'zod';
import {
  readAmount,
  readLink,
  requireText,
  rupiah,
  TASK_KINDS,
  type CampaignOrder,
  type Rupiah,
  type TaskKind,
} from '../../../../core/index.ts';
import { press } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { backAndCancel, choose, defineFlow, type Move, type Step } from '../../dialogue/flow.ts';
import { asPick, countPicks, quickPicks, storedAmount } from '../../dialogue/quick-picks.ts';
import { readCount } from '../../parse.ts';
import { onCode, onLabel, requireRole } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { showHome } from '../account/home.ts';
import { showCampaign } from './campaign-card.ts';

/** Answers so far; all but the kind stay null until they are given. */
const answers = z.object({
  kind: z.enum(TASK_KINDS).nullable(),
  link: z.string().nullable(),
  instructions: z.string().nullable(),
  price: z.string().nullable(),
  target: z.number().int().nullable(),
  /** Made when the summary was shown (WAL-7). */
  key: z.string().nullable(),
});
type Answers = z.infer<typeof answers>;

const NOTHING_YET: Answers = {
  kind: null,
  link: null,
  instructions: null,
  price: null,
  target: null,
  key: null,
};

/** The wizard that makes a campaign: how it begins. */
export const newCampaignFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'newCampaign', start);
  onCode(composer, CODES.newCampaign, start);
  return composer;
};

const start = async (turn: Turn): Promise<void> => {
  requireRole(turn, 'client');
  await newCampaignFlow.start(turn, 'kind', NOTHING_YET);
};

const kindStep: Step<Answers> = {
  draw: (turn, { kind }) => ({
    text: turn.texts.campaigns.askKind(kind),
    keyboard: [
      ...quickPicks(
        turn,
        'pick',
        TASK_KINDS.map((one) => ({ label: turn.texts.common.kind(one), answer: one })),
      ),
      backAndCancel(turn),
    ],
  }),
  buttons: {
    pick: (_turn, data, answer) => {
      const kind = z.enum(TASK_KINDS).safeParse(answer).data;
      return kind ? { step: 'link', data: { ...data, kind } } : 'stay';
    },
  },
};

const linkStep: Step<Answers> = {
  draw: (turn, data) => {
    const { campaigns } = turn.texts;
    return {
      text: campaigns.askLink({ kind: kindOf(data), link: data.link }),
      keyboard: [
        ...(data.link === null ? [] : [[choose(turn, campaigns.keepLink, 'keep')]]),
        backAndCancel(turn),
      ],
    };
  },
  text: (turn, data, text) => ({
    step: 'instructions',
    data: { ...data, link: readLink(text, turn.settings.linkHosts).target },
  }),
  buttons: { keep: (_turn, data) => ({ step: 'instructions', data }) },
  back: 'kind',
};

/** As long as the core takes them. */
const INSTRUCTIONS_MAX = 1_000;

const instructionsStep: Step<Answers> = {
  draw: (turn, { instructions }) => {
    const { campaigns, labels } = turn.texts;
    return {
      text: campaigns.askInstructions(instructions),
      keyboard: [
        ...(instructions === null ? [] : [[choose(turn, campaigns.keepInstructions, 'keep')]]),
        [choose(turn, labels.skip, 'skip')],
        backAndCancel(turn),
      ],
    };
  },
  text: (_turn, data, text) => ({
    step: 'price',
    data: { ...data, instructions: requireText(text, INSTRUCTIONS_MAX) },
  }),
  buttons: {
    keep: (_turn, data) => ({ step: 'price', data }),
    skip: (_turn, data) => ({ step: 'price', data: { ...data, instructions: null } }),
  },
  back: 'link',
};

const PRICES = [100n, 250n, 500n, 1_000n, 2_000n, 5_000n].map(rupiah);

const priceStep: Step<Answers> = {
  draw: (turn, data) => {
    const { texts, settings } = turn;
    const price = priceOf(data);
    const min = settings.pricePerTaskMin;
    const picks = PRICES.filter((one) => one >= min).map(asPick);
    return {
      text: texts.campaigns.askPrice({ min, price }),
      keyboard: [
        ...quickPicks(turn, 'pick', picks),
        ...(price === null ? [] : [[choose(turn, texts.campaigns.keepPrice(price), 'keep')]]),
        backAndCancel(turn),
      ],
    };
  },
  text: (turn, data, text) => takePrice(turn, data, readAmount(text)),
  buttons: {
    pick: (turn, data, price = '') => takePrice(turn, data, readAmount(price)),
    keep: (turn, data) => takePrice(turn, data, priceOf(data) ?? readAmount('')),
  },
  back: 'instructions',
};

/** The quote for a single task refuses what the price is refused for (CAM-3). */
const takePrice = async (turn: Turn, data: Answers, price: Rupiah): Promise<Move<Answers>> => {
  const priced = { ...data, price: price.toString() };
  await turn.core.campaigns.quote({ actor: turn.actor, ...orderOf({ ...priced, target: 1 }) });
  return { step: 'target', data: priced };
};

const TARGETS = [10, 25, 50, 100, 500, 1_000];

const targetStep: Step<Answers> = {
  draw: async (turn, data) => {
    const { core, actor, texts, settings } = turn;
    const { wallet: balance } = await core.wallet.balances({ actor });
    const { targetMax: max } = settings;
    const { target } = data;
    return {
      text: texts.campaigns.askTarget({ max, balance, target }),
      keyboard: [
        ...quickPicks(turn, 'pick', countPicks(TARGETS, max)),
        ...(target === null ? [] : [[choose(turn, texts.campaigns.keepTarget(target), 'keep')]]),
        backAndCancel(turn),
      ],
    };
  },
  text: (turn, data, text) => takeTarget(turn, data, readCount(text)),
  buttons: {
    pick: (turn, data, target = '') => takeTarget(turn, data, readCount(target)),
    keep: (turn, data) => takeTarget(turn, data, data.target ?? Number.NaN),
  },
  back: 'price',
};

const takeTarget = async (turn: Turn, data: Answers, target: number): Promise<Move<Answers>> => {
  const aimed = { ...data, target };
  await turn.core.campaigns.quote({ actor: turn.actor, ...orderOf(aimed) });
  return { step: 'summary', data: { ...aimed, key: turn.newKey() } };
};

const summaryStep: Step<Answers> = {
  draw: async (turn, data) => {
    const { core, actor, texts } = turn;
    const quote = await core.campaigns.quote({ actor, ...orderOf(data) });
    return {
      text: texts.campaigns.summary(quote),
      keyboard: [
        quote.balanceAfter < 0n
          ? [press(texts.labels.topUp, CODES.topUp)]
          : [choose(turn, texts.labels.confirm, 'confirm', quote.total.toString())],
        backAndCancel(turn),
      ],
    };
  },
  buttons: { confirm: (turn, data, shown) => create(turn, data, shown) },
  back: 'target',
};

const create = async (turn: Turn, data: Answers, shown = ''): Promise<Move<Answers>> => {
  const { core, actor, texts } = turn;
  const order = { ...orderOf(data), key: data.key ?? '', total: readAmount(shown) };
  const { id } = await core.campaigns.create({ actor, ...order });
  await showCampaign(turn, id, texts.campaigns.created);
  return 'done';
};

const kindOf = ({ kind }: Answers): TaskKind => kind ?? 'view';

const priceOf = ({ price }: Answers): Rupiah | null => storedAmount(price);

/** What is ordered so far; the core refuses what is missing. */
const orderOf = (data: Answers): CampaignOrder => ({
  kind: kindOf(data),
  link: data.link ?? '',
  instructions: data.instructions,
  pricePerTask: priceOf(data) ?? rupiah(0n),
  target: data.target ?? 0,
});

/** Kind, link, instructions, price, target, summary (CAM-1, CAM-5). */
export const newCampaignFlow = defineFlow<Answers>({
  name: 'new-campaign',
  version: 1,
  schema: answers,
  steps: {
    kind: kindStep,
    link: linkStep,
    instructions: instructionsStep,
    price: priceStep,
    target: targetStep,
    summary: summaryStep,
  },
  leave: (turn) => showHome(turn),
});
