import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Tour } from '../../../adapters/sandbox/index.ts';
import { useBrowser } from '../../support/browser.ts';
import { flaws, openTools, type Tools } from './tools-page.ts';
import { INLINE, poll, stage, type Stage } from './world.ts';

const SLOW = 3600;

/** A short story with new people each time, as a host tells it. */
function story(): () => Promise<Tour> {
  let count = 0;
  return async () => {
    count += 1;
    const client = { id: 1000 + count, firstName: 'Cici', caption: 'Pemilik warung' };
    const worker = { id: 2000 + count, firstName: 'Wawan', caption: 'Pekerja' };
    return {
      title: 'Dari dana sampai upah',
      people: [
        { key: 'client', seed: client },
        { key: 'worker', seed: worker },
      ],
      steps: [
        { caption: 'Cici menyapa bot.', person: 'client', act: { say: '/start' }, sees: 'Halo' },
        { caption: 'Cici setuju.', person: 'client', act: { press: 'Setuju' }, sees: 'Setuju' },
        { caption: 'Cici menulis.', person: 'client', act: { say: 'Kopi enak' }, sees: 'Kopi' },
        { caption: 'Wawan datang.', person: 'worker', act: { say: '/start' }, sees: 'Halo' },
      ],
    };
  };
}

/** A bot that greets with a button, and repeats everything else; ends with the sandbox. */
async function answer(on: Stage): Promise<void> {
  let offset = 0;
  for (;;) {
    const updates = await poll(on, { offset, timeout: 50 }).catch(() => undefined);
    if (!updates) return;
    for (const { update_id: id, message, callback_query: press } of updates) {
      offset = id + 1;
      const from = (message ?? press) as unknown as { from: { id: number } };
      const words = message?.text === '/start' ? 'Halo!' : (message?.text ?? 'Setuju!');
      await on.telegram.sendMessage(from.from.id, words, INLINE('agree', 'Setuju'));
    }
  }
}

describe('sandbox: the guided tour on the page', function () {
  this.timeout(60_000);
  let on: Stage;
  let tools: Tools;
  let tour = story();

  const browser = useBrowser(
    async (opened) => {
      const ledger = async () => ({ currency: 'IDR', accounts: [], sum: '0', postings: [] });
      on = await stage({ host: { ledger, tour: () => tour() } });
      void answer(on);
      tools = await openTools(opened, on);
      await tools.page.getByRole('button', { name: 'Tutup panel' }).click();
    },
    () => on?.sandbox.stop(),
  );
  afterEach(async () => {
    await on.sandbox.client.tour('stop');
    const leave = tourOf(tools.page).getByRole('button', { name: 'Coba sendiri' });
    if (await leave.isVisible()) await leave.click();
    await tourOf(tools.page).waitFor({ state: 'hidden' });
    expect(tools.complaints.splice(0), 'the console').to.deep.equal([]);
  });

  const tourOf = (page: Page) => page.getByRole('region', { name: 'Tur', exact: true });
  const start = (page: Page) => page.getByRole('button', { name: 'Putar tur 60 detik' });
  /** Those of the tour have left. */
  const ownPeopleOnly = async () => {
    await tools.page.locator('.column', { hasText: 'Wawan' }).waitFor({ state: 'detached' });
    expect(await visiblePeople(tools.page)).to.equal(3);
  };
  const visiblePeople = (page: Page) => page.locator('.column:visible').count();

  it('is not offered for a bot without one', async () => {
    await using bare = await stage();
    await using other = await openTools(browser(), bare);
    await other.page.locator('#tools-menu').waitFor({ state: 'attached' });
    await other.page.locator('.column').first().waitFor();
    expect(await start(other.page).isVisible()).to.equal(false);
  });

  it('starts at one button: a caption, the step it is at, its people and the ledger', async () => {
    await start(tools.page).click();
    const shown = tourOf(tools.page);
    await shown.getByText('Cici menyapa bot.').waitFor();
    await shown.getByText('Langkah 1 dari 4').waitFor();
    await shown.getByText('Dari dana sampai upah').waitFor();
    await tools.page.locator('.column.acting', { hasText: 'Cici' }).waitFor();
    expect(await visiblePeople(tools.page)).to.equal(2);
    expect(await start(tools.page).isVisible()).to.equal(false);
    const live = await shown.getByText('Cici menyapa bot.').getAttribute('aria-live');
    expect(live).to.equal('polite');
    await tools.page.getByText('Jumlah semua akun: Rp 0 ✓').waitFor();
  });

  it('pauses, goes on, and stops, with its people gone and everybody else back', async () => {
    await start(tools.page).click();
    const shown = tourOf(tools.page);
    await shown.getByRole('button', { name: 'Jeda' }).click();
    const goOn = shown.getByRole('button', { name: 'Lanjutkan' });
    await goOn.waitFor();
    expect((await on.sandbox.client.tour())?.state).to.equal('paused');
    expect(await goOn.evaluate((node) => node.matches(':focus')), 'focus').to.equal(true);
    await goOn.click();
    await shown.getByRole('button', { name: 'Jeda' }).waitFor();
    await shown.getByRole('button', { name: 'Hentikan' }).click();
    await shown.waitFor({ state: 'hidden' });
    expect((await on.sandbox.client.tour())?.state).to.equal('stopped');
    await ownPeopleOnly();
    expect(await start(tools.page).isVisible()).to.equal(true);
  });

  it('shows the finger on the button that is pressed next, and the text being typed', async () => {
    const watched = tools.page.evaluate(`new Promise((resolve) => {
      const seen = new Set();
      const look = () => {
        for (const node of document.querySelectorAll('.tapping')) seen.add(node.textContent);
        for (const node of document.querySelectorAll('.composer textarea')) seen.add(node.value);
        if (document.querySelector('.tour[data-state=done]')) resolve([...seen]);
        else requestAnimationFrame(look);
      };
      look();
    })`) as Promise<string[]>;
    await on.sandbox.client.startTour({ pace: 8 }); // two seconds a step: drawn on any machine
    const seen = await watched;
    expect(seen).to.include.members(['MULAI', 'Setuju']);
    expect(seen.some((words) => words.startsWith('Kopi'))).to.equal(true);
    const fields = await tools.page.locator('.column:visible .composer textarea').all();
    const left = await Promise.all(fields.map((field) => field.inputValue()));
    expect(left, 'nothing typed stays behind').to.deep.equal(['', '']);
    expect(await tools.page.locator('.tapping').count()).to.equal(0);
  });

  it('ends with an invitation to play again or to go on by oneself', async () => {
    await on.sandbox.client.startTour({ pace: 0 });
    const shown = tourOf(tools.page);
    await shown.getByRole('heading', { name: 'Itulah seluruh ceritanya' }).waitFor();
    await tools.page.locator('.column:visible').nth(1).waitFor();
    expect(await visiblePeople(tools.page)).to.equal(2);
    await shown.getByRole('button', { name: 'Putar lagi' }).click();
    await shown.getByText('Langkah 1 dari 4').waitFor();
    await on.sandbox.client.tour('stop');
    await shown.waitFor({ state: 'hidden' });
    await on.sandbox.client.startTour({ pace: 0 });
    await shown.getByRole('button', { name: 'Coba sendiri' }).click();
    await shown.waitFor({ state: 'hidden' });
    await ownPeopleOnly();
  });

  it('is over on every page as soon as somebody goes on by themselves', async () => {
    await using other = await openTools(browser(), on, { width: 390 });
    await on.sandbox.client.startTour({ pace: 0 });
    await tourOf(other.page).getByRole('button', { name: 'Coba sendiri' }).waitFor();
    await tourOf(tools.page).getByRole('button', { name: 'Coba sendiri' }).click();
    await tourOf(other.page).waitFor({ state: 'hidden' });
    expect(await other.page.locator('.tab:visible').count()).to.equal(3);
    expect(other.complaints).to.deep.equal([]);
  });

  it('says why it could not go on', async () => {
    const told = tour;
    tour = async () => ({
      ...(await told()),
      steps: [{ caption: 'Cici menunggu.', person: 'client', sees: 'yang tidak pernah datang' }],
    });
    await on.sandbox.client.startTour({ pace: 0, patienceMs: 50 });
    tour = told;
    await tourOf(tools.page)
      .getByRole('alert')
      .getByText(/yang tidak pernah datang/)
      .waitFor();
    await tourOf(tools.page).getByRole('button', { name: 'Putar lagi' }).waitFor();
  });

  it('says why it cannot begin', async () => {
    const told = tour;
    tour = () => Promise.reject(new Error('belum ada admin'));
    await start(tools.page).click();
    const refused = tools.page
      .getByRole('status')
      .getByText(/Tur tidak bisa dimulai: .*belum ada admin/);
    await refused.waitFor();
    tour = told;
    await tools.page.locator('.tour-start:enabled').waitFor();
  });

  it('shows on a phone the person who acts, also when opened in the middle of it', async () => {
    await on.sandbox.client.startTour({ pace: SLOW });
    await on.sandbox.client.tour('pause');
    const query = '?theme=dark&lang=en';
    await using phone = await openTools(browser(), on, { width: 390, query, stillMotion: true });
    await phone.page.getByText('Cici menyapa bot.').waitFor();
    await phone.page.getByRole('button', { name: 'Continue' }).waitFor();
    await phone.page.getByRole('tab', { name: 'Pemilik warung', selected: true }).waitFor();
    expect(await phone.page.locator('.tab:visible').count()).to.equal(2);
    expect(await flaws(phone.page), 'paused').to.deep.equal([]);
    await on.sandbox.client.tour('stop');
    await on.sandbox.client.startTour({ pace: 0 });
    await phone.page.getByRole('tab', { name: 'Pekerja', selected: true }).waitFor();
    await phone.page.getByRole('heading', { name: 'That is the whole story' }).waitFor();
    expect(await flaws(phone.page), 'done').to.deep.equal([]);
    expect(await phone.page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    expect(phone.complaints).to.deep.equal([]);
  });

  it('is not brought up again by a page opened after its end', async () => {
    await on.sandbox.client.startTour({ pace: 0 });
    await on.sandbox.client.tourEnd();
    await using other = await openTools(browser(), on);
    await start(other.page).waitFor();
    expect(await tourOf(other.page).isVisible()).to.equal(false);
  });

  it('has nothing that axe minds while it plays, with the finger out', async () => {
    await using other = await openTools(browser(), on, {
      query: '?theme=light',
      stillMotion: true,
    });
    await on.sandbox.client.startTour({ pace: 8 });
    await other.page.locator('.tapping').waitFor();
    await on.sandbox.client.tour('pause');
    expect(await flaws(other.page)).to.deep.equal([]);
    expect(other.complaints).to.deep.equal([]);
  });
});
