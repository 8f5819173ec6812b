import type { FeedEvent } from '../feed.ts';
import type { Chat } from '../state.ts';
import type { World } from '../world.ts';
import type { Playback } from './pace.ts';

/** The story cannot go on; the message is the sentence for the reader. */
export class TourFailed extends Error {}

/** What is waited for, and for how long. */
export interface Wanted<T> {
  readonly chat: Chat;
  readonly playback: Playback;
  readonly patienceMs: number;
  readonly look: () => T | undefined;
  /** What to say where it never comes. */
  readonly missed: () => string;
}

/** The first defined answer of `look`, which looks again at every change of the chat. */
export async function comes<T>(world: World, wanted: Wanted<T>): Promise<T> {
  const { chat, playback, patienceMs, look, missed } = wanted;
  const deadline = performance.now() + patienceMs;
  const isNews = (event: FeedEvent): boolean =>
    event.type === 'chat' && event.personId === chat.user.id;
  for (;;) {
    await playback.going();
    const found = look();
    if (found !== undefined) return found;
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) throw new TourFailed(missed());
    await world.feed.next(isNews, leftMs, playback.ended);
  }
}
