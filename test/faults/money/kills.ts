import type { Server } from '../../support/server.ts';
import type { BotProcess } from '../bot-process.ts';
import type { Finger } from '../presses.ts';
import type { Driver } from './driver.ts';
import type { Line } from './line.ts';

/** What gets killed, and when. */
export interface KillPlan {
  readonly driver: Driver;
  readonly line: Line;
  readonly server: Server;
  readonly bot: BotProcess;
  readonly finger: Finger;
  readonly kills: number;
  /** The kills are spread over so many operations, after the first `from`. */
  readonly operations: number;
  readonly from: number;
  /** Buttons pressed at each kill, while what they need is away. */
  readonly pressedAtKill: number;
}

/** Kills by what was killed, with the ms until the first operation was committed again. */
export interface Killed {
  readonly server: number[];
  readonly worker: number[];
  /** Killed with the worker each time; the ms until it ran again. */
  readonly bot: number[];
}

/** `kill -9` by turns of PostgreSQL, and of the worker together with the bot. */
export const killAll = async (plan: KillPlan): Promise<Killed> => {
  const killed: Killed = { server: [], worker: [], bot: [] };
  for (let number = 1; number <= plan.kills; number += 1) {
    const share = number / (plan.kills + 1);
    await plan.driver.reached(plan.from + Math.floor(share * plan.operations));
    if (number % 2 === 1) {
      killed.server.push(await killServer(plan));
      continue;
    }
    const { worker, bot } = await killProcesses(plan);
    killed.worker.push(worker);
    killed.bot.push(bot);
  }
  return killed;
};

const killServer = async ({ line, server, finger, pressedAtKill }: KillPlan): Promise<number> => {
  const at = performance.now();
  server.kill();
  await Promise.all([server.restart(), finger.press(pressedAtKill)]);
  await line.untilNextAnswer();
  return performance.now() - at;
};

const killProcesses = async (
  plan: KillPlan,
): Promise<{ readonly worker: number; readonly bot: number }> => {
  const { line, bot, finger, pressedAtKill } = plan;
  const at = performance.now();
  const since = (): number => performance.now() - at;
  const pressing = finger.press(pressedAtKill);
  const botBack = bot.kill().then(bot.start).then(since);
  await line.restart();
  await line.untilNextAnswer();
  const worker = since();
  await pressing;
  return { worker, bot: await botBack };
};
