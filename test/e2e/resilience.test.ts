import { expect } from 'chai';
import sharp from 'sharp';
import type { MessageView } from '../../adapters/sandbox/index.ts';
import { shortId } from '../../adapters/telegram/buttons.ts';
import { CODES } from '../../adapters/telegram/codes.ts';
import { textsIn } from '../../adapters/telegram/texts/index.ts';
import type { TrialBalance } from '../../core/index.ts';
import { phone, type Phone } from '../support/phone.ts';
import {
  ADMIN,
  CLIENT,
  SECOND_WORKER,
  startBotUnderTest,
  WORKER,
  type BotUnderTest,
} from '../support/running-bot.ts';
import { soundBooks } from '../support/sound-books.ts';

const { labels } = textsIn('id');
/** On the screen of settings. */
const LANGUAGES = 'Ketuk untuk mengganti';
const STRANGER = 100_099;
const ROGUE_NAME = '<b>Budi</b> & "Co" \u202e🦊<script>';

describe('the bot when things go wrong', function () {
  this.timeout(60_000);
  let bot: BotUnderTest;
  let client: Phone;
  let worker: Phone;
  let secondWorker: Phone;
  let admin: Phone;
  /** Of the bot, as far as they were looked at. */
  let lastCall = 0;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    bot = await startBotUnderTest({ DEPOSIT_INSTRUCTIONS: 'BCA 123 a.n. Upah' });
    const on = (id: number) => phone(bot.sandbox.client, id);
    [client, worker, admin, secondWorker] = [on(CLIENT), on(WORKER), on(ADMIN), on(SECOND_WORKER)];
    await Promise.all([
      enter(client, 'Citra', labels.client),
      enter(worker, 'Wahyu', labels.worker),
      enter(secondWorker, 'Sari', labels.worker),
      enter(admin, 'Ayu'),
    ]);
    await client.say('/topup');
    await client.screen('Langkah 1 dari 2');
    await client.say('100rb');
    await client.screen('BCA 123');
    await client.photo(1);
    await client.screen('admin');
    await admin.say(labels.deposits);
    await admin.screen('Top-up Rp 100.000');
    await admin.tap(labels.approve);
    await client.sees('Top-up disetujui.');
  });
  afterEach(() => bot?.sandbox.client.clearFaults());
  after(() => bot?.stop());

  const enter = async (person: Phone, name: string, role?: string): Promise<void> => {
    await person.say('/start');
    await person.tap(labels.acceptTerms);
    if (role !== undefined) await person.tap(role);
    await person.screen(name);
  };

  const books = (): Promise<TrialBalance> => soundBooks(bot.database.orm);

  /** Runs to the summary of a campaign of one task of Rp 1.000. */
  const order = async (link: string, instructions = labels.skip): Promise<MessageView> => {
    await client.say('/newcampaign');
    await client.screen('Langkah 1 dari 5');
    await client.tap('Like');
    await client.screen('Langkah 2 dari 5');
    await client.say(link);
    await client.screen('Langkah 3 dari 5');
    if (instructions === labels.skip) await client.tap(labels.skip);
    else await client.say(instructions);
    await client.screen('Langkah 4 dari 5');
    await client.say('1.000');
    await client.screen('Langkah 5 dari 5');
    await client.say('1');
    return client.screen('Periksa campaign');
  };

  const dataOf = ({ buttons }: MessageView, label: string): string =>
    buttons.flat().find(({ text }) => text.includes(label))?.data ?? '';

  const idsIn = async (table: string): Promise<string[]> => {
    const rows = await bot.database.orm.em
      .fork()
      .execute<{ id: string }[]>(`select id from ${table} order by id`);
    return rows.map(({ id }) => id);
  };

  /** Presses forged data, and waits until the button stops turning. */
  const answered = async (person: Phone, data: string): Promise<void> => {
    const { messages } = await person.chat();
    const newest = messages.findLast(({ from }) => from === 'bot');
    const { client: telegram } = bot.sandbox;
    lastCall =
      (await telegram.requests(undefined, { after: lastCall })).at(-1)?.sequence ?? lastCall;
    await telegram.pressData(person.id, newest?.id ?? 0, data);
    await telegram.waitForRequest(({ method }) => method === 'answerCallbackQuery', {
      after: lastCall,
    });
  };

  it('WAL-7 one tap twenty times at once, each delivered thrice, moves money once', async () => {
    const summary = await order('https://www.instagram.com/p/Twenty/');
    const data = dataOf(summary, labels.confirm);
    const { client: telegram } = bot.sandbox;
    const pressed = await Promise.all(
      Array.from({ length: 20 }, () => telegram.pressData(CLIENT, summary.id, data)),
    );
    for (const { updateId = 0 } of [...pressed, ...pressed]) await telegram.redeliver(updateId);
    await client.screen('Campaign tayang');
    await client.say('/help');
    await client.screen('Bantuan');
    expect(await books()).to.include({ wallets: 99_000n, escrows: 1_000n });
  });

  it('NTF-2 a message that met a 500, a 429 and a lost reply arrives all the same', async () => {
    const { client: telegram } = bot.sandbox;
    for (const trouble of [{ errorCode: 500 }, { errorCode: 429, retryAfter: 1 }]) {
      await telegram.fault({ method: 'sendMessage', chatId: WORKER, ...trouble });
    }
    await worker.say('/saldo');
    await worker.screen('Bisa dipakai'); // not on the home screen, which says Rp 0, too
    await telegram.fault({ method: 'sendMessage', chatId: WORKER, dropAfter: true });
    await worker.say('/bahasa');
    await worker.screen(LANGUAGES);
    await telegram.fault({ method: 'sendMessage', chatId: WORKER, dropBefore: true });
    await worker.say('/menu');
    await worker.screen('Wahyu');
  });

  it('SEC-4 a token that Telegram refuses for a moment costs no message', async () => {
    await bot.sandbox.client.fault({ method: 'sendMessage', chatId: WORKER, errorCode: 401 });
    await worker.say('/saldo');
    await worker.screen('Rp 0');
  });

  it('NTF-3 a chat whose messages hang does not delay another one', async () => {
    await bot.sandbox.client.fault({ method: 'sendMessage', chatId: WORKER, delayMs: 2_000 });
    await worker.say('/help');
    const isHanging = () =>
      worker.chat().then(({ messages }) => messages.at(-1)?.from === 'person');
    await client.say('/saldo');
    await client.screen('Rp 99.000');
    expect(await isHanging()).to.equal(true);
    await worker.screen('Bantuan');
  });

  it('NTF-2 somebody who blocked the bot stops nobody, and is served again on return', async () => {
    const { client: telegram } = bot.sandbox;
    await secondWorker.say(labels.offers);
    await telegram.fault({ method: 'sendMessage', chatId: SECOND_WORKER, errorCode: 403 });
    await secondWorker.say('/saldo');
    await telegram.block(SECOND_WORKER);
    await worker.say('/saldo');
    await worker.screen('Rp 0');
    await telegram.unblock(SECOND_WORKER);
    await secondWorker.say('/start payload-42');
    await secondWorker.screen('Sari');
  });

  it('ACC-6 SEC-2 forged buttons, of every kind and with everybody’s ids, change nothing', async () => {
    const before = await books();
    const ids = [...(await idsIn('campaigns')), ...(await idsIn('deposits'))].map(shortId);
    const own = new Set<string>([CODES.language, CODES.chooseRole, CODES.take]);
    const endings = ['x', ...ids];
    const codes = Object.values(CODES).filter((each) => !own.has(each));
    for (const [index, code] of codes.entries()) {
      await answered(worker, code);
      // each with each: forged.test.ts, which needs no database
      await answered(worker, `${code}:${endings[index % endings.length]}`);
    }
    for (const data of ['\u0000', "';drop table users", 'd@0:confirm', 'd@zzzzzzzz:back:1']) {
      await answered(worker, data);
    }
    expect(await books()).to.deep.equal(before);
    expect(await idsIn('takes')).to.deep.equal([]);
    await worker.say('/menu');
    await worker.screen('Wahyu');
  });

  it('ACC-6 commands and labels of another role are answered, and do nothing', async () => {
    for (const word of ['/newcampaign', '/topup', labels.review, labels.withdrawals]) {
      await worker.say(word);
      await worker.screen('⚠️');
      await worker.say('/menu');
      await worker.screen('Wahyu');
    }
    await client.say(labels.deposits);
    await client.screen('⚠️');
  });

  it('SEC-1 a name with HTML, emoji and a text of 4.096 signs are shown as written', async () => {
    const { client: telegram } = bot.sandbox;
    await telegram.addPerson({ id: STRANGER, firstName: ROGUE_NAME, lastName: 'x'.repeat(200) });
    const stranger = phone(telegram, STRANGER);
    await stranger.say('/start');
    await stranger.tap(labels.acceptTerms);
    await stranger.screen('<b>Budi</b> & "Co"');
    await stranger.tap(labels.worker);
    await stranger.screen('<b>Budi</b> & "Co"');
    await stranger.say('<'.repeat(4_096));
    await stranger.screen('⚠️');
  });

  it('REV-1 the longest texts and a picture too narrow for a photo reach worker and admin', async () => {
    const path = `https://www.instagram.com/p/${'L'.repeat(1_900)}/`;
    await order(path, '<&>🦊'.repeat(200));
    await client.tap(labels.confirm);
    await client.screen('Campaign tayang');
    await worker.say(labels.offers);
    await worker.tap('Rp 1.000');
    await worker.tap(labels.take);
    await worker.tap(labels.sendProof);
    await worker.screen('tangkapan layar');
    const narrow = { width: 220, height: 4_600, channels: 3, background: '#345' } as const;
    await worker.file(await sharp({ create: narrow }).png().toBuffer(), 'narrow.jpg');
    await worker.screen(/direview|diterima|menunggu/i);
    await admin.say(labels.review);
    expect((await admin.screen('Wahyu')).kind).to.equal('document');
    await admin.tap(labels.reject);
    await admin.screen('alasan');
    await admin.say('Gambar terlalu sempit');
    await worker.sees('Tugas ditolak — alasan:');
  });

  it('CAM-6 UX-3 a button of a campaign that was deleted meanwhile is refused in words', async () => {
    await secondWorker.say(labels.offers);
    await secondWorker.tap('Rp 1.000');
    const offer = await secondWorker.screen('Sisa: 1 tugas');
    await client.say(labels.campaigns);
    for (const id of await idsIn('campaigns')) {
      await answered(client, `${CODES.confirmDeleteCampaign}:${shortId(id)}`);
    }
    expect(await books()).to.include({ escrows: 0n, wallets: 100_000n });
    const takes = await idsIn('takes');
    await secondWorker.tapOld(offer, labels.take);
    await secondWorker.toast(/./);
    expect(await idsIn('takes')).to.deep.equal(takes);
  });
});
