import type { Logger } from '../../adapters/logging/index.ts';
import type { TapAnswers } from '../../adapters/telegram/index.ts';
import type { Jobs } from './jobs.ts';
import type { Lanes } from './lanes.ts';
import type { Receiver } from './receiver.ts';
import type { Sender } from './sender.ts';
import { within } from '../within.ts';

/** Of the ten seconds that the whole process has to end in (OPS-3). */
const STOP_MS_MAX = 7_500;

export interface PipelineParts {
  readonly receiver: Receiver;
  readonly lanes: Lanes;
  readonly answers: TapAnswers;
  readonly sender: Sender;
  readonly jobs: Jobs;
  readonly log: Logger;
  readonly stopMsMax?: number;
}

/** Receive → commit → acknowledge; a lane per person; send; what is done by the clock. */
export interface Pipeline {
  /** Resolves when updates can come in. */
  start(): Promise<void>;
  /** Rejects when receiving has ended for good (a token that Telegram no longer knows). */
  readonly failed: Promise<never>;
  /**
   * Stops taking updates, finishes what runs, sends no half answer (OPS-3). What hangs is left: it
   * is handled or sent again at the next start.
   */
  stop(): Promise<void>;
}

export const createPipeline = (parts: PipelineParts): Pipeline => {
  const { receiver, lanes, answers, sender, jobs, log, stopMsMax = STOP_MS_MAX } = parts;
  const stopping = new AbortController();
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  let receiving: Promise<void> = Promise.resolve();
  const finish = async (): Promise<'finished'> => {
    await receiving;
    await Promise.all([jobs.stop(), lanes.stop()]);
    await answers.stop();
    await sender.stop();
    return 'finished';
  };
  return {
    failed: failure.promise,
    start: async () => {
      sender.start();
      lanes.start();
      await jobs.start({ onMessages: sender.wake });
      await receiver.listen();
      receiving = receiver.run(stopping.signal).catch(failure.reject);
    },
    stop: async () => {
      stopping.abort();
      if ((await within(stopMsMax, finish())) === 'finished') return;
      void sender.stop(); // begins nothing more
      log.warn('something hangs and is not waited for; the next start does it again');
    },
  };
};
