/**
 * A request that the rules do not allow. It is data for the person who asked: a code and what they
 * need to know. Throwing one rolls the transaction (or its savepoint) back.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly details: unknown;

  constructor(code: string, details: unknown) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

type DetailsArgument<D> = D extends null ? [] : [details: D];

/**
 * Makes a feature's refusals from its map of code → details (`null` where there is nothing to say).
 */
export const refusing =
  <M extends object>() =>
  <C extends keyof M & string>(code: C, ...details: DetailsArgument<M[C]>): Refusal =>
    new Refusal(code, details[0] ?? null);

/**
 * Stops on what cannot happen: a defect of ours, never the user's doing. Nobody catches it but the
 * edge.
 */
export function invariant(condition: unknown, whyThisCannotBe: string): asserts condition {
  if (!condition) throw new Error(`invariant violated: ${whyThisCannotBe}`);
}

/** Refusals that any use case may raise. */
export interface CommonRefusals {
  /** The thing does not exist, or is not for this person to see: both read the same (SEC-2). */
  'not-found': { readonly what: string };
  'text.too-long': { readonly max: number };
  'text.empty': null;
  'reason.required': null;
}
export const refuseCommon = refusing<CommonRefusals>();
