import type { LogFields, Logger, LogLevel } from '../adapters/logging/index.ts';

const EVERY_MS = 30_000;

/**
 * Writes the first line that says a thing, and then at most one in half a minute, with how often it
 * was said meanwhile (`times`). For what an outage makes go wrong many times a second: the log may
 * stand on the very disk that is full.
 */
export const sparing = (log: Logger, now: () => number = () => performance.now()): Logger => {
  const said = new Map<string, { at: number; unsaid: number }>();
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      const key = `${level} ${message}`;
      const last = said.get(key);
      if (last && now() - last.at < EVERY_MS) {
        last.unsaid += 1;
        return;
      }
      said.set(key, { at: now(), unsaid: 0 });
      log[level](message, last?.unsaid ? { ...fields, times: last.unsaid + 1 } : fields);
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => sparing(log.child(fields), now),
  };
};
