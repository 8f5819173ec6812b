import type { ApprovalBatchId, ApprovalReport, Proof } from '../../core/index.ts';
import { freshId } from '../support/builders.ts';
import type { People } from '../support/market.ts';
import type { Allowed, Call, Scene } from './scene.ts';

const inCampaign = ({ campaignId }: Pick<Proof, 'campaignId'>) =>
  ({ kind: 'campaign', campaignId }) as const;

/** An order to approve this proof, not worked off yet. */
export const anApproval = async (market: People, proof: Proof): Promise<ApprovalReport> => {
  const [{ actor }, key] = [await market.house(), freshId<ApprovalBatchId>()];
  const order = { scope: inCampaign(proof), proofIds: [proof.id], key };
  return market.core.approvals.start({ actor, ...order });
};

const orderOf = ({ proof, key }: Scene) => ({
  scope: inCampaign(proof),
  proofIds: [proof.id],
  key: key as ApprovalBatchId,
});

export const approvals: Record<string, readonly [Allowed, Call]> = {
  preview: [
    'review',
    (core, actor, { proof }) => core.approvals.preview({ actor, scope: inCampaign(proof) }),
  ],
  start: ['review', (core, actor, scene) => core.approvals.start({ actor, ...orderOf(scene) })],
  show: ['review', (core, actor, { batch }) => core.approvals.show({ actor, batchId: batch.id })],
  run: ['operator', (core, actor) => core.approvals.run({ actor, limit: 1 })],
};
