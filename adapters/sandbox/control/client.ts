import type { Done, Pressed } from '../people/acts.ts';
import { hasButton, transcript } from './chat-reading.ts';
import { callControl } from './call.ts';
import type { Fault, WaitingFault } from '../faults.ts';
import type { LimitsView } from '../limits.ts';
import type { ApiRequest, SinceCall } from '../request-log.ts';
import type { PersonSeed, Toast } from '../state.ts';
import type { TourProgress } from '../tour/progress.ts';
import type { TourOrder } from '../tour/tour.ts';
import type { ChatView, MessageView, PersonView } from '../people/view.ts';
import { TIMEOUT_MS, patiently, type WaitOptions } from './patience.ts';
import type { SandboxState } from './world-routes.ts';

/**
 * Plays the people of a running sandbox and looks over their shoulders, from any process.
 * What cannot be done is refused with an Error that says why.
 */
export class SandboxClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Bot, people, clock, limits, waiting faults, and what the host offers. */
  state(): Promise<SandboxState> {
    return this.#get('/sandbox/state');
  }

  /** Without those who deleted their account. */
  async people(): Promise<readonly PersonView[]> {
    return (await this.state()).people;
  }

  /** Refuses an id that somebody has or had. The bot may write to them once they have spoken. */
  addPerson(person: PersonSeed): Promise<PersonView> {
    return this.#post('/sandbox/people', person);
  }

  /** The person deletes their account: gone from the page, and the bot's messages get 403. */
  async deactivate(personId: number): Promise<void> {
    await this.#send('DELETE', `/sandbox/people/${personId}`);
  }

  /** 1 to 4096 UTF-16 units; refused while the person has blocked the bot, as every act of theirs. */
  say(personId: number, text: string, options: { replyTo?: number } = {}): Promise<Done> {
    return this.#act(personId, 'say', { text, ...options });
  }

  /** JPEG, PNG, WebP or GIF of 10 MB at most, kept in several sizes as by Telegram. */
  async photo(
    personId: number,
    bytes: Uint8Array,
    options: { caption?: string } = {},
  ): Promise<Done> {
    const [sent] = await this.album(personId, [bytes], options);
    if (!sent) throw new Error('the sandbox did not say which message it made');
    return sent;
  }

  /** Up to ten photos in one media group, one update each. The caption goes to the first. */
  album(
    personId: number,
    photos: readonly Uint8Array[],
    options: { caption?: string } = {},
  ): Promise<Done[]> {
    return this.#act(personId, 'photos', { photos: photos.map(toBase64), ...options });
  }

  /** Up to ten files in one media group, one update each. The caption goes to the last. */
  documents(
    personId: number,
    files: readonly { bytes: Uint8Array; filename: string; mimeType?: string }[],
    options: { caption?: string } = {},
  ): Promise<Done[]> {
    const encoded = files.map((file) => ({ ...file, bytes: toBase64(file.bytes) }));
    return this.#act(personId, 'documents', { files: encoded, ...options });
  }

  /** Taps a key of the reply keyboard: says it, or shares the contact or place it asks for. */
  key(personId: number, text: string): Promise<Done> {
    return this.#act(personId, 'key', { text });
  }

  /** Shares the person's own contact. */
  contact(personId: number): Promise<Done> {
    return this.#act(personId, 'contact', {});
  }

  /** Shares a place in degrees, Jakarta unless told. */
  location(personId: number, location?: { latitude: number; longitude: number }): Promise<Done> {
    return this.#act(personId, 'location', { ...(location && { location }) });
  }

  /** A file as it is; without `mimeType` its type comes from the name's extension. */
  document(
    personId: number,
    bytes: Uint8Array,
    options: { filename: string; mimeType?: string; caption?: string },
  ): Promise<Done> {
    return this.#act(personId, 'document', { bytes: toBase64(bytes), ...options });
  }

  /**
   * Presses the inline button with this label (a leading emoji may be left out) or data; `expired`
   * makes its query too old to be answered.
   */
  click(
    personId: number,
    messageId: number,
    button: string,
    options: { expired?: boolean } = {},
  ): Promise<Pressed> {
    return this.#act(personId, 'click', { messageId, button, ...options });
  }

  /** Presses the button on the newest message that has it. */
  async press(personId: number, button: string): Promise<Pressed> {
    const { messages } = await this.chat(personId);
    const holder = messages.findLast((message) => hasButton(message, button));
    if (!holder) {
      const [newest] = messages.filter(({ buttons }) => buttons.length > 0).slice(-1);
      const labels = newest?.buttons.flat().map(({ text }) => text) ?? [];
      throw new Error(`no message has the button "${button}"; newest ones: ${labels.join(', ')}`);
    }
    return this.click(personId, holder.id, button);
  }

  /** A press of a button that may be gone; `expired` makes its query too old to be answered. */
  pressData(
    personId: number,
    messageId: number,
    data: string,
    options: { expired?: boolean } = {},
  ): Promise<Pressed> {
    return this.#act(personId, 'press', { messageId, data, ...options });
  }

  /** Changes the text or caption of a message of the person's own. */
  edit(personId: number, messageId: number, text: string): Promise<Done> {
    return this.#act(personId, 'edit', { messageId, text });
  }

  /** The person deletes a message of their own for both sides; the bot is not told. */
  async remove(personId: number, messageId: number): Promise<void> {
    await this.#act(personId, 'remove', { messageId });
  }

  /** The bot is told once, and gets 403 from now on. */
  block(personId: number): Promise<Pressed> {
    return this.#act(personId, 'block', {});
  }

  unblock(personId: number): Promise<Pressed> {
    return this.#act(personId, 'unblock', {});
  }

  /** What the person sees now. */
  chat(personId: number): Promise<ChatView> {
    return this.#get(`/sandbox/people/${personId}/chat`);
  }

  /** What the newest 100 answers to presses showed, the oldest first. */
  async toasts(personId: number): Promise<readonly Toast[]> {
    return (await this.chat(personId)).toasts;
  }

  /** The newest 2000 calls of the bot, of one method or of all; those after a sequence, if told. */
  requests(method?: string, { after = 0 }: SinceCall = {}): Promise<ApiRequest[]> {
    return this.#get(`/sandbox/requests?after=${after}${method ? `&method=${method}` : ''}`);
  }

  /** Has the next matching calls of the bot fail. */
  async fault(fault: Fault): Promise<void> {
    await this.#post('/sandbox/faults', fault);
  }

  /** The faults that still wait, oldest first. */
  faults(): Promise<WaitingFault[]> {
    return this.#get('/sandbox/faults');
  }

  async clearFaults(): Promise<void> {
    await this.#send('DELETE', '/sandbox/faults');
  }

  /** Telegram's pace for bots, on or off; full buckets to begin with. */
  limit(on: boolean): Promise<LimitsView> {
    return this.#post('/sandbox/limits', { on });
  }

  /**
   * Moves the clock, at most 30 days at a time. Resolves with the new time (ISO 8601) when the
   * bot's own program has done what became due.
   */
  async advance(ms: number): Promise<string> {
    return (await this.#post<{ now: string }>('/sandbox/clock', { advanceMs: ms })).now;
  }

  /** Begins the host's guided tour; Indonesian, and 60 seconds long unless told. */
  startTour(order: Partial<TourOrder> = {}): Promise<TourProgress> {
    return this.#post('/sandbox/tour', order);
  }

  /** Where the newest tour stands; null before the first. `stop` ends it for good. */
  tour(change?: 'pause' | 'resume' | 'stop'): Promise<TourProgress | null> {
    return change === undefined
      ? this.#get('/sandbox/tour')
      : this.#post(`/sandbox/tour/${change}`, {});
  }

  /** Resolves when the tour is no longer playing or paused; refuses after `timeoutMs`, 4 minutes at most. */
  async tourEnd({ timeoutMs = TIMEOUT_MS }: WaitOptions = {}): Promise<TourProgress | null> {
    const progress = await this.#get<TourProgress | null>(`/sandbox/tour?endMs=${timeoutMs}`);
    if (progress === null || !['playing', 'paused'].includes(progress.state)) return progress;
    const { step, steps, caption } = progress;
    throw new Error(`the tour is at step ${step} of ${steps} after ${timeoutMs} ms: ${caption}`);
  }

  /** Delivers an update once more, as Telegram does after a lost acknowledgement. */
  async redeliver(updateId: number): Promise<void> {
    await this.#post('/sandbox/redeliver', { updateId });
  }

  /** Empties chats, files, waiting updates, faults and the log; people, webhook and commands stay. */
  async reset(): Promise<void> {
    await this.#post('/sandbox/reset', {});
  }

  /**
   * Resolves with the first view of the chat that satisfies the predicate, looking again at every
   * change. After `timeoutMs` it refuses, printing the end of the chat.
   */
  async waitFor(
    personId: number,
    predicate: (chat: ChatView) => boolean,
    options: WaitOptions = {},
  ): Promise<ChatView> {
    let chat = await this.chat(personId);
    if (predicate(chat)) return chat;
    return patiently(
      options,
      async (waitMs) => {
        const query = `after=${chat.revision}&waitMs=${waitMs}`;
        chat = await this.#get<ChatView>(`/sandbox/people/${personId}/chat?${query}`);
        return predicate(chat) ? chat : undefined;
      },
      (timeoutMs) => `waited ${timeoutMs} ms in vain; the chat ends:\n${transcript(chat)}`,
    );
  }

  /** Resolves with the newest bot message that satisfies the predicate. */
  async waitForMessage(
    personId: number,
    predicate: (message: MessageView) => boolean,
    options: WaitOptions = {},
  ): Promise<MessageView> {
    const find = (chat: ChatView): MessageView | undefined =>
      chat.messages.findLast((message) => message.from === 'bot' && predicate(message));
    const found = find(await this.waitFor(personId, (chat) => find(chat) !== undefined, options));
    if (!found) throw new Error('the message was there and is gone');
    return found;
  }

  /** Resolves with the first logged call (after a sequence, if told) that satisfies the predicate. */
  async waitForRequest(
    predicate: (request: ApiRequest) => boolean,
    { after: from = 0, ...options }: WaitOptions & SinceCall = {},
  ): Promise<ApiRequest> {
    let after = from;
    return patiently(
      options,
      async (waitMs) => {
        const path = `/sandbox/requests?after=${after}&waitMs=${waitMs}`;
        const requests = await this.#get<ApiRequest[]>(path);
        after = requests.at(-1)?.sequence ?? after;
        return requests.find(predicate);
      },
      (timeoutMs) => `waited ${timeoutMs} ms for a call of the bot in vain`,
    );
  }

  #act<T>(personId: number, name: string, body: object): Promise<T> {
    return this.#post(`/sandbox/people/${personId}/${name}`, body);
  }

  #get<T>(path: string): Promise<T> {
    return this.#send('GET', path);
  }

  #post<T>(path: string, body: object): Promise<T> {
    return this.#send('POST', path, body);
  }

  #send<T>(method: string, path: string, body?: object): Promise<T> {
    return callControl(this.#url + path, method, body);
  }
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
