import type { MoneySize } from './money/run.ts';
import type { NotificationsSize } from './notifications.ts';
import type { UpdatesSize } from './updates.ts';

/** How much a run does. */
export interface Sizes {
  readonly updates: UpdatesSize;
  readonly notifications: NotificationsSize;
  readonly money: MoneySize;
  /** Users. */
  readonly slow: number;
  /** Updates. */
  readonly stop: number;
}

/** From a kill to the first operation after it. */
const RECOVERY_MS_MAX = 5_000;
/** The short runs are not about speed: they may share the machine. */
const RECOVERY_MS_MAX_BESIDE_OTHERS = 60_000;

/** `npm run faults`: below five minutes on two cores. */
export const FULL: Sizes = {
  updates: { updates: 5_000, users: 500, workers: 4 },
  notifications: { people: 260, notices: 4, faults: 170, hangs: true, blocked: 10, kills: 3 },
  money: {
    operations: 15_000,
    kills: 32,
    presses: 400,
    households: 24,
    recoveryMsMax: RECOVERY_MS_MAX,
    patienceMs: 240_000,
  },
  slow: 500,
  stop: 100,
};

/** What must find each mutant. */
export const MUTANT_SIZE: MoneySize = {
  operations: 1_200,
  kills: 8,
  presses: 120,
  households: 24,
  recoveryMsMax: RECOVERY_MS_MAX_BESIDE_OTHERS,
  patienceMs: 60_000,
};

/** The small forms that `npm test` runs. */
export const SMALL: Sizes = {
  updates: { updates: 600, users: 60, workers: 4 },
  notifications: { people: 15, notices: 4, faults: 16, hangs: false, blocked: 2, kills: 1 },
  money: {
    operations: 300,
    kills: 2,
    presses: 24,
    households: 12,
    recoveryMsMax: RECOVERY_MS_MAX_BESIDE_OTHERS,
    patienceMs: 60_000,
  },
  slow: 50,
  stop: 100,
};
