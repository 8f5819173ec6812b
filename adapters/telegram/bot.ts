import { Composer, Telegraf, type MiddlewareFn } from 'telegraf';
import type { Update, UserFromGetMe } from 'telegraf/types';
import { asRefusal } from '../../core/index.ts';
import { press, readDialoguePress } from './buttons.ts';
import { CODES } from './codes.ts';
import type { UpahContext } from './context.ts';
import { UnknownStep, type Flow } from './dialogue/flow.ts';
import { gate } from './features/account/gate.ts';
import { showHome } from './features/account/home.ts';
import { escapeHtml, html, type Html } from './html.ts';
import type { Screen } from './screen.ts';
import type { Texts } from './texts/index.ts';
import { showingAbove, type PreparedFile, type Turn } from './turn.ts';

const ALERT_LENGTH_MAX = 190;

export interface Features {
  /** Middleware of the features, in the order they are asked. */
  readonly composers: readonly Composer<UpahContext>[];
  readonly flows: readonly Flow[];
}

export interface BotRouter {
  /** Lets the features answer one update; everything they do goes into the turn. */
  handle(turn: Turn, update: Update): Promise<void>;
  /**
   * Says something beside what the person is at: above the question of the dialogue under way,
   * which goes on, else in a message of its own below the screen, which stays.
   */
  remark(turn: Turn, line: Html): Promise<void>;
  flow(name: string): Flow | undefined;
  /** Without @. */
  readonly botUsername: string;
}

/**
 * Telegraf as a router only: updates come from our inbox, and handlers send nothing themselves, so
 * its polling, sessions and error handling are not used (each of them loses updates).
 */
export const createRouter = (
  token: string,
  botInfo: UserFromGetMe,
  { composers, flows }: Features,
): BotRouter => {
  const bot = new Telegraf<UpahContext>(token, { handlerTimeout: Infinity });
  bot.botInfo = botInfo;
  bot.catch((error) => {
    throw error;
  });
  const turns = new WeakMap<Update, Turn>();
  const byName = new Map(flows.map((flow) => [flow.name, flow]));
  bot.use((ctx, next) => {
    const turn = turns.get(ctx.update);
    if (!turn) throw new Error('an update reached the router outside a turn');
    ctx.turn = turn;
    return next();
  });
  bot.use(refusals(byName), gate, dialogueTaps(byName), ...composers, dialogueInput(byName));
  bot.use((ctx) => fallback(ctx));
  return {
    botUsername: botInfo.username,
    flow: (name) => byName.get(name),
    handle: async (turn, update) => {
      turns.set(update, turn);
      await bot.handleUpdate(update);
    },
    remark: async (turn, line) => {
      const flow = current(byName, turn);
      if (!flow) return turn.note(line);
      await drawAgain(turn, flow, { line, above: true });
    },
  };
};

type Flows = ReadonlyMap<string, Flow>;

const current = (flows: Flows, { conversation }: Turn): Flow | undefined =>
  conversation.flow === null ? undefined : flows.get(conversation.flow);

/**
 * A refusal becomes a sentence: in the answer to a tap, above the question in a dialogue, else on a
 * screen. The question is drawn anew, because what it shows may be what changed; a question that
 * cannot even be drawn ends its dialogue.
 */
const refusals =
  (flows: Flows): MiddlewareFn<UpahContext> =>
  async ({ turn }, next) => {
    try {
      await next();
    } catch (error) {
      if (error instanceof UnknownStep) return endUnknown(turn);
      const refusal = asRefusal(error);
      if (!refusal) throw error;
      turn.keepDialogue();
      await sayRefusal(turn, current(flows, turn), turn.texts.refusals.say(refusal));
    }
  };

const sayRefusal = async (turn: Turn, flow: Flow | undefined, text: string): Promise<void> => {
  const alert = turn.tapped && text.length <= ALERT_LENGTH_MAX;
  if (alert) turn.answer(text, true);
  if (alert && !flow) return;
  await drawAgain(turn, flow, { line: turn.texts.common.problem(text), above: !alert });
};

/**
 * Draws the question, with the line above it. One that cannot be drawn any more is left, as by
 * Cancel; the line stands alone where that is refused too, and where there is no question.
 */
const drawAgain = async (
  turn: Turn,
  flow: Flow | undefined,
  { line, above }: { readonly line: Html; readonly above: boolean },
): Promise<void> => {
  const alone = (): void => turn.show(onlyHome(turn.texts, line));
  if (!flow) return alone();
  const drawing = above ? showingAbove(turn, line) : turn;
  for (const draw of [() => flow.draw(drawing), () => flow.leave(drawing)]) {
    try {
      return await draw();
    } catch (error) {
      if (!asRefusal(error) && !(error instanceof UnknownStep)) throw error;
    }
  }
  turn.setDialogue(null);
  alone();
};

const onlyHome = ({ labels }: Texts, text: Screen['text']): Screen => ({
  text,
  keyboard: [[press(labels.home, CODES.home)]],
});

const endUnknown = async (turn: Turn): Promise<void> => {
  const { dialogueGone } = turn.texts.common;
  turn.setDialogue(null);
  turn.answer(dialogueGone);
  await showHome(turn, turn.tapped ? undefined : escapeHtml(dialogueGone));
};

/**
 * A button of a dialogue acts only at the revision it was drawn for; else the fresh step is shown
 * (UX-3).
 */
const dialogueTaps =
  (flows: Flows): MiddlewareFn<UpahContext> =>
  async (ctx, next) => {
    const { turn } = ctx;
    const query = ctx.callbackQuery;
    const press = query && 'data' in query ? readDialoguePress(query.data) : undefined;
    if (!press) return next();
    const flow = current(flows, turn);
    if (!flow) {
      if (turn.conversation.flow !== null) throw new UnknownStep(turn.conversation.flow);
      return turn.answer(turn.texts.common.staleNothing);
    }
    if (press.revision !== turn.conversation.revision) {
      turn.answer(turn.texts.common.staleButton);
      return flow.draw(turn);
    }
    await flow.button(turn, press.action, press.argument);
  };

/** A mistyped one is no answer: nobody is to be refused with the reason "/reveiw". */
const COMMAND = /^\/[a-z]\w*(?:@\w+)?(?:\s|$)/i;

/**
 * Texts and files go to the dialogue under way. Where it waits for a file and reads words too, a
 * sticker or a voice note is a word like any other: not what was asked for.
 */
const dialogueInput =
  (flows: Flows): MiddlewareFn<UpahContext> =>
  async (ctx, next) => {
    const { turn } = ctx;
    const flow = current(flows, turn);
    if (turn.tapped) return next();
    if (!flow && turn.conversation.flow !== null) throw new UnknownStep(turn.conversation.flow);
    if (!flow) return next();
    if (turn.file) return fileInput(turn, flow, turn.file);
    const text = ctx.message && 'text' in ctx.message ? ctx.message.text : undefined;
    const step = turn.conversation.step ?? '';
    if (text !== undefined && COMMAND.test(text)) {
      return redraw(turn, flow, turn.texts.common.unknownCommand);
    }
    const isWord = text !== undefined || flow.accepts(step) !== undefined;
    if (isWord && flow.reads(step)) return flow.text(turn, text ?? '');
    await redraw(turn, flow, expected(turn.texts, flow, step));
  };

/** What this step waits for, as a sentence. */
const expected = ({ common }: Texts, flow: Flow, step: string): string => {
  const use = flow.accepts(step);
  if (use === 'screenshot') return common.photoExpected;
  if (use === 'transfer-proof') return common.transferProofExpected;
  return flow.reads(step) ? common.textExpected : common.buttonExpected;
};

const fileInput = async (turn: Turn, flow: Flow, file: PreparedFile): Promise<void> => {
  const { common, refusals: say } = turn.texts;
  if (!file.ok) {
    const { code, details } = file;
    return sayUnfit(turn, flow, { code, text: say.sayCode(code, details) });
  }
  const step = turn.conversation.step ?? '';
  if (flow.accepts(step) === undefined) {
    return redraw(turn, flow, expected(turn.texts, flow, step));
  }
  const teller = turn.fromAlbum
    ? showingAbove(turn, html`ℹ️ ${escapeHtml(common.albumFirstOnly)}`)
    : turn;
  await flow.file(teller, file.file);
};

/** That a file could not be had is said for itself: the person may have written on meanwhile. */
const sayUnfit = (
  turn: Turn,
  flow: Flow,
  { code, text }: { readonly code: string; readonly text: string },
): Promise<void> => {
  if (code !== 'file.unavailable') return redraw(turn, flow, text);
  turn.note(turn.texts.common.problem(text));
  return flow.draw(turn);
};

const redraw = (turn: Turn, flow: Flow, problem: string): Promise<void> =>
  flow.draw(showingAbove(turn, turn.texts.common.problem(problem)));

/** Nothing knew what to do with it: say so, and offer the way on (UX-4). */
const fallback = async ({ turn }: UpahContext): Promise<void> => {
  const { common } = turn.texts;
  if (turn.tapped) return turn.answer(common.staleNothing);
  if (turn.sentFile) return turn.note(common.problem(common.fileNotExpected));
  await showHome(turn, common.problem(common.notUnderstood));
};
