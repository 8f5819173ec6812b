import { MINUTE_MS, type Json } from '../../core/index.ts';
import { aScene } from '../core/scene.ts';
import { freshNumber } from '../support/builders.ts';
import { jobsOnTheSpot } from '../support/jobs-on-the-spot.ts';
import { aPhoto, aTap, aWord, handleAsBot } from './bot.ts';
import type { Means, Prepare } from './ground.ts';
import { REQUESTS } from './requests.ts';

const once =
  (said: Json) =>
  (means: Means): Promise<void> =>
    handleAsBot(means, said);

/** What people write and tap, from the moment in which Telegram delivers it. */
export const UPDATES: ReadonlyMap<string, Prepare> = new Map<string, Prepare>([
  ['a stranger’s /start', async () => once(aWord({ telegramId: freshNumber() }, '/start'))],
  [
    'a tap that takes a task',
    async (people) => {
      const campaign = await people.campaign(await people.client());
      return once(aTap(await people.worker(), 'take', campaign.id));
    },
  ],
  [
    'the picture that proves a task',
    async (people, ports) => {
      const { worker, take } = await aScene(people);
      await handleAsBot({ ports, core: people.core }, aTap(worker, 'sendProof', take.id));
      return once(aPhoto(worker));
    },
  ],
  [
    'a tap that approves a proof',
    async (people) => {
      const { proof } = await aScene(people);
      return once(aTap(await people.admin(), 'approveProof', proof.id));
    },
  ],
  [
    'a tap that approves a top-up',
    async (people) => {
      const { deposit } = await aScene(people);
      return once(aTap(await people.admin(), 'approveDeposit', deposit.id));
    },
  ],
  [
    'a tap that deletes a campaign',
    async (people) => {
      const { client, campaign } = await aScene(people);
      return once(aTap(client, 'confirmDeleteCampaign', campaign.id));
    },
  ],
  [
    'a tap that claims a withdrawal',
    async (people) => {
      const { withdrawal } = await aScene(people);
      return once(aTap(await people.admin(), 'claimWithdrawal', withdrawal.id));
    },
  ],
]);

/** For those that need more than the usual scene: what they find to do. */
const FOR_JOBS: Readonly<Record<string, (...prepared: Parameters<Prepare>) => unknown>> = {
  'expire-takes': async (people, { clock }) => {
    await aScene(people);
    clock.advance(60 * MINUTE_MS);
  },
  'remind-workers': async (people, { clock }) => {
    await aScene(people);
    clock.advance(26 * MINUTE_MS);
  },
  'audit-head': (...prepared) => REQUESTS.get('audit.announceHead')?.(...prepared),
  'close-days': (...prepared) => REQUESTS.get('reports.closeDays')?.(...prepared),
  'daily-report': (...prepared) => REQUESTS.get('reports.daily')?.(...prepared),
  'prune-activity': (...prepared) => REQUESTS.get('reports.pruneActivity')?.(...prepared),
  'feed-broadcast': (...prepared) => REQUESTS.get('broadcasts.feed')?.(...prepared),
  'prune-outbox': (...prepared) => REQUESTS.get('outbox.prune')?.(...prepared),
  'prune-inbox': (...prepared) => REQUESTS.get('channel.prune')?.(...prepared),
};

/** A run of this job, over a scene where it finds something. */
export const aRunOf =
  (job: string): Prepare =>
  async (people, ports) => {
    await (FOR_JOBS[job] ?? aScene)(people, ports);
    return async ({ core }) => (await jobsOnTheSpot(core)).all.runNow(job);
  };
