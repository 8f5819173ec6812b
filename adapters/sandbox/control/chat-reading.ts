import { isSameWord } from '../people/labels.ts';
import type { ChatView, MessageView } from '../people/view.ts';

const SHOWN = 8;

/** Whether one of its inline buttons has this label (a leading emoji apart) or data. */
export const hasButton = ({ buttons }: MessageView, wanted: string): boolean =>
  buttons
    .flat()
    .some(({ text, data }) => text === wanted || data === wanted || isSameWord(text, wanted));

/** The end of a chat in plain text, for a reader who waited for something else. */
export function transcript({ messages, toasts }: ChatView): string {
  const lines = messages.slice(-SHOWN).map(({ id, from, kind, text, buttons }) => {
    const rows = buttons.map((row) => row.map((button) => `[${button.text}]`).join(' '));
    return [`  #${id} ${from} (${kind}): ${text}`, ...rows.map((row) => `    ${row}`)].join('\n');
  });
  const shown = toasts.slice(-3).map(({ text }) => `  toast: ${text}`);
  return [...lines, ...shown].join('\n') || '  (nothing)';
}
