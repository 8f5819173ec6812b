import { createOrm, type PostgresPorts } from '../../adapters/postgres/index.ts';
import { startSandbox, type ApiRequest, type Sandbox } from '../../adapters/sandbox/index.ts';
import { systemClock, uuidIds } from '../../adapters/system/index.ts';
import { notify, rupiah, type User } from '../../core/index.ts';
import type { Cleanup } from '../support/cleanup.ts';
import type { DatabaseUrls } from '../support/database.ts';
import type { Dice } from '../support/dice.ts';
import type { Progress } from '../support/progress.ts';
import { figures, type Report } from '../support/report.ts';
import { createBotProcess } from './bot-process.ts';
import { followCalls, succeeded, type Calls } from './calls.ts';
import { judgeDeliveries, type Notice } from './deliveries.ts';
import { enterPeople, newcomers, openPorts, seedsOf } from './people.ts';
import { planFaults, spreadFaults, type PlannedFault } from './planned-faults.ts';
import { dropPending, settled } from './settled.ts';

/** How much of it. */
export interface NotificationsSize {
  readonly people: number;
  /** For each of them. */
  readonly notices: number;
  readonly faults: number;
  /** Whether some calls hang, until the bot gives up waiting. */
  readonly hangs: boolean;
  /** People who have blocked the bot. */
  readonly blocked: number;
  readonly kills: number;
}

export interface NotificationsRun {
  readonly ground: DatabaseUrls;
  readonly cleanup: Cleanup;
  readonly dice: Dice;
  readonly progress: Progress;
  readonly size: NotificationsSize;
}

const FIRST_PERSON = 800_000;
const FAULTS_EACH = 3;
const PATIENCE_MS = 120_000;

/**
 * Notices to people of a Telegram that fails in every way it can, while the bot is killed and
 * started again: each arrives, and twice only where nobody could know that it had arrived.
 */
export const runNotifications = async (run: NotificationsRun): Promise<Report> => {
  const { ground, cleanup, dice, progress, size } = run;
  const crowd = newcomers(size.people, FIRST_PERSON, { role: 'worker', reachable: true });
  const sandbox = await startSandbox({ people: seedsOf(crowd) });
  cleanup.later(() => sandbox.stop());
  const ports = await openPorts(ground, cleanup);
  const people = await enterPeople(ports, crowd);
  await begin(sandbox, people);
  const planned = planFaults(size.faults, size.hangs);
  const blocked = new Set(people.slice(0, size.blocked).map(({ telegramId }) => telegramId));
  await failFor(run, sandbox, { people, blocked, planned });
  const calls = followCalls(sandbox, cleanup);
  const bot = createBotProcess({ ground, sandbox, cleanup });
  await bot.start();
  const notices = noticesFor(people, size.notices, dice);
  const unwatch = progress.watch(() => `${calls.all.filter(arrived).length} sent`);
  const [killedAt] = await Promise.all([
    killAlong(bot, calls, { kills: size.kills, notices: notices.length }),
    owe(ports, notices),
  ]);
  const onTheWay = await settled({ sandbox, ports, patienceMs: PATIENCE_MS });
  unwatch();
  await calls.catchUp();
  const judged = judgeDeliveries({
    notices,
    calls: calls.all,
    blocked,
    killedAt,
    chats: await chatsOf(sandbox, people),
    states: await statesIn(run),
  });
  return {
    part: 'notifications',
    figures: figures({
      notices: notices.length,
      people: size.people,
      'faults planned': planned.length + blocked.size,
      ...judged.met,
      'kill -9 of the bot': killedAt.length,
      'of people who blocked the bot': judged.toBlocked,
      arrived: judged.arrived,
      missing: judged.missing,
      'twice after a lost reply': judged.twiceAfterLostReply,
      'twice after a kill': judged.twiceAfterKill,
      'twice for no reason': judged.twiceForNoReason,
      'out of a person’s order': judged.disorder,
    }),
    losses: [
      ...onTheWay,
      ...bot.losses,
      ...judged.losses,
      ...(judged.faultsMet < size.faults ? [`only ${judged.faultsMet} faults were met`] : []),
    ],
  };
};

const arrived = (call: ApiRequest): boolean => call.method === 'sendMessage' && succeeded(call);

/** Everybody has spoken once, so that the bot may write to them, and the bot need not answer. */
const begin = async (sandbox: Sandbox, people: readonly User[]): Promise<void> => {
  for (const { telegramId } of people) await sandbox.client.say(telegramId, '/start');
  await dropPending(sandbox);
};

interface Targets {
  readonly people: readonly User[];
  readonly blocked: ReadonlySet<number>;
  readonly planned: readonly PlannedFault[];
}

const failFor = async (
  { dice }: NotificationsRun,
  { client }: Sandbox,
  { people, blocked, planned }: Targets,
): Promise<void> => {
  for (const chatId of blocked) {
    await client.fault({ method: 'sendMessage', chatId, errorCode: 403 });
  }
  const others = people.map(({ telegramId }) => telegramId).filter((id) => !blocked.has(id));
  await spreadFaults(client, planned, { people: others, each: FAULTS_EACH, dice });
};

/** Everybody's notices, mixed; one person's in the order of their numbers. */
const noticesFor = (people: readonly User[], each: number, dice: Dice): readonly Notice[] =>
  dice
    .shuffled(people.flatMap((user) => Array<User>(each).fill(user)))
    .map(({ id, telegramId }, index) => ({ number: index + 1, to: id, telegramId }));

const PER_TRANSACTION = 10;

const owe = async (
  { unitOfWork }: Pick<PostgresPorts, 'unitOfWork'>,
  notices: readonly Notice[],
): Promise<void> => {
  for (let next = 0; next < notices.length;) {
    const batch = notices.slice(next, (next += PER_TRANSACTION));
    await unitOfWork.run(async (tx) => {
      for (const { number, to } of batch) {
        const notice = {
          kind: 'deposit.rejected',
          claimed: rupiah(10_000n),
          reason: `no. ${number}.`,
        } as const;
        await notify(tx, { clock: systemClock, ids: uuidIds }, { to, notice, key: `no:${number}` });
      }
    });
  }
};

/** Resolves to when the bot was dead: at equal steps of what has arrived. */
const killAlong = async (
  bot: ReturnType<typeof createBotProcess>,
  calls: Calls,
  { kills, notices }: { readonly kills: number; readonly notices: number },
): Promise<readonly Date[]> => {
  const killedAt: Date[] = [];
  for (let number = 1; number <= kills; number += 1) {
    await calls.reached(Math.floor((number * notices * 0.8) / (kills + 1)), arrived);
    await bot.kill();
    killedAt.push(new Date());
    await bot.start();
  }
  return killedAt;
};

/** What each person reads, oldest first. */
const chatsOf = async (
  { client }: Sandbox,
  people: readonly User[],
): Promise<ReadonlyMap<number, readonly string[]>> => {
  const chats = people.map(async ({ telegramId }) => {
    const { messages } = await client.chat(telegramId);
    return [telegramId, messages.map(({ text }) => text)] as const;
  });
  return new Map(await Promise.all(chats));
};

/** How each notice's message ended, by its key. */
const statesIn = async ({ ground, cleanup }: NotificationsRun) => {
  const orm = await createOrm({ url: ground.ownerUrl, poolMax: 1 });
  cleanup.later(() => orm.close(true));
  const rows = await orm.em
    .fork()
    .execute<{ dedupe_key: string; state: string }[]>('select dedupe_key, state from outbox');
  return new Map(rows.map((row) => [row.dedupe_key, row.state]));
};
