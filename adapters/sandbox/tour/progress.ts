/** Where the guided tour stands. */
export interface TourProgress {
  readonly state: 'playing' | 'paused' | 'done' | 'stopped' | 'failed';
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly steps: number;
  readonly caption: string;
  readonly personId: number;
  /** What is about to be pressed or was typed, so that the page can show the hand at work. */
  readonly target?:
    { readonly messageId: number; readonly data: string } | { readonly say: string };
  /** Of the whole tour so far, and of all its people: who is shown while it plays. */
  readonly people: readonly number[];
  /** Why it failed, in words for the reader. */
  readonly reason?: string;
}
