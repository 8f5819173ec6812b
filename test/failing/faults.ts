/** What happens to the call that fails. Not every ground knows every way. */
export type Way =
  /** It is not made. */
  | 'refused'
  /** It is made, and its answer never comes. */
  | 'lost'
  /** The database meets a serialization conflict: the work is to run again by itself. */
  | 'conflict'
  /** The database has no room left. */
  | 'full'
  /** The connection is gone before the call. */
  | 'killed';

/** Lets one call fail: the 1st, the 2nd, the 3rd … */
export interface Faults {
  /** From now on calls are counted, and the `nth` of them fails. */
  arm(nth: number, way: Way): void;
  /** Lets no more call fail; the one that did, undefined where it never came. */
  disarm(): string | undefined;
  /** Counts a call; how it has to fail, if it has. */
  next(call: string): Way | undefined;
  /** The calls that were counted since `arm`. */
  counted(): readonly string[];
}

export const createFaults = (): Faults => {
  let armed: { readonly nth: number; readonly way: Way } | undefined;
  let calls: string[] = [];
  let met: string | undefined;
  return {
    arm: (nth, way) => {
      armed = { nth, way };
      calls = [];
      met = undefined;
    },
    disarm: () => {
      armed = undefined;
      return met;
    },
    next: (call) => {
      if (!armed) return undefined;
      if (calls.push(call) !== armed.nth) return undefined;
      met = call;
      return armed.way;
    },
    counted: () => calls,
  };
};

/** What a call ends with that was made to fail. */
export class Injected extends Error {
  override readonly name = 'Injected';
}
