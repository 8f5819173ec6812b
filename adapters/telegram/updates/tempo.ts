import {
  admit,
  type Admission,
  type Conversation,
  type Settings,
  type TakenUpdate,
} from '../../../core/index.ts';
import type { BotRouter } from '../bot.ts';
import type { Incoming } from './incoming.ts';

/** A word of a person, ready to be handled. */
export type Word = Exclude<Incoming, { kind: 'ignored' | 'reach' }>;

/** A word, and all that its admission depends on. */
export interface Acting {
  readonly word: Word;
  readonly taken: TakenUpdate;
  readonly conversation: Conversation;
  readonly settings: Settings;
  readonly router: Pick<BotRouter, 'flow'>;
}

/**
 * Whether somebody is too fast (SEC-3). A file that their dialogue waits for is never dropped and
 * does not count: it cannot be sent again as easily as a tap. Other pictures of an album are passed
 * over before.
 */
export const admissionOf = ({ word, taken, conversation, settings, router }: Acting): Admission => {
  const { tempo, receivedAt } = taken;
  if (word.kind === 'file' && isAwaited(router, conversation)) {
    return { admitted: true, tell: false, tempo };
  }
  const sentAt = (word.kind === 'tap' ? null : word.sentAt) ?? receivedAt;
  const at = sentAt < receivedAt ? sentAt : receivedAt;
  return admit(tempo, { at, seenAt: receivedAt }, settings);
};

const isAwaited = (router: Acting['router'], { flow, step }: Conversation): boolean =>
  router.flow(flow ?? '')?.accepts(step ?? '') !== undefined;
