import { Input } from 'telegraf';
import {
  asRefusal,
  asUser,
  CSV_HEAD,
  csvLine,
  EXPORT_PART_MAX,
  STRUGGLING_TRIES,
  type AuditFilter,
  type AuditLine,
  type ClaimedMessage,
  type Core,
  type Slice,
  type SliceRequest,
  type UserId,
} from '../../../core/index.ts';
import { dayOf, filterSchema, toFilter } from '../audit-filter.ts';
import { textsIn } from '../texts/index.ts';
import { CAPTION_MAX } from './fit.ts';
import type { OneDelivery, Recipient } from './notifier.ts';
import { mayPass } from './outcome.ts';
import { sendMessage } from './send-screen.ts';
import { worded } from './worded.ts';

/** Telegram takes 50 MB from a bot. */
const BYTES_MAX = 40_000_000;
const ROWS_MAX = 50_000;

/** Reads a part of the audit log on behalf of the very admin who will get it. */
export type ReadAudit = (
  user: UserId,
  filter: AuditFilter,
  slice: SliceRequest,
) => Promise<Slice<AuditLine>>;

/** Asks the core, which looks at their right each time. */
export const readAudit =
  ({ audit }: Pick<Core, 'audit'>): ReadAudit =>
  (user, filter, slice) =>
    audit.exportPart({ actor: asUser(user), filter, slice });

interface Written {
  readonly bytes: Buffer;
  readonly rows: number;
  /** Whether the log has more than fits. */
  readonly more: boolean;
}

/** The newest records as CSV, read part by part: each in a transaction of its own. */
const written = async (
  read: (slice: SliceRequest) => Promise<Slice<AuditLine>>,
): Promise<Written> => {
  const pieces = [Buffer.from(CSV_HEAD)];
  let [rows, size] = [0, CSV_HEAD.length];
  let from: SliceRequest['from'] = null;
  for (;;) {
    const part: Slice<AuditLine> = await read({ from, size: EXPORT_PART_MAX });
    for (const line of part.items) {
      const piece = Buffer.from(csvLine(line));
      if (rows === ROWS_MAX || size + piece.length > BYTES_MAX) {
        return { bytes: Buffer.concat(pieces), rows, more: true };
      }
      pieces.push(piece);
      rows += 1;
      size += piece.length;
    }
    if (part.older === null) return { bytes: Buffer.concat(pieces), rows, more: false };
    from = { key: part.older, towards: 'older' };
  }
};

/**
 * Sends the audit log as a CSV document, written now: the outbox row holds the filter alone. Sent
 * again after a lost answer it is one more document, of the log as it is then. Whoever is no admin
 * any more reads so, and so does, from its tenth try on, whom it does not get through to.
 */
export const sendAudit = async (
  delivery: OneDelivery,
  { userId, chatId, language }: Recipient,
  { payload, createdAt }: Pick<ClaimedMessage, 'payload' | 'createdAt'>,
): Promise<void> => {
  const { audit: say, common } = textsIn(language);
  const filter = toFilter(filterSchema.parse(payload));
  const made = await written((slice) => delivery.readAudit(userId, filter, slice)).catch(
    (error: unknown) => {
      if (!asRefusal(error)) throw error;
      return null;
    },
  );
  if (made === null || made.rows === 0) {
    const text = common.problem(made === null ? say.exportRefused : say.exportEmpty);
    await sendMessage(delivery, chatId, { text, keyboard: [] });
    return;
  }
  const { onUnreadable, telegram } = delivery;
  const file = Input.fromBuffer(made.bytes, `audit-${dayOf(createdAt)}.csv`);
  const caption = { html: say.exported(made.rows, made.more), max: CAPTION_MAX, onUnreadable };
  try {
    await worded(caption, ({ text, mode }) =>
      telegram.sendDocument(chatId, file, { caption: text, ...mode }),
    );
  } catch (error) {
    // A line too slow for it stays so: the log is not read and sent once a minute for ever.
    if (delivery.attempt < STRUGGLING_TRIES || !mayPass(error)) throw error;
    await sendMessage(delivery, chatId, { text: common.problem(say.exportStuck), keyboard: [] });
  }
};
