import { Telegram } from 'telegraf';

/**
 * Telegraf itself waits 500 s: a connection that died without a word would stop every message so
 * long.
 */
const CALL_MS_MAX = 10_000;
/** A picture over a slow line. With the calls around it, less than the lease of a message. */
const UPLOAD_MS_MAX = 40_000;
const UPLOADS: ReadonlySet<string> = new Set(['sendPhoto', 'sendDocument', 'editMessageMedia']);

type CallApi = Telegram['callApi'];

/** Telegraf's client, none of whose calls waits for ever. */
class BoundedTelegram extends Telegram {
  override callApi: CallApi = (method, payload, { signal } = {}) => {
    const most = UPLOADS.has(method) ? UPLOAD_MS_MAX : CALL_MS_MAX;
    return super.callApi(method, payload, {
      signal: signal ?? (AbortSignal.timeout(most) as never),
    });
  };
}

/** The client of the Bot API at `apiRoot`, which may have a path of its own. */
export const createTelegram = (token: string, apiRoot: string): Telegram =>
  new BoundedTelegram(token, { apiRoot: `${apiRoot}/`, webhookReply: false });
