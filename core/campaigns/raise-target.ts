import { refuseCommon, type Actor, type CampaignId, type UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { lockActor } from '../users/index.ts';
import {
  escrowOf,
  findReplay,
  fingerprintOf,
  ownKey,
  postEntry,
  requireFunds,
  walletOf,
  type EntryPorts,
} from '../wallet/index.ts';
import { raise, requireTotal, type Campaign } from './campaign.ts';

interface RaisePorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface RaiseTarget {
  readonly actor: Actor;
  readonly campaignId: CampaignId;
  /** How many slots more. */
  readonly more: number;
  /** Made when the summary was shown (WAL-7). */
  readonly key: string;
}

/**
 * The owner orders more tasks at the same price and fee, paid at once, while active or paused
 * (CAM-9).
 */
export const raiseTarget =
  (ports: RaisePorts) =>
  ({ actor, campaignId, more, key }: RaiseTarget): Promise<Campaign> =>
    ports.unitOfWork.run(async (tx) => {
      const client = await lockActor(tx, actor, 'client');
      const campaign = await tx.campaigns.lock(campaignId, 'change');
      if (!campaign || campaign.clientId !== client.id) {
        throw refuseCommon('not-found', { what: 'campaign' });
      }
      const request = {
        key: ownKey(actor, key),
        fingerprint: fingerprintOf(ports.digests, { use: 'campaign.raise', campaignId, more }),
      };
      if (await findReplay(tx, request)) return campaign;
      const { targetMax, amountMax } = await tx.settings.current();
      const raised = raise(campaign, more, targetMax);
      const cost = requireTotal(campaign, more, amountMax);
      await requireFunds(tx, walletOf(client.id), cost);
      await tx.campaigns.save(raised);
      await tx.slots.open(campaign, more);
      await postEntry(tx, ports, {
        type: 'campaign_funding',
        userId: client.id,
        amount: cost,
        reference: { kind: 'campaign', id: campaign.id },
        request,
        actor,
        postings: [{ from: walletOf(client.id), to: escrowOf(campaign.id), amount: cost }],
      });
      await tx.audit.append({
        actor,
        action: 'campaign.raise',
        subject: 'campaign',
        subjectId: campaign.id,
        before: { target: campaign.targetTotal },
        after: { target: raised.targetTotal, funded: cost.toString() },
        at: ports.clock.now(),
      });
      return raised;
    });
