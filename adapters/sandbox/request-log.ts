/** One call of the bot, with files shown as name and size. */
export interface ApiRequest {
  readonly sequence: number;
  /** ISO 8601. */
  readonly at: string;
  /** How long the sandbox took over it, in milliseconds; a fault's delay counts. */
  readonly ms: number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Telegram's envelope, or what a fault did instead. */
  readonly answer: Readonly<Record<string, unknown>>;
}

/** Leaves out what is known already: calls up to this sequence. */
export interface SinceCall {
  readonly after?: number;
}

const KEPT = 2000;
/** More than Telegram takes in any text: what is longer is a mistake, and shown by its beginning. */
const SHOWN_LETTERS = 20_000;

/** The newest calls of the bot. */
export class RequestLog {
  #entries: ApiRequest[] = [];
  #next = 1;

  add(entry: Omit<ApiRequest, 'sequence'>): void {
    const params = Object.fromEntries(
      Object.entries(entry.params).map(([name, value]) => [name, shortened(value)]),
    );
    this.#entries.push({ sequence: this.#next++, ...entry, params });
    if (this.#entries.length > KEPT * 1.5) this.#entries = this.#entries.slice(-KEPT);
  }

  /** Calls with a higher sequence than `after`, of one method or of all. */
  list(after = 0, method?: string): ApiRequest[] {
    const wanted = method?.toLowerCase();
    return this.#entries.filter(
      (entry) =>
        entry.sequence > after && (wanted === undefined || entry.method.toLowerCase() === wanted),
    );
  }

  clear(): void {
    this.#entries = [];
  }
}

const shortened = (value: unknown): unknown => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === undefined || text.length <= SHOWN_LETTERS) return value;
  return `${text.slice(0, SHOWN_LETTERS)}… (${text.length} letters)`;
};
