import { createManualClock, createMemoryPorts } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { uuidIds } from '../../../adapters/system/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import { rupiahs } from '../../support/builders.ts';
import type { TestDatabase } from '../../support/database.ts';
import { peopleOn, type People } from '../../support/market.ts';

const SETTINGS = {
  ...DEFAULT_SETTINGS,
  feeBasisPoints: 1_000,
  withdrawMin: rupiahs(100),
  withdrawFee: rupiahs(50),
  withdrawalsPendingMax: 10,
};

/** People who act on the core over this database, at the time of day. */
export const marketOn = ({ orm }: TestDatabase): People =>
  peopleOn({
    ...createMemoryPorts(),
    ...createPostgresPorts({ orm, settings: SETTINGS }),
    clock: createManualClock(new Date()),
    ids: uuidIds,
  });

/** What happened, by the ids of what it happened to. */
export type Story = Awaited<ReturnType<typeof tellStory>>;

/** A little of everything that moves money: a reward of 500 has a fee of 50. */
export const tellStory = async (market: People) => {
  const client = await market.client();
  const [worker, other] = [await market.worker(), await market.worker()];
  const campaign = await market.campaign(client, { target: 6 });
  const approved = await market.proof(worker, campaign);
  await market.approve(approved);
  const rejected = await market.proof(other, campaign);
  await market.reject(rejected);
  const cheat = await market.worker();
  const undone = await market.proof(cheat, campaign);
  await market.approve(undone);
  const { actor } = await market.house();
  await market.core.proofs.reverse({ actor, proofId: undone.id, reason: 'a fake' });
  const waiting = await market.proof(await market.worker(), campaign);
  const deleted = await market.campaign(client, { target: 2 });
  await market.core.campaigns.delete({ actor: client.actor, campaignId: deleted.id });
  await market.topUp(client, 9_000);
  const raised = await market.campaign(client, { target: 1 });
  await market.topUp(client, 550);
  const raise = { actor: client.actor, campaignId: raised.id, more: 1, key: 'raise' };
  await market.core.campaigns.raise(raise);
  const deposit = await market.request(client, 10_000);
  const paid = await market.withdraw(worker, 200);
  await market.payOut(paid, await market.house());
  const asked = await market.withdraw(worker, 100);
  return {
    house: (await market.house()).id,
    client: client.id,
    worker: worker.id,
    other: other.id,
    undoneWorker: cheat.id,
    campaign: campaign.id,
    deleted: deleted.id,
    raised: raised.id,
    approved: approved.id,
    rejected: rejected.id,
    undone: undone.id,
    waiting: waiting.id,
    deposit: deposit.id,
    paid: paid.id,
    asked: asked.id,
  };
};
