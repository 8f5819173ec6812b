import { asRefusal, asUser, type CampaignId, type UserId } from '../../core/index.ts';
import { workOff } from './callers.ts';
import type { Contest, Side, Sizes, Bench } from './contest.ts';
import { CLIENTS, seedWork } from './seed-work.ts';
import { openGround, type WorkGround } from './work-ground.ts';

/** TSK-3: a crowd on one campaign, and never a slot too many. */
export const take: Bench = {
  what: 'workers taking from one campaign until it is empty against taking from many',
  sizes: { takes: 2_000, campaigns: 100, workers: 64 },
  goal: 0.8,
  open: async (sizes: Sizes): Promise<Contest> => {
    const { takes = 0, campaigns = 0, workers = 0 } = sizes;
    const ground = await openGround(takes + workers + CLIENTS);
    const side = (name: string, spread: number): Side =>
      sideOf(ground, { name, campaigns: spread, takes, workers });
    return {
      ...ground,
      unit: 'takes',
      ours: side('one campaign', 1),
      yardstick: side(`${campaigns} campaigns`, campaigns),
    };
  },
};

interface Taking {
  readonly name: string;
  readonly campaigns: number;
  readonly takes: number;
  /** At once; so many more than there are slots come, and find nothing. */
  readonly workers: number;
}

interface Attempt {
  readonly worker: UserId;
  readonly campaign: CampaignId;
}

const sideOf = ({ core, sql }: WorkGround, { name, campaigns, takes, workers }: Taking): Side => {
  const open = Math.floor(takes / campaigns);
  const slots = open * campaigns;
  let attempts: readonly Attempt[] = [];
  let done = 0;
  const tryTake = async ({ worker, campaign: campaignId }: Attempt): Promise<void> => {
    const [result] = await Promise.allSettled([
      core.tasks.take({ actor: asUser(worker), campaignId }),
    ]);
    if (result.status === 'fulfilled') done += 1;
    else if (asRefusal(result.reason)?.code !== 'task.gone') throw result.reason;
  };
  return {
    name,
    prepare: async () => {
      await sql(seedWork({ campaigns, proofs: 0, open, fee: 0 }));
      attempts = await sql<Attempt>(`
        select p.id as worker, c.id as campaign
        from bench_people p join bench_campaigns c on c.c = p.n % ${campaigns}
        where p.n < ${slots + workers} order by p.n`);
      done = 0;
    },
    run: async () => {
      await workOff(attempts, workers, tryTake);
      return done;
    },
    check: () => requireEachOnce(sql, { slots, done }),
  };
};

const requireEachOnce = async (
  sql: WorkGround['sql'],
  expected: { readonly slots: number; readonly done: number },
): Promise<void> => {
  const [found] = await sql<{ takes: number; taken: number }>(`
    select count(*)::int as takes, count(distinct t.task_id)::int as taken
    from takes t join bench_campaigns c on c.id = t.campaign_id where t.status = 'taken'`);
  const { slots, done } = expected;
  if (found?.takes === slots && found.taken === slots && done === slots) return;
  throw new Error(`slots too many or too few: ${JSON.stringify({ ...expected, ...found })}`);
};
