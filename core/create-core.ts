import { createApprovals } from './approvals/index.ts';
import { createAudit } from './audit/index.ts';
import { createCampaigns, pauseForSuspension, resumeAfterSuspension } from './campaigns/index.ts';
import { createChannel } from './channel/index.ts';
import { createDeposits } from './deposits/index.ts';
import { createFiles } from './files/index.ts';
import { createFreeze } from './freeze/index.ts';
import { createOutbox } from './outbox/index.ts';
import type { Ports, Tx } from './ports.ts';
import { createProofs } from './proofs/index.ts';
import { createSettings } from './settings/index.ts';
import { createTasks, returnForSuspension } from './tasks/index.ts';
import { createUsers, requireAdmin, requireJob, type SuspensionEffects } from './users/index.ts';
import { createWallet } from './wallet/index.ts';
import { createWithdrawals } from './withdrawals/index.ts';

/** What a suspension does in the features that own tasks and campaigns (ACC-5). */
const suspensionEffectsOf = (ports: Ports): SuspensionEffects => {
  const [giveBack, pause, resume] = [
    returnForSuspension(ports),
    pauseForSuspension(ports),
    resumeAfterSuspension(ports),
  ];
  return {
    begin: async (tx, user, actor) => {
      await giveBack(tx, user, actor);
      await pause(tx, user, actor);
    },
    end: resume,
  };
};

const useCases = (ports: Ports) => {
  const audit = createAudit(ports);
  return {
    users: createUsers({ ...ports, suspensionEffects: suspensionEffectsOf(ports) }),
    wallet: createWallet(ports),
    campaigns: createCampaigns(ports),
    tasks: createTasks(ports),
    proofs: createProofs(ports),
    approvals: createApprovals(ports),
    deposits: createDeposits(ports),
    withdrawals: createWithdrawals(ports),
    files: createFiles(ports),
    freeze: createFreeze({ ...ports, verifyAudit: audit.verify }),
    outbox: createOutbox({ ...ports, requireJob }),
    channel: createChannel(ports),
    audit,
    settings: createSettings({ ...ports, requireAdmin }),
  };
};

/** Every use case by feature, each in a transaction of its own. */
export type UseCases = ReturnType<typeof useCases>;

export interface Core extends UseCases {
  /**
   * The same use cases inside a transaction of the caller's: each is a savepoint, so that a refusal
   * undoes only itself, and all commit or roll back with `tx`.
   */
  within(tx: Tx): UseCases;
}

/** The one door to the marketplace: give it what it needs, get every use case. */
export const createCore = (ports: Ports): Core => ({
  ...useCases(ports),
  within: (tx) => useCases({ ...ports, unitOfWork: { run: (work) => tx.savepoint(work) } }),
});
