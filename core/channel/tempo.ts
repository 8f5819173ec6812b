/** How fast somebody has acted lately: the meter of one lane. */
export interface Tempo {
  /**
   * The moment up to which the actions so far use up the allowed pace; null where none was counted.
   */
  readonly usedUntil: Date | null;
  /** Whether the person has been told to slow down since the last action that was let through. */
  readonly told: boolean;
}

/** *cfg* of SEC-3. */
export interface TempoLimits {
  /** Sustained; 0 switches the limit off. */
  readonly actionsPerSecond: number;
  /** How many may come at once after a rest. */
  readonly actionsBurst: number;
}

/** What a person did, in time. */
export interface Action {
  /** When they did it, as far as the channel tells; not after `seenAt`. */
  readonly at: Date;
  /** When it reached us: an outage of ours may lie between, and clocks that do not agree. */
  readonly seenAt: Date;
}

/** What becomes of an action. */
export interface Admission {
  readonly admitted: boolean;
  /** The first refusal since the last admitted action: say it once. */
  readonly tell: boolean;
  /** The meter after it, to be stored. */
  readonly tempo: Tempo;
}

/** Of somebody who has done nothing yet. */
export const UNMETERED: Tempo = { usedUntil: null, told: false };

/**
 * Whether an action is within the pace (SEC-3): a leaky bucket kept as one moment. From doing the
 * first of any admitted actions to seeing the last of them, they are never more than the burst plus
 * the rate times that while; so what piled up during a downtime is let through as far as the person
 * could have done it in that time. That holds for what carries its date, as messages do: a tap has
 * none, and counts as done when it is seen. Of taps that piled up only the burst is let through.
 */
export const admit = (tempo: Tempo, action: Action, limits: TempoLimits): Admission => {
  if (limits.actionsPerSecond === 0) return { admitted: true, tell: false, tempo };
  const [at, seenAt] = [action.at.getTime(), action.seenAt.getTime()];
  const costMs = Math.ceil(1_000 / limits.actionsPerSecond); // moments are whole milliseconds
  // Later than this only if the clock was set back: nobody is to wait until it has caught up.
  const latest = seenAt + costMs * limits.actionsBurst;
  const used = Math.min(Math.max(tempo.usedUntil?.getTime() ?? at, at), latest);
  if (used > latest - costMs) {
    return { admitted: false, tell: !tempo.told, tempo: { usedUntil: new Date(used), told: true } };
  }
  return {
    admitted: true,
    tell: false,
    tempo: { usedUntil: new Date(used + costMs), told: false },
  };
};
