import { expect } from 'chai';
import { Input, Markup, Telegraf, type Context } from 'telegraf';
import { bold, fmt, italic, link, mention } from 'telegraf/format';
import { message } from 'telegraf/filters';
import { CITRA, INLINE, greeted, png, poll, stage, type Stage } from './world.ts';

/** Hands the bot everything that waits for it, as its own loop would. */
async function handleAll(on: Stage, bot: Telegraf): Promise<void> {
  for (const update of await poll(on)) {
    await bot.handleUpdate(update as Parameters<Telegraf['handleUpdate']>[0]);
    await poll(on, { offset: update.update_id + 1 });
  }
}

const botOn = (on: Stage): Telegraf =>
  new Telegraf(on.sandbox.token, { telegram: { apiRoot: on.sandbox.url } });

describe('sandbox: telegraf as it is', () => {
  it('answers every shortcut of a context', async () => {
    await using on = await stage();
    const bot = botOn(on);
    const picture = await png(30, 30);
    bot.start(async (ctx) => {
      await ctx.reply('satu');
      await ctx.replyWithHTML(
        '<b>dua</b>',
        Markup.inlineKeyboard([Markup.button.callback('Ya', 'ya')]),
      );
      await ctx.replyWithMarkdownV2('*tiga*');
      await ctx.replyWithPhoto(Input.fromBuffer(picture), { caption: fmt`empat ${bold`4`}` });
      await ctx.replyWithDocument(Input.fromBuffer(Buffer.from('5'), 'lima.txt'));
      await ctx.replyWithMediaGroup([
        { type: 'photo', media: Input.fromBuffer(picture), caption: 'enam' },
        { type: 'photo', media: Input.fromBuffer(picture) },
      ]);
      await ctx.sendChatAction('typing');
      await ctx.pinChatMessage(ctx.message.message_id);
      await ctx.forwardMessage(CITRA);
      await ctx.copyMessage(CITRA);
      await ctx.deleteMessage();
      await ctx.setChatMenuButton({ type: 'commands' });
    });
    await on.sandbox.client.say(CITRA, '/start');
    await handleAll(on, bot);
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.map(({ kind, text }) => `${kind} ${text}`)).to.deep.equal([
      'text satu',
      'text dua',
      'text tiga',
      'photo empat 4',
      'document ',
      'photo enam',
      'photo ',
      'text /start',
      'text /start',
    ]);
  });

  it('answers what a context does with a pressed button', async () => {
    await using on = await greeted();
    const bot = botOn(on);
    const seen: string[] = [];
    const act = async (ctx: Context): Promise<void> => {
      await ctx.answerCbQuery('Tersimpan');
      await ctx.editMessageText('jadi', Markup.inlineKeyboard([Markup.button.callback('B', 'b')]));
      await ctx.editMessageReplyMarkup(undefined);
      await ctx.editMessageMedia({ type: 'photo', media: Input.fromBuffer(await png(30, 30)) });
      await ctx.editMessageCaption(fmt`judul ${italic`miring`}`);
      seen.push('done');
    };
    bot.action('a', act);
    await on.telegram.sendMessage(CITRA, 'x', INLINE('a'));
    await on.sandbox.client.press(CITRA, 'Ya');
    await handleAll(on, bot);
    expect(seen).to.deep.equal(['done']);
    const { messages, toasts } = await on.sandbox.client.chat(CITRA);
    expect(messages.at(-1)).to.include({ kind: 'photo', text: 'judul miring', edited: true });
    expect(toasts.map(({ text }) => text)).to.deep.equal(['Tersimpan']);
  });

  it('routes commands, contacts, places and albums to their handlers', async () => {
    await using on = await stage();
    const bot = botOn(on);
    const seen: string[] = [];
    const note = (what: string): void => void seen.push(what);
    bot.command('saldo', ({ payload }) => note(`saldo ${payload}`));
    bot.hashtag('upah', () => note('tag'));
    bot.on(message('contact'), (ctx) => note(ctx.message.contact.phone_number));
    bot.on(message('location'), (ctx) => note(String(ctx.message.location.latitude)));
    bot.on(message('media_group_id'), () => note('album'));
    const { client } = on.sandbox;
    await client.say(CITRA, '/saldo bulan ini');
    await client.say(CITRA, 'lihat #upah');
    await client.contact(CITRA);
    await client.location(CITRA);
    await client.album(CITRA, [await png(30, 30), await png(31, 30)]);
    await handleAll(on, bot);
    expect(seen).to.deep.equal([
      'saldo bulan ini',
      'tag',
      '+6281200100001',
      '-6.175392',
      'album',
      'album',
    ]);
  });

  it('takes the texts and keyboards that telegraf builds', async () => {
    await using on = await greeted();
    const text = fmt`hai ${mention('Citra', CITRA)}, ${link('lihat', 'https://upah.id/')}`;
    const sent = await on.telegram.sendMessage(CITRA, text);
    expect(sent.entities?.map(({ type }) => type)).to.deep.equal(['text_mention', 'text_link']);
    const keyboards = [
      Markup.keyboard([['a', Markup.button.contactRequest('b')], [Markup.button.text('c')]])
        .resize()
        .oneTime()
        .persistent()
        .placeholder('p')
        .selective(),
      Markup.removeKeyboard(),
      Markup.forceReply().placeholder('p').selective(),
      Markup.inlineKeyboard([Markup.button.callback('a', 'b'), Markup.button.url('c', 'upah.id')], {
        columns: 1,
      }),
    ];
    for (const keyboard of keyboards) await on.telegram.sendMessage(CITRA, 'x', keyboard);
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.at(-1)?.buttons.map((row) => row.length)).to.deep.equal([1, 1]);
  });

  it('copies a message that telegraf holds, with its caption and keyboard', async () => {
    await using on = await greeted();
    const photo = await on.telegram.sendPhoto(CITRA, Input.fromBuffer(await png(30, 30)), {
      caption: 'bukti',
      ...INLINE('a'),
    });
    await on.telegram.sendCopy(CITRA, photo);
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.at(-1)).to.include({ kind: 'photo', text: 'bukti' });
  });

  it('answers reply parameters also beside an upload, where telegraf sends them as text', async () => {
    await using on = await greeted();
    const reply = { reply_parameters: JSON.stringify({ message_id: 1 }) } as object;
    const file = Input.fromBuffer(Buffer.from('a'), 'a.txt');
    const sent = await on.telegram.sendDocument(CITRA, file, reply);
    expect(sent.reply_to_message?.message_id).to.equal(1);
  });

  it('answers 404 to methods that the sandbox does not have', async () => {
    await using on = await greeted();
    const call = on.telegram.sendDice(CITRA).catch((error: Error) => error.message);
    expect(await call).to.equal('404: Not Found: method not found');
  });
});
