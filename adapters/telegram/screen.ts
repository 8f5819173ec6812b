import type { Chart, Json, Sealed, WithdrawalId } from '../../core/index.ts';
import type { Keyboard } from './buttons.ts';
import { trusted, type Html } from './html.ts';

/** A stored file shown with a screen: a picture above the text, a PDF as a document. */
export interface StoredAttachment {
  /** Path in proof storage. */
  readonly path: string;
  readonly as: 'photo' | 'document';
}

/** Figures shown with a screen: painted when it is sent. */
export interface ChartAttachment {
  readonly chart: Chart;
}

export type Attachment = StoredAttachment | ChartAttachment;

/** Where a whole DANA number will stand; what is stored of a screen holds only this (WDR-3). */
export const NUMBER_SLOT: Html = trusted('{{number}}');

/** A whole DANA number, asked for at delivery on behalf of the very recipient (WDR-3). */
export type HiddenNumber = (
  | { readonly withdrawalId: WithdrawalId }
  /** What the recipient is about to confirm, as their dialogue keeps it. */
  | { readonly sealed: Sealed }
) & {
  /** Stands there instead where the recipient may not, or no longer, read the whole number. */
  readonly otherwise: string;
};

/** What the one message that is edited in place shows (UX-2). */
export interface Screen {
  /**
   * HTML; at most 4.096 characters after parsing, 1.024 with an attachment: longer is cut by the
   * sender.
   */
  readonly text: Html;
  readonly keyboard: Keyboard;
  readonly attachment?: Attachment;
  /** Fills every `NUMBER_SLOT` of the text. */
  readonly number?: HiddenNumber;
}

/** What stands in an outbox row of kind `screen`. */
export interface ScreenPayload extends Screen {
  /** Send it anew at the foot of the chat instead of editing: the person has written meanwhile. */
  readonly fresh: boolean;
}

export const screenToJson = (payload: ScreenPayload): Json =>
  JSON.parse(JSON.stringify(payload)) as Json;

/** Outbox rows of this kind were written by us only: their shape is trusted. */
export const screenFromJson = (json: Json): ScreenPayload => json as unknown as ScreenPayload;
