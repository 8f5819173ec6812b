import { expect } from 'chai';
import type { Browser, Locator, Page } from 'playwright-core';
import type { SandboxOptions } from '../../../adapters/sandbox/index.ts';
import { openPage, useBrowser } from '../../support/browser.ts';
import { CITRA, greeted, poll, type Stage } from './world.ts';

/** A sandbox in which Citra has said hello, and its page; `await using` closes both. */
export interface PageStage extends AsyncDisposable {
  readonly on: Stage;
  readonly page: Page;
  readonly citra: Locator;
  /** Citra's newest message of the bot with this text. */
  reads(text: string | RegExp): Promise<Locator>;
  /** Empties every chat; Citra says hello again. */
  anew(): Promise<void>;
  /** The next press of a button that the bot hears of: the id to answer it by, and its data. */
  hearsPress(): Promise<{ readonly id: string; readonly data: string }>;
  /** What the page complained of on its console so far. */
  readonly complaints: readonly string[];
}

export interface PageOptions extends SandboxOptions {
  readonly width?: number;
  /** Behind the address, for instance `?theme=dark`. */
  readonly query?: string;
}

export async function pageStage(
  browser: Browser,
  { width = 1440, query = '', ...options }: PageOptions = {},
): Promise<PageStage> {
  const on = await greeted(options);
  const { page, complaints } = await openPage(browser, `${on.sandbox.url}/${query}`, {
    width,
    mayBeRefused: true,
  });
  let offset = 0;
  const citra = page.locator(`#person-${CITRA}`);
  await citra.locator('article').first().waitFor();
  return {
    on,
    page,
    citra,
    complaints,
    anew: async () => {
      await on.sandbox.client.reset();
      await citra.locator('article').first().waitFor({ state: 'detached' });
      await on.sandbox.client.say(CITRA, 'halo');
      await citra.locator('article').waitFor();
    },
    hearsPress: async () => {
      for (;;) {
        const [update] = await poll(on, { offset, limit: 1, timeout: 30 });
        offset = (update?.update_id ?? 0) + 1;
        if (update?.callback_query) return update.callback_query;
      }
    },
    reads: async (text) => {
      const message = citra.locator('article.theirs').filter({ hasText: text }).last();
      await message.waitFor();
      return message;
    },
    [Symbol.asyncDispose]: async () => {
      await page.close();
      await on[Symbol.asyncDispose]();
    },
  };
}

/**
 * One browser and one stage for all tests of a `describe`, with a chat begun anew for each; skips them
 * where there is no Chromium. Fails a test that the page complained in.
 */
export function useStage(): { stage(): PageStage; browser(): Browser } {
  let stage: PageStage | undefined;
  const theStage = (): PageStage => {
    if (!stage) throw new Error('no page');
    return stage;
  };
  const browser = useBrowser(
    async (opened) => {
      stage = await pageStage(opened);
      await stage.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    },
    () => stage?.[Symbol.asyncDispose](),
  );
  beforeEach(() => theStage().anew());
  afterEach(() => expect(theStage().complaints).to.deep.equal([]));
  return { stage: theStage, browser };
}
