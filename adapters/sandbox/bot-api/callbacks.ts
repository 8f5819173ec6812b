import { badRequest } from './api-error.ts';
import type { Methods } from './method.ts';

const ANSWER_MAX = 200;
const TOASTS_KEPT = 100;

/** A press may open a link to the bot itself, nothing else. */
const opensBot = (url: string, username: string): boolean =>
  URL.canParse(url) &&
  /^(t|telegram)\.me$/.test(new URL(url).hostname) &&
  new URL(url).pathname.toLowerCase() === `/${username.toLowerCase()}` &&
  new URL(url).searchParams.has('start');

/** An answer is shown once, within 150 seconds of the press. */
export const callbackMethods: Methods = {
  answerCallbackQuery: {
    params: ['callback_query_id', 'text', 'show_alert', 'url', 'cache_time'],
    run: ({ world, params }) => {
      const id = params.text('callback_query_id') ?? '';
      const query = world.state.queries.get(id);
      if (!query || query.expiresAt <= world.now()) {
        throw badRequest('query is too old and response timeout expired or query ID is invalid');
      }
      const text = params.text('text') ?? '';
      if (text.length > ANSWER_MAX) throw badRequest('MESSAGE_TOO_LONG');
      const url = params.text('url') || undefined;
      if (url !== undefined && !opensBot(url, world.state.bot.username ?? '')) {
        throw badRequest('URL_INVALID');
      }
      world.state.queries.delete(id);
      world.feed.emit({ type: 'answered', personId: query.personId });
      const chat = world.state.chats.get(query.personId);
      if (!chat || (text === '' && url === undefined)) return true;
      const showAlert = params.flag('show_alert');
      const at = new Date(world.now()).toISOString();
      const link = url !== undefined && { url };
      chat.toasts.push({ text, showAlert, at, ...link });
      if (chat.toasts.length > TOASTS_KEPT) chat.toasts.shift();
      world.feed.emit({ type: 'toast', personId: query.personId, text, alert: showAlert, ...link });
      world.state.changed(chat);
      return true;
    },
  },
};
