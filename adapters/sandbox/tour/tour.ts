import { deactivate } from '../people/acts.ts';
import { ApiError } from '../bot-api/api-error.ts';
import type { FeedEvent, TourProgress } from '../control/feed.ts';
import type { Language, Tour, TourStep } from '../host.ts';
import type { Chat } from '../state.ts';
import { FAILURES, type Place } from './failure.ts';
import { paceOf, Playback, TourStopped } from './pace.ts';
import {
  findButton,
  lastWords,
  newestButtons,
  perform,
  shows,
  snapshot,
  type Found,
  type Snapshot,
} from './stage.ts';
import type { World } from '../world.ts';

/** How long the bot may take over one thing before the tour is said to have failed. */
const PATIENCE_MS = 15_000;
/** Of the time of a step: reading the caption, then watching the finger come down. */
const READING = 0.45;
const POINTING = 0.2;

/** How a tour is to be played. */
export interface TourOrder {
  readonly language: Language;
  /** Seconds for the whole story; 0 is as fast as the bot answers. */
  readonly pace: number;
  /** Milliseconds for each thing that the bot shall show; 15,000 unless told. */
  readonly patienceMs?: number;
}

/** What one playing needs at every step. */
interface Playing extends Required<TourOrder> {
  readonly tour: Tour;
  readonly chats: ReadonlyMap<string, Chat>;
  readonly playback: Playback;
}

class TourFailed extends Error {}

/** Plays the host's story on the running bot, one at a time. */
export class TourPlayer {
  readonly #worldOf: () => World;
  #progress: TourProgress | undefined;
  #playback: Playback | undefined;
  #isStarting = false;
  /** Those of the tour before, who leave when the next one begins. */
  #people: readonly Chat[] = [];

  constructor(worldOf: () => World) {
    this.#worldOf = worldOf;
  }

  get #world(): World {
    return this.#worldOf();
  }

  /** Also while it is held. */
  get isPlaying(): boolean {
    return this.#playback !== undefined;
  }

  /** Where the newest tour stands; undefined before the first one. */
  progress(): TourProgress | undefined {
    return this.#progress;
  }

  /**
   * Begins a story with people of its own, and resolves with its first step. 404 where the host has
   * none, 409 while another is played, 502 where the host fails or its story cannot be played.
   */
  async start(order: TourOrder): Promise<TourProgress> {
    if (this.#isStarting || this.#playback) {
      throw new ApiError(409, 'a tour is being played; stop it first');
    }
    this.#isStarting = true;
    try {
      const tour = await this.#fetch(order.language);
      const playback = new Playback(this.#world.stopping);
      this.#playback = playback;
      const playing = {
        patienceMs: PATIENCE_MS,
        ...order,
        tour,
        playback,
        chats: this.#invite(tour),
      };
      const first = this.#tell(playing, 0, { state: 'playing' });
      void this.#play(playing);
      return first;
    } finally {
      this.#isStarting = false;
    }
  }

  /** Holds the story where it is; 409 where none is played. */
  pause(): TourProgress {
    this.#requirePlayback().hold();
    return this.#change({ state: 'paused' });
  }

  resume(): TourProgress {
    this.#requirePlayback().resume();
    return this.#change({ state: 'playing' });
  }

  /** Ends the story at once; where none is played nothing happens. Its people stay. */
  stop(): TourProgress | undefined {
    if (!this.#playback) return this.#progress;
    this.#playback.end();
    this.#playback = undefined;
    return this.#change({ state: 'stopped' });
  }

  #requirePlayback(): Playback {
    if (!this.#playback) throw new ApiError(409, 'no tour is being played');
    return this.#playback;
  }

  async #fetch(language: Language): Promise<Tour> {
    const { tour: make } = this.#world.host;
    if (!make) throw new ApiError(404, 'the program behind this bot has no tour');
    const tour = await make(language).catch((error: unknown) => {
      throw new ApiError(502, `the program behind this bot has no tour now: ${words(error)}`);
    });
    const flaw = this.#flawOf(tour);
    if (flaw !== undefined) throw new ApiError(502, `the tour cannot be played: ${flaw}`);
    return tour;
  }

  #flawOf({ people, steps }: Tour): string | undefined {
    const keys = new Set(people.map(({ key }) => key));
    const ids = new Set(people.map(({ seed }) => seed.id));
    const taken = people.find(({ seed }) => this.#world.state.chats.has(seed.id));
    const stranger = steps.find(({ person }) => !keys.has(person));
    if (steps.length === 0) return 'it has no steps';
    if (keys.size < people.length || ids.size < people.length) return 'a person is in it twice';
    if (taken) return `person ${taken.seed.id} is there already`;
    return stranger && `nobody in it is called "${stranger.person}"`;
  }

  /** Those of the tour before go, these come. */
  #invite({ people }: Tour): ReadonlyMap<string, Chat> {
    for (const chat of this.#people) if (!chat.deactivated) deactivate(this.#world, chat);
    const { state, feed } = this.#world;
    const chats = new Map(people.map(({ key, seed }) => [key, state.addPerson(seed)]));
    this.#people = [...chats.values()];
    feed.emit({ type: 'people' });
    return chats;
  }

  async #play(playing: Playing): Promise<void> {
    const { tour, playback, pace } = playing;
    const lasting = paceOf(tour.steps, pace);
    let index = 0;
    try {
      for (; index < tour.steps.length; index += 1) {
        await this.#playStep(playing, index, lasting[index] ?? 0);
      }
      this.#playback = undefined;
      this.#tell(playing, index - 1, { state: 'done' });
    } catch (error) {
      if (error instanceof TourStopped || playback.ended.aborted) return;
      this.#playback = undefined;
      const reason =
        error instanceof TourFailed
          ? error.message
          : FAILURES[playing.language].act(placeOf(playing, index), words(error));
      this.#tell(playing, index, { state: 'failed', reason });
    }
  }

  async #playStep(playing: Playing, index: number, lastingMs: number): Promise<void> {
    const { playback } = playing;
    const { step, chat } = whoseStep(playing, index);
    if (index > 0) this.#tell(playing, index, { state: 'playing' });
    await playback.rest(lastingMs * READING);
    const { act } = step;
    let before: Snapshot | undefined;
    if (act) {
      const found = await this.#point(playing, index);
      await playback.rest(lastingMs * POINTING);
      before = snapshot(chat);
      // The screen may have been replaced under the finger: it then comes down on the new one.
      const now = 'press' in act ? (findButton(chat, act.press) ?? found) : undefined;
      await perform(this.#world, chat, act, now);
    }
    const began = performance.now();
    const { sees } = step;
    if (sees !== undefined) {
      const missed = (): string =>
        FAILURES[playing.language].text(placeOf(playing, index), sees, lastWords(chat));
      await this.#await(playing, chat, () => shows(chat, sees, before) || undefined, missed);
    }
    const watched = performance.now() - began;
    await playback.rest(lastingMs * (1 - READING - (act ? POINTING : 0)) - watched);
  }

  /** Tells what will be pressed or said; waits for a button that is still to come. */
  async #point(playing: Playing, index: number): Promise<Found | undefined> {
    const { step, chat } = whoseStep(playing, index);
    const { act } = step;
    if (!act || 'picture' in act || 'advance' in act) return undefined;
    if ('say' in act) {
      this.#tell(playing, index, { state: 'playing', target: { say: act.say } });
      return undefined;
    }
    const missed = (): string =>
      FAILURES[playing.language].button(placeOf(playing, index), act.press, newestButtons(chat));
    const found = await this.#await(playing, chat, () => findButton(chat, act.press), missed);
    this.#tell(playing, index, { state: 'playing', target: found });
    return found;
  }

  /** The first defined answer of `look`, which looks again at every change of the chat. */
  async #await<T>(
    { playback, patienceMs }: Playing,
    chat: Chat,
    look: () => T | undefined,
    missed: () => string,
  ): Promise<T> {
    const deadline = performance.now() + patienceMs;
    const isNews = (event: FeedEvent): boolean =>
      event.type === 'chat' && event.personId === chat.user.id;
    for (;;) {
      await playback.going();
      const found = look();
      if (found !== undefined) return found;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new TourFailed(missed());
      await this.#world.feed.next(isNews, leftMs, playback.ended);
    }
  }

  #tell(
    { tour, chats }: Playing,
    index: number,
    news: Pick<TourProgress, 'state' | 'target' | 'reason'>,
  ): TourProgress {
    const step = tour.steps[index];
    const progress: TourProgress = {
      title: tour.title,
      step: index + 1,
      steps: tour.steps.length,
      caption: step?.caption ?? '',
      personId: chats.get(step?.person ?? '')?.user.id ?? 0,
      people: [...chats.values()].map(({ user }) => user.id),
      ...news,
    };
    this.#progress = progress;
    this.#world.feed.emit({ type: 'tour', ...progress });
    return progress;
  }

  #change(news: Pick<TourProgress, 'state'>): TourProgress {
    const progress = { ...(this.#progress as TourProgress), ...news };
    this.#progress = progress;
    this.#world.feed.emit({ type: 'tour', ...progress });
    return progress;
  }
}

function whoseStep({ tour, chats }: Playing, index: number): { step: TourStep; chat: Chat } {
  const step = tour.steps[index];
  const chat = chats.get(step?.person ?? '');
  if (!step || !chat) throw new Error(`the tour has no step ${index}`);
  return { step, chat };
}

const placeOf = (playing: Playing, index: number): Place => ({
  step: index + 1,
  steps: playing.tour.steps.length,
  name: whoseStep(playing, index).chat.user.first_name,
});

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));
