/** What Telegram adds to some refusals; `retry_after` is in seconds. */
export interface ErrorParameters {
  readonly retry_after?: number;
}

/** A refusal of the Bot API: becomes `{ ok: false, … }` with the HTTP status `errorCode`. */
export class ApiError extends Error {
  readonly errorCode: number;
  readonly parameters: ErrorParameters | undefined;

  constructor(errorCode: number, description: string, parameters?: ErrorParameters) {
    super(description);
    this.name = 'ApiError';
    this.errorCode = errorCode;
    this.parameters = parameters;
  }
}

/** 400 with Telegram's usual prefix. */
export const badRequest = (text: string): ApiError => new ApiError(400, `Bad Request: ${text}`);

/** The sentence of whatever was thrown, by a host too, which may throw anything. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
