import type { PersonSeed } from './state.ts';

/** The languages of the page. */
export type Language = 'id' | 'en';

/**
 * What the program behind the bot shows and does beside the chats. All of it is optional: a bot
 * without a ledger has no side panel, one without a tour no button for it.
 */
export interface SandboxHost {
  /** The books as they are now, in words of that language. Asked again after every change. */
  readonly ledger?: (language: Language) => Promise<LedgerView>;
  /**
   * Moves the bot's own clock `ms` ahead and does what has become due. The sandbox's clock (dates of
   * messages, the life of updates) has moved already, and moves back where this rejects: it must do
   * so only while the bot's clock stands as it was.
   */
  readonly advance?: (ms: number) => Promise<void>;
  /** A story to be played on the running bot, with people of its own. */
  readonly tour?: (language: Language) => Promise<Tour>;
}

/** Double entry at a glance. Amounts are whole units of `currency`, as decimal text. */
export interface LedgerView {
  /** ISO 4217, for instance `IDR`. */
  readonly currency: string;
  /** Each account with the group it is shown under, in the order of showing. */
  readonly accounts: readonly {
    readonly name: string;
    readonly group: string;
    readonly balance: string;
  }[];
  /** All balances together, those not shown included: `0` in sound books. */
  readonly sum: string;
  /** The last postings, the newest first; `at` is ISO 8601. */
  readonly postings: readonly {
    readonly id: string;
    readonly at: string;
    readonly what: string;
    readonly from: string;
    readonly to: string;
    readonly amount: string;
  }[];
}

/** A story: who plays, and what happens one after the other. */
export interface Tour {
  readonly title: string;
  /** Added when the tour begins; `key` names them in the steps. */
  readonly people: readonly { readonly key: string; readonly seed: PersonSeed }[];
  readonly steps: readonly TourStep[];
  /** For a bot that refuses haste: how much one person may do. As fast as it goes unless told. */
  readonly haste?: Haste;
}

/** Acts in a second, sustained, and how many may come at once after a rest; both more than 0. */
export interface Haste {
  readonly perSecond: number;
  readonly burst: number;
}

/** One step: a sentence that explains, what a person does, and what they then see. */
export interface TourStep {
  readonly caption: string;
  /** The key of who acts, or watches. */
  readonly person: string;
  readonly act?: TourAct;
  /** Milliseconds that pass before the act, however fast the tour is played. */
  readonly afterMs?: number;
  /** Part of a text that the bot then shows this person in one of its newest messages. */
  readonly sees?: string;
}

export type TourAct =
  | { readonly say: string }
  /**
   * The newest inline button whose label contains this; of several in one message the last. As long
   * as there is none, the one that contains `orElse`, which turns the pages of a list.
   */
  | { readonly press: string; readonly orElse?: string }
  /** A picture that the sandbox makes up, another one each time. */
  | { readonly picture: 'screenshot' | 'receipt' }
  /** Moves the clock, in milliseconds. */
  | { readonly advance: number };
