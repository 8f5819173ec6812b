import type { Chat, State } from '../state.ts';
import { badRequest } from './api-error.ts';
import { findChat, type Call, type Methods } from './method.ts';
import { nestedParams, type Params } from './params.ts';
import type { BotCommand } from './types.ts';

const SCOPES = ['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'];
const COMMAND_MAX = 32;
const DESCRIPTION_MAX = 256;
const TARGET = ['scope', 'language_code'];
const MENU_BUTTON = ['type', 'text', 'web_app'];

/** The bot's "/" menu, by scope and language. */
export const commandMethods: Methods = {
  setMyCommands: {
    params: ['commands', ...TARGET],
    run: (call) => {
      const commands = readCommands(call.params.json('commands'));
      call.world.state.commands.set(readKey(call), commands);
      call.world.feed.emit({ type: 'people' });
      return true;
    },
  },
  getMyCommands: {
    params: TARGET,
    run: (call) => call.world.state.commands.get(readKey(call)) ?? [],
  },
  deleteMyCommands: {
    params: TARGET,
    run: (call) => {
      call.world.state.commands.delete(readKey(call));
      call.world.feed.emit({ type: 'people' });
      return true;
    },
  },
  setChatMenuButton: {
    params: ['chat_id', 'menu_button'],
    run: (call) => {
      if (call.params.has('chat_id')) findChat(call);
      const button = call.params.json('menu_button') ?? { type: 'default' };
      const type = nestedParams(button, 'MenuButton', MENU_BUTTON).text('type');
      if (type !== 'default' && type !== 'commands') {
        throw badRequest('the sandbox knows the menu buttons "default" and "commands" only');
      }
      return true;
    },
  },
};

/** What this person's menu shows: the narrowest scope wins, then their language. */
export function commandsFor(state: State, { user }: Chat): readonly BotCommand[] {
  for (const scope of [`chat:${user.id}`, 'all_private_chats', 'default']) {
    for (const language of [user.language_code ?? '', '']) {
      const commands = state.commands.get(`${scope}|${language}`);
      if (commands) return commands;
    }
  }
  return [];
}

/** Two letters, or empty for everybody. */
export function requireLanguage(params: Params): string {
  const language = params.text('language_code') ?? '';
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified');
  return language;
}

function readKey({ world, params }: Call): string {
  const language = requireLanguage(params);
  const scope = params.json('scope', 'BotCommandScope') ?? { type: 'default' };
  const given = nestedParams(scope, 'BotCommandScope', ['type', 'chat_id', 'user_id']);
  const type = given.text('type') ?? '';
  if (SCOPES.includes(type)) return `${type}|${language}`;
  if (type !== 'chat') throw badRequest("can't parse BotCommandScope: Unsupported type specified");
  const chat = findChat({ world, params: given });
  return `chat:${chat.user.id}|${language}`;
}

/** Counted in characters, not in UTF-16 units. */
function requireLength(what: string, text: string, max: number): void {
  if (text === '') throw badRequest(`${what} must be non-empty`);
  if (Array.from(text).length > max) throw badRequest(`${what} length must not exceed ${max}`);
}

function readCommands(value: unknown): BotCommand[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badRequest('expected an Array of BotCommand');
  if (value.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  return value.map((entry: unknown) => {
    const given = nestedParams(entry, 'BotCommand', ['command', 'description']);
    const command = (given.text('command') ?? '').trim().replace(/^\//, '');
    const description = (given.text('description') ?? '').trim();
    requireLength('command', command, COMMAND_MAX);
    requireLength('command description', description, DESCRIPTION_MAX);
    if (!/^[a-z0-9_]+$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
    return { command, description };
  });
}
