import {
  asSystem,
  type ApprovalBatchId,
  type ApprovalScope,
  type Campaign,
  type Proof,
} from '../../core/index.ts';
import { aFile, freshId } from './builders.ts';
import { aMarket, type Market, type Person } from './market.ts';

export const JOB = asSystem('approve-many');
/** Nothing was left alone. */
export const NONE = { decided: 0, claimed: 0, flagged: 0, own: 0, frozen: 0, 'no-right': 0 };

export const of = ({ id: campaignId }: Pick<Campaign, 'id'>): ApprovalScope => ({
  kind: 'campaign',
  campaignId,
});
export const by = ({ id: workerId }: Person): ApprovalScope => ({ kind: 'worker', workerId });

/** A campaign with so many waiting proofs, each of a worker of its own, a minute apart. */
export const aScene = async ({ waiting = 3, target = 10 } = {}) => {
  const market = aMarket({ settings: { feeBasisPoints: 1_000 } });
  const [client, admin] = [await market.client(), await market.admin()];
  const campaign = await market.campaign(client, { target });
  const proofs: Proof[] = [];
  const send = async (): Promise<Proof> => {
    market.clock.advance(60_000);
    const proof = await market.proof(await market.worker(), campaign);
    proofs.push(proof);
    return proof;
  };
  for (let sent = 0; sent < waiting; sent += 1) await send();
  return { market, client, admin, campaign, proofs, send, ...orders(market, admin) };
};

/** What this admin does with many proofs at once. */
export const orders = ({ core }: Pick<Market, 'core'>, admin: Person) => {
  const { approvals } = core;
  const { actor } = admin;
  const preview = (scope: ApprovalScope) => approvals.preview({ actor, scope });
  const start = async (
    scope: ApprovalScope,
    key: ApprovalBatchId = freshId(),
    proofIds?: readonly Proof['id'][],
  ) => {
    const ids = proofIds ?? (await preview(scope)).proofIds;
    return approvals.start({ actor, scope, proofIds: ids, key });
  };
  const run = (limit = 100) => approvals.run({ actor: JOB, limit });
  const show = ({ batch }: Awaited<ReturnType<typeof start>>) =>
    approvals.show({ actor, batchId: batch.id });
  return { preview, start, run, show };
};

export const ids = (proofs: readonly Proof[]) => proofs.map(({ id }) => id);

/** A stranger sends the very file of another proof: flagged (PRF-3). */
export const aCopy = async (
  market: Market,
  campaign: Campaign,
  original: Proof | undefined,
): Promise<Proof> => {
  const worker = await market.worker();
  const { id: takeId } = await market.take(worker, campaign);
  const { sha256Received = '' } = original?.file ?? {};
  const file = aFile({ sha256Received });
  const sentAt = market.clock.now();
  return market.core.proofs.submit({ actor: worker.actor, takeId, file, sentAt });
};
