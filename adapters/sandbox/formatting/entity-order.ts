import type { MessageEntity } from '../bot-api/types.ts';
import { linkTarget } from './links.ts';

/** Text with its markup taken out; entity offsets count UTF-16 units. */
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** Which of two entities over the same text comes first, as tdlib orders them. */
const PRIORITY: Readonly<Record<string, number>> = {
  blockquote: 0,
  expandable_blockquote: 0,
  pre: 11,
  code: 20,
  text_link: 49,
  text_mention: 49,
  bold: 90,
  italic: 91,
  underline: 92,
  strikethrough: 93,
  spoiler: 94,
  custom_emoji: 99,
};

const priority = ({ type }: MessageEntity): number => PRIORITY[type] ?? 50;

/** Outer entities come before inner ones. */
export const byPlace = (a: MessageEntity, b: MessageEntity): number =>
  a.offset - b.offset || b.length - a.length || priority(a) - priority(b);

/**
 * The entity of a link in markup: an address, or a person whose `user` is looked up later.
 * Telegram drops the link, not the text, when the address is no address.
 */
export function linkEntity(entity: MessageEntity, address: string): MessageEntity | undefined {
  const target = linkTarget(address);
  if (!target) return undefined;
  if ('url' in target) return { ...entity, type: 'text_link', url: target.url };
  return { ...entity, type: 'text_mention', url: `tg://user?id=${target.userId}` };
}
