import {
  DAY_MS,
  MINUTE_MS,
  plusMs,
  startOfWibDay,
  type Actor,
  type Clock,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requireJob } from '../users/index.ts';

interface ClosePorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
}

export interface CloseDays {
  readonly actor: Actor;
}

/** How many days one run closes at most, and how far back the first one begins. */
const CLOSED_AT_ONCE = 60;
/** What began before midnight has committed by then: nothing joins a closed day. */
const AFTERMATH_MS = 10 * MINUTE_MS;
/** An update that waits longer than this brings no proof any more (TSK-5). */
const ANSWERS_COUNT_MS = DAY_MS;

/**
 * Notes what each day that is over came to, so that no screen counts it again (RPT-1). Days are
 * closed one after the other, each in a transaction of its own; one that cannot be yet is counted by
 * whoever asks for it. Resolves to how many were closed.
 */
export const closeDays =
  ({ unitOfWork, clock }: ClosePorts) =>
  async ({ actor }: CloseDays): Promise<number> => {
    requireJob(actor);
    const now = clock.now();
    const end = startOfWibDay(plusMs(now, -AFTERMATH_MS));
    let day = await unitOfWork.run((tx) => firstOpen(tx, end));
    let closed = 0;
    for (; day !== null && day < end && closed < CLOSED_AT_ONCE; closed += 1) {
      const open: Date = day;
      const isClosed = await unitOfWork.run((tx) =>
        tx.dayBook.close(open, plusMs(now, -ANSWERS_COUNT_MS)),
      );
      if (!isClosed) break;
      day = plusMs(open, DAY_MS);
    }
    return closed;
  };

const firstOpen = async (tx: Tx, end: Date): Promise<Date | null> => {
  const last = await tx.dayBook.lastClosed();
  if (last) return plusMs(last, DAY_MS);
  const [first, earliest] = [await tx.dayBook.first(), plusMs(end, -CLOSED_AT_ONCE * DAY_MS)];
  return first && (first < earliest ? earliest : first);
};

export interface PruneActivity {
  readonly actor: Actor;
  /** At most so many at once. */
  readonly limit: number;
}

/** For how long it is known who was there on which day; closed days keep how many they were. */
const ACTIVITY_KEPT_MS = 60 * DAY_MS;

/** Forgets who was there on days long past. Resolves to how many such notes. */
export const pruneActivity =
  ({ unitOfWork, clock }: ClosePorts) =>
  async ({ actor, limit }: PruneActivity): Promise<number> => {
    requireJob(actor);
    const before = plusMs(clock.now(), -ACTIVITY_KEPT_MS);
    return unitOfWork.run((tx) => tx.dayBook.pruneActive(before, limit));
  };
