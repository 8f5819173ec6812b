import { expect } from 'chai';
import { useBrowser } from '../../support/browser.ts';
import { pageStage, type PageStage } from './page-stage.ts';
import { CITRA, INLINE } from './world.ts';

const MANY = 1000;

/** Counts in the page what happens to the bubbles of Citra's chat from now on. */
const WATCH = `
  new MutationObserver((records) => {
    for (const { addedNodes, removedNodes } of records) {
      const bubbles = (nodes) => [...nodes].filter((node) => node.matches?.('article')).length;
      window.changes.added += bubbles(addedNodes);
      window.changes.removed += bubbles(removedNodes);
    }
  }).observe(document.querySelector('#person-${CITRA} .messages'), {
    childList: true,
    subtree: true,
  });
  const plain = window.fetch;
  window.fetch = async (...request) => {
    const response = await plain(...request);
    if (request[0].includes('since=')) window.changes.bodies.push(response.clone().json());
    return response;
  }`;

interface Seen {
  readonly added: number;
  readonly removed: number;
  /** How many messages each answer carried. */
  readonly carried: readonly number[];
}

describe('sandbox: a chat of a thousand messages', function () {
  this.timeout(60_000);
  let stage: PageStage;

  const fill = async (): Promise<void> => {
    const { page, on } = stage;
    await page.goto('about:blank'); // who looks on draws each of them
    for (let line = 1; line < MANY; line += 1) {
      await on.sandbox.client.say(CITRA, `baris ${line}`);
    }
    await page.goto(on.sandbox.url);
    await stage.citra.getByText(`baris ${MANY - 1}`).waitFor();
    await stage.page.evaluate(WATCH);
  };
  useBrowser(
    async (browser) => {
      stage = await pageStage(browser);
      await fill();
    },
    () => stage?.[Symbol.asyncDispose](),
  );
  beforeEach(() => stage.page.evaluate('window.changes = { added: 0, removed: 0, bodies: [] }'));

  const seen = (): Promise<Seen> =>
    stage.page.evaluate(`(async () => {
      const { added, removed, bodies } = window.changes;
      const answers = await Promise.all(bodies);
      return { added, removed, carried: answers.map(({ messages }) => messages.length) };
    })()`);

  it('opens at its end', async () => {
    expect(await stage.citra.locator('article').count()).to.equal(MANY);
    await stage.citra.getByText(`baris ${MANY - 1}`).isVisible();
    await stage.citra.getByRole('button', { name: 'Ke pesan terbaru' }).waitFor({
      state: 'hidden',
    });
  });

  it('draws one bubble for a new message, and is told of no other', async () => {
    await stage.on.telegram.sendMessage(CITRA, 'baru', INLINE('a', 'Lama'));
    await stage.reads('baru');
    expect(await seen()).to.deep.equal({ added: 1, removed: 0, carried: [1] });
  });

  it('draws one bubble again for an edited message', async () => {
    const { messages } = await stage.on.sandbox.client.chat(CITRA);
    const id = messages.at(-1)?.id;
    await stage.on.telegram.editMessageText(CITRA, id, undefined, 'diganti');
    await stage.reads('diganti');
    expect(await seen()).to.deep.equal({ added: 1, removed: 1, carried: [1] });
  });

  it('leaves a reader alone who is further up, and counts what they miss', async () => {
    const { citra, on, page } = stage;
    const list = citra.getByRole('log');
    await list.focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Home');
    await citra.locator('article').first().getByText('halo').waitFor();
    await citra.getByRole('button', { name: 'Ke pesan terbaru' }).waitFor();
    const top = (): Promise<number> =>
      page.evaluate(`document.querySelector('#person-${CITRA} .messages').scrollTop`);
    const before = await top();
    await on.telegram.sendMessage(CITRA, 'terlewat');
    await citra.getByRole('button', { name: 'Ke pesan terbaru, 1 pesan belum dibaca' }).waitFor();
    expect(await top()).to.equal(before);
    await citra.getByRole('button', { name: /^Ke pesan terbaru/ }).click();
    await citra.getByText('Pesan belum dibaca').waitFor();
    await citra.getByRole('button', { name: /^Ke pesan terbaru/ }).waitFor({ state: 'hidden' });
  });
});
