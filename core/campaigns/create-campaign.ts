import {
  askTogether,
  invariant,
  requireText,
  requireWithin,
  subtract,
  ZERO,
  type Actor,
  type CampaignId,
  type Rupiah,
  type TaskKind,
  type UnitOfWork,
} from '../kernel/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import type { Settings } from '../settings/index.ts';
import { lockActor, personOf, requireActor, type User } from '../users/index.ts';
import {
  escrowOf,
  fingerprintOf,
  ownKey,
  postEntry,
  requireAsShown,
  replayOf,
  requireHeld,
  walletOf,
  type EntryPorts,
} from '../wallet/index.ts';
import {
  feeFor,
  labelOf,
  refuseCampaign,
  requireTarget,
  requireTotal,
  type Campaign,
  type Link,
} from './campaign.ts';
import { readLink } from './link.ts';

export interface CampaignPorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

/** What a client orders, as typed. */
export interface CampaignOrder {
  readonly kind: TaskKind;
  readonly link: string;
  /** Up to 1.000 characters; null for none. */
  readonly instructions: string | null;
  /** Rupiah that a worker gets for one task. */
  readonly pricePerTask: Rupiah;
  /** How many tasks. */
  readonly target: number;
}

export interface QuoteCampaign extends CampaignOrder {
  readonly actor: Actor;
}

/** The summary before paying (CAM-5). Rupiah. */
export interface CampaignQuote {
  readonly kind: TaskKind;
  readonly link: Link;
  readonly instructions: string | null;
  readonly pricePerTask: Rupiah;
  readonly feePerTask: Rupiah;
  readonly target: number;
  readonly total: Rupiah;
  readonly balance: Rupiah;
  /** Negative where money is missing. */
  readonly balanceAfter: Rupiah;
}

export interface CreateCampaign extends CampaignOrder {
  readonly actor: Actor;
  /** Made when the summary was shown (WAL-7). */
  readonly key: string;
  /**
   * The total that the summary showed, rupiah: another one is refused; absent where none was shown.
   */
  readonly total?: Rupiah;
}

const INSTRUCTIONS_MAX = 1_000;

type Terms = Omit<CampaignQuote, 'total' | 'balance' | 'balanceAfter'>;

/** Holds the order against the rules of CAM-2 … CAM-4. */
const termsOf = (order: CampaignOrder, settings: Settings): Terms => ({
  kind: order.kind,
  link: readLink(order.link, settings.linkHosts),
  instructions:
    order.instructions === null ? null : requireText(order.instructions, INSTRUCTIONS_MAX),
  pricePerTask: requirePrice(order.pricePerTask, settings),
  feePerTask: feeFor(order.pricePerTask, settings.feeBasisPoints),
  target: requireTarget(order.target, settings.targetMax),
});

const requirePrice = (price: Rupiah, settings: Settings): Rupiah => {
  if (price < settings.pricePerTaskMin) {
    throw refuseCampaign('campaign.price-too-low', { min: settings.pricePerTaskMin });
  }
  return requireWithin(price, { min: settings.pricePerTaskMin, max: settings.amountMax });
};

/** What an order would cost and leave, without ordering (CAM-5). */
export const quoteCampaign =
  ({ unitOfWork }: Pick<CampaignPorts, 'unitOfWork'>) =>
  ({ actor, ...order }: QuoteCampaign): Promise<CampaignQuote> =>
    unitOfWork.run(async (tx) => {
      const [, settings, { wallet }] = await askTogether([
        requireActor(tx, actor, 'client'),
        tx.settings.current(),
        tx.wallets.balances(personOf(actor)),
      ]);
      const terms = termsOf(order, settings);
      const total = requireTotal(terms, terms.target, settings.amountMax);
      return { ...terms, total, balance: wallet, balanceAfter: subtract(wallet, total) };
    });

/**
 * Creates a funded campaign: the money moves from the client's wallet to its escrow and its slots
 * open, in one transaction (CAM-4). Too little money: nothing is created (`wallet.insufficient`).
 * The same key again gives the campaign made first (WAL-7).
 */
export const createCampaign =
  (ports: CampaignPorts) =>
  ({ actor, key, total: shown, ...order }: CreateCampaign): Promise<Campaign> =>
    ports.unitOfWork.run(async (tx) => {
      const request = {
        key: ownKey(actor, key),
        fingerprint: fingerprintOf(ports.digests, { use: 'campaign.create', ...order }),
      };
      const [client, known, settings, [held = ZERO]] = await askTogether([
        lockActor(tx, actor, 'client'),
        tx.wallets.findByKey(request.key),
        tx.settings.current(),
        tx.wallets.lockBalances([walletOf(personOf(actor))]),
      ]);
      const earlier = replayOf(request, known);
      if (earlier) return replayed(tx, earlier.reference.id as CampaignId);
      const campaign = campaignOf(ports, client, termsOf(order, settings));
      const total = requireTotal(campaign, campaign.targetTotal, settings.amountMax);
      requireAsShown(total, shown);
      requireHeld(held, total);
      await tx.campaigns.add(campaign);
      await tx.slots.open(campaign, campaign.targetTotal);
      await postEntry(tx, ports, {
        type: 'campaign_funding',
        userId: client.id,
        amount: total,
        reference: { kind: 'campaign', id: campaign.id },
        request,
        actor,
        postings: [{ from: walletOf(client.id), to: escrowOf(campaign.id), amount: total }],
      });
      await tell(tx, ports, { actor, campaign, total });
      return campaign;
    });

const replayed = async (tx: Tx, id: CampaignId): Promise<Campaign> => {
  const campaign = await tx.campaigns.find(id);
  invariant(campaign, 'a funded campaign is stored');
  return campaign;
};

const campaignOf = ({ ids, clock }: CampaignPorts, client: User, terms: Terms): Campaign => {
  const { target, ...rest } = terms;
  return {
    id: ids.next<CampaignId>(),
    clientId: client.id,
    ...rest,
    targetTotal: target,
    completedCount: 0,
    closedCount: 0,
    status: 'active',
    createdAt: clock.now(),
  };
};

const tell = async (
  tx: Tx,
  ports: CampaignPorts,
  made: { readonly actor: Actor; readonly campaign: Campaign; readonly total: Rupiah },
): Promise<void> => {
  const { campaign } = made;
  await tx.audit.append({
    actor: made.actor,
    action: 'campaign.create',
    subject: 'campaign',
    subjectId: campaign.id,
    before: null,
    after: {
      kind: campaign.kind,
      price: campaign.pricePerTask.toString(),
      fee: campaign.feePerTask.toString(),
      target: campaign.targetTotal,
      funded: made.total.toString(),
    },
    at: ports.clock.now(),
  });
  await notify(tx, ports, {
    to: campaign.clientId,
    notice: {
      kind: 'campaign.started',
      campaign: labelOf(campaign),
      target: campaign.targetTotal,
    },
    key: `campaign:${campaign.id}:started`,
  });
};
