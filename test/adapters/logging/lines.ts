import { Writable } from 'node:stream';
import { createLogger, type Logger, type LogLevel } from '../../../adapters/logging/index.ts';

export interface Recorded {
  readonly logger: Logger;
  /** Everything written so far. */
  text(): string;
  /** The last line as an object. */
  last(): Record<string, unknown>;
}

/** A logger whose lines a test can read. */
export const aRecordedLogger = (level: LogLevel = 'debug', json = true): Recorded => {
  let written = '';
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written += chunk.toString('utf8');
      done();
    },
  });
  return {
    logger: createLogger({ level, json, stream }),
    text: () => written,
    last: () => JSON.parse(written.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>,
  };
};
