import { createQueue } from './stub-telegram-queue.ts';
import type { Load, Report, Says } from './stub-telegram.ts';
import { createTiming } from './stub-telegram-timing.ts';

const FIRST_PERSON = 1_000_000;

/** A message that the bot sent or edited; with its id where a tap may be on it. */
export interface Said {
  readonly chat: number;
  readonly text: string;
  readonly messageId: number | undefined;
}

/** One load on its way: what is due, what was handed out, what was answered and when. */
export interface Course {
  /** The oldest updates that were not confirmed yet, as JSON. */
  waiting(limit: number): string[];
  /** The bot has all updates below this one. */
  confirm(offset: number): void;
  called(method: string): void;
  said(said: Said): void;
  tapAnswered(queryId: string): void;
  /** Calls back once: when so many were answered, or with why that is not to be expected. */
  whenAnswered(count: number | undefined, back: (error?: string) => void): void;
  report(): Report;
  /** Nothing more becomes due. */
  end(): void;
  /** The next free number, and the newest message with buttons of each chat. */
  readonly after: { readonly nextUpdate: number; readonly screens: Map<number, number> };
}

export interface CourseParts {
  /** Its update numbers go on from there, as Telegram's do. */
  readonly after: Course['after'];
  /** There may be something to hand out. */
  readonly onDue: () => void;
}

export const createCourse = (load: Load, { after, onDue }: CourseParts): Course => {
  const firstPerson = load.firstPerson ?? FIRST_PERSON;
  const first = after.nextUpdate;
  const { screens } = after;
  const queue = createQueue(load, onDue);
  const timing = createTiming(load);
  let confirmed = 0;
  let handedOut = 0;

  const chatOf = (n: number): number => firstPerson + (n % load.people);
  const answered = (n: number, how: 'tap' | 'screen'): void => {
    if (!queue.isReleased(n)) return;
    if (timing.note(n, how, queue.dueAt(n))) queue.answered(n);
  };
  return {
    waiting: (limit) => {
      const most = Math.min(queue.released(), confirmed + limit);
      handedOut = Math.max(handedOut, most);
      return Array.from({ length: most - confirmed }, (_, at) => {
        const n = queue.at(confirmed + at);
        const id = first + confirmed + at;
        return updateJson(load, { id, query: `${first}-${n}`, n, chat: chatOf(n), screens });
      });
    },
    confirm: (offset) => {
      confirmed = Math.max(confirmed, Math.min(queue.released(), offset - first));
    },
    called: timing.called,
    said: ({ chat, text, messageId }) => {
      if (messageId !== undefined) screens.set(chat, messageId);
      const person = chat - firstPerson;
      if (person < 0 || person >= load.people) return;
      const n = load.answer === 'message' ? timing.oldest(person) : markIn(text);
      if (n !== undefined && n % load.people === person) answered(n, 'screen');
    },
    tapAnswered: (queryId) => {
      const [course, n] = queryId.split('-').map(Number);
      if (course === first && n !== undefined) answered(n, 'tap'); // else of a load before
    },
    whenAnswered: timing.whenAnswered,
    report: () => ({ handedOut, ...timing.report(queue.dueAt(0)) }),
    end: queue.end,
    get after() {
      return { nextUpdate: first + queue.released(), screens };
    },
  };
};

const markIn = (text: string): number | undefined => {
  const mark = /#(\d+)/.exec(text)?.[1];
  return mark === undefined ? undefined : Number(mark);
};

interface ToWrite {
  readonly id: number;
  readonly query: string;
  readonly n: number;
  readonly chat: number;
  readonly screens: ReadonlyMap<number, number>;
}

const wordOf = ({ says }: Load, n: number): Says =>
  'length' in says ? (says[n % says.length] ?? { text: '' }) : says;

const updateJson = (load: Load, { id, query: queryId, n, chat, screens }: ToWrite): string => {
  const says = wordOf(load, n);
  const from = { id: chat, is_bot: false, first_name: `P${chat}`, language_code: 'id' };
  const where = { id: chat, type: 'private', first_name: from.first_name };
  const date = Math.floor(Date.now() / 1_000);
  const filled = (text: string): string => text.replaceAll('{n}', String(n));
  if ('text' in says) {
    const message = { message_id: id, from, chat: where, date, text: filled(says.text) };
    return JSON.stringify({ update_id: id, message });
  }
  const message = { message_id: screens.get(chat) ?? 1, chat: where, date, text: '·' };
  const query = { id: queryId, from, message, chat_instance: '1', data: filled(says.tap) };
  return JSON.stringify({ update_id: id, callback_query: query });
};
