import { expect } from 'chai';
import { Bot, GrammyError, HttpError, InlineKeyboard, InputFile, webhookCallback } from 'grammy';
import { listening } from './hook.ts';
import { CITRA, greeted, png, poll, stage, type Stage } from './world.ts';

const botOn = ({ sandbox }: Stage): Bot =>
  new Bot(sandbox.token, { client: { apiRoot: sandbox.url } });

/** What the call threw. */
const thrownBy = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('sandbox: grammY as a second client', () => {
  it('starts, takes a command by long polling, replies and stops', async () => {
    await using on = await stage({ botUsername: 'upah_bot' });
    const bot = botOn(on);
    bot.command('start', (context) => context.reply(`Halo dari @${context.me.username}`));
    const running = bot.start();
    await on.sandbox.client.say(CITRA, '/start');
    await on.sandbox.client.waitForMessage(CITRA, ({ text }) => text === 'Halo dari @upah_bot');
    await bot.stop();
    await running;
    expect(await poll(on)).to.deep.equal([]);
  });

  it('answers a button and edits the message in place', async () => {
    await using on = await stage();
    const bot = botOn(on);
    const keyboard = new InlineKeyboard().text('Ambil', 'ambil');
    bot.on('message', (context) => context.reply('Tugas', { reply_markup: keyboard }));
    bot.callbackQuery('ambil', async (context) => {
      await context.answerCallbackQuery({ text: 'Diambil' });
      await context.editMessageText('Tugas Anda');
    });
    const running = bot.start();
    await on.sandbox.client.say(CITRA, 'halo');
    const { id } = await on.sandbox.client.waitForMessage(CITRA, ({ text }) => text === 'Tugas');
    await on.sandbox.client.click(CITRA, id, 'Ambil');
    const edited = await on.sandbox.client.waitForMessage(CITRA, (message) => message.edited);
    expect(edited).to.include({ id, text: 'Tugas Anda' });
    expect(edited.buttons).to.deep.equal([]);
    const [toast] = await on.sandbox.client.toasts(CITRA);
    expect(toast?.text).to.equal('Diambil');
    await bot.stop();
    await running;
  });

  it('uploads a photo and gets its sizes, the largest last', async () => {
    await using on = await greeted();
    const picture = new InputFile(await png(800, 600), 'bukti.png');
    const { photo } = await botOn(on).api.sendPhoto(CITRA, picture, { caption: 'Bukti' });
    const widths = photo.map(({ width }) => width);
    expect(widths.at(-1)).to.equal(800);
    expect(widths).to.deep.equal(widths.toSorted((a, b) => a - b));
  });

  it('uploads an album, with a caption on its first picture', async () => {
    await using on = await greeted();
    const media = [await png(60, 40), await png(70, 40)].map((bytes, index) => ({
      type: 'photo' as const,
      media: new InputFile(bytes),
      ...(index === 0 && { caption: 'Dua bukti' }),
    }));
    const sent = await botOn(on).api.sendMediaGroup(CITRA, media);
    const { messages } = await on.sandbox.client.chat(CITRA);
    const groups = messages.slice(-2).map(({ mediaGroupId }) => mediaGroupId);
    expect(groups[0]).to.be.a('string').and.to.equal(groups[1]);
    expect(sent.map(({ caption }) => caption)).to.deep.equal(['Dua bukti', undefined]);
  });

  it('replies with an upload: reply_parameters beside a file', async () => {
    await using on = await greeted();
    const [hello] = (await on.sandbox.client.chat(CITRA)).messages;
    const replying = { reply_parameters: { message_id: hello?.id ?? 0 } };
    const file = new InputFile(Buffer.from('halo'), 'catatan.txt');
    const sent = await botOn(on).api.sendDocument(CITRA, file, replying);
    expect(sent.reply_to_message?.message_id).to.equal(hello?.id);
    expect(sent.document).to.include({ file_name: 'catatan.txt', mime_type: 'text/plain' });
  });

  it('fetches a file that a person sent', async () => {
    await using on = await stage();
    const bytes = Buffer.from('isi berkas');
    await on.sandbox.client.document(CITRA, bytes, { filename: 'a.txt' });
    const fileId = (await poll(on))[0]?.message?.document as unknown as { file_id: string };
    const { file_path: path } = await botOn(on).api.getFile(fileId.file_id);
    const address = `${on.sandbox.url}/file/bot${on.sandbox.token}/${path}`;
    expect(Buffer.from(await (await fetch(address)).arrayBuffer())).to.deep.equal(bytes);
  });

  it('reads a refusal: code, description, method', async () => {
    await using on = await stage();
    const error = await thrownBy(botOn(on).api.sendMessage(CITRA, 'x'));
    expect(error).to.be.instanceOf(GrammyError);
    expect(error).to.include({
      error_code: 400,
      description: 'Bad Request: chat not found',
      method: 'sendMessage',
    });
  });

  it('reads how long a flood lasts', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ errorCode: 429, retryAfter: 3 });
    const error = await thrownBy(botOn(on).api.sendMessage(CITRA, 'x'));
    expect((error as GrammyError).parameters).to.deep.equal({ retry_after: 3 });
  });

  it('reports a connection that was cut', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ dropBefore: true });
    expect(await thrownBy(botOn(on).api.sendMessage(CITRA, 'x'))).to.be.instanceOf(HttpError);
  });

  it('takes updates by webhook, with its secret', async () => {
    await using on = await stage();
    const bot = botOn(on);
    bot.on('message:text', (context) => context.reply(`Anda: ${context.message.text}`));
    await using web = await listening(webhookCallback(bot, 'http', { secretToken: 'rahasia' }));
    await bot.api.setWebhook(web.url, { secret_token: 'rahasia' });
    await on.sandbox.client.say(CITRA, 'halo');
    await on.sandbox.client.waitForMessage(CITRA, ({ text }) => text === 'Anda: halo');
  });
});
