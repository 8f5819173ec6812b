/** A failure to play for the next matching calls. */
export interface Fault {
  /** Without a method: every call except getUpdates. */
  readonly method?: string;
  readonly chatId?: number;
  /** Answers with this error instead of acting. Not needed with a delay or a dropped connection. */
  readonly errorCode?: number;
  readonly description?: string;
  /** The error comes as a web page, as from a gateway in front of Telegram, not as an envelope. */
  readonly asPage?: boolean;
  /** Seconds, as in 429 answers. */
  readonly retryAfter?: number;
  /** Waits before acting. */
  readonly delayMs?: number;
  /** Cuts the connection; the call has no effect. */
  readonly dropBefore?: boolean;
  /** Cuts the connection after the call took effect: the bot cannot know. */
  readonly dropAfter?: boolean;
  /** How many calls fail; 1 unless told. */
  readonly count?: number;
}

/** A fault with the calls it will still hit. */
export interface WaitingFault extends Fault {
  readonly left: number;
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'Bad Request: refused by a fault of the sandbox',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  409: 'Conflict: refused by a fault of the sandbox',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
};

/** The faults waiting to happen, oldest first. */
export class Faults {
  #waiting: { readonly fault: Fault; left: number }[] = [];
  /** Called after every change. */
  onChange: () => void = () => {};

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.count ?? 1 });
    this.onChange();
  }

  list(): WaitingFault[] {
    return this.#waiting.map(({ fault, left }) => ({ ...fault, left }));
  }

  clear(): void {
    this.#waiting = [];
    this.onChange();
  }

  /** The fault that this call meets, used up by it. */
  take(method: string, chatId: number | undefined): Fault | undefined {
    const entry = this.#waiting.find(({ fault }) => {
      const hitsMethod = fault.method
        ? fault.method.toLowerCase() === method.toLowerCase()
        : method !== 'getUpdates';
      return hitsMethod && (fault.chatId === undefined || fault.chatId === chatId);
    });
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.#waiting = this.#waiting.filter((other) => other !== entry);
    this.onChange();
    return entry.fault;
  }
}

/** What a gateway shows where Telegram does not answer it. */
export const gatewayPage = (errorCode: number): string =>
  `<html>\n<head><title>${errorCode} ${DESCRIPTIONS[errorCode] ?? 'Error'}</title></head>\n` +
  `<body><center><h1>${errorCode}</h1></center><hr><center>nginx</center></body>\n</html>\n`;

/** The text Telegram would give with the fault's code. */
export function describeFault(fault: Fault & { readonly errorCode: number }): string {
  if (fault.description !== undefined) return fault.description;
  if (fault.errorCode === 429) return `Too Many Requests: retry after ${fault.retryAfter ?? 1}`;
  return DESCRIPTIONS[fault.errorCode] ?? `Error ${fault.errorCode}`;
}
