import type { Logger } from '../../adapters/logging/index.ts';

const nothing = (): void => undefined;

/** For tests that look at what happens, not at what is logged. */
export const silentLog: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silentLog,
};
