import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { openPage } from '../../support/browser.ts';
import type { Stage } from './world.ts';

/** A page of the sandbox and what it complained of on its console. */
export interface Tools extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: string[];
  /** Presses a point of the menu of tools. */
  tool(name: string | RegExp): Promise<void>;
  /** Closes whatever form is open. */
  closeForms(): Promise<void>;
}

interface ToolsOptions {
  readonly width?: number;
  /** What follows the address, for instance `?theme=dark`. */
  readonly query?: string;
  readonly stillMotion?: boolean;
}

export async function openTools(
  browser: Browser,
  on: Stage,
  { query = '', ...look }: ToolsOptions = {},
): Promise<Tools> {
  const { page, complaints } = await openPage(browser, on.sandbox.url + query, {
    ...look,
    mayBeRefused: true,
  });
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
    [Symbol.asyncDispose]: () => page.close(),
  };
}

/** What axe finds wrong with the page as it stands, as `rule: element`. */
export async function flaws(page: Page): Promise<string[]> {
  // What is still fading in would be measured half faded; what turns for ever never ends.
  await page.evaluate(`Promise.allSettled(document.getAnimations()
    .filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime))
    .map(({ finished }) => finished))`);
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  const asked = `axe.run({ resultTypes: ['violations'] })`; // what is right need not be told
  const { violations } = (await page.evaluate(asked)) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
