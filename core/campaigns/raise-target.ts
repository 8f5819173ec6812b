import {
  refuseCommon,
  subtract,
  type Actor,
  type CampaignId,
  type Rupiah,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import type { Settings } from '../settings/index.ts';
import { lockActor, requireActor, type User } from '../users/index.ts';
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

export interface QuoteRaise {
  readonly actor: Actor;
  readonly campaignId: CampaignId;
  /** How many slots more. */
  readonly more: number;
}

/** The summary before paying (CAM-9). Rupiah. */
export interface RaiseQuote {
  /** As it stands. */
  readonly campaign: Campaign;
  readonly more: number;
  /** How many slots more the highest target allows. */
  readonly moreMax: number;
  /** The target afterwards. */
  readonly target: number;
  readonly total: Rupiah;
  readonly balance: Rupiah;
  /** Negative where money is missing. */
  readonly balanceAfter: Rupiah;
}

/** What so many tasks more cost and leave; refuses as the raise would, but for money (CAM-9). */
export const quoteRaise =
  ({ unitOfWork }: Pick<RaisePorts, 'unitOfWork'>) =>
  ({ actor, campaignId, more }: QuoteRaise): Promise<RaiseQuote> =>
    unitOfWork.run(async (tx) => {
      const client = await requireActor(tx, actor, 'client');
      const campaign = requireOwn(await tx.campaigns.find(campaignId), client);
      const settings = await tx.settings.current();
      const { raised, cost: total } = planRaise(campaign, more, settings);
      const { wallet: balance } = await tx.wallets.balances(client.id);
      return {
        campaign,
        more,
        moreMax: settings.targetMax - campaign.targetTotal,
        target: raised.targetTotal,
        total,
        balance,
        balanceAfter: subtract(balance, total),
      };
    });

export interface RaiseTarget extends QuoteRaise {
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
      const campaign = requireOwn(await tx.campaigns.lock(campaignId, 'change'), client);
      const request = {
        key: ownKey(actor, key),
        fingerprint: fingerprintOf(ports.digests, { use: 'campaign.raise', campaignId, more }),
      };
      if (await findReplay(tx, request)) return campaign;
      const { raised, cost } = planRaise(campaign, more, await tx.settings.current());
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

/** The raised campaign and its price, for the quote and for the raise itself. */
const planRaise = (
  campaign: Campaign,
  more: number,
  { targetMax, amountMax }: Pick<Settings, 'targetMax' | 'amountMax'>,
): { readonly raised: Campaign; readonly cost: Rupiah } => {
  const raised = raise(campaign, more, targetMax);
  const cost = requireTotal(campaign, more, amountMax);
  return { raised, cost };
};

const requireOwn = (campaign: Campaign | undefined, { id }: User): Campaign => {
  if (campaign?.clientId === id) return campaign;
  throw refuseCommon('not-found', { what: 'campaign' });
};
