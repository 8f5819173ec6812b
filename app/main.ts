import { keepCompiled, useCompiled } from './compile-cache.ts';
import type { RunningBot } from './run-bot.ts';

const STOP_MS_MAX = 9_500;

let running: RunningBot | undefined;
let stopping = false;

/** Finishes what runs, then ends; a second signal, or too long a finish, ends at once (OPS-3). */
const stop = async (code: number): Promise<void> => {
  if (stopping) process.exit(1);
  stopping = true;
  process.exitCode = code; // also where nothing is left to wait for before the end of this function
  setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
  await running?.stop().catch((error: unknown) => {
    console.error(`Upah did not stop in order: ${messageOf(error)}`);
    process.exit(1);
  });
  process.exit(code);
};

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void stop(0));
}

useCompiled();
// Loaded only now: it takes half a second, in which a signal already has to end it in order.
const [{ ConfigError, readConfig }, { environment }, { runBot }] = await Promise.all([
  import('./config.ts'),
  import('./environment.ts'),
  import('./run-bot.ts'),
]);

const explain = (error: unknown): string => {
  if (error instanceof ConfigError) return error.message;
  return `Upah cannot run: ${messageOf(error)}`;
};

try {
  running = await runBot(readConfig(environment()));
  const { sandbox } = running.endpoint;
  console.log(
    sandbox
      ? `Upah is running. Play client, worker and admin at ${sandbox.url}`
      : `Upah is running as ${running.username}`,
  );
  keepCompiled();
  running.failed.catch((error: unknown) => {
    console.error(explain(error));
    void stop(1);
  });
} catch (error) {
  console.error(explain(error));
  await stop(1);
}
