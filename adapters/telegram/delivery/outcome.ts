import { TelegramError } from 'telegraf';
import type { ClaimedMessage, DeliveryOutcome } from '../../../core/index.ts';
import type { FloodWatch } from './flood-watch.ts';

/**
 * A defect of ours is not tried for ever: it would hold up all that its person is still to hear.
 */
const DEFECTS_MAX = 20;
/** About the bot (a token that was changed, a gateway in between), not about the message. */
const OF_THE_BOT = new Set([401, 404, 407, 408, 409]);
const NETWORK_ERRORS = new Set(['FetchError', 'AbortError', 'TimeoutError']);

/** A 400, but it says what a 403 says: there is nobody who could read it. */
const NO_CHAT = /chat not found|user is deactivated/;

export interface Surroundings {
  readonly floods: FloodWatch;
  /** Whether something that the message needs (the database) could not serve for now. */
  readonly isOutage: (error: unknown) => boolean;
}

/**
 * What an error means for the message that met it. 429 is law, 403 means gone for now, another 4xx
 * will never work, the rest may work later. Neither the network, nor an outage, nor what Telegram
 * says of the bot itself loses a message, however often: the next start sends it.
 */
export const outcomeOf = (
  error: unknown,
  { to, attempt, defects }: ClaimedMessage,
  { floods, isOutage }: Surroundings,
): DeliveryOutcome => {
  if (error instanceof TelegramError) {
    const { error_code: code, description, parameters } = error.response;
    if (code === 429) {
      const afterMs = (parameters?.retry_after ?? 1) * 1_000;
      return { outcome: 'later', afterMs, scope: floods.refused(to, afterMs), why: description };
    }
    if (code === 403 || NO_CHAT.test(description)) return { outcome: 'unreachable' };
    return mayPass(error) ? backOff(attempt, description) : { outcome: 'failed', why: description };
  }
  if (mayPass(error)) return backOff(attempt, 'no answer');
  if (isOutage(error)) return backOff(attempt, 'an outage: see the log');
  const why = 'a defect: see the log';
  if (defects + 1 >= DEFECTS_MAX) return { outcome: 'failed', why };
  return { ...backOff(attempt, why), defect: true };
};

/** Whether Telegram gave no answer, or one that says nothing of this message or chat. */
export const mayPass = (error: unknown): boolean => {
  if (!(error instanceof TelegramError)) return isOfTheNetwork(error);
  const { error_code: code } = error.response;
  return code >= 500 || OF_THE_BOT.has(code);
};

/** Whether it comes from Telegram or the way there. */
export const isOfTheNetwork = (error: unknown): boolean =>
  error instanceof TelegramError || (error instanceof Error && NETWORK_ERRORS.has(error.name));

const BACKOFF_MAX_MS = 60_000;

/** 1, 2, 4 … 60 seconds. */
const backOff = (attempt: number, why: string) =>
  ({
    outcome: 'later',
    afterMs: Math.min(BACKOFF_MAX_MS, 1_000 * 2 ** Math.min(attempt - 1, 6)),
    scope: 'message',
    why,
  }) as const;
