import type { Actor, CheckScope } from '../../core/index.ts';
import type { NewsCore, OwnerNews } from './owner-news.ts';

/** What came of checking the books and telling the owner. */
export interface Watched {
  /** Whether there are notices to send. */
  readonly isNews: boolean;
  /** Whether everything should be checked now. */
  readonly isFullDue: boolean;
  readonly faults: readonly unknown[];
}

export interface BooksWatch {
  readonly actor: Actor;
  readonly scope: CheckScope;
  /** Where it aborts, the check breaks off. */
  readonly signal: AbortSignal;
  /** Where the owner is to hear of it. */
  readonly ownerNews?: OwnerNews | undefined;
}

/** Checks the books, then tells the owner. Neither stands in the way of the other. */
export const watchBooks = async (
  core: NewsCore,
  { actor, scope, signal, ownerNews }: BooksWatch,
): Promise<Watched> => {
  const faults: unknown[] = [];
  const note = (error: unknown): undefined => void faults.push(error);
  const isStopped = () => signal.aborted;
  const checked = await core.freeze.check({ actor, scope, isStopped }).catch(note);
  await ownerNews?.tell(core, actor).catch(note);
  const { isNews = false, isFullDue = false } = checked ?? {};
  return { isNews, isFullDue, faults };
};
