import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { Stage } from './world.ts';

/** A page of the sandbox and what it complained of on its console. */
export interface Desk extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: string[];
  /** Presses a point of the menu of tools. */
  tool(name: string | RegExp): Promise<void>;
  /** Closes whatever form is open. */
  closeForms(): Promise<void>;
}

interface DeskOptions {
  readonly width?: number;
  /** What follows the address, for instance `?theme=dark`. */
  readonly query?: string;
  readonly stillMotion?: boolean;
}

const PATIENCE_MS = 10_000;

export async function openDesk(
  browser: Browser,
  on: Stage,
  { width = 1440, query = '', stillMotion = false }: DeskOptions = {},
): Promise<Desk> {
  const context = await browser.newContext({
    viewport: { width, height: width < 900 ? 844 : 900 },
    locale: 'id-ID',
    reducedMotion: stillMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) complaints.push(line.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(on.sandbox.url + query);
  await page.locator('.column').first().waitFor({ state: 'attached' });
  return {
    page,
    complaints,
    tool: async (name) => {
      await page.locator('#tools [popovertarget="tools-menu"]').click();
      await page.locator('#tools-menu').getByText(name).click();
    },
    closeForms: async () => {
      const forms = page.locator('dialog.sheet');
      if ((await forms.count()) > 0) await page.keyboard.press('Escape');
      await forms.waitFor({ state: 'detached' });
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** What axe finds wrong with the page as it stands, as `rule: element`. */
export async function flaws(page: Page): Promise<string[]> {
  // What is still fading in would be measured half faded.
  await page.evaluate('Promise.allSettled(document.getAnimations().map((x) => x.finished))');
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
