import type { BroadcastReport } from '../../core/index.ts';
import { press, shortId, type Button, type Keyboard } from './buttons.ts';
import { CODES } from './codes.ts';
import type { Texts } from './texts/index.ts';

/** On buttons of the message with the progress: that message is where their answer shows. */
export const FROM_MESSAGE = 'm';

/** `Jeda`, `Lanjutkan`, `Batalkan`, as far as they do anything. */
export const steering = (
  { labels, broadcasts }: Texts,
  { broadcast: { id, status } }: BroadcastReport,
  from: typeof FROM_MESSAGE | null,
): Keyboard => {
  const button = (label: string, code: string): Button =>
    press(label, code, shortId(id), ...(from === null ? [] : [from]));
  const stop = button(broadcasts.stop, CODES.cancelBroadcast);
  switch (status) {
    case 'running':
      return [[button(labels.pause, CODES.pauseBroadcast), stop]];
    case 'paused':
      return [[button(labels.resume, CODES.resumeBroadcast), stop]];
    case 'canceled':
    case 'done':
      return [];
  }
};
