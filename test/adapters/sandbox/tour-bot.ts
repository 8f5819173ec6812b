import { Telegraf } from 'telegraf';
import type { Sandbox } from '../../../adapters/sandbox/index.ts';

/** What is on the pages of a list. */
const PAGES = [['Perkara'], ['Perkara'], ['Kasus B', 'Kasus C']];
const listPage = (page: number) => ({
  inline_keyboard: [...(PAGES[page - 1] ?? []), '»'].map((text) => [
    { text, callback_data: text === '»' ? `page ${Math.min(page + 1, PAGES.length)}` : text },
  ]),
});

/** A bot that greets, has a list, changes its message at a press, and thanks for a picture. */
export const aBot = ({ token, url }: Sandbox): Telegraf => {
  const bot = new Telegraf(token, { telegram: { apiRoot: url } });
  const buttons = { inline_keyboard: [[{ text: '▶️ Mulai', callback_data: 'go' }]] };
  bot.start((context) => context.reply('Selamat datang', { reply_markup: buttons }));
  bot.action('go', async (context) => {
    await context.editMessageText('Sudah mulai');
    await context.answerCbQuery();
  });
  bot.command('list', (context) => context.reply('Daftar 1', { reply_markup: listPage(1) }));
  bot.action(/^page (\d)$/, async (context) => {
    const page = Number(context.match[1]);
    await context.editMessageText(`Daftar ${page}`, { reply_markup: listPage(page) });
  });
  bot.action(/^Kasus/, (context) => context.reply(`Dibuka: ${context.match.input}`));
  bot.catch(() => undefined); // an edit that changes nothing
  bot.on('photo', (context) => context.reply('Foto diterima'));
  return bot;
};
