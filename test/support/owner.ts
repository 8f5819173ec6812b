import type { Unheard } from '../../adapters/telegram/index.ts';
import { createOwnerNews } from '../../app/pipeline/owner-news.ts';
import type { Freeze } from '../../core/index.ts';
import { aRecordedLogger } from '../adapters/logging/lines.ts';

/** An owner with a chat, a log, and a clock of the log's. */
export const anOwner = () => {
  const told: Freeze[] = [];
  const { logger: log, text } = aRecordedLogger();
  let why: Unheard | undefined;
  let tries = 0;
  let now = 0;
  const ownerChat = {
    tell: async (freeze: Freeze) => {
      tries += 1;
      if (!why) told.push(freeze);
      return why;
    },
    reach: async () => why,
  };
  return {
    told,
    ownerChat,
    ownerNews: createOwnerNews({ ownerChat, log, now: () => now }),
    log,
    /** Undefined: it hears again. */
    failWith: (next: Unheard | undefined) => (why = next),
    tries: () => tries,
    pass: (ms: number) => (now += ms),
    lines: () =>
      text()
        .split('\n')
        .filter(Boolean)
        .map((line): Record<string, unknown> => JSON.parse(line)),
  };
};
