import { ContainerModule, type ResolutionContext, type ServiceIdentifier } from 'inversify';
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
import type { Jobs } from '../pipeline/jobs.ts';
import { createLanes, type Lanes } from '../pipeline/lanes.ts';
import { createPipeline, type Pipeline } from '../pipeline/pipeline.ts';
import { createReceiver } from '../pipeline/receiver.ts';
import type { Receiving } from '../pipeline/receiving.ts';
import { createSender, type Sender } from '../pipeline/sender.ts';
import { TOKENS, type Bot, type Endpoint } from '../tokens.ts';

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

const GROUND: Resolved<Ground> = {
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
      .toDynamicValue(async (context) => pipelineOn(await resolve(context, GROUND)))
      .onDeactivation((pipeline) => pipeline.stop());
  });

type Resolved<P> = { readonly [K in keyof P]: ServiceIdentifier<P[K]> };

/** By name: so many parts would read badly by place. */
const resolve = async <P extends object>(
  context: ResolutionContext,
  tokens: Resolved<P>,
): Promise<P> => {
  const entries = Object.entries<ServiceIdentifier>(tokens);
  const parts = entries.map(
    async ([name, token]) => [name, await context.getAsync(token)] as const,
  );
  return Object.fromEntries(await Promise.all(parts)) as P;
};

const pipelineOn = (ground: Ground): Pipeline => {
  const { config, ports, bot, receiving, jobs, log } = ground;
  const answers = createTapAnswers({ telegram: bot.telegram });
  const sender = senderOn(ground);
  const lanes = lanesOn(ground, answers, sender);
  const { inbox, clock } = ports;
  const botId = bot.info.id;
  const receive = receiveUpdates({ botId, inbox, clock, answers, onLanes: lanes.wake });
  const receiver = createReceiver({ config, bot, receive, receiving, log });
  return createPipeline({ receiver, lanes, answers, sender, jobs, log });
};

const senderOn = ({ config: { pace }, core, notifier, meters, log }: Ground): Sender => {
  const deliver: Notifier['deliver'] = async (message) => {
    const outcome = await notifier.deliver(message);
    meters.delivered(outcome.outcome);
    return outcome;
  };
  return createSender({ outbox: core.outbox, notifier: { deliver }, pace, log });
};

const lanesOn = (ground: Ground, answers: TapAnswers, sender: Sender): Lanes => {
  const { ports, core, router, bot, endpoint, meters, log } = ground;
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
    handle: handleUpdate({ core, clock, ids, router, answers }),
    answers,
    isOutage,
    redact: redactText,
    onFailure: ({ parked, ...failure }) =>
      log.error(parked ? 'an update is parked' : 'handling an update failed', failure),
    onHandled: sender.wake,
    onDone: meters.updateHandled,
  });
  return createLanes({ work, waiting: () => inbox.waitingLanes(info.id, clock.now()), log });
};
