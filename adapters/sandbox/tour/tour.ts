import { deactivate } from '../people/acts.ts';
import { ApiError, messageOf } from '../bot-api/api-error.ts';
import type { Language, Tour, TourAct, TourStep } from '../host.ts';
import type { Chat } from '../state.ts';
import { FAILURES, type Place } from './failure.ts';
import { Leisure, paceOf, Playback, TourStopped } from './pace.ts';
import { comes, TourFailed } from './patience.ts';
import type { TourProgress } from './progress.ts';
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
  /** Of each step, in milliseconds. */
  readonly lasting: readonly number[];
  readonly chats: ReadonlyMap<string, Chat>;
  readonly playback: Playback;
  readonly leisure: Leisure;
}

/** One step while it is played. */
interface Scene extends Playing {
  readonly index: number;
  readonly step: TourStep;
  /** Of who acts or watches. */
  readonly chat: Chat;
  readonly lastingMs: number;
}

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
        lasting: paceOf(tour.steps, order.pace),
        playback,
        leisure: new Leisure(tour.haste),
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
      throw new ApiError(502, `the program behind this bot has no tour now: ${messageOf(error)}`);
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
    for (const chat of this.#people)
      if (!chat.deactivated) deactivate({ world: this.#world, chat });
    const { state, feed } = this.#world;
    const chats = new Map(people.map(({ key, seed }) => [key, state.addPerson(seed)]));
    this.#people = [...chats.values()];
    feed.emit({ type: 'people' });
    return chats;
  }

  async #play(playing: Playing): Promise<void> {
    const { tour, playback } = playing;
    let index = 0;
    try {
      for (; index < tour.steps.length; index += 1) {
        await this.#playStep(sceneOf(playing, index));
      }
      this.#playback = undefined;
      this.#tell(playing, index - 1, { state: 'done' });
    } catch (error) {
      if (error instanceof TourStopped || playback.ended.aborted) return;
      this.#playback = undefined;
      const reason =
        error instanceof TourFailed
          ? error.message
          : FAILURES[playing.language].act(placeOf(sceneOf(playing, index)), messageOf(error));
      this.#tell(playing, index, { state: 'failed', reason });
    }
  }

  async #playStep(scene: Scene): Promise<void> {
    const { playback, index, step, chat, lastingMs } = scene;
    if (index > 0) this.#tell(scene, index, { state: 'playing' });
    await playback.rest(lastingMs * READING);
    const { act, sees } = step;
    let before: Snapshot | undefined;
    if (act) {
      const found = await this.#point(scene);
      await this.#restBeforeAct(scene);
      before = snapshot(chat);
      // The screen may have been replaced under the finger: it then comes down on the new one.
      const now = 'press' in act ? (findButton(chat, act.press) ?? found) : undefined;
      await perform({ world: this.#world, chat }, act, now);
    }
    const began = performance.now();
    if (sees !== undefined) {
      await comes(this.#world, {
        ...scene,
        look: () => shows(chat, sees, before) || undefined,
        missed: () => FAILURES[scene.language].text(placeOf(scene), sees, lastWords(chat)),
      });
    }
    const watched = performance.now() - began;
    await playback.rest(lastingMs * (1 - READING - (act ? POINTING : 0)) - watched);
  }

  /** The finger comes down; and nobody does more than the bot lets them. */
  async #restBeforeAct({ playback, leisure, step, lastingMs }: Scene): Promise<void> {
    await playback.rest(lastingMs * POINTING);
    await playback.rest(step.afterMs ?? 0);
    await playback.rest(leisure.waitMs(step.person, performance.now()));
  }

  /** Tells what will be pressed or said; waits for a button that is still to come. */
  async #point(scene: Scene): Promise<Found | undefined> {
    const { act } = scene.step;
    if (!act || 'picture' in act || 'advance' in act) return undefined;
    if ('press' in act) return this.#seek(scene, act);
    this.#tell(scene, scene.index, { state: 'playing', target: { say: act.say } });
    return undefined;
  }

  /** The button to press, with the pages turned until it is there. */
  async #seek(
    scene: Scene,
    { press: label, orElse }: Extract<TourAct, { press: string }>,
  ): Promise<Found> {
    const { chat, index, language } = scene;
    const look = (before?: Snapshot) => {
      const wanted = findButton(chat, label);
      if (wanted) return { button: wanted, isWanted: true };
      const other = orElse === undefined ? undefined : findButton(chat, orElse, before);
      return other && { button: other, isWanted: false };
    };
    const missed = (): string =>
      FAILURES[language].button(placeOf(scene), label, newestButtons(chat));
    for (let before: Snapshot | undefined; ;) {
      const shown = before;
      const at = await comes(this.#world, { ...scene, look: () => look(shown), missed });
      this.#tell(scene, index, { state: 'playing', target: at.button });
      if (at.isWanted) return at.button;
      await this.#restBeforeAct(scene);
      before = snapshot(chat);
      await perform({ world: this.#world, chat }, { press: label }, at.button);
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
    return this.#publish(progress);
  }

  #change(news: Pick<TourProgress, 'state'>): TourProgress {
    return this.#publish({ ...(this.#progress as TourProgress), ...news });
  }

  #publish(progress: TourProgress): TourProgress {
    this.#progress = progress;
    this.#world.feed.emit({ type: 'tour', ...progress });
    return progress;
  }
}

function sceneOf(playing: Playing, index: number): Scene {
  const step = playing.tour.steps[index];
  const chat = playing.chats.get(step?.person ?? '');
  if (!step || !chat) throw new Error(`the tour has no step ${index}`);
  return { ...playing, index, step, chat, lastingMs: playing.lasting[index] ?? 0 };
}

const placeOf = ({ index, tour, chat }: Scene): Place => ({
  step: index + 1,
  steps: tour.steps.length,
  name: chat.user.first_name,
});
