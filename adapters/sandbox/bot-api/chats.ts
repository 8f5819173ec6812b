import { privateChat, quoted } from '../state.ts';
import { findChat, findMessage, requireReachable, type Methods } from './method.ts';
import { refuseUnmodelled } from './sending.ts';

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
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
      supports_join_request_queries: false,
    }),
  },
  getChat: {
    params: ['chat_id'],
    run: (call) => {
      const chat = findChat(call);
      const pinned = chat.messages.get(chat.pinned.at(-1) ?? 0)?.message;
      return {
        ...privateChat(chat),
        ...(chat.hidesForwards && { has_private_forwards: true }),
        ...(pinned && { pinned_message: quoted(pinned) }),
        accent_color_id: 0,
        max_reaction_count: 11,
        accepted_gift_types: {
          unlimited_gifts: true,
          limited_gifts: true,
          unique_gifts: true,
          premium_subscription: true,
          gifts_from_channels: true,
        },
      };
    },
  },
  pinChatMessage: {
    params: ['chat_id', 'message_id', 'disable_notification', 'business_connection_id'],
    run: (call) => {
      refuseUnmodelled(call.params);
      const chat = findChat(call);
      const { message } = findMessage(call, chat, 'pin');
      requireReachable(chat);
      const { message_id: id } = message;
      const others = chat.pinned.filter((one) => one !== id);
      chat.pinned = [...others, id].toSorted((a, b) => a - b);
      call.world.state.changed(chat);
      return true;
    },
  },
};
