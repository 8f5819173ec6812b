/** An inline button: it presses `data` or opens `url`. */
export type Button =
  | { readonly label: string; readonly data: string }
  | { readonly label: string; readonly url: string };

export type Keyboard = readonly (readonly Button[])[];

const DATA_BYTES_MAX = 64;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID in 22 characters, so that two of them fit into a button's 64 bytes. */
export const shortId = (id: string): string =>
  Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');

/** The UUID of `shortId`; undefined for anything else that a forged button may carry (SEC-2). */
export const longId = <I extends string>(short: string | undefined): I | undefined => {
  if (short === undefined || !/^[\w-]{22}$/.test(short)) return undefined;
  const hex = Buffer.from(short, 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return UUID.test(id) ? (id as I) : undefined;
};

/** Path-like callback data: `pr:ok:<id>`. Codes are kept over releases, old buttons live long. */
export const path = (...parts: readonly (string | number)[]): string => {
  const data = parts.join(':');
  if (Buffer.byteLength(data) > DATA_BYTES_MAX) throw new Error(`button data too long: ${data}`);
  return data;
};

export const press = (label: string, ...parts: readonly (string | number)[]): Button => ({
  label,
  data: path(...parts),
});

/** A button of a dialogue's step: valid only while the dialogue stands at this revision (UX-3). */
export const dialoguePath = (revision: number, action: string, argument?: string): string =>
  path(`d@${revision.toString(36)}`, action, ...(argument === undefined ? [] : [argument]));

const DIALOGUE = /^d@([0-9a-z]{1,8}):([a-z-]{1,16})(?::(.{1,40}))?$/;

export interface DialoguePress {
  readonly revision: number;
  readonly action: string;
  readonly argument: string | undefined;
}

export const readDialoguePress = (data: string): DialoguePress | undefined => {
  const [, revision, action, argument] = DIALOGUE.exec(data) ?? [];
  if (revision === undefined || action === undefined) return undefined;
  return { revision: Number.parseInt(revision, 36), action, argument };
};

/** On the button that shows more of a list. */
export const NEXT_PAGE = '»';

/** `« 2/7 »`: buttons to the neighbouring pages, none for a single page. */
export const pager = (
  page: { readonly page: number; readonly pageCount: number },
  code: string,
): readonly (readonly Button[])[] => {
  if (page.pageCount <= 1) return [];
  const last = page.pageCount - 1;
  return [
    [
      press('«', code, Math.max(0, page.page - 1)),
      press(`${Math.min(page.page, last) + 1}/${page.pageCount}`, code, Math.min(page.page, last)),
      press(NEXT_PAGE, code, Math.min(last, page.page + 1)),
    ],
  ];
};
