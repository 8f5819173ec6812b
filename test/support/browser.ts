import { existsSync } from 'node:fs';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const QUIET = ['background-networking', 'component-update', 'sync', 'quic', 'gpu'];
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--no-first-run',
  ...QUIET.map((x) => `--disable-${x}`),
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

/** Opens `url`; what the page complains of on its console gathers in `complaints`. */
export const openPage = async (
  browser: Browser,
  url: string,
  width = 1440,
): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> => {
  const page = await browser.newPage({ locale: 'id-ID', viewport: { width, height: 900 } });
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) complaints.push(line.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(url);
  return { page, complaints };
};

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
  /** Waits until the bot says this; resolves to the newest message that does. */
  reads(text: string | RegExp): Promise<Locator>;
  /** Waits for the answer to a tap. */
  toast(text: string | RegExp): Promise<void>;
  /** Whether the newest message is in sight. */
  isAtEnd(): Promise<boolean>;
}

export const handOf = (page: Page, personId: number): Hand => {
  const column = page.locator(`#person-${personId}`);
  const chat = column.getByRole('log');
  const field = column.getByLabel('Tulis pesan');
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
    reads: async (text) => {
      const message = chat.getByRole('article', { name: 'Pesan bot' }).filter({ hasText: text });
      await message.last().waitFor();
      return message.last();
    },
    toast: (text) => column.getByRole('status').getByText(text).waitFor(),
    isAtEnd: () =>
      chat.evaluate(
        ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight < 2,
      ),
  };
};
