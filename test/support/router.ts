import { createRouter, type BotRouter } from '../../adapters/telegram/bot.ts';
import { features } from '../../adapters/telegram/features/index.ts';

/** The bot of tests that have no Telegram to ask who it is. */
export const BOT_ID = 7;
const BOT_INFO = { id: BOT_ID, is_bot: true, first_name: 'Upah', username: 'upah_bot' } as never;

/** Everything that the bot can do. */
export const aRouter = (): BotRouter => createRouter(`${BOT_ID}:never-used`, BOT_INFO, features);
