import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Cleanup } from '../../support/cleanup.ts';
import type { Operation, Outcome } from './operations.ts';
import type { Reply, Request } from './worker.ts';

/** A try on its way: nobody knows yet whether it happened. */
interface Pending {
  readonly sentAt: number;
  readonly settle: (outcome: Outcome) => void;
}

/** The line to the worker process. */
export interface Line {
  /** One try; `unknown` where the worker or its database went away meanwhile. */
  attempt(operation: Operation): Promise<Outcome>;
  /** `kill -9` of the worker, and another one. */
  restart(): Promise<void>;
  /** `kill -9` of the worker for good; what is on its way is never answered. */
  cut(): void;
  /** Resolves at the first answer to what is sent after now. */
  untilNextAnswer(): Promise<void>;
}

type Watch = (sentAt: number) => void;

const WORKER = join(import.meta.dirname, 'worker.ts');

export const openLine = async (environment: NodeJS.ProcessEnv, cleanup: Cleanup): Promise<Line> => {
  const pending = new Map<number, Pending>();
  const watches = new Set<Watch>();
  const hear = ({ number, outcome }: Reply): void => {
    const one = pending.get(number);
    if (!one) return;
    pending.delete(number);
    if (outcome.end !== 'unknown') for (const watch of watches) watch(one.sentAt);
    one.settle(outcome);
  };
  let last = 0;
  let worker = await startWorker(environment, hear);
  cleanup.later(() => worker.kill('SIGKILL'));
  return {
    attempt: (operation) =>
      new Promise((settle) => {
        last += 1;
        pending.set(last, { sentAt: performance.now(), settle });
        const request: Request = { number: last, operation };
        worker.send(request, (error) => {
          if (error) settle({ end: 'unknown', why: error.message });
        });
      }),
    restart: async () => {
      await kill(worker);
      const lost = [...pending.values()];
      pending.clear();
      worker = await startWorker(environment, hear);
      for (const { settle } of lost) settle({ end: 'unknown', why: 'the worker was killed' });
    },
    cut: () => worker.kill('SIGKILL'),
    untilNextAnswer: () => nextAnswer(watches),
  };
};

const nextAnswer = (watches: Set<Watch>): Promise<void> => {
  const from = performance.now();
  return new Promise((resolve) => {
    const watch: Watch = (sentAt) => {
      if (sentAt < from) return;
      watches.delete(watch);
      resolve();
    };
    watches.add(watch);
  });
};

const startWorker = async (
  environment: NodeJS.ProcessEnv,
  hear: (reply: Reply) => void,
): Promise<ChildProcess> => {
  const child = fork(WORKER, { env: environment, serialization: 'advanced' });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code} at its start`)));
  });
  child.on('message', hear);
  return child;
};

const kill = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
