import { expect } from 'chai';
import { useBrowser } from '../../support/browser.ts';
import { flaws, openTools, type Tools } from './tools-page.ts';
import { checkAnswers } from './schema/check.ts';
import { CITRA, INLINE, WAHYU, poll, refusal, stage, type Stage } from './world.ts';

const HALF_HOUR = 30 * 60_000;

describe('sandbox: the tools of the page', function () {
  this.timeout(60_000);
  let on: Stage;
  let tools: Tools;
  let moved: number[] = [];
  let stuck: string | undefined;
  const advance = async (ms: number): Promise<void> => {
    if (stuck !== undefined) throw new Error(stuck);
    moved.push(ms);
  };

  const browser = useBrowser(
    async (opened) => {
      on = await stage({ host: { advance } });
      tools = await openTools(opened, on);
    },
    () => on?.sandbox.stop(),
  );
  beforeEach(async () => {
    await on.sandbox.client.reset();
    await on.sandbox.client.say(CITRA, 'halo');
    await nextUpdate();
    moved = [];
  });
  afterEach(async () => {
    await tools.closeForms();
    expect(tools.complaints.splice(0), 'the console').to.deep.equal([]);
  });

  let offset = 0;
  const nextUpdate = async () => {
    const [update] = await poll(on, { offset, limit: 1, timeout: 30 });
    offset = (update?.update_id ?? 0) + 1;
    return update;
  };
  const people = () => on.sandbox.client.people();

  it('adds a person with an emoji in the name, who can greet the bot at once', async () => {
    await tools.tool('Tambah orang…');
    const form = tools.page.getByRole('dialog', { name: 'Tambah orang' });
    await form.getByLabel('Nama depan').fill('Budi 🦊');
    await form.getByLabel('Nama belakang').fill('Santoso');
    await form.getByLabel('Username').fill('@budi_santoso');
    await form.getByLabel('Peran').fill('Pengamat');
    await form.getByLabel('Bahasa Telegram').selectOption('en');
    await form.getByLabel('Bahasa Telegram').press('Enter');
    await form.getByRole('button', { name: 'Tambahkan' }).click();
    const column = tools.page.getByRole('region', { name: /Budi 🦊 Santoso/ });
    await column.getByRole('button', { name: 'MULAI' }).click();
    const update = await nextUpdate();
    expect(update).to.have.nested.property('message.from').that.includes({
      first_name: 'Budi 🦊',
      last_name: 'Santoso',
      username: 'budi_santoso',
      language_code: 'en',
    });
    await tools.page.getByText('Budi 🦊 Santoso sudah ditambahkan.').waitFor();
  });

  it('says in the form what is wrong with a person, at the field it is about', async () => {
    const before = await people();
    await tools.tool('Tambah orang…');
    const form = tools.page.getByRole('dialog', { name: 'Tambah orang' });
    const add = form.getByRole('button', { name: 'Tambahkan' });
    const refused = form.getByRole('alert');
    await add.click();
    await refused.getByText('Isi nama depannya dulu.').waitFor();
    expect(await form.getByLabel('Nama depan').evaluate((node) => node.matches(':focus'))).to.equal(
      true,
    );
    await form.getByLabel('Nama depan').fill('Sari');
    await form.getByLabel('Username').fill('é!');
    await add.click();
    await refused.getByText(/Username harus 5–32 karakter/).waitFor();
    await form.getByLabel('Username').fill('CITRA_client');
    await add.click();
    await refused.getByText(/sudah dipakai Citra Lestari/).waitFor();
    expect(await form.getByLabel('Username').getAttribute('aria-invalid')).to.equal('true');
    expect(await people()).to.deep.equal(before);
  });

  it('deletes somebody’s account: their chat goes, and the bot is told 403', async () => {
    await on.sandbox.client.addPerson({ id: 7, firstName: 'Tono' });
    await on.sandbox.client.say(7, 'halo');
    await tools.page.locator('#person-7').waitFor();
    await tools.tool('Hapus akun…');
    const form = tools.page.getByRole('dialog', { name: 'Hapus akun' });
    await form.getByLabel('Siapa?').selectOption('Tono');
    await form.getByRole('button', { name: 'Hapus akun' }).click();
    await tools.page.locator('#person-7').waitFor({ state: 'detached' });
    const sent = on.telegram.sendMessage(7, 'Halo?');
    expect(await refusal(sent)).to.equal('403: Forbidden: user is deactivated');
  });

  it('presses a button that is gone, and as one whose answer comes too late', async () => {
    const sent = await on.telegram.sendMessage(CITRA, 'Setuju?', INLINE('agree', 'Setuju'));
    await on.telegram.editMessageText(CITRA, sent.message_id, undefined, 'Terlambat');
    await on.telegram.sendMessage(CITRA, 'Lagi?', INLINE('again', 'Lagi'));
    await tools.tool('Tekan tombol lama…');
    const form = tools.page.getByRole('dialog', { name: 'Tekan tombol lama' });
    const gone = form.getByRole('radio', { name: /Setuju.*sudah hilang/ });
    await gone.waitFor();
    expect(await gone.isChecked(), 'what is gone is offered first').to.equal(true);
    await form.getByRole('radio', { name: /Lagi.*masih ada/ }).waitFor();
    await form.getByLabel(/kedaluwarsa/).check();
    await form.getByRole('button', { name: 'Tekan' }).click();
    const press = await nextUpdate();
    expect(press?.callback_query?.data).to.equal('agree');
    const answer = on.telegram.answerCbQuery(press?.callback_query?.id ?? '');
    expect(await refusal(answer)).to.match(/query is too old/);
  });

  it('says so where a person was never sent a button', async () => {
    await tools.tool('Tekan tombol lama…');
    const form = tools.page.getByRole('dialog', { name: 'Tekan tombol lama' });
    await form.getByText('Orang ini belum pernah menerima tombol.').waitFor();
    await form.getByRole('button', { name: 'Tekan' }).click();
    await form.getByRole('alert').getByText('Pilih satu tombol dulu.').waitFor();
  });

  it('causes a fault for one call and person, shows what still waits, and removes it', async () => {
    await tools.tool('Buat gangguan…');
    const form = tools.page.getByRole('dialog', { name: 'Buat gangguan' });
    await form.getByLabel('Detik').fill('7');
    await form.getByLabel('Berapa kali').fill('2');
    await form.getByLabel('Panggilan').selectOption('sendMessage');
    await form.getByRole('combobox', { name: 'Orang' }).selectOption('Citra Lestari · Client');
    await form.getByRole('button', { name: 'Tambahkan gangguan' }).click();
    await form.getByText('Menunggu (1)').waitFor();
    const { status, body } = await on.call('sendMessage', { chat_id: CITRA, text: 'halo' });
    expect(status).to.equal(429);
    expect(body.parameters).to.deep.equal({ retry_after: 7 });
    await form.getByText('1× lagi').waitFor();
    await form.getByText('sendMessage · Citra Lestari').waitFor();
    await form.getByRole('button', { name: 'Hapus semua' }).click();
    await form.getByText(/Menunggu/).waitFor({ state: 'hidden' });
    expect(await on.sandbox.client.faults()).to.deep.equal([]);
  });

  it('has a ready-made fault for each trouble, in the control plane’s terms', async () => {
    await tools.tool('Buat gangguan…');
    const form = tools.page.getByRole('dialog', { name: 'Buat gangguan' });
    const kinds = await form.getByRole('radio').all();
    for (const [index, kind] of kinds.entries()) {
      await kind.check();
      await form.getByRole('button', { name: 'Tambahkan gangguan' }).click();
      await form.getByText(`Menunggu (${index + 1})`).waitFor();
    }
    const faults = await on.sandbox.client.faults();
    const once = { count: 1, left: 1 };
    expect(faults).to.deep.equal([
      { errorCode: 429, retryAfter: 5, ...once },
      { errorCode: 403, ...once },
      { errorCode: 502, asPage: true, ...once },
      { errorCode: 500, ...once },
      { delayMs: 3000, ...once },
      { dropBefore: true, ...once },
      { dropAfter: true, ...once },
    ]);
  });

  it('refuses a fault with a number that makes no sense, and adds none', async () => {
    await tools.tool('Buat gangguan…');
    const form = tools.page.getByRole('dialog', { name: 'Buat gangguan' });
    await form.getByLabel('Berapa kali').fill('0');
    await form.getByRole('button', { name: 'Tambahkan gangguan' }).click();
    await form.getByText('Isi dengan bilangan bulat dari 1 sampai 1000.').waitFor();
    expect(await on.sandbox.client.faults()).to.deep.equal([]);
  });

  it('switches the rate limits, and follows a switch made elsewhere', async () => {
    await tools.tool('Batas laju Telegram');
    await tools.page.getByRole('switch', { name: 'Batas laju Telegram', checked: true }).waitFor();
    expect((await on.sandbox.client.state()).limits.on).to.equal(true);
    await on.sandbox.client.limit(false);
    await tools.page.getByRole('switch', { checked: false }).waitFor();
    await tools.page.keyboard.press('Escape');
  });

  it('moves the clock of sandbox and bot, and shows the time that it is there', async () => {
    const face = tools.page.locator('.clock-face');
    expect(await face.isVisible(), 'no clock while it is as everywhere').to.equal(false);
    await tools.tool('+30 menit');
    await face.getByText(/^Jam sandbox: 21 Nov \d\d\.\d\d \(\+30 mnt\)$/).waitFor();
    await tools.tool('Lainnya…');
    const form = tools.page.getByRole('dialog', { name: 'Majukan waktu' });
    await form.getByLabel('Berapa lama').fill('-1');
    await form.getByRole('button', { name: 'Majukan' }).click();
    await form
      .getByRole('alert')
      .getByText(/lebih dari 0 dan paling lama 30 hari/)
      .waitFor();
    await form.getByLabel('Berapa lama').fill('1.5');
    await form.getByLabel('Satuan').selectOption('hari');
    await form.getByRole('button', { name: 'Majukan' }).click();
    await face.getByText(/\(\+1 hari 12 jam 30 mnt\)$/).waitFor();
    expect(moved).to.deep.equal([HALF_HOUR, 1.5 * 24 * 3_600_000]);
  });

  it('says what failed where the bot cannot move its clock', async () => {
    stuck = 'jam bot macet';
    await tools.tool('+1 jam');
    await tools.page
      .getByRole('status')
      .getByText(/Tidak berhasil:.*jam bot macet/)
      .waitFor();
    stuck = undefined;
  });

  it('lists the bot’s calls with what was asked and answered, without the polling', async () => {
    await refusal(on.telegram.sendMessage(WAHYU, 'halo'));
    await on.telegram.sendMessage(CITRA, 'Selamat datang');
    await tools.tool('Panggilan bot');
    const calls = tools.page.getByRole('tabpanel', { name: 'Panggilan bot' });
    const newest = calls.getByRole('listitem').filter({ hasText: 'sendMessage' }).first();
    await newest.getByText('OK').waitFor();
    await calls.getByRole('listitem').filter({ hasText: '400' }).waitFor();
    expect(await calls.getByText('getUpdates', { exact: true }).isVisible()).to.equal(false);
    await newest.locator('summary').click();
    await newest.getByText('"text": "Selamat datang"').first().waitFor();
    await newest.getByText('"ok": true').waitFor();
    await calls.getByLabel('Sembunyikan getUpdates').uncheck();
    await calls.getByText('getUpdates', { exact: true }).first().waitFor();
    await on.telegram.sendChatAction(CITRA, 'typing');
    await calls.getByText('sendChatAction').waitFor();
    await tools.page.getByRole('button', { name: 'Tutup panel' }).click();
  });

  it('empties the chats only after asking', async () => {
    await tools.tool('Kosongkan semua chat…');
    const question = tools.page.getByRole('dialog', { name: /Kosongkan semua chat/ });
    await question.getByRole('button', { name: 'Batal' }).click();
    expect((await on.sandbox.client.chat(CITRA)).messages).to.have.length(1);
    await tools.tool('Kosongkan semua chat…');
    await checkAnswers(on.sandbox.client); // the log of calls goes, too
    await question.getByRole('button', { name: 'Kosongkan' }).click();
    await on.sandbox.client.waitFor(CITRA, ({ messages }) => messages.length === 0);
  });

  it('works with the keyboard alone, and gives the focus back', async () => {
    const opener = tools.page.getByRole('button', { name: 'Alat sandbox' });
    await opener.focus();
    await tools.page.keyboard.press('Enter');
    const item = tools.page.getByRole('button', { name: 'Tambah orang…' });
    await item.focus();
    await tools.page.keyboard.press('Enter');
    const form = tools.page.getByRole('dialog', { name: 'Tambah orang' });
    await form.waitFor();
    await tools.page.keyboard.type('Sari');
    await tools.page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await tools.page.getByRole('region', { name: /Sari/ }).waitFor();
    expect(await opener.evaluate((node) => node.matches(':focus'))).to.equal(true);
    await tools.page.keyboard.press('Enter');
    await item.waitFor();
    await tools.page.keyboard.press('Escape');
    await item.waitFor({ state: 'hidden' });
    expect(await opener.evaluate((node) => node.matches(':focus'))).to.equal(true);
  });

  for (const { query, width, forms } of [
    { query: '?theme=light', width: 1440, forms: ['Tambah orang…', 'Tekan tombol lama…'] },
    { query: '?theme=dark&lang=en', width: 390, forms: ['Cause a fault…', 'Delete an account…'] },
  ]) {
    it(`has nothing that axe minds in menu and forms, ${width} px, ${query}`, async () => {
      await on.telegram.sendMessage(CITRA, 'Setuju?', INLINE('agree', 'Setuju'));
      await on.sandbox.client.fault({ errorCode: 429, retryAfter: 3 });
      await on.sandbox.client.advance(HALF_HOUR);
      await using other = await openTools(browser(), on, { width, query, stillMotion: true });
      await other.page.locator('.clock-face').waitFor();
      await other.page.locator('#tools [popovertarget]').click();
      expect(await flaws(other.page), 'menu').to.deep.equal([]);
      await other.page.keyboard.press('Escape');
      for (const name of forms) {
        await other.tool(name);
        await other.page.locator('dialog.sheet').waitFor();
        expect(await flaws(other.page), name).to.deep.equal([]);
        await other.closeForms();
      }
      expect(await other.page.evaluate('document.documentElement.scrollWidth')).to.equal(width);
      expect(other.complaints).to.deep.equal([]);
    });
  }
});
