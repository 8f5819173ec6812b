import type { Conversation } from '../../core/index.ts';
import { fieldsOf } from './parse.ts';

/** Stands among a dialogue's data, or alone between dialogues. */
const KEY = '~album';

/**
 * The album whose first picture was handled last. Its other pictures come as updates of their own,
 * also after the dialogue they were meant for has ended: they are passed over in silence, since the
 * answer to the first one told of it (PRF-1).
 */
export const albumOf = ({ data }: Pick<Conversation, 'data'>): string | undefined => {
  const album = fieldsOf(data)?.[KEY];
  return typeof album === 'string' ? album : undefined;
};

/** The conversation as dialogues know it. */
export const withoutAlbum = (conversation: Conversation): Conversation => {
  const fields = fieldsOf(conversation.data);
  if (fields?.[KEY] === undefined) return conversation;
  const { [KEY]: _album, ...data } = fields;
  return { ...conversation, data: conversation.flow === null ? null : data };
};

/** The conversation as it is stored. */
export const withAlbum = (conversation: Conversation, album: string | undefined): Conversation =>
  album === undefined
    ? conversation
    : { ...conversation, data: { ...fieldsOf(conversation.data), [KEY]: album } };
