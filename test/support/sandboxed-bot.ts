import type { Sandbox } from '../../adapters/sandbox/index.ts';
import type { RunningBot } from '../../app/run-bot.ts';
import { checkAnswers } from '../adapters/sandbox/schema/check.ts';
import { startBot, type StartedBot } from './started-bot.ts';

/** The bot as `npm start` without a token runs it: the sandbox is its own. */
export interface SandboxedBot extends Omit<StartedBot, 'bot'> {
  /** Another one after each restart. */
  readonly sandbox: Sandbox;
}

/** Starts it on a database of its own; `environment` adds to its settings. */
export const startSandboxedBot = async (
  environment: Readonly<Record<string, string>> = {},
): Promise<SandboxedBot> => {
  const sandboxOf = ({ endpoint }: RunningBot): Sandbox => {
    if (!endpoint.sandbox) throw new Error('without a token the bot has a sandbox');
    return endpoint.sandbox;
  };
  // the log of answers ends with the bot
  const started = await startBot({ SANDBOX_PORT: '0', ...environment }, (bot) =>
    checkAnswers(sandboxOf(bot).client),
  );
  const { database, config, restart, stop } = started;
  return {
    get sandbox() {
      return sandboxOf(started.bot);
    },
    database,
    config,
    restart,
    stop,
  };
};
