import { styleText } from 'node:util';
import { createLogger as createWinston, format, transports } from 'winston';
import { loggable } from './loggable.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
/**
 * What belongs to a line; an Error goes under `error`. Secrets are taken out, bigint becomes text.
 */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes lines for whoever runs the bot. Logging never throws. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger whose every line carries these fields too, such as `{ updateId }` (OPS-2). */
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  /** The least level that is written. */
  readonly level: LogLevel;
  /** One JSON object a line; else readable lines. By default JSON unless `stream` is a terminal. */
  readonly json?: boolean;
  /** Where lines go; standard output by default. */
  readonly stream?: NodeJS.WritableStream;
}

interface Line {
  readonly time: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

/**
 * The process's logger (OPS-2, SEC-4): secrets redacted by name and by pattern, one line an event.
 */
export const createLogger = (options: LoggerOptions): Logger => {
  const stream = options.stream ?? process.stdout;
  const render = (options.json ?? !isTerminal(stream)) ? asJson : asText;
  const winston = createWinston({
    level: options.level,
    format: format.printf((info) => render(info['line'] as Line)),
    transports: [new transports.Stream({ stream })],
  });
  const withFields = (inherited: LogFields): Logger => {
    const at =
      (level: LogLevel) =>
      (message: string, fields: LogFields = {}): void => {
        if (!winston.isLevelEnabled(level)) return;
        const line = lineOf(level, message, { ...inherited, ...safe(fields) });
        // In a property of our own: winston glues a `message` among the fields to the text.
        winston.log({ level, message: '', line });
      };
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (fields) => withFields({ ...inherited, ...safe(fields) }),
    };
  };
  return withFields({});
};

const safe = (fields: LogFields): LogFields => {
  const told = loggable(fields);
  return isObject(told) ? told : { fields: told };
};

const isTerminal = (stream: NodeJS.WritableStream): boolean => 'isTTY' in stream && !!stream.isTTY;

const lineOf = (level: LogLevel, message: string, fields: LogFields): Line => ({
  time: new Date().toISOString(),
  level,
  message: String(loggable(message)),
  fields,
});

const OWN_KEYS = ['time', 'level', 'message'];
/** JSON leaves these as they are, but a terminal may obey them or break the line. */
const UNSAFE_IN_JSON = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const CONTROL = /\p{Cc}/gu;
const CONTROL_BUT_NEWLINE = /[^\P{Cc}\n]/gu;

const escapeCharacter = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const toJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(UNSAFE_IN_JSON, escapeCharacter);

const asJson = ({ fields, ...own }: Line): string => {
  const entries = Object.entries(fields).map(([key, value]): [string, unknown] => [
    OWN_KEYS.includes(key) ? `field.${key}` : key,
    value,
  ]);
  return toJson(Object.fromEntries([...Object.entries(own), ...entries]));
};

const COLOURS = { debug: 'gray', info: 'green', warn: 'yellow', error: 'red' } as const;

const asText = ({ time, level, message, fields }: Line): string => {
  const { error, ...rest } = fields;
  const label = styleText(COLOURS[level], level.toUpperCase().padEnd(5));
  const head = `${time.slice(11, 23)} ${label} ${message.replaceAll(CONTROL, escapeCharacter)}`;
  const tail = Object.keys(rest).length > 0 ? ` ${toJson(rest)}` : '';
  return head + tail + (error === undefined ? '' : stackText(error));
};

/** The stack, indented: no line of it can pass for a line of the log. */
const stackText = (error: unknown): string => {
  const { stack, ...rest } = isObject(error) ? error : { stack: error };
  const { name: _name, message: _message, cause, ...details } = rest as LogFields;
  const text = typeof stack === 'string' ? stack : toJson(stack ?? error);
  const lines = text.replaceAll(CONTROL_BUT_NEWLINE, escapeCharacter).replaceAll('\n', '\n    ');
  const more = Object.keys(details).length > 0 ? `\n    ${toJson(details)}` : '';
  return `\n    ${lines}${more}${cause === undefined ? '' : `\n  caused by:${stackText(cause)}`}`;
};

const isObject = (value: unknown): value is LogFields =>
  typeof value === 'object' && value !== null;
