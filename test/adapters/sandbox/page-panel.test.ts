import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { LedgerView } from '../../../adapters/sandbox/index.ts';
import { useBrowser } from '../../support/browser.ts';
import { flaws, openTools, type Tools } from './tools-page.ts';
import { CITRA, greeted, stage, type Stage } from './world.ts';

let postingCount = 0;

/** Made-up books that a test changes by moving money. */
class Books {
  readonly #accounts = [
    { group: 'Dompet', name: 'Citra', balance: 1_250_000n },
    { group: 'Dompet', name: 'Wahyu', balance: 12_500n },
    { group: 'Escrow', name: 'Like · kopi', balance: 0n },
    { group: 'Dunia luar', name: 'Kas', balance: -1_262_500n },
  ];
  readonly #postings: LedgerView['postings'][number][] = [];
  lost = 0n;
  problem: string | undefined;
  readonly asked: string[] = [];

  move(what: string, from: string, to: string, amount: bigint): void {
    for (const account of this.#accounts) {
      if (account.name === from) account.balance -= amount;
      if (account.name === to) account.balance += amount;
    }
    const id = String((postingCount += 1));
    const at = '2026-11-21T08:00:00.000Z';
    this.#postings.unshift({ id, at, what, from, to, amount: String(amount) });
  }

  readonly read = async (language: string): Promise<LedgerView> => {
    this.asked.push(language);
    if (this.problem !== undefined) throw new Error(this.problem);
    return {
      currency: 'IDR',
      accounts: this.#accounts.map((account) => ({ ...account, balance: String(account.balance) })),
      sum: String(this.lost),
      postings: [...this.#postings],
    };
  };
}

describe('sandbox: the ledger beside the chats', function () {
  this.timeout(60_000);
  let on: Stage;
  let tools: Tools;
  let books = new Books();

  const browser = useBrowser(
    async (opened) => {
      on = await greeted({ host: { ledger: (language) => books.read(language) } });
      tools = await openTools(opened, on);
    },
    () => on?.sandbox.stop(),
  );
  beforeEach(() => {
    books = new Books();
  });
  afterEach(() => {
    expect(tools.complaints.splice(0), 'the console').to.deep.equal([]);
  });

  /** A change in a chat, at which the panel looks again. */
  const nudge = () => on.telegram.sendMessage(CITRA, 'Ada yang berubah');
  const ledgerOf = (page: Page) => page.getByRole('tabpanel', { name: 'Buku besar' });
  const rowOf = (page: Page, name: string) => page.locator('.account').filter({ hasText: name });

  it('shows every balance by group in rupiah, and that they add up to nothing', async () => {
    const ledger = ledgerOf(tools.page);
    await ledger.getByText('Belum ada uang yang berpindah.').waitFor();
    books.move('Upah tugas', 'Kas', 'Wahyu', 500n);
    await nudge();
    await ledger.getByText('Kas → Wahyu').waitFor();
    await ledger.getByText('Jumlah semua akun: Rp 0 ✓').waitFor();
    const headings = await ledger.getByRole('heading').allTextContents();
    expect(headings).to.deep.equal(['Dompet', 'Escrow', 'Dunia luar', 'Mutasi terakhir']);
    const amounts = await ledger.locator('.account .amount').allTextContents();
    expect(amounts.map((amount) => amount.replace('\u00A0', ' '))).to.deep.equal([
      'Rp 1.250.000',
      'Rp 13.000',
      'Rp 0',
      '−Rp 1.263.000',
    ]);
  });

  it('follows the chats: says what changed, and puts the new posting first', async () => {
    books.move('Top-Up', 'Kas', 'Citra', 10_000n);
    await nudge();
    const postings = ledgerOf(tools.page).getByRole('list').getByRole('listitem');
    await postings.first().getByText('Top-Up').waitFor();
    books.move('Upah tugas', 'Citra', 'Wahyu', 500n);
    await nudge();
    await rowOf(tools.page, 'Wahyu')
      .getByText(/^\+Rp.500$/)
      .waitFor();
    await rowOf(tools.page, 'Citra')
      .getByText(/^−Rp.500$/)
      .waitFor();
    expect(await rowOf(tools.page, 'Wahyu').textContent()).to.match(/Rp.13\.000$/);
    expect(await rowOf(tools.page, 'Kas').getAttribute('class'), 'unchanged').to.equal('account');
    expect(await postings.allTextContents()).to.have.length(2);
    expect(await postings.first().textContent()).to.match(/^Upah tugas/);
    expect(await postings.first().getAttribute('class')).to.equal('fresh');
    expect(await postings.last().getAttribute('class')).to.equal('');
  });

  it('notices money that moves without a message', async () => {
    books.move('Goodwill', 'Kas', 'Citra', 10_000n);
    await ledgerOf(tools.page).getByText('Goodwill').waitFor();
  });

  it('turns red where the sum is not zero', async () => {
    books.lost = -500n;
    await nudge();
    const sum = ledgerOf(tools.page).getByText(/Jumlah semua akun: −Rp.500 — seharusnya 0!/);
    await sum.waitFor();
    expect(await sum.getAttribute('class')).to.include('unsound');
  });

  it('asks more and more seldom while the books cannot be read', async () => {
    books.problem = 'basis data mati';
    await using other = await openTools(browser(), on);
    const { page } = other;
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().includes('/sandbox/ledger')) asked += 1;
    });
    const pass = async (ms: number): Promise<number> => {
      await page.clock.runFor(ms);
      await page.evaluate('fetch("/sandbox/state")');
      return asked;
    };
    await page.clock.install();
    await page.reload();
    await ledgerOf(page)
      .getByText(/basis data mati/)
      .waitFor();
    const before = asked;
    await page.clock.pauseAt(((await page.evaluate('Date.now()')) as number) + 200);
    expect(await pass(2_500), 'as soon as usual').to.equal(before);
    const again = page.waitForResponse('**/sandbox/ledger*');
    expect(await pass(2_500), 'later than usual').to.equal(before + 1);
    await again;
    expect(await pass(5_000), 'even later').to.equal(before + 1);
    expect(await pass(5_000)).to.equal(before + 2);
  });

  it('says in a sentence that the books cannot be read, and recovers', async () => {
    books.problem = 'basis data mati';
    await nudge();
    const problem = ledgerOf(tools.page).getByText(/Buku besar tidak terbaca: .*basis data mati/);
    await problem.waitFor();
    books.problem = undefined;
    await nudge();
    await problem.waitFor({ state: 'hidden' });
    await ledgerOf(tools.page).getByText('Jumlah semua akun: Rp 0 ✓').waitFor();
  });

  it('changes between ledger and calls with the arrow keys, and closes at Escape', async () => {
    await tools.page.getByRole('tab', { name: 'Buku besar' }).press('ArrowRight');
    await tools.page.getByRole('tabpanel', { name: 'Panggilan bot' }).waitFor();
    await tools.page.keyboard.press('ArrowRight');
    await ledgerOf(tools.page).waitFor();
    await tools.page.keyboard.press('Escape');
    await ledgerOf(tools.page).waitFor({ state: 'hidden' });
    const opener = tools.page.getByRole('button', { name: 'Buku besar' });
    expect(await opener.evaluate((node) => node.matches(':focus'))).to.equal(true);
  });

  it('stays closed once closed, asking for nothing, also when the page is opened again', async () => {
    await tools.page.reload();
    const opener = tools.page.getByRole('button', { name: 'Buku besar' });
    await opener.waitFor();
    expect(await ledgerOf(tools.page).isVisible()).to.equal(false);
    expect(books.asked).to.deep.equal([]);
    await opener.click();
    await ledgerOf(tools.page).getByText('Jumlah semua akun').waitFor();
    await tools.page.getByRole('button', { name: 'Tutup panel' }).click();
    await ledgerOf(tools.page).waitFor({ state: 'hidden' });
  });

  it('is not there for a bot whose program keeps no ledger, unlike the bot’s calls', async () => {
    await using bare = await stage();
    await using other = await openTools(browser(), bare);
    await other.tool('Panggilan bot');
    await other.page.getByRole('tabpanel', { name: 'Panggilan bot' }).waitFor();
    expect(
      await other.page.getByText('Buku besar').and(other.page.locator(':visible')).count(),
    ).to.equal(0);
  });

  it('is a sheet on a phone, asked for in the language of the page, and nothing axe minds', async () => {
    const query = '?lang=en&theme=dark';
    await using phone = await openTools(browser(), on, { width: 390, query, stillMotion: true });
    const opener = phone.page.getByRole('button', { name: 'Ledger' });
    await opener.waitFor();
    expect(books.asked, 'closed at first').to.deep.equal([]);
    await opener.click();
    await phone.page.getByText('Sum of all accounts: Rp 0 ✓').waitFor();
    expect(new Set(books.asked)).to.deep.equal(new Set(['en']));
    expect(await phone.page.locator('#panel').boundingBox()).to.include({ x: 0, width: 390 });
    expect(await flaws(phone.page)).to.deep.equal([]);
    expect(await phone.page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    expect(phone.complaints).to.deep.equal([]);
  });

  it('has nothing that axe minds with changed amounts and with an opened call', async () => {
    await using other = await openTools(browser(), on, {
      query: '?theme=light',
      stillMotion: true,
    });
    await rowOf(other.page, 'Wahyu').waitFor();
    books.move('Upah tugas', 'Citra', 'Wahyu', 500n);
    await nudge();
    await rowOf(other.page, 'Wahyu')
      .getByText(/^\+Rp.500$/)
      .waitFor();
    expect(await flaws(other.page), 'ledger').to.deep.equal([]);
    await other.page.getByRole('tab', { name: 'Panggilan bot' }).click();
    await other.page.locator('.calls summary').first().click();
    await other.page.locator('.calls pre').first().waitFor();
    expect(await flaws(other.page), 'calls').to.deep.equal([]);
    expect(other.complaints).to.deep.equal([]);
  });
});
