import type { Unheard } from '../../adapters/telegram/index.ts';
import { createOwnerNews } from '../../app/pipeline/owner-news.ts';
import type { Freeze, OwnerNotice, Wellbeing } from '../../core/index.ts';
import { aRecordedLogger } from '../adapters/logging/lines.ts';

/** An owner with a chat, a log, and a clock of the log's. */
export const anOwner = () => {
  const told: Freeze[] = [];
  const news: OwnerNotice[] = [];
  const reports: Wellbeing[] = [];
  const { logger: log, text } = aRecordedLogger();
  let why: Unheard | undefined;
  let tries = 0;
  let now = 0;
  const hear =
    <T>(heard: T[]) =>
    async (piece: T): Promise<Unheard | undefined> => {
      tries += 1;
      if (!why) heard.push(piece);
      return why;
    };
  const ownerChat = {
    tell: hear(told),
    tellNews: hear(news),
    tellWellbeing: hear(reports),
    reach: async () => why,
  };
  return {
    /** Freezes, what was done by hand, and daily reports. */
    told,
    news,
    reports,
    ownerChat,
    ownerNews: createOwnerNews({ ownerChat, botId: 1, log, now: () => now }),
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
