import { z } from 'zod';
import {
  asStored,
  canonical,
  exampleOf,
  isSettingKey,
  readSetting,
  refuseCommon,
  type Json,
  type SettingKey,
  type SettingView,
} from '../../../../core/index.ts';
import {
  backAndCancel,
  choose,
  defineFlow,
  type Move,
  type StartableFlow,
} from '../../dialogue/flow.ts';
import { quickPicks } from '../../dialogue/quick-picks.ts';
import type { Screen } from '../../screen.ts';
import { saying, type Turn } from '../../turn.ts';
import { findSetting, showGone, showSetting, showSettings, showView } from './screens.ts';

export interface Changing {
  readonly key: string;
  /** The value that was on the screen when the dialogue began. */
  readonly seen: Json;
  /** The new value as it was typed. */
  readonly text?: string | undefined;
}

/** Asks for a new value and changes the setting once that is confirmed (ADM-4). */
export const changeSettingFlow: StartableFlow<Changing> = defineFlow<Changing>({
  name: 'change-setting',
  version: 1,
  schema: z.object({ key: z.string(), seen: z.json(), text: z.string().optional() }),
  steps: {
    ask: {
      draw: (turn, data) => askScreen(turn, data),
      text: (turn, data, text) => typed(turn, data, text),
      buttons: { pick: (turn, data, text) => typed(turn, data, text ?? '') },
    },
    confirm: {
      draw: async (turn, data) => {
        const view = await requireSetting(turn, data);
        const value = readSetting(view.key, data.text ?? '');
        return asking(turn, turn.texts.marketSettings.confirm(view, value));
      },
      buttons: {
        confirm: (turn, data) =>
          ifStillSeen(turn, data, async () => {
            const { core, actor, texts } = turn;
            const { key, seen, text = '' } = data;
            const view = await core.settings.change({ actor, key, seen, text });
            await showView(saying(turn, texts.marketSettings.saved), view);
          }),
      },
      back: 'ask',
    },
    reset: {
      draw: async (turn, data) => {
        const view = await requireSetting(turn, data);
        return asking(turn, turn.texts.marketSettings.confirmReset(view));
      },
      buttons: {
        confirm: (turn, data) =>
          ifStillSeen(turn, data, async () => {
            const { core, actor, texts } = turn;
            const view = await core.settings.reset({ actor, key: data.key, seen: data.seen });
            await showView(saying(turn, texts.marketSettings.wasReset), view);
          }),
      },
    },
  },
  leave: (turn, data) => (data ? showSetting(turn, data.key) : showSettings(turn)),
});

/** Opens the dialogue for the setting of this name. */
export const startChange =
  (step: 'ask' | 'reset') =>
  async (turn: Turn, key: string | undefined): Promise<void> => {
    const view = await findSetting(turn, key);
    if (!view) return showGone(turn);
    await changeSettingFlow.start(turn, step, { key: view.key, seen: view.seen });
  };

const requireSetting = async (turn: Turn, { key }: Changing): Promise<SettingView> => {
  const view = await findSetting(turn, key);
  if (!view) throw refuseCommon('not-found', { what: 'setting' });
  return view;
};

const asking = (turn: Turn, text: Screen['text']): Screen => ({
  text,
  keyboard: [[choose(turn, turn.texts.labels.confirm, 'confirm')], backAndCancel(turn)],
});

/** Somebody else's change in between is shown instead of being overwritten. */
const ifStillSeen = async (
  turn: Turn,
  { key, seen }: Changing,
  act: () => Promise<void>,
): Promise<Move<Changing>> => {
  const isSeen = isSettingKey(key) && canonical(asStored(turn.settings[key])) === canonical(seen);
  if (isSeen) await act();
  else await showSetting(saying(turn, turn.texts.marketSettings.changed), key);
  return 'done';
};

/** What cannot be read or is out of range is refused, and asked again (UX-4). */
const typed = async (turn: Turn, data: Changing, text: string): Promise<Move<Changing>> => {
  const { core, actor, texts } = turn;
  const value = await core.settings.read({ actor, key: data.key, text });
  if (canonical(asStored(value)) !== canonical(data.seen)) {
    return { step: 'confirm', data: { ...data, text } };
  }
  await showSetting(saying(turn, texts.marketSettings.same), data.key);
  return 'done';
};

const askScreen = async (turn: Turn, data: Changing): Promise<Screen> => {
  const view = await requireSetting(turn, data);
  const { marketSettings } = turn.texts;
  const picks = PICKS[view.key] ?? [];
  return {
    text: marketSettings.ask(view, exampleOf(view.key)),
    keyboard: [
      ...quickPicks(
        turn,
        'pick',
        picks.map((answer) => ({
          label: marketSettings.pick(readSetting(view.key, answer), view.kind),
          answer,
        })),
      ),
      backAndCancel(turn),
    ],
  };
};

/** Ready answers, as they would be typed. */
const PICKS: Partial<Readonly<Record<SettingKey, readonly string[]>>> = {
  feeBasisPoints: ['0%', '5%', '10%'],
  holdMinutes: ['15', '30', '60'],
  takenAtOnceMax: ['1', '3', '5'],
  rejectionsMax: ['0', '2', '3'],
  proofsPerDayMax: ['20', '50', '100'],
  reviewClaimMinutes: ['5', '10', '15'],
  reversalDays: ['7', '30', '90'],
  decisionPauseMs: ['0', '700', '1500'],
  depositMin: ['10rb', '20rb', '50rb'],
  depositMax: ['10jt', '50jt', '100jt'],
  withdrawMin: ['10rb', '20rb', '50rb'],
  withdrawFee: ['0', '1000', '2500'],
  withdrawPerDayMax: ['1jt', '5jt', '10jt'],
  secondAdminAbove: ['500rb', '1jt', '5jt'],
  deskNoticeSeconds: ['0', '60', '300'],
  auditSealSeconds: ['60', '120', '240'],
  proofBytesMax: ['5 MB', '10 MB', '15 MB'],
  reportAtMinute: ['07.00', '08.00', '20.00'],
  inactiveDays: ['7', '14', '30'],
};
