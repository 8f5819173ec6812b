import { badRequest } from './api-error.ts';

/** One file part of a multipart request. */
export interface Upload {
  readonly filename: string;
  readonly bytes: Buffer;
}

/** A file parameter: new bytes, or the id of a file Telegram already has. */
export type FileParam = { readonly upload: Upload } | { readonly fileId: string };

const ATTACH = 'attach://';

/**
 * The merged parameters of one call (query, JSON, urlencoded, multipart). As with Telegram, a
 * number or a nested object may also come as text, and `null` counts as absent.
 */
export class Params {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #uploads: ReadonlyMap<string, Upload>;

  constructor(values: ReadonlyMap<string, unknown>, uploads: ReadonlyMap<string, Upload>) {
    this.#values = values;
    this.#uploads = uploads;
  }

  /** Refuses (400) a parameter the method does not have, so that a typo shows in a test. */
  requireKnown(method: string, known: readonly string[]): void {
    const everywhere = ['method', ...known];
    const attached = [...this.#values.values()].map((value) => asText(value)).join(' ');
    const stray =
      [...this.#values.keys()].find((name) => !everywhere.includes(name)) ??
      [...this.#uploads.keys()].find(
        (name) => !everywhere.includes(name) && !attached.includes(ATTACH + name),
      );
    if (stray !== undefined) {
      throw badRequest(`the sandbox does not know the parameter "${stray}" of ${method}`);
    }
  }

  has(name: string): boolean {
    return this.#uploads.has(name) || (this.#values.get(name) ?? null) !== null;
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name) ?? undefined;
    return value === undefined ? undefined : asText(value);
  }

  integer(name: string): number | undefined {
    const text = this.text(name)?.trim();
    if (text === undefined || text === '') return undefined;
    if (!/^-?\d{1,16}$/.test(text)) throw badRequest(`parameter "${name}" must be an integer`);
    return Number(text);
  }

  flag(name: string): boolean {
    return ['true', 'yes', '1'].includes(this.text(name)?.toLowerCase() ?? '');
  }

  /** The nested value, whether it came as JSON text or as an object; a refusal calls it `what`. */
  json(name: string, what = name.replaceAll('_', ' ')): unknown {
    const value = this.#values.get(name) ?? undefined;
    if (typeof value !== 'string') return value;
    if (value.trim() === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw badRequest(`can't parse ${what} JSON object`);
    }
  }

  /** The file under `name`: a part of that name, a part that `attach://` names, or a file id. */
  file(name: string): FileParam | undefined {
    const upload = this.#uploads.get(name);
    if (upload) return { upload };
    const text = this.text(name);
    if (text === undefined || text === '') return undefined;
    return this.attached(text);
  }

  /** What a nested object refers to; `undefined` if it is `attach://` and no such part came. */
  attached(reference: string): FileParam | undefined {
    if (!reference.startsWith(ATTACH)) return { fileId: reference };
    const upload = this.#uploads.get(reference.slice(ATTACH.length));
    return upload && { upload };
  }

  /** For the log of requests: files appear as their name and size in bytes. */
  toLog(): Record<string, unknown> {
    const files = [...this.#uploads].map(([name, { filename, bytes }]) => [
      name,
      { file: filename, bytes: bytes.length },
    ]);
    return Object.fromEntries([...this.#values, ...files]) as Record<string, unknown>;
  }
}

/** The fields of a nested object, as strict about names as the parameters of a method are. */
export function nestedParams(value: unknown, what: string, known: readonly string[]): Params {
  if (!isRecord(value)) throw badRequest(`can't parse ${what}: expected an Object`);
  const stray = Object.keys(value).find((name) => !known.includes(name));
  if (stray !== undefined) {
    throw badRequest(`the sandbox does not know the field "${stray}" of ${what}`);
  }
  return new Params(new Map(Object.entries(value)), new Map());
}

const asText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value ?? null);
};

/** A JSON object: neither null nor an array. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
