import { setTimeout as sleep } from 'node:timers/promises';
import { createOrm, type Orm } from '../../adapters/postgres/index.ts';
import { systemClock, uuidIds } from '../../adapters/system/index.ts';
import { notify, rupiah, type User } from '../../core/index.ts';
import type { Cleanup } from '../support/cleanup.ts';
import type { DatabaseUrls } from '../support/database.ts';
import { figures, type Report } from '../support/report.ts';
import { createBotProcess } from './bot-process.ts';
import { followCalls } from './calls.ts';
import { lookUntilNothing } from './look.ts';
import { judge } from './money/judge.ts';
import { readStored } from './money/stored.ts';
import { chatWindows, tellings, wholeWindows, type Round } from './pace-windows.ts';
import { fingerOn, prepareDeletions, type Button } from './presses.ts';
import { botIdOf, settled } from './settled.ts';
import { clerkOf, foundTown, TOWN_RULES, type Town } from './town.ts';

export interface PaceRun {
  readonly ground: DatabaseUrls;
  readonly cleanup: Cleanup;
}

/** What the bot is told, as somebody would set it who wants it slow. */
const LIMITS = { actions: 1, burst: 5, perSecond: 20, perChat: 1, chatBurst: 5 } as const;
const ENVIRONMENT = {
  ...TOWN_RULES,
  ACTIONS_PER_SECOND: String(LIMITS.actions),
  ACTIONS_BURST: String(LIMITS.burst),
  SEND_PER_SECOND: String(LIMITS.perSecond),
  SEND_PER_CHAT_PER_SECOND: String(LIMITS.perChat),
};
const [HASTY, CALM, READERS] = [3, 6, 12];
const [HASTY_PRESSES, CALM_PRESSES, NOTICES_EACH] = [8, 2, 7];
/** After this the meter of somebody who was refused has room for what was refused. */
const REST_MS = 1_000 * (HASTY_PRESSES - LIMITS.burst + 1);
const PATIENCE_MS = 60_000;

/**
 * The one part with the limits on: who acts too fast is refused and told so once, everything else
 * happens; messages keep the pace and all arrive.
 */
export const runPace = async ({ ground, cleanup }: PaceRun): Promise<Report> => {
  const inhabitants = { clients: HASTY + CALM, workers: READERS, admins: 1 };
  const town = await foundTown({ ground, cleanup }, inhabitants);
  const { sandbox, ports, crowd } = town;
  const clerk = clerkOf(town, cleanup);
  const presses = crowd.clients.map((_, index) => (index < HASTY ? HASTY_PRESSES : CALM_PRESSES));
  const buttons = await prepareDeletions(crowd, presses, clerk.submit);
  const orm = await createOrm({ url: ground.ownerUrl, poolMax: 2 });
  cleanup.later(() => orm.close(true));
  const calls = followCalls(sandbox, cleanup);
  const bot = createBotProcess({ ground, sandbox, cleanup, environment: ENVIRONMENT });
  await bot.start();
  await owe(town, crowd.workers);
  const first = await pressAll(town, orm, buttons);
  await sleep(REST_MS);
  const second = await pressAll(town, orm, first.refused);
  const onTheWay = await settled({ sandbox, ports, patienceMs: PATIENCE_MS });
  const verdict = await judge({ ...town, done: clerk.done, abandoned: [], buttons, orm });
  await calls.catchUp();
  const told = await tellings(sandbox, first);
  const readers = new Set(crowd.workers.map(({ telegramId }) => telegramId));
  const perChat = { rate: LIMITS.perChat, burst: LIMITS.chatBurst };
  const whole = { rate: LIMITS.perSecond, burst: LIMITS.perSecond };
  const windows = [...chatWindows(calls.all, readers, perChat), ...wholeWindows(calls.all, whole)];
  const received = await receivedBy(town, crowd.workers);
  const owed = READERS * NOTICES_EACH;
  return {
    part: 'pace',
    figures: figures({
      'presses at once': buttons.length,
      'refused as too fast': first.refused.length,
      'people refused': told.people,
      'told so': told.times,
      'refused after a rest': second.refused.length,
      'notices owed at once': owed,
      'notices received': received,
      'calls of the bot': calls.all.length,
      'windows faster than the pace': windows.length,
      ...verdict.figures,
    }),
    losses: [
      ...told.losses,
      ...limitsOf(first.refused, buttons),
      ...(second.refused.length === 0 ? [] : ['somebody was refused after a rest']),
      ...(received === owed ? [] : [`${received} notices were received, not ${owed}`]),
      ...windows,
      ...onTheWay,
      ...bot.losses,
      ...verdict.losses,
    ],
  };
};

/** All at once; resolves when the inbox is empty. */
const pressAll = async (
  { sandbox, ports }: Town,
  orm: Orm,
  buttons: readonly Button[],
): Promise<Round> => {
  const answers = async () => (await sandbox.client.requests('answerCallbackQuery')).length;
  const expected = (await answers()) + buttons.length;
  await fingerOn(sandbox, buttons, { twice: false }).press(buttons.length);
  await lookUntilNothing(PATIENCE_MS, async () => {
    const isAnswered = (await answers()) >= expected;
    const { waiting } = await ports.inbox.depth(botIdOf(sandbox));
    return isAnswered && waiting === 0 ? [] : ['updates wait'];
  });
  const { campaigns } = await readStored(orm);
  const refused = buttons.filter(({ operation }) => campaigns.get(operation.id) !== 'deleted');
  return { pressed: buttons, refused };
};

const owe = async ({ ports }: Town, readers: readonly User[]): Promise<void> => {
  for (let number = 1; number <= NOTICES_EACH; number += 1) {
    await ports.unitOfWork.run(async (tx) => {
      for (const { id: to } of readers) {
        const notice = { kind: 'withdrawal.processing', amount: rupiah(BigInt(number)) } as const;
        const key = `run:${number}`;
        await notify(tx, { clock: systemClock, ids: uuidIds }, { to, notice, key });
      }
    });
  }
};

const receivedBy = async ({ sandbox }: Town, readers: readonly User[]): Promise<number> => {
  const chats = await Promise.all(readers.map(({ telegramId }) => sandbox.client.chat(telegramId)));
  return chats.flatMap(({ messages }) => messages.filter(({ from }) => from === 'bot')).length;
};

/** Nobody calm is refused, and of everybody hasty at least as many as the burst are let through. */
const limitsOf = (refused: readonly Button[], all: readonly Button[]): string[] => {
  const refusals = Map.groupBy(refused, ({ telegramId }) => telegramId);
  return [...Map.groupBy(all, ({ telegramId }) => telegramId)].flatMap(([person, own]) => {
    const admitted = own.length - (refusals.get(person)?.length ?? 0);
    const least = Math.min(own.length, LIMITS.burst);
    if (admitted < least) return [`person ${person} was let through ${admitted} times only`];
    if (own.length > LIMITS.burst && admitted === own.length) return [`nobody stopped ${person}`];
    return [];
  });
};
