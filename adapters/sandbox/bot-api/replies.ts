import { quoted, type Chat } from '../state.ts';
import { completed, readFormatted } from '../formatting/text.ts';
import { badRequest } from './api-error.ts';
import { acquaintances, findChat, type Call } from './method.ts';
import { isRecord, nestedParams, type Params } from './params.ts';
import type { Message, MessageEntity, TextQuote } from './types.ts';

const KEYS = [
  'message_id',
  'chat_id',
  'allow_sending_without_reply',
  'quote',
  'quote_parse_mode',
  'quote_entities',
  'quote_position',
];
const QUOTE_MAX = 1024;
/** The styles that a quote has to repeat, and keeps. */
const QUOTE_STYLES = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'custom_emoji'];

/** What a message answers. */
export interface ReplyRequest {
  readonly messageId: number;
  readonly isOptional: boolean;
  readonly params: Params | undefined;
}

/** What the answer carries of it. */
export type Reply = Pick<Message, 'reply_to_message' | 'quote'>;

/** Reads `reply_parameters` or its older spelling; without a message id nothing is answered. */
export function readReply({ params }: Call): ReplyRequest | undefined {
  const value = params.json('reply_parameters') ?? undefined;
  if (value !== undefined && !isRecord(value)) {
    throw badRequest('object expected as reply parameters');
  }
  const given = value === undefined ? undefined : nestedParams(value, 'ReplyParameters', KEYS);
  const messageId = (given ?? params).integer(given ? 'message_id' : 'reply_to_message_id');
  if (isRecord(value) && Object.keys(value).length > 0 && messageId === undefined) {
    throw badRequest('can\'t find field "message_id"');
  }
  if (messageId === undefined || messageId <= 0) return undefined;
  const isOptional = (given ?? params).flag('allow_sending_without_reply');
  return { messageId, isOptional, params: given };
}

/** Finds the message to answer in the same chat, and the part of it that is quoted. */
export function findReply(call: Call, chat: Chat, request: ReplyRequest | undefined): Reply {
  if (!request) return {};
  const { messageId, isOptional, params } = request;
  if (params?.has('chat_id') && findChat({ world: call.world, params }).user.id !== chat.user.id) {
    throw badRequest('the sandbox answers messages of the same chat only');
  }
  const target = chat.messages.get(messageId)?.message;
  if (!target && isOptional) return {};
  if (!target) throw badRequest('message to be replied not found');
  const quote = params && readQuote(call, params, target);
  return { reply_to_message: quoted(target), ...(quote && { quote }) };
}

/** A quote has to be an exact part of the answered text, with the same styles. */
function readQuote({ world }: Call, params: Params, target: Message): TextQuote | undefined {
  const read = readFormatted(params, 'quote', 'quote_entities', 'quote_parse_mode');
  const { text, entities } = completed(read, acquaintances(world));
  if (text === '') return undefined;
  const styles = entities.filter(({ type }) => QUOTE_STYLES.includes(type));
  const position = text.length > QUOTE_MAX ? undefined : place(text, styles, target, params);
  if (position === undefined) throw badRequest('QUOTE_TEXT_INVALID');
  return { text, ...(styles.length > 0 && { entities: styles }), position, is_manual: true };
}

function place(
  text: string,
  styles: readonly MessageEntity[],
  target: Message,
  params: Params,
): number | undefined {
  const whole = target.text ?? target.caption ?? '';
  const wanted = params.integer('quote_position') ?? 0;
  const places: number[] = [];
  for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1)) {
    if (spell(stylesWithin(target, at, text.length)) === spell(styles)) places.push(at);
  }
  return places.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
}

function stylesWithin(target: Message, from: number, length: number): MessageEntity[] {
  const entities = target.entities ?? target.caption_entities ?? [];
  return entities.flatMap((entity) => {
    const offset = Math.max(0, entity.offset - from);
    const end = Math.min(length, entity.offset + entity.length - from);
    const isKept = QUOTE_STYLES.includes(entity.type) && end > offset;
    return isKept ? [{ ...entity, offset, length: end - offset }] : [];
  });
}

const spell = (entities: readonly MessageEntity[]): string =>
  entities.map(({ type, offset, length }) => `${type} ${offset} ${length}`).join();
