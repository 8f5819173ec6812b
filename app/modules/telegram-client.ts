import { Telegram, TelegramError } from 'telegraf';
import type { ApiCall } from '../../adapters/metrics/index.ts';

/**
 * Telegraf itself waits 500 s: a connection that died without a word would stop every message so
 * long.
 */
const CALL_MS_MAX = 10_000;
/** A picture over a slow line; the lease of its message is renewed meanwhile. */
const UPLOAD_MS_MAX = 40_000;
const UPLOADS: ReadonlySet<string> = new Set(['sendPhoto', 'sendDocument', 'editMessageMedia']);

type CallApi = Telegram['callApi'];
type OnCall = (call: ApiCall) => void;

export interface TelegramOptions {
  readonly token: string;
  /** May have a path of its own. */
  readonly apiRoot: string;
  /** Told of every call when it has ended. */
  readonly onCall?: OnCall;
}

/** Telegraf's client, none of whose calls waits for ever or goes uncounted. */
class BoundedTelegram extends Telegram {
  readonly #onCall: OnCall;

  constructor({ token, apiRoot, onCall = () => {} }: TelegramOptions) {
    super(token, { apiRoot: `${apiRoot}/`, webhookReply: false });
    this.#onCall = onCall;
  }

  override callApi: CallApi = async (method, payload, { signal } = {}) => {
    const most = UPLOADS.has(method) ? UPLOAD_MS_MAX : CALL_MS_MAX;
    const patience = signal ?? (AbortSignal.timeout(most) as never);
    const began = performance.now();
    const note = (how: Pick<ApiCall, 'code' | 'retryAfterSeconds'>): void =>
      this.#onCall({ method, ms: performance.now() - began, ...how });
    try {
      const result = await super.callApi(method, payload, { signal: patience });
      note({ code: '200' });
      return result;
    } catch (error) {
      note(howItFailed(error, patience));
      throw error;
    }
  };
}

const howItFailed = (
  error: unknown,
  { aborted }: { readonly aborted: boolean },
): Pick<ApiCall, 'code' | 'retryAfterSeconds'> => {
  if (!(error instanceof TelegramError)) return { code: aborted ? 'timeout' : 'network' };
  const { error_code: code, parameters } = error.response;
  const seconds = parameters?.retry_after;
  return { code: String(code), ...(seconds !== undefined && { retryAfterSeconds: seconds }) };
};

/** The client of the Bot API. */
export const createTelegram = (options: TelegramOptions): Telegram => new BoundedTelegram(options);
