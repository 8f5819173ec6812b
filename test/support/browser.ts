import { existsSync } from 'node:fs';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const QUIET = ['background-networking', 'component-update', 'sync', 'quic', 'gpu'];
/** The first two are pages that each window has for its address bar: a third of all its work. */
const FEATURES_OFF = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // Playwright's own list, as far as it matters here: of two such arguments the last one counts
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
];
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--no-first-run',
  ...QUIET.map((x) => `--disable-${x}`),
  `--disable-features=${FEATURES_OFF.join(',')}`,
];
const PATIENCE_MS = 10_000;

/** A headless Chromium; undefined, and a warning that nobody overlooks, where there is none. */
export const launchChromium = async (): Promise<Browser | undefined> => {
  if (existsSync(CHROMIUM)) return chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  console.warn(
    `SKIPPED: no Chromium at ${CHROMIUM}, so nothing tests the page. Install it ` +
      '(apt-get install chromium), or set CHROMIUM_PATH to one that you have.',
  );
  return undefined;
};

/**
 * A Chromium for all tests of a `describe`, which are skipped where there is none. `prepare` goes
 * before them, `clear` after them, also where `prepare` has failed.
 */
export const useBrowser = (
  prepare: (browser: Browser) => Promise<unknown>,
  clear: () => PromiseLike<unknown> | undefined,
): (() => Browser) => {
  let browser: Browser | undefined;
  before(async function () {
    browser = await launchChromium();
    if (!browser) return this.skip();
    await prepare(browser);
  });
  after(async () => {
    try {
      if (browser) await clear();
    } finally {
      await browser?.close();
    }
  });
  return () => {
    if (!browser) throw new Error('no browser');
    return browser;
  };
};

interface PageLook {
  /** Pixels; 1440 unless told. Up to a phone's, the height is a phone's, too. */
  readonly width?: number;
  readonly stillMotion?: boolean;
  /** What the sandbox refuses is no complaint: the browser notes it at a time of its own. */
  readonly mayBeRefused?: boolean;
}

const REFUSED = /the server responded with a status of/;

/** Opens `url`; what the page complains of on its console gathers in `complaints`. */
export const openPage = async (
  browser: Browser,
  url: string,
  { width = 1440, stillMotion = false, mayBeRefused = false }: PageLook = {},
): Promise<{ readonly page: Page; readonly complaints: string[] }> => {
  const page = await browser.newPage({
    locale: 'id-ID',
    viewport: { width, height: width < 900 ? 844 : 900 },
    reducedMotion: stillMotion ? 'reduce' : 'no-preference',
  });
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('console', (line) => {
    if (mayBeRefused && REFUSED.test(line.text())) return;
    if (['error', 'warning'].includes(line.type())) complaints.push(line.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(url);
  return { page, complaints };
};

/** A file on the disk of whoever sends it. */
export interface PickedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** One person's column of the page, used with mouse and keyboard only. */
export interface Hand {
  readonly column: Locator;
  /** Presses the large button of an empty chat. */
  start(): Promise<void>;
  /** Clicks the newest inline button with this label. */
  tap(label: string): Promise<void>;
  /** Clicks a key of the reply keyboard. */
  key(label: string): Promise<void>;
  say(text: string): Promise<void>;
  /** Sends a picture that the page makes up. */
  attach(choice: 'Kirim contoh screenshot' | 'Kirim contoh bukti transfer'): Promise<void>;
  /** Picks a file and sends it: a picture as a photo, all else as a file. */
  give(file: PickedFile): Promise<void>;
  /** Waits until the bot says this; resolves to the newest message that does. */
  reads(text: string | RegExp): Promise<Locator>;
  /** The same; resolves to all that this message says, also where it is out of sight. */
  says(text: string | RegExp): Promise<string>;
  /** Waits for the answer to a tap. */
  toast(text: string | RegExp): Promise<void>;
  /** Whether the newest message is in sight. */
  isAtEnd(): Promise<boolean>;
}

export const handOf = (page: Page, personId: number): Hand => {
  const column = page.locator(`#person-${personId}`);
  const chat = column.getByRole('log');
  const field = column.getByLabel('Tulis pesan');
  const reads = async (text: string | RegExp): Promise<Locator> => {
    const message = chat.getByRole('article', { name: 'Pesan bot' }).filter({ hasText: text });
    await message.last().waitFor();
    return message.last();
  };
  return {
    column,
    start: () => column.getByRole('button', { name: 'MULAI' }).click(),
    tap: (label) => chat.getByRole('button', { name: label }).last().click(),
    key: (label) =>
      column
        .getByRole('group', { name: 'Papan tombol' })
        .getByRole('button', { name: label })
        .click(),
    say: async (text) => {
      await field.fill(text);
      await field.press('Enter');
    },
    attach: async (choice) => {
      await column.getByRole('button', { name: 'Lampirkan' }).click();
      await column.getByRole('menuitem', { name: choice }).click();
    },
    give: async (file) => {
      const accept = file.mimeType.startsWith('image/') ? '[accept]' : ':not([accept])';
      await column.locator(`input[type="file"]${accept}`).setInputFiles(file);
      await column.getByRole('button', { name: 'Kirim', exact: true }).click();
    },
    reads,
    // its text is there before the bubble is drawn
    says: async (text) => (await (await reads(text)).textContent()) ?? '',
    toast: (text) => column.getByRole('status').getByText(text).waitFor(),
    isAtEnd: () =>
      chat.evaluate(
        ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight < 2,
      ),
  };
};
