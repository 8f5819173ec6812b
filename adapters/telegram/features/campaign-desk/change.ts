import { z } from 'zod';
import {
  isOpen,
  requireReason,
  type CampaignDetails,
  type CampaignId,
  type User,
} from '../../../../core/index.ts';
import { backAndCancel, choose, defineFlow, type Move, type Step } from '../../dialogue/flow.ts';
import { reasonStep } from '../../dialogue/reason-step.ts';
import type { Html } from '../../html.ts';
import { idSchema } from '../../parse.ts';
import type { Texts } from '../../texts/index.ts';
import { saying, type Turn } from '../../turn.ts';
import { ownerOf, showAdminCampaign } from './card.ts';
import { showAllCampaigns } from './list.ts';
import { readPlace } from './place.ts';

export interface Change {
  readonly campaignId: CampaignId;
  /** As `writePlace` writes it. */
  readonly place: string;
  readonly reason?: string | undefined;
}

const schema = z.object({
  campaignId: idSchema<CampaignId>(),
  place: z.string(),
  reason: z.string().optional(),
});

type Words = Texts['campaignDesk'];

interface Why {
  readonly ask: (words: Words) => (details: CampaignDetails, owner: User) => Html;
  readonly reasons: (words: Words) => readonly string[];
  readonly given: (turn: Turn, change: Change, reason: string) => Promise<Move<Change>>;
}

/** Ended meanwhile, the card takes the place of the question. */
const whileOpen = async (
  turn: Turn,
  change: Change,
  act: () => Promise<Move<Change>>,
): Promise<Move<Change>> => {
  const { details } = await seen(turn, change);
  if (isOpen(details.campaign)) return act();
  await backToCard(saying(turn, turn.texts.campaignDesk.ended), change);
  return 'done';
};

const seen = async (turn: Turn, { campaignId }: Change) => {
  const details = await turn.core.campaigns.show({ actor: turn.actor, campaignId });
  return { details, owner: (await ownerOf(turn, details)).user };
};

/** Asks why; the owner reads it in their language (CAM-6). */
const askWhy = ({ ask, reasons, given }: Why): Step<Change> =>
  reasonStep<Change>({
    ask: async (turn, change) => {
      const { details, owner } = await seen(turn, change);
      return { text: ask(turn.texts.campaignDesk)(details, owner) };
    },
    reasons: ({ campaignDesk }) => reasons(campaignDesk),
    reader: async (turn, change) => (await seen(turn, change)).owner.language,
    given: (turn, change, reason) =>
      whileOpen(turn, change, () => given(turn, change, requireReason(reason))),
  });

const backToCard = (turn: Turn, { campaignId, place }: Change): Promise<void> =>
  showAdminCampaign(turn, campaignId, readPlace(place));

const leave = (turn: Turn, change: Change | null): Promise<void> =>
  change ? backToCard(turn, change) : showAllCampaigns(turn, undefined);

interface OneStep extends Pick<Why, 'ask' | 'reasons'> {
  readonly name: string;
  readonly change: 'pause' | 'resume';
  readonly done: (words: Words) => string;
}

/** A change that is made as soon as its reason is given. */
const oneStepFlow = ({ name, change, done, ...why }: OneStep) =>
  defineFlow<Change>({
    name,
    version: 1,
    schema,
    steps: {
      reason: askWhy({
        ...why,
        given: async (turn, { campaignId, place }, reason) => {
          const { core, actor, texts } = turn;
          await core.campaigns[change]({ actor, campaignId, reason });
          await backToCard(saying(turn, done(texts.campaignDesk)), { campaignId, place });
          return 'done';
        },
      }),
    },
    leave,
  });

/** Stops new takes of somebody's campaign, with a reason (CAM-6). */
export const pauseCampaignFlow = oneStepFlow({
  name: 'admin-pause',
  change: 'pause',
  ask: (words) => words.askPauseReason,
  reasons: (words) => words.pauseReasons,
  done: (words) => words.paused,
});

/** Lifts a pause, with a reason (CAM-6). */
export const resumeCampaignFlow = oneStepFlow({
  name: 'admin-resume',
  change: 'resume',
  ask: (words) => words.askResumeReason,
  reasons: (words) => words.resumeReasons,
  done: (words) => words.resumed,
});

const remove = async (turn: Turn, change: Change): Promise<Move<Change>> => {
  const { core, actor, texts } = turn;
  const { campaignId, reason } = change;
  const deleted = await core.campaigns.delete({ actor, campaignId, reason });
  await backToCard(saying(turn, texts.campaignDesk.deleted(deleted)), change);
  return 'done';
};

/** Why, then what returns to whom, then the end of the campaign (CAM-6). */
export const deleteCampaignFlow = defineFlow<Change>({
  name: 'admin-delete',
  version: 1,
  schema,
  steps: {
    reason: askWhy({
      ask: (words) => words.askDeleteReason,
      reasons: (words) => words.deleteReasons,
      given: async (_turn, change, reason) => ({ step: 'confirm', data: { ...change, reason } }),
    }),
    confirm: {
      draw: async (turn, change) => {
        const { labels, campaignDesk } = turn.texts;
        const { details, owner } = await seen(turn, change);
        return {
          text: campaignDesk.confirmDelete(details, owner, change.reason ?? ''),
          keyboard: [[choose(turn, labels.delete, 'confirm')], backAndCancel(turn)],
        };
      },
      buttons: {
        confirm: (turn, change) => whileOpen(turn, change, () => remove(turn, change)),
      },
      back: 'reason',
    },
  },
  leave,
});
