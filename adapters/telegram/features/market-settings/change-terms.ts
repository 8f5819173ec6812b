import { z } from 'zod';
import {
  asStored,
  canonical,
  requireText,
  SETTING_SPECS,
  type Json,
  type Language,
} from '../../../../core/index.ts';
import {
  backAndCancel,
  choose,
  defineFlow,
  type Move,
  type StartableFlow,
} from '../../dialogue/flow.ts';
import { saying, type Turn } from '../../turn.ts';
import { findSetting, showGone, showSetting, showView } from './screens.ts';

export interface Rewriting {
  /** The terms as they stood when the dialogue began. */
  readonly seen: Json;
  readonly id?: string | undefined;
  readonly en?: string | undefined;
}

const read = (text: string): string => requireText(text, SETTING_SPECS.termsText.max);

const present = ({ settings }: Turn, language: Language): string => settings.termsText[language];

/** New terms in one language after the other, then what everybody will be asked (ACC-8). */
export const changeTermsFlow: StartableFlow<Rewriting> = defineFlow<Rewriting>({
  name: 'change-terms',
  version: 1,
  schema: z.object({ seen: z.json(), id: z.string().optional(), en: z.string().optional() }),
  steps: {
    indonesian: {
      draw: (turn) => ({
        text: turn.texts.marketSettings.askIndonesian(SETTING_SPECS.termsText.max),
        keyboard: [[choose(turn, turn.texts.marketSettings.keepText, 'keep')], backAndCancel(turn)],
      }),
      text: (_turn, data, text) => ({ step: 'english', data: { ...data, id: read(text) } }),
      buttons: {
        keep: (turn, data) => ({ step: 'english', data: { ...data, id: present(turn, 'id') } }),
      },
    },
    english: {
      draw: (turn, { id = '' }) => ({
        text: turn.texts.marketSettings.askEnglish(id),
        keyboard: [[choose(turn, turn.texts.marketSettings.keepText, 'keep')], backAndCancel(turn)],
      }),
      text: (_turn, data, text) => ({ step: 'confirm', data: { ...data, en: read(text) } }),
      buttons: {
        keep: (turn, data) => ({ step: 'confirm', data: { ...data, en: present(turn, 'en') } }),
      },
      back: 'indonesian',
    },
    confirm: {
      draw: (turn, { en = '' }) => ({
        text: turn.texts.marketSettings.confirmTerms(en, turn.settings.termsVersion + 1),
        keyboard: [[choose(turn, turn.texts.labels.confirm, 'confirm')], backAndCancel(turn)],
      }),
      buttons: { confirm: (turn, data) => store(turn, data) },
      back: 'english',
    },
  },
  leave: (turn) => showSetting(turn, 'termsText'),
});

/** Opens the dialogue. */
export const startTerms = async (turn: Turn): Promise<void> => {
  const view = await findSetting(turn, 'termsText');
  if (!view) return showGone(turn);
  await changeTermsFlow.start(turn, 'indonesian', { seen: view.seen });
};

const store = async (
  turn: Turn,
  { seen, id = '', en = '' }: Rewriting,
): Promise<Move<Rewriting>> => {
  const { core, actor, texts, settings } = turn;
  const { marketSettings } = texts;
  if (canonical(asStored(settings.termsText)) !== canonical(seen)) {
    await showSetting(saying(turn, marketSettings.changed), 'termsText');
    return 'done';
  }
  const isSame = canonical({ id, en }) === canonical(seen);
  const view = await core.settings.setTerms({ actor, id, en, seen });
  await showView(saying(turn, isSame ? marketSettings.same : marketSettings.termsSaved), view);
  return 'done';
};
