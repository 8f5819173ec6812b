import type { Conversation, Conversations } from '../../core/channel/index.ts';
import type { Json, UserId } from '../../core/kernel/index.ts';
import { known, type Sql } from './sql.ts';

export interface ConversationRow {
  readonly user_id: UserId;
  readonly flow: string | null;
  readonly step: string | null;
  readonly version: number;
  readonly data: Json;
  readonly screen_message_id: bigint | null;
  readonly revision: number;
  readonly expires_at: Date | null;
}

/** Where people are in their dialogues. */
export const createConversations = (sql: Sql): Conversations => ({
  find: async (user) => {
    const [row] = await sql<ConversationRow>`
      select * from conversations where user_id = ${known(user)}`;
    return row && toConversation(row);
  },
  save: async (conversation) =>
    sql.later`
      insert into conversations (user_id, flow, step, version, data, revision, expires_at)
      values (${conversation.userId}, ${conversation.flow}, ${conversation.step},
        ${conversation.version}, ${JSON.stringify(conversation.data)}, ${conversation.revision},
        ${conversation.expiresAt})
      on conflict (user_id) do update set flow = excluded.flow, step = excluded.step,
        version = excluded.version, data = excluded.data, revision = excluded.revision,
        expires_at = excluded.expires_at`,
  noteScreen: async (user, screenMessageId) =>
    sql.later`
      insert into conversations (user_id, version, data, revision, screen_message_id)
      values (${known(user)}, 0, 'null', 0, ${screenMessageId})
      on conflict (user_id) do update set screen_message_id = excluded.screen_message_id`,
});

/** Also of columns that say more. */
export const toConversation = (row: ConversationRow): Conversation => ({
  userId: row.user_id,
  flow: row.flow,
  step: row.step,
  version: row.version,
  data: row.data,
  screenMessageId: row.screen_message_id === null ? null : Number(row.screen_message_id),
  revision: row.revision,
  expiresAt: row.expires_at,
});
