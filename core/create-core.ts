import { createApprovals } from './approvals/index.ts';
import { createAudit } from './audit/index.ts';
import { createBroadcasts } from './broadcasts/index.ts';
import { createCampaigns, pauseForSuspension, resumeAfterSuspension } from './campaigns/index.ts';
import { createChannel } from './channel/index.ts';
import { createDeposits } from './deposits/index.ts';
import { createFiles } from './files/index.ts';
import { createFreeze, requireNotFrozen } from './freeze/index.ts';
import { createOutbox } from './outbox/index.ts';
import { createOwner, tellOwner } from './owner/index.ts';
import type { Ports, Tx } from './ports.ts';
import { createProofs } from './proofs/index.ts';
import { createReports } from './reports/index.ts';
import { createSettings } from './settings/index.ts';
import { createTasks, returnForSuspension } from './tasks/index.ts';
import {
  createUsers,
  requireJob,
  requirePermission,
  type SuspensionEffects,
} from './users/index.ts';
import { createWallet } from './wallet/index.ts';
import { createWellbeing } from './wellbeing/index.ts';
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
    wallet: createWallet({ ...ports, requireNotFrozen }),
    campaigns: createCampaigns(ports),
    tasks: createTasks(ports),
    proofs: createProofs(ports),
    approvals: createApprovals(ports),
    deposits: createDeposits(ports),
    withdrawals: createWithdrawals(ports),
    reports: createReports(ports),
    files: createFiles(ports),
    freeze: createFreeze({ ...ports, verifyAudit: audit.verify }),
    broadcasts: createBroadcasts(ports),
    outbox: createOutbox({ ...ports, requireJob }),
    owner: createOwner({ ...ports, requireJob }),
    wellbeing: createWellbeing(ports),
    channel: createChannel(ports),
    audit,
    settings: createSettings({
      ...ports,
      requireAdmin: (tx, actor) => requirePermission(tx, actor, 'settings'),
      tellOwner: (tx, change) => tellOwner(tx, ports, { kind: 'setting-changed', ...change }),
    }),
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
