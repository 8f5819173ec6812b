import type { SandboxHost } from '../../adapters/sandbox/index.ts';
import type { KeptClock } from '../../adapters/system/index.ts';
import { asOperator, INTAKE_GRACE_MS, type Core, type Settings } from '../../core/index.ts';
import type { Jobs } from '../pipeline/jobs.ts';
import { createLedgerView } from './ledger-view.ts';
import { createTour } from './tour.ts';

/** The parts of the bot that the sandbox reaches, from when they work. */
export interface HostParts {
  readonly core: Core;
  readonly jobs: Pick<Jobs, 'catchUp'>;
  /** As they are now. */
  readonly settings: () => Promise<Settings>;
}

/** What Upah shows and does in the sandbox beside the chats (OPS-1). */
export interface UpahHost extends Required<SandboxHost> {
  /** The bot works: before this every request is refused in a clear sentence. */
  open(parts: HostParts): void;
  /** The bot stops. */
  close(): void;
}

const ACTOR = asOperator('sandbox');
/** After a jump: when what was due in its last moments is due for sure. */
const LATE_MS = INTAKE_GRACE_MS + 500;

/**
 * The sandbox is there before the core, which needs a Telegram to talk to: so the host is made
 * first, and opened when the bot runs.
 */
export const createUpahHost = (clock: KeptClock): UpahHost => {
  let parts: HostParts | undefined;
  let late: NodeJS.Timeout | undefined;
  const opened = (): HostParts => {
    if (!parts)
      throw new Error('the bot is not running: it starts or stops, try again in a moment');
    return parts;
  };
  /** A task whose deadline the jump only just passed is left alone for its grace (TSK-5). */
  const catchUpLate = ({ jobs }: HostParts, from: Date): void => {
    clearTimeout(late);
    late = setTimeout(() => void jobs.catchUp(from, clock.now()).catch(() => undefined), LATE_MS);
    late.unref();
  };
  return {
    open: (given) => {
      parts = given;
    },
    close: () => {
      parts = undefined;
      clearTimeout(late);
    },
    ledger: async (language) => {
      const { core } = opened();
      return createLedgerView(language, (size) => core.wallet.ledger({ actor: ACTOR, ...size }));
    },
    advance: async (ms) => {
      const at = opened();
      const from = clock.now();
      await clock.advance(ms);
      const to = clock.now();
      await at.jobs.catchUp(from, to);
      if (parts === at) catchUpLate(at, to);
    },
    tour: async (language) => createTour(opened())(language),
  };
};
