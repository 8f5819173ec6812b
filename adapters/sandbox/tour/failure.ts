import type { Language } from '../host.ts';

/** Where in the story something went wrong. */
export interface Place {
  readonly step: number;
  readonly steps: number;
  /** Who acts or watches. */
  readonly name: string;
}

interface Failures {
  /** `buttons` are the labels of the newest keyboard, together. */
  button(place: Place, wanted: string, buttons: string): string;
  /** `last` is the beginning of the bot's newest message. */
  text(place: Place, wanted: string, last: string): string;
  act(place: Place, reason: string): string;
}

/** What the reader is told when the story cannot go on. */
export const FAILURES: Readonly<Record<Language, Failures>> = {
  id: {
    button: ({ step, steps, name }, wanted, buttons) =>
      `Langkah ${step} dari ${steps}: tombol “${wanted}” tidak muncul di layar ${name}. ` +
      (buttons === '' ? 'Belum ada tombol sama sekali.' : `Yang ada: ${buttons}.`),
    text: ({ step, steps, name }, wanted, last) =>
      `Langkah ${step} dari ${steps}: bot belum menampilkan “${wanted}” kepada ${name}. ` +
      (last === '' ? 'Bot belum mengirim apa pun.' : `Pesan terakhirnya: “${last}”.`),
    act: ({ step, steps, name }, reason) =>
      `Langkah ${step} dari ${steps}: ${name} tidak dapat melanjutkan. Sebabnya: ${reason}`,
  },
  en: {
    button: ({ step, steps, name }, wanted, buttons) =>
      `Step ${step} of ${steps}: the button “${wanted}” did not come up for ${name}. ` +
      (buttons === '' ? 'There is no button at all.' : `There are: ${buttons}.`),
    text: ({ step, steps, name }, wanted, last) =>
      `Step ${step} of ${steps}: the bot did not show “${wanted}” to ${name}. ` +
      (last === '' ? 'It has sent nothing.' : `Its last message: “${last}”.`),
    act: ({ step, steps, name }, reason) =>
      `Step ${step} of ${steps}: ${name} could not go on. The reason: ${reason}`,
  },
};
