import { asSystem, type Campaign, type CampaignId, type Progress } from '../../core/index.ts';
import { demand, RuleBroken } from './rule-broken.ts';
import type { ShadowCampaign } from './shadow-market.ts';
import { createCounts, type Counts } from './tallies.ts';
import type { Town } from './town.ts';

/** The seals of the day every day, all that are kept every fifth day. */
const [SEALS_A_DAY, ALL_SEALS_EVERY] = [144, 5];

const JOB = asSystem('check');

/** Resolves to how many rows were looked at. */
const checkLedger = async ({ core, shadow }: Town): Promise<number> => {
  let rows = 0;
  for await (const step of core.wallet.verify({ actor: JOB })) {
    rows += step.rows;
    const [first] = step.violations;
    if (first) throw new RuleBroken(first.rule, `${first.row}: ${first.what}`);
  }
  const [real, own] = [await core.wallet.trialBalance({ actor: JOB }), shadow.books.sums()];
  const sum = real.wallets + real.holds + real.escrows + real.revenue + real.outside;
  demand(sum === 0n, 'WAL-2', () => `all balances sum to ${sum}`);
  for (const kind of ['wallets', 'holds', 'escrows', 'revenue', 'outside'] as const) {
    demand(real[kind] === own[kind], 'WAL-11', () => `${kind}: ${real[kind]}, not ${own[kind]}`);
  }
  return rows;
};

const checkPurses = ({ ports, persons, shadow }: Town): Promise<void> =>
  ports.unitOfWork.run(async (tx) => {
    for (const id of persons.keys()) {
      const [real, own] = [await tx.wallets.balances(id), shadow.books.purseOf(id)];
      const isSame = real.wallet === own.wallet && real.hold === own.hold;
      demand(isSame, 'WAL-3', () => {
        return `${id} owns ${real.wallet} + ${real.hold}, not ${own.wallet} + ${own.hold}`;
      });
    }
  });

/** Everything that must be so, whatever happened; looks at the whole core. */
export const createInvariants = (town: Town) => {
  const { core, ports, shadow, figures } = town;
  const audited = createCounts();
  let [auditForgotten, auditRead, checks] = [0, 0, 0];

  const sealsKept = (): number => Math.max(1, ports.sizes()['seals'] ?? 0);

  const checkCampaigns = (): Promise<void> =>
    ports.unitOfWork.run(async (tx) => {
      const gone: ShadowCampaign[] = [];
      for (const [id, own] of shadow.market.campaigns) {
        const real = await tx.campaigns.find(id);
        if (real === undefined) gone.push(own);
        else requireSame(id, own, { ...real, ...(await tx.slots.progress(id)) });
      }
      for (const own of gone) {
        const open = own.available + own.taken + own.underReview;
        const isOver = own.status === 'completed' || own.status === 'deleted';
        demand(isOver && open === 0 && own.escrow === 0n, 'CAM-7', () => `${own.id} is gone`);
        shadow.market.forget(own);
      }
    });

  const checkAudit = async (): Promise<void> => {
    const log = ports.auditLog();
    for (const { action } of log.slice(auditRead - auditForgotten)) audited.add(action);
    auditRead = auditForgotten + log.length;
    requireAudited(figures.audit, audited);
    const { broken, violations, unsealed } = await core.audit.verify({
      actor: JOB,
      newest: checks % ALL_SEALS_EVERY === 0 ? sealsKept() : SEALS_A_DAY,
    });
    demand(broken === 0, 'AUD-2', () => JSON.stringify(violations[0]));
    demand(unsealed < 20_000, 'AUD-2', () => `${unsealed} rows wait for a seal`);
    checks += 1;
  };

  return {
    /** Throws {@link RuleBroken}; resolves to how many rows the ledger's verification looked at. */
    check: async (): Promise<number> => {
      await checkPurses(town);
      const rows = await checkLedger(town);
      await checkCampaigns();
      await checkAudit();
      return rows;
    },
    /** Forgets what came to rest before then: everything is checked again with the next check. */
    forget: async (before: Date): Promise<void> => {
      const { auditRows } = await ports.forget(before);
      auditForgotten += auditRows;
    },
  };
};

const requireSame = (id: CampaignId, own: ShadowCampaign, real: Campaign & Progress): void => {
  const pairs: readonly (readonly [string, string | number, string | number])[] = [
    ['status', real.status, own.status],
    ['target', real.targetTotal, own.target],
    ['completed', real.completedCount, own.approved],
    ['closed count', real.closedCount, own.closed],
    ['available', real.available, own.available],
    ['taken', real.taken, own.taken],
    ['under review', real.underReview, own.underReview],
    ['approved', real.approved, own.approved],
    ['closed', real.closed, own.closed],
    ['rejections', real.rejections, own.rejections],
  ];
  for (const [what, core, run] of pairs) {
    demand(core === run, 'CAM-8', () => {
      return `campaign ${id}: ${what} is ${String(core)}, not ${String(run)}`;
    });
  }
  const slots = own.available + own.taken + own.underReview + own.approved + own.closed;
  demand(slots === own.target, 'CAM-3', () => `campaign ${id}: ${slots} slots of ${own.target}`);
};

const requireAudited = (expected: Counts, found: Counts): void => {
  for (const [action, times] of expected.entries()) {
    const real = found.of(action);
    demand(real === times, 'AUD-1', () => `${action}: ${real} audit rows, ${times} due`);
  }
};
