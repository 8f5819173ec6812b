import type { Chat } from './state.ts';
import type { TourProgress } from './tour/progress.ts';

/** What the page and waiting tests are told of; the content is fetched apart. */
export type FeedEvent =
  | { readonly type: 'chat'; readonly personId: number; readonly revision: number }
  /** The answer to a press; `url` is a link to the bot itself, which opens. */
  | {
      readonly type: 'toast';
      readonly personId: number;
      readonly text: string;
      readonly alert: boolean;
      readonly url?: string;
    }
  | { readonly type: 'answered'; readonly personId: number }
  | { readonly type: 'action'; readonly personId: number; readonly action: string }
  | { readonly type: 'clock'; readonly now: string }
  /** Faults or limits are others than before. */
  | { readonly type: 'conditions' }
  | ({ readonly type: 'tour' } & TourProgress)
  | { readonly type: 'request' }
  | { readonly type: 'people' };

type Listener = (event: FeedEvent) => void;

/** Tells every listener of every change, in order. */
export class Feed {
  readonly #listeners = new Set<Listener>();

  emit(event: FeedEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  chatChanged(chat: Chat): void {
    this.emit({ type: 'chat', personId: chat.user.id, revision: chat.revision });
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves at the first matching event, after `milliseconds`, or when `gone` aborts. */
  next(matches: (event: FeedEvent) => boolean, milliseconds: number, gone: AbortSignal) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const finish = (): void => resolve();
    const stop = this.listen((event) => matches(event) && resolve());
    const timer = setTimeout(finish, milliseconds);
    gone.addEventListener('abort', finish, { once: true });
    return promise.finally(() => {
      stop();
      clearTimeout(timer);
      gone.removeEventListener('abort', finish);
    });
  }
}
