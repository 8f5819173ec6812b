import { privateChat } from '../state.ts';
import { findChat, type Methods } from './method.ts';

/** Who the bot is, and whom it talks to. */
export const chatMethods: Methods = {
  getMe: {
    params: [],
    run: ({ world }) => ({
      ...world.state.bot,
      can_join_groups: false,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
    }),
  },
  getChat: {
    params: ['chat_id'],
    run: (call) => ({
      ...privateChat(findChat(call)),
      accent_color_id: 0,
      max_reaction_count: 11,
    }),
  },
};
