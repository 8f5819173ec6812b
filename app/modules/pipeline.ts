import { ContainerModule } from 'inversify';
import { redactText, type Logger } from '../../adapters/logging/index.ts';
import type { Meters } from '../../adapters/metrics/index.ts';
import { isOutage } from '../../adapters/postgres/index.ts';
import {
  createTapAnswers,
  handleUpdate,
  prepareFile,
  receiveUpdates,
  workLane,
  type BotRouter,
  type TapAnswers,
} from '../../adapters/telegram/index.ts';
import type { Core, Notifier, Ports } from '../../core/index.ts';
import type { Config } from '../config.ts';
import { APPROVE_MANY, FEED_BROADCAST, type Jobs } from '../pipeline/jobs.ts';
import { createLanes, type Lanes } from '../pipeline/lanes.ts';
import { createPipeline, type Pipeline } from '../pipeline/pipeline.ts';
import { createReceiver } from '../pipeline/receiver.ts';
import type { Receiving } from '../pipeline/receiving.ts';
import { createSender, timerOn, type Sender } from '../pipeline/sender.ts';
import { sparing } from '../sparing-log.ts';
import { TOKENS, type Bot, type Endpoint } from '../tokens.ts';
import { byName, type Tokens } from './by-name.ts';

interface Ground {
  readonly config: Config;
  readonly ports: Ports;
  readonly core: Core;
  readonly router: BotRouter;
  readonly notifier: Notifier;
  readonly bot: Bot;
  readonly endpoint: Endpoint;
  readonly receiving: Receiving;
  readonly jobs: Jobs;
  readonly meters: Meters;
  readonly log: Logger;
}

const GROUND: Tokens<Ground> = {
  config: TOKENS.Config,
  ports: TOKENS.Ports,
  core: TOKENS.Core,
  router: TOKENS.Router,
  notifier: TOKENS.Notifier,
  bot: TOKENS.Bot,
  endpoint: TOKENS.Endpoint,
  receiving: TOKENS.Receiving,
  jobs: TOKENS.Jobs,
  meters: TOKENS.Meters,
  log: TOKENS.Logger,
};

/** Takes updates in, handles them, sends messages out. */
export const pipelineModule = (): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.Pipeline)
      .toDynamicValue(byName(GROUND, pipelineOn))
      .onDeactivation((pipeline) => pipeline.stop());
  });

interface Wired extends Ground {
  /** For loops, which meet an outage again and again: it is said now and then. */
  readonly quiet: Logger;
}

const pipelineOn = (parts: Ground): Pipeline => {
  const ground: Wired = { ...parts, quiet: sparing(parts.log) };
  const { config, ports, bot, receiving, jobs, log, quiet } = ground;
  const answers = createTapAnswers({ telegram: bot.telegram });
  const sender = senderOn(ground);
  const lanes = lanesOn(ground, answers, sender);
  const { inbox, clock } = ports;
  const botId = bot.info.id;
  const receive = receiveUpdates({ botId, inbox, clock, answers, onLanes: lanes.wake });
  const receiver = createReceiver({ config, bot, receive, receiving, log: quiet });
  return createPipeline({ receiver, lanes, answers, sender, jobs, log });
};

const senderOn = ({ config: { pace }, ports, core, notifier, meters, quiet }: Wired): Sender => {
  const deliver: Notifier['deliver'] = async (message) => {
    const outcome = await notifier.deliver(message);
    meters.delivered(outcome.outcome);
    return outcome;
  };
  const timer = timerOn(ports.clock);
  return createSender({ outbox: core.outbox, notifier: { deliver }, pace, log: quiet, timer });
};

const lanesOn = (ground: Wired, answers: TapAnswers, sender: Sender): Lanes => {
  const { config, ports, core, router, bot, endpoint, meters, log, quiet } = ground;
  const { clock, ids, inbox, unitOfWork } = ports;
  const { telegram, info } = bot;
  const work = workLane({
    botId: info.id,
    core,
    inbox,
    unitOfWork,
    clock,
    ids,
    telegram,
    router,
    prepare: prepareFile({ core, telegram, ...endpoint }),
    handle: handleUpdate({
      core,
      clock,
      ids,
      router,
      answers,
      messagesPerSecond: config.pace.perSecond,
    }),
    answers,
    isOutage,
    redact: redactText,
    onFailure: ({ parked, ...failure }) => {
      if (isOutage(failure.error)) quiet.error('updates wait: the database cannot serve', failure);
      else log.error(parked ? 'an update is parked' : 'handling an update failed', failure);
    },
    onHandled: sender.wake,
    onOrder: () => void approveSoon(ground),
    onDone: meters.updateHandled,
  });
  return createLanes({ work, waiting: () => inbox.waitingLanes(info.id, clock.now()), log: quiet });
};

/** What was ordered is worked off at once; where that cannot be asked for, within the minute. */
const approveSoon = async ({ jobs, quiet }: Wired): Promise<void> => {
  try {
    await jobs.runNow(APPROVE_MANY);
    await jobs.runNow(FEED_BROADCAST);
  } catch (error) {
    quiet.warn('a job could not be asked for; it comes with its minute', { error });
  }
};
