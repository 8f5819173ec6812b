/** One call of the bot, with files shown as name and size. */
export interface ApiRequest {
  readonly sequence: number;
  /** ISO 8601. */
  readonly at: string;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Telegram's envelope, or what a fault did instead. */
  readonly answer: Readonly<Record<string, unknown>>;
}

const KEPT = 2000;

/** The newest calls of the bot. */
export class RequestLog {
  #entries: ApiRequest[] = [];
  #next = 1;

  add(entry: Omit<ApiRequest, 'sequence'>): void {
    this.#entries.push({ sequence: this.#next++, ...entry });
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
