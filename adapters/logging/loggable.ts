import { isSecretKey, redactText, SECRET } from './redact.ts';

const DEPTH_MAX = 8;
const ITEMS_MAX = 100;
const TEXT_MAX = 8_000;

/** A value as it may be written to a log: JSON-safe, bounded, without secrets. Never throws. */
export const loggable = (value: unknown): unknown => inspect(value, []);

const inspect = (value: unknown, parents: readonly object[]): unknown => {
  switch (typeof value) {
    case 'string':
      return shorten(redactText(value));
    case 'number':
    case 'bigint':
      return fromNumber(value);
    case 'boolean':
    case 'undefined':
      return value;
    case 'object':
      return value === null ? null : fromObject(value, parents);
    case 'symbol':
    case 'function':
      return `[${typeof value}]`;
  }
};

const shorten = (text: string): string =>
  text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}… (${text.length} characters)` : text;

/** Whole numbers may be phone numbers; bigint and what JSON has no number for become text. */
const fromNumber = (value: number | bigint): unknown => {
  const text = String(value);
  if (typeof value === 'number' && !Number.isInteger(value)) {
    return Number.isFinite(value) ? value : text;
  }
  const redacted = redactText(text);
  return typeof value === 'number' && redacted === text ? value : redacted;
};

const fromObject = (value: object, parents: readonly object[]): unknown => {
  if (parents.includes(value)) return '[circular]';
  if (parents.length >= DEPTH_MAX) return '[too deep]';
  try {
    return fromKnown(value, [...parents, value]);
  } catch {
    return '[unreadable]';
  }
};

const fromKnown = (value: object, parents: readonly object[]): unknown => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof URL) return inspect(value.href, parents);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Error) return fromError(value, parents);
  if (value instanceof Map) return inspect(Object.fromEntries(value), parents);
  if (value instanceof Set) return inspect([...value], parents);
  if (Array.isArray(value)) {
    const items = value.slice(0, ITEMS_MAX).map((item) => inspect(item, parents) ?? null);
    return value.length > ITEMS_MAX ? [...items, `… (${value.length} items)`] : items;
  }
  // A typed secret says what it wants said of itself.
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return inspect(value.toJSON(), parents);
  }
  return fromEntries(Object.entries(value), parents);
};

/** `cause` and the errors of an AggregateError are no enumerable properties: they are asked for. */
const fromError = (error: Error, parents: readonly object[]): unknown => {
  const told = ['name', 'message', 'stack', 'cause', 'errors'];
  const known = {
    name: error.name,
    message: error.message,
    stack: error.stack,
    cause: error.cause,
    errors: error instanceof AggregateError ? (error.errors as unknown[]) : undefined,
  };
  const own = Object.entries(error).filter(([key]) => !told.includes(key));
  return fromEntries([...Object.entries(known), ...own], parents);
};

const fromEntries = (entries: readonly [string, unknown][], parents: readonly object[]): unknown =>
  Object.fromEntries(
    entries
      .slice(0, ITEMS_MAX)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [
        redactText(key),
        hides(key, value) ? SECRET : inspect(value, parents),
      ]),
  );

/** Whether a secret is set at all may be told; nothing else. */
const hides = (key: string, value: unknown): boolean =>
  isSecretKey(key) && value !== null && value !== '' && typeof value !== 'boolean';
