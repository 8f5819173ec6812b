import { setTimeout as sleep } from 'node:timers/promises';
import { Composer } from 'telegraf';
import { press } from '../../adapters/telegram/buttons.ts';
import type { UpahContext } from '../../adapters/telegram/context.ts';
import { escapeHtml } from '../../adapters/telegram/html.ts';
import { createRouter, features } from '../../adapters/telegram/index.ts';
import { readConfig } from '../../app/config.ts';
import { assembleBot } from '../../app/container.ts';
import { FEED_BROADCAST } from '../../app/pipeline/jobs.ts';
import { TOKENS } from '../../app/tokens.ts';
import { asUser, type BroadcastId } from '../../core/index.ts';
import { freshId } from '../support/builders.ts';
import { FIRST_PERSON, isSlow, type BotRequest, type BotTold, type Memory } from './bench-bot.ts';

const tell = (told: BotTold): void => void process.send?.(told);

/** A feature that may take its time, holding what its update holds: a lane, a connection. */
const slow = new Composer<UpahContext>();
slow.action(/^slow:(\d+):(\d+)$/, async ({ turn, match: [, n = '', ms = ''] }) => {
  if (isSlow(Number(n))) await sleep(Number(ms));
  turn.answer(`#${n}`);
  turn.show({ text: escapeHtml(`#${n}`), keyboard: [[press('again', 'slow', n, 0)]] });
});

const application = assembleBot(readConfig(process.env));
const { container } = application;
const { token } = await container.getAsync(TOKENS.Endpoint);
const { info } = await container.getAsync(TOKENS.Bot);
const composers = [slow, ...features.composers];
(await container.rebindAsync(TOKENS.Router)).toConstantValue(
  createRouter(token, info, { ...features, composers }),
);
const core = await container.getAsync(TOKENS.Core);
const jobs = await container.getAsync(TOKENS.Jobs);
const { unitOfWork } = await container.getAsync(TOKENS.Ports);
const pipeline = await container.getAsync(TOKENS.Pipeline);

let broadcastId: BroadcastId | undefined;

const steerBroadcast = async (what: 'start' | 'pause' | 'resume'): Promise<void> => {
  const admin = await unitOfWork.run((tx) => tx.users.findByTelegramId(FIRST_PERSON));
  if (!admin) throw new Error('nobody may broadcast');
  const actor = asUser(admin.id);
  broadcastId ??= freshId<BroadcastId>();
  if (what === 'start') {
    const text = 'Mulai besok, withdraw diproses setiap hari.';
    await core.broadcasts.start({ actor, key: broadcastId, audience: 'all', text, photo: null });
  } else {
    await core.broadcasts[what]({ actor, broadcastId });
  }
  await jobs.runNow(FEED_BROADCAST);
};

const memory = (): Memory => {
  const rssBefore = process.memoryUsage.rss();
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssBefore, rss, heapUsed, external };
};

const answerTo = async (request: BotRequest): Promise<unknown> => {
  switch (request) {
    case 'memory':
      return memory();
    case 'start-broadcast':
      return steerBroadcast('start');
    case 'pause-broadcast':
      return steerBroadcast('pause');
    case 'resume-broadcast':
      return steerBroadcast('resume');
  }
};

process.on('message', (request: BotRequest) => {
  answerTo(request).then(
    (value) => tell({ value }),
    (error: unknown) => tell({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => void application.close().finally(() => process.exit(0)));
await pipeline.start();
tell({ ready: true });
