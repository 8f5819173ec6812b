import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import type { Sandbox } from '../../adapters/sandbox/index.ts';
import { openPort } from '../open-port.ts';

const PORT_MAX = 65_535;
const STOP_MS_MAX = 5_000;

const port = (text: string): number => {
  if (/^\d{1,5}$/.test(text) && Number(text) <= PORT_MAX) return Number(text);
  throw new InvalidArgumentError(`a port is a number up to ${PORT_MAX}; 0 takes a free one`);
};

/** What Telegram asks of a bot's username. */
const botUsername = (text: string): string => {
  const name = text.replace(/^@/, '');
  if (/^[a-z]\w{1,28}bot$/i.test(name)) return name;
  throw new InvalidArgumentError('5 to 32 letters, digits or _, ending in "bot"');
};

const botName = (text: string): string => {
  const name = text.trim();
  if (name !== '' && name.length <= 64) return name;
  throw new InvalidArgumentError('1 to 64 characters');
};

/** `upah sandbox`: the local Telegram alone, for any other bot. It runs until a signal ends it. */
export const sandbox = () =>
  new Command('sandbox')
    .description('a local Telegram for any bot: Bot API and a page to play people; no database')
    .option(
      '--port <port>',
      'of the page and the Bot API, on 127.0.0.1; 0 takes a free one',
      port,
      3000,
    )
    .option('--bot-name <name>', 'what the bot is called in the chats', botName, 'Sandbox Bot')
    .option('--username <username>', 'of the bot, ending in "bot"', botUsername, 'sandbox_bot')
    .action(async ({ port: wanted, botName: name, username }) => {
      const ended = untilSignal(); // a signal while it starts ends it in order, too
      const { startSandbox } = await import('../../adapters/sandbox/index.ts');
      const running = await openPort('--port', () =>
        startSandbox({ port: wanted, botName: name, botUsername: username }),
      );
      print(running, username);
      await ended;
      setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
      await running.stop();
    });

const print = ({ url, token }: Sandbox, username: string): void => {
  console.log(`A sandbox of Telegram for @${username}: nothing of it reaches the real one.`);
  console.log(`page     ${url}`);
  console.log(`token    ${token}`);
  console.log(`telegraf new Telegraf(token, { telegram: { apiRoot: '${url}' } })`);
  console.log('Ctrl-C ends it, and forgets everything.');
};

/** Resolves at the first signal; a second one ends the process at once. */
const untilSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
