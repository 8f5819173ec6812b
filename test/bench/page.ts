import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { Telegram } from 'telegraf';
import { startSandbox, type Sandbox } from '../../adapters/sandbox/index.ts';
import { launchChromium, openPage } from '../support/browser.ts';
import type { Bench, Side } from './contest.ts';
import { traced, WATCH, type Trace } from './trace.ts';

const CITRA = 100_001;
const SCROLL_MS = 3_000;
const NEW_MESSAGES = 20;
const FRAME_MAX_MS = 50;
const LIST = `document.querySelector('#person-${CITRA} .messages')`;

/** How long the frames of one part of a run took, in milliseconds. */
type Frames = readonly number[];

/** A chat of so many messages, open in a page of its own. */
interface Chat extends Side {
  readonly scrolling: number[];
  readonly arriving: number[];
  readonly longTasks: number[];
  close(): Promise<void>;
}

/** From the first message to the last, evenly, over SCROLL_MS. */
const SCROLL = `(async () => {
  const list = ${LIST};
  list.scrollTop = 0;
  await new Promise((done) => setTimeout(done, 500));
  const stop = window.watch();
  const start = performance.now();
  await new Promise((done) => {
    const step = () => {
      const share = Math.min(1, (performance.now() - start) / ${SCROLL_MS});
      list.scrollTop = share * (list.scrollHeight - list.clientHeight);
      if (share < 1) requestAnimationFrame(step);
      else requestAnimationFrame(done);
    };
    requestAnimationFrame(step);
  });
  stop();
})()`;

/** Texts, photos and keyboards in turn, as a bot's chat looks. */
async function fill(telegram: Telegram, sandbox: Sandbox, count: number): Promise<void> {
  const create = { width: 720, height: 1480, channels: 3, background: '#4477aa' } as const;
  const source = await sharp({ create }).jpeg().toBuffer();
  await sandbox.client.say(CITRA, '/start');
  const first = await telegram.sendPhoto(CITRA, { source });
  const photo = first.photo.at(-1)?.file_id ?? '';
  for (let line = 2; line < count; line += 1) {
    if (line % 10 === 5) await telegram.sendPhoto(CITRA, photo, { caption: `Bukti ${line}` });
    else if (line % 10 === 8) await sandbox.client.say(CITRA, `Jawaban nomor ${line}`);
    else await telegram.sendMessage(CITRA, text(line), line % 10 === 3 ? keyboard(line) : {});
  }
}

const text = (line: number): string =>
  `Pesan nomor ${line}. ${'Kirim tangkapan layar yang jelas. '.repeat(1 + (line % 4))}`;

const keyboard = (line: number) => ({
  reply_markup: {
    inline_keyboard: [
      [
        { text: 'Ambil', callback_data: `take:${line}` },
        { text: 'Lewati', callback_data: `skip:${line}` },
      ],
    ],
  },
});

async function openChat(browser: Browser, count: number): Promise<Chat> {
  const sandbox = await startSandbox();
  const telegram = new Telegram(sandbox.token, { apiRoot: sandbox.url });
  await fill(telegram, sandbox, count);
  const { page } = await openPage(browser, sandbox.url);
  await page
    .locator(`#person-${CITRA} article`)
    .nth(count - 1)
    .waitFor({ state: 'attached' });
  await page.evaluate(WATCH);
  const frames = { scrolling: [] as number[], arriving: [] as number[], longTasks: [] as number[] };
  let isWarm = false;
  return {
    name: `${count} messages`,
    ...frames,
    run: async () => {
      await page.bringToFront();
      const scroll = await traced(page, () => page.evaluate(SCROLL));
      const arrive = await receive(page, telegram);
      if (isWarm) {
        frames.scrolling.push(...scroll.frames);
        frames.arriving.push(...arrive.frames);
        frames.longTasks.push(...scroll.tasks, ...arrive.tasks);
      }
      isWarm = true;
      return scroll.frames.length + arrive.frames.length;
    },
    close: async () => {
      await page.close();
      await sandbox.stop();
    },
  };
}

/** Message after message, each seen before the next comes; afterwards the chat is as long as before. */
async function receive(page: Page, telegram: Telegram): Promise<Trace> {
  const ids: number[] = [];
  const newest = (): Locator => page.locator(`#person-${CITRA} article[data-id="${ids.at(-1)}"]`);
  const trace = await traced(page, async () => {
    await page.evaluate('{ window.stop = window.watch(); }');
    for (let line = 0; line < NEW_MESSAGES; line += 1) {
      ids.push((await telegram.sendMessage(CITRA, text(line), keyboard(line))).message_id);
      await newest().waitFor();
    }
    await page.evaluate('window.stop()');
  });
  for (const id of ids) await telegram.deleteMessage(CITRA, id);
  await newest().waitFor({ state: 'detached' });
  return trace;
}

const percentile = (values: Frames, share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0;

const inWords = (values: Frames): string =>
  `p95 ${percentile(values, 0.95).toFixed(1)} ms, longest ${Math.max(0, ...values).toFixed(1)} ms`;

const ratio = (ours: Frames, theirs: Frames): string =>
  `p95 ${(percentile(ours, 0.95) / percentile(theirs, 0.95)).toFixed(2)}, ` +
  `longest ${(Math.max(...ours) / Math.max(...theirs)).toFixed(2)}`;

function notesOf(long: Chat, short: Chat): Readonly<Record<string, string>> {
  const parts = { scrolling: 'scrolling', arriving: `${NEW_MESSAGES} new messages` } as const;
  const notes = Object.entries(parts).flatMap(([key, what]) => {
    const part = key as keyof typeof parts;
    return [
      [`${what}, ${long.name}`, inWords(long[part])],
      [`${what}, ${short.name}`, inWords(short[part])],
      [`${what}, ratio`, ratio(long[part], short[part])],
    ];
  });
  const tooLong = [...long.scrolling, ...long.arriving].filter((ms) => ms > FRAME_MAX_MS).length;
  return {
    ...(Object.fromEntries(notes) as Record<string, string>),
    [`frames over ${FRAME_MAX_MS} ms`]: `${tooLong} of ${long.scrolling.length + long.arriving.length}`,
    'long tasks': `${long.longTasks.length}, in the short chat ${short.longTasks.length}`,
  };
}

/** Frames of the sandbox's page while scrolling and while messages come, in a long chat and a short. */
export const page: Bench = {
  what: 'frames of the page, scrolling and receiving, in a long chat and in a short one',
  sizes: { messages: 1_000, few: 10 },
  goal: 0.9,
  database: false,
  open: async ({ messages = 0, few = 0 }) => {
    const browser = await launchChromium();
    if (!browser) throw new Error('This bench measures the page in Chromium, and there is none.');
    const ours = await openChat(browser, messages);
    const yardstick = await openChat(browser, few);
    return {
      unit: 'frames',
      ours,
      yardstick,
      notes: () => notesOf(ours, yardstick),
      close: async () => {
        await ours.close();
        await yardstick.close();
        await browser.close();
      },
    };
  },
};
