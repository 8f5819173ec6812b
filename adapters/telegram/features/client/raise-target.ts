import { z } from 'zod';
import type { CampaignId, RaiseQuote } from '../../../../core/index.ts';
import { press } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { backAndCancel, choose, defineFlow, type Move, type Step } from '../../dialogue/flow.ts';
import { countPicks, quickPicks } from '../../dialogue/quick-picks.ts';
import { idSchema, readCount } from '../../parse.ts';
import { requireRole } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { showHome } from '../account/home.ts';
import { showCampaign } from './campaign-card.ts';

const answers = z.object({
  campaignId: idSchema<CampaignId>(),
  /** How many tasks more; null while it is not answered. */
  more: z.number().int().nullable(),
  /** Made when the summary was shown (WAL-7). */
  key: z.string().nullable(),
});
type Answers = z.infer<typeof answers>;

/** Raising the target: how it begins (CAM-9). */
export const startRaise = async (turn: Turn, campaignId: CampaignId): Promise<void> => {
  requireRole(turn, 'client');
  await raiseFlow.start(turn, 'more', { campaignId, more: null, key: null });
};

type Asked = Pick<Answers, 'campaignId'> & { readonly more: number };

const quote = ({ core, actor }: Turn, { campaignId, more }: Asked): Promise<RaiseQuote> =>
  core.campaigns.quoteRaise({ actor, campaignId, more });

const PICKS = [10, 25, 50, 100, 500, 1_000];

const moreStep: Step<Answers> = {
  // Asks nothing where every answer would be refused: it has ended, or has the highest target.
  draw: async (turn, { campaignId, more }) => {
    const { texts } = turn;
    const { campaign, moreMax: max, balance } = await quote(turn, { campaignId, more: 1 });
    return {
      text: texts.raise.ask({ campaign, max, balance, more }),
      keyboard: [
        ...quickPicks(turn, 'pick', countPicks(PICKS, max)),
        ...(more === null ? [] : [[choose(turn, texts.raise.keep(more), 'keep')]]),
        backAndCancel(turn),
      ],
    };
  },
  text: (turn, data, text) => takeMore(turn, data, readCount(text)),
  buttons: {
    pick: (turn, data, more = '') => takeMore(turn, data, readCount(more)),
    keep: (turn, data) => takeMore(turn, data, data.more ?? Number.NaN),
  },
};

const takeMore = async (turn: Turn, data: Answers, more: number): Promise<Move<Answers>> => {
  await quote(turn, { ...data, more });
  return { step: 'summary', data: { ...data, more, key: turn.newKey() } };
};

const summaryStep: Step<Answers> = {
  draw: async (turn, data) => {
    const { texts } = turn;
    const quoted = await quote(turn, { ...data, more: data.more ?? Number.NaN });
    return {
      text: texts.raise.summary(quoted),
      keyboard: [
        quoted.balanceAfter < 0n
          ? [press(texts.labels.topUp, CODES.topUp)]
          : [choose(turn, texts.labels.confirm, 'confirm')],
        backAndCancel(turn),
      ],
    };
  },
  buttons: { confirm: (turn, data) => order(turn, data) },
  back: 'more',
};

const order = async (turn: Turn, data: Answers): Promise<Move<Answers>> => {
  const { core, actor, texts } = turn;
  const { campaignId, more, key } = data;
  await core.campaigns.raise({ actor, campaignId, more: more ?? Number.NaN, key: key ?? '' });
  await showCampaign(turn, campaignId, texts.raise.raised(more ?? 0));
  return 'done';
};

/** `Tambah Target`: how many more, then the summary (CAM-9). */
export const raiseFlow = defineFlow<Answers>({
  name: 'raise-target',
  version: 1,
  schema: answers,
  steps: { more: moreStep, summary: summaryStep },
  leave: (turn, data) => (data ? showCampaign(turn, data.campaignId) : showHome(turn)),
});
