import { z } from 'zod';

const sender = z.object({
  id: z.number().int().positive(),
  is_bot: z.boolean(),
  first_name: z.string().max(256),
  last_name: z.string().max(256).optional(),
  username: z.string().max(64).optional(),
  language_code: z.string().max(32).optional(),
});

const chat = z.object({ id: z.number().int(), type: z.string() });

const fileInfo = z.object({
  file_id: z.string().min(1).max(512),
  file_unique_id: z.string().min(1).max(128),
  file_size: z.number().int().nonnegative().optional(),
});

const message = z.object({
  message_id: z.number().int(),
  date: z.number().int().nonnegative().optional(),
  from: sender.optional(),
  sender_chat: z.unknown().optional(),
  chat,
  text: z.string().optional(),
  caption: z.string().optional(),
  photo: z.array(fileInfo).min(1).optional(),
  document: fileInfo.optional(),
  media_group_id: z.string().max(64).optional(),
});

const update = z.object({
  update_id: z.number().int(),
  message: message.optional(),
  callback_query: z
    .object({
      id: z.string().min(1).max(64),
      from: sender,
      data: z.string().max(64).optional(),
      message: z.object({ message_id: z.number().int(), chat }).optional(),
    })
    .optional(),
  my_chat_member: z
    .object({ from: sender, chat, new_chat_member: z.object({ status: z.string() }) })
    .optional(),
});

/** The little that tells whose an update is, whatever else is wrong with it. */
const ofSomebody = z.object({ from: z.object({ id: z.number().int() }) }).optional();
const anyUpdate = z.object({
  message: ofSomebody,
  edited_message: ofSomebody,
  callback_query: ofSomebody,
  my_chat_member: ofSomebody,
});

export type Sender = z.infer<typeof sender>;

/** A file on Telegram's side. */
export interface IncomingFile {
  readonly fileId: string;
  readonly uniqueId: string;
  /** Bytes, where Telegram says so. */
  readonly size: number | undefined;
  readonly albumId: string | undefined;
}

/** Who wrote, and when by Telegram's clock; null where it does not say. */
interface Written {
  readonly from: Sender;
  readonly sentAt: Date | null;
}

/** What an update is to us. Only people in private chats are somebody (SEC-A17). */
export type Incoming =
  | (Written & { readonly kind: 'text'; readonly text: string })
  | (Written & {
      readonly kind: 'file';
      readonly file: IncomingFile;
      readonly caption: string | null;
    })
  | {
      readonly kind: 'tap';
      readonly from: Sender;
      readonly queryId: string;
      readonly data: string;
      readonly messageId: number | undefined;
    }
  /** A sticker, a voice note, a place: from a person, but nothing we read. */
  | (Written & { readonly kind: 'other' })
  /** The person has blocked the bot, or lets it write again. */
  | { readonly kind: 'reach'; readonly from: Sender; readonly reachable: boolean }
  | { readonly kind: 'ignored' };

const IGNORED: Incoming = { kind: 'ignored' };

/** Parses an update by its schema (SEC-1); what is no word of a person to the bot is ignored. */
export const readIncoming = (payload: unknown): Incoming => {
  const parsed = update.safeParse(payload);
  if (!parsed.success) return IGNORED;
  const { message: sent, callback_query: tap, my_chat_member: member } = parsed.data;
  if (tap && !tap.from.is_bot && (!tap.message || tap.message.chat.type === 'private')) {
    return {
      kind: 'tap',
      from: tap.from,
      queryId: tap.id,
      data: tap.data ?? '',
      messageId: tap.message?.message_id,
    };
  }
  if (member && !member.from.is_bot && member.chat.type === 'private') {
    const reachable = member.new_chat_member.status === 'member';
    return { kind: 'reach', from: member.from, reachable };
  }
  if (!sent?.from || sent.from.is_bot || sent.sender_chat || sent.chat.type !== 'private') {
    return IGNORED;
  }
  return readMessage(sent, sent.from);
};

const readMessage = (sent: z.infer<typeof message>, from: Sender): Incoming => {
  const sentAt = sent.date === undefined ? null : new Date(sent.date * 1_000);
  if (sent.text !== undefined) return { kind: 'text', from, sentAt, text: sent.text };
  const file = sent.document ?? sent.photo?.at(-1);
  if (!file) return { kind: 'other', from, sentAt };
  return {
    kind: 'file',
    from,
    sentAt,
    caption: sent.caption ?? null,
    file: {
      fileId: file.file_id,
      uniqueId: file.file_unique_id,
      size: file.file_size,
      albumId: sent.media_group_id,
    },
  };
};

/** The lane that an update belongs to: its person, else its chat, else the lane of nobody (0). */
export const laneOf = (payload: unknown): number => {
  const loose = anyUpdate.safeParse(payload);
  if (!loose.success) return 0;
  const {
    message: sent,
    edited_message: edited,
    callback_query: tap,
    my_chat_member: member,
  } = loose.data;
  return (sent ?? edited ?? tap ?? member)?.from.id ?? 0;
};
