import { z } from 'zod';
import {
  AUDIENCES,
  BROADCAST_CAPTION_MAX,
  BROADCAST_TEXT_MAX,
  broadcastText,
  type Audience,
  type BroadcastId,
  type ReceivedFile,
} from '../../../../core/index.ts';
import { minutesFor } from '../../delivery/send-broadcast.ts';
import { backAndCancel, choose, defineFlow, type Move, type Step } from '../../dialogue/flow.ts';
import { idSchema } from '../../parse.ts';
import { requireRight } from '../../route.ts';
import type { Screen } from '../../screen.ts';
import type { AudienceReach } from '../../texts/id/broadcasts.ts';
import type { Turn } from '../../turn.ts';
import { showCard, showStarted } from './show-card.ts';
import { showList } from './list.ts';

const answers = z.object({
  audience: z.enum(['all', 'clients', 'workers', 'inactive']),
  text: z.string().nullable(),
  photo: z.string().nullable(),
  /** Made with the preview: however often it is confirmed, it is one broadcast (ADM-5). */
  key: idSchema<BroadcastId>().nullable(),
});
type Answers = z.infer<typeof answers>;

const BLANK: Answers = { audience: 'all', text: null, photo: null, key: null };

/** Who, what, as they will get it, then `Konfirmasi`. */
export const startNewBroadcast = (turn: Turn): Promise<void> => {
  requireRight(turn, 'users');
  return newBroadcastFlow.start(turn, 'audience', BLANK);
};

const reachOf = async ({ core, actor }: Turn, audience: Audience): Promise<AudienceReach> => ({
  audience,
  ...(await core.broadcasts.preview({ actor }))[audience],
});

const audienceStep: Step<Answers> = {
  draw: async (turn) => {
    const { core, actor, texts } = turn;
    const { broadcasts } = texts;
    const reach = await core.broadcasts.preview({ actor });
    const groups = AUDIENCES.map((audience) => ({ audience, ...reach[audience] }));
    return {
      text: broadcasts.askAudience(turn.settings.inactiveDays),
      keyboard: [
        ...groups.map((group) => [
          choose(turn, broadcasts.audience(group), 'pick', group.audience),
        ]),
        backAndCancel(turn),
      ],
    };
  },
  buttons: {
    pick: (_turn, data, argument) => {
      const audience = AUDIENCES.find((one) => one === argument);
      return audience === undefined ? 'stay' : { step: 'text', data: { ...data, audience } };
    },
  },
};

const previewing = (
  turn: Turn,
  data: Answers,
  { text, photo }: Pick<Answers, 'photo'> & { readonly text: string },
): Move<Answers> => ({
  step: 'preview',
  data: {
    ...data,
    photo,
    text: broadcastText(text, photo),
    key: turn.newKey() as BroadcastId,
  },
});

const takePicture = (turn: Turn, data: Answers, { path: photo }: ReceivedFile): Move<Answers> =>
  turn.caption === null
    ? { step: 'caption', data: { ...data, photo } }
    : previewing(turn, data, { text: turn.caption, photo });

const textStep: Step<Answers> = {
  accepts: 'screenshot',
  draw: async (turn, { audience }) => ({
    text: turn.texts.broadcasts.askText(
      await reachOf(turn, audience),
      BROADCAST_TEXT_MAX,
      BROADCAST_CAPTION_MAX,
    ),
    keyboard: [backAndCancel(turn)],
  }),
  text: (turn, data, text) => previewing(turn, data, { text, photo: null }),
  file: takePicture,
  back: 'audience',
};

const captionStep: Step<Answers> = {
  accepts: 'screenshot',
  draw: (turn) => ({
    text: turn.texts.broadcasts.askCaption(BROADCAST_CAPTION_MAX),
    keyboard: [backAndCancel(turn)],
  }),
  text: (turn, data, text) => previewing(turn, data, { text, photo: data.photo }),
  file: takePicture,
  back: 'text',
};

const previewScreen = async (turn: Turn, { audience, text, photo }: Answers): Promise<Screen> => {
  const { labels, broadcasts } = turn.texts;
  const reach = await reachOf(turn, audience);
  const minutes = minutesFor(reach.recipients - reach.blocked, turn.messagesPerSecond);
  return {
    text: broadcasts.preview({ ...reach, text: text ?? '', minutes }),
    keyboard: [[choose(turn, labels.confirm, 'confirm')], backAndCancel(turn)],
    ...(photo !== null && { attachment: { path: photo, as: 'photo' } }),
  };
};

const confirm = async (
  turn: Turn,
  { audience, text, photo, key }: Answers,
): Promise<Move<Answers>> => {
  if (text === null || key === null) return 'stay';
  const { core, actor } = turn;
  const report = await core.broadcasts.start({ actor, key, audience, text, photo });
  (report.broadcast.endedAt === null ? showStarted : showCard)(turn, report);
  return 'done';
};

/** A new message to many (ADM-5). */
export const newBroadcastFlow = defineFlow<Answers>({
  name: 'new-broadcast',
  version: 1,
  schema: answers,
  steps: {
    audience: audienceStep,
    text: textStep,
    caption: captionStep,
    preview: { draw: previewScreen, buttons: { confirm }, back: 'text' },
  },
  leave: (turn) => showList(turn, '0'),
});
