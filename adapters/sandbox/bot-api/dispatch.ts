import { setTimeout as sleep } from 'node:timers/promises';
import { describeFault, gatewayPage, type Fault } from '../faults.ts';
import type { World } from '../world.ts';
import { albumMethods } from './albums.ts';
import { ApiError } from './api-error.ts';
import { callbackMethods } from './callbacks.ts';
import { chatMethods } from './chats.ts';
import { commandMethods } from './commands.ts';
import { copyMethods } from './copies.ts';
import { deletionMethods } from './deletions.ts';
import { editMethods } from './edits.ts';
import { fileMethods } from './media.ts';
import { messageMethods } from './messages.ts';
import type { Call, Method, Methods } from './method.ts';
import { profileMethods } from './profile.ts';
import { updateMethods } from './updates.ts';

/** Telegram's envelope. */
export type Envelope =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error_code: number;
      readonly description: string;
      readonly parameters?: { readonly retry_after?: number };
    };

/** What the transport has to do: answer, show a gateway's page, or cut the connection. */
export type Outcome =
  | { readonly envelope: Envelope }
  | { readonly page: string; readonly error_code: number }
  | { readonly dropped: true };

/** Every method of the sandbox by its name. */
export const METHODS: Methods = {
  ...updateMethods,
  ...messageMethods,
  ...albumMethods,
  ...copyMethods,
  ...editMethods,
  ...deletionMethods,
  ...callbackMethods,
  ...commandMethods,
  ...profileMethods,
  ...chatMethods,
  ...fileMethods,
};
const BY_LOWER_NAME = new Map(
  Object.entries(METHODS).map(([name, method]) => [name.toLowerCase(), { name, method }]),
);

/** Whether there is a method of this name, in whatever case. */
export const isMethod = (name: string): boolean => BY_LOWER_NAME.has(name.toLowerCase());

/** Runs one call: faults first, then the method; every call is logged with its answer. */
export async function dispatch(call: Call, givenName: string): Promise<Outcome> {
  const { world, params } = call;
  const known = BY_LOWER_NAME.get(givenName.toLowerCase());
  const name = known?.name ?? givenName;
  const at = new Date(world.now()).toISOString();
  const began = performance.now();
  const outcome = await outcomeOf(call, name, known?.method);
  const answer = 'envelope' in outcome ? outcome.envelope : outcome;
  world.log.add({
    at,
    ms: Math.round(performance.now() - began),
    method: name,
    params: structuredClone(params.toLog()),
    answer: { ...answer },
  });
  world.feed.emit({ type: 'request' });
  return outcome;
}

/** For a wrong token, an unreadable body and the like. */
export const failure = ({ errorCode, message, parameters }: ApiError): Envelope => ({
  ok: false,
  error_code: errorCode,
  description: message,
  ...(parameters && { parameters }),
});

async function outcomeOf(call: Call, name: string, method: Method | undefined): Promise<Outcome> {
  const fault = call.world.faults.take(name, Number(call.params.text('chat_id')));
  try {
    await sleepFor(fault, call.world);
    if (fault?.dropBefore) return { dropped: true };
    if (fault?.errorCode !== undefined) {
      const { errorCode } = fault;
      if (fault.asPage) return { page: gatewayPage(errorCode), error_code: errorCode };
      throw faultError({ ...fault, errorCode });
    }
    if (!method) throw new ApiError(404, 'Not Found: method not found');
    call.params.requireKnown(name, method.params);
    const result = structuredClone(await atPace(call, name, method));
    return fault?.dropAfter ? { dropped: true } : { envelope: { ok: true, result } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { envelope: failure(error) };
  }
}

/** Too fast is 429, as far as limits are on. A call refused for other reasons costs nothing. */
async function atPace(call: Call, name: string, method: Method): Promise<unknown> {
  const { world, params } = call;
  const album = name === 'sendMediaGroup' ? params.json('media') : undefined;
  const messages = Array.isArray(album) ? album.length : 1;
  const taken = world.limits.take(name, Number(params.text('chat_id')), messages);
  if (typeof taken === 'number') throw faultError({ errorCode: 429, retryAfter: taken });
  try {
    return await method.run(call);
  } catch (error) {
    taken();
    throw error;
  }
}

async function sleepFor(fault: Fault | undefined, world: World): Promise<void> {
  if (!fault?.delayMs) return;
  await sleep(fault.delayMs, undefined, { signal: world.stopping }).catch(() => {});
}

function faultError(fault: Fault & { readonly errorCode: number }): ApiError {
  const retryAfter = fault.retryAfter ?? (fault.errorCode === 429 ? 1 : undefined);
  const parameters = retryAfter === undefined ? undefined : { retry_after: retryAfter };
  return new ApiError(fault.errorCode, describeFault(fault), parameters);
}
