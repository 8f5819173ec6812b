import type { CampaignId, Conversation } from '../../../core/index.ts';
import { fieldsOf } from '../parse.ts';

/** Stand among a dialogue's data, or alone between dialogues. */
const ALBUM = '~album';
const LINK = '~link';

/** What a conversation keeps whatever dialogue is under way. */
export interface Beside {
  /**
   * The album whose first picture was handled last. Its other pictures come as updates of their own,
   * also after the dialogue they were meant for has ended: they are passed over in silence, since
   * the answer to the first one told of it (PRF-1).
   */
  readonly album: string | undefined;
  /** Where the link led by which a newcomer came: they are taken there from the gate (UX-5). */
  readonly link: CampaignId | undefined;
}

export const besideOf = ({ data }: Pick<Conversation, 'data'>): Beside => {
  const fields = fieldsOf(data);
  const text = (key: string): string | undefined => {
    const kept = fields?.[key];
    return typeof kept === 'string' ? kept : undefined;
  };
  return { album: text(ALBUM), link: text(LINK) as CampaignId | undefined };
};

/** The conversation as dialogues know it. */
export const withoutBeside = (conversation: Conversation): Conversation => {
  const fields = fieldsOf(conversation.data);
  if (fields?.[ALBUM] === undefined && fields?.[LINK] === undefined) return conversation;
  const { [ALBUM]: _album, [LINK]: _link, ...data } = fields;
  return { ...conversation, data: conversation.flow === null ? null : data };
};

/** The conversation as it is stored. */
export const withBeside = (conversation: Conversation, { album, link }: Beside): Conversation =>
  album === undefined && link === undefined
    ? conversation
    : {
        ...conversation,
        data: {
          ...fieldsOf(conversation.data),
          ...(album !== undefined && { [ALBUM]: album }),
          ...(link !== undefined && { [LINK]: link }),
        },
      };
