/** When updates were last known to reach us: a poll was answered, the webhook found in place. */
export interface Receiving {
  readonly confirm: () => void;
  /** Undefined: not yet. */
  readonly secondsSinceConfirmed: () => number | undefined;
}

/** See {@link Receiving}. */
export const createReceiving = (): Receiving => {
  let confirmedAt: number | undefined;
  return {
    confirm: () => {
      confirmedAt = performance.now();
    },
    secondsSinceConfirmed: () =>
      confirmedAt === undefined ? undefined : Math.round((performance.now() - confirmedAt) / 1_000),
  };
};
