import type { CampaignId, UserId } from '../../../core/index.ts';
import type { RequestOf } from '../requests.ts';
import {
  balance,
  costOf,
  escrowOf,
  move,
  targetOf,
  TERMS,
  walletOf,
  type Campaign,
  type Person,
  type World,
} from '../world.ts';
import {
  acting,
  done,
  keyed,
  lacks,
  outside,
  refused,
  unless,
  type Answer,
  type Rules,
} from './answer.ts';

/** CAM-4 */
const feeOf = (price: bigint): bigint => {
  const [share, rest] = [
    (price * TERMS.feeBasisPoints) / 10_000n,
    (price * TERMS.feeBasisPoints) % 10_000n,
  ];
  return rest === 0n ? share : share + 1n;
};

const isFinal = ({ status }: Campaign): boolean => status === 'completed' || status === 'deleted';

/** What an order must satisfy, as far as it can be said without its other parts. */
const orderFlaws = (
  { link, price, target }: RequestOf<'campaign.create'>,
  funds: bigint,
  total: bigint | null,
): Readonly<Record<string, boolean>> => {
  const isPriced = price >= TERMS.priceMin && price <= TERMS.amountMax;
  const isSized = target >= 1 && target <= TERMS.targetMax;
  const cost = (price + feeOf(price)) * BigInt(target);
  return {
    'link.not-https': !link.startsWith('https://'),
    'campaign.price-too-low': price < TERMS.priceMin,
    'campaign.target-out-of-range': !isSized,
    'money.too-large': price > TERMS.amountMax || (isSized && cost > TERMS.amountMax),
    'wallet.cost-changed': isPriced && isSized && total !== null && total !== cost,
    'wallet.insufficient': isPriced && isSized && cost > funds,
  };
};

/** Money from the owner's wallet for so many available slots more. */
const fund = (world: World, campaign: Campaign, owner: Person, count: number): void => {
  campaign.slots.available += count;
  const cost = costOf(campaign) * BigInt(count);
  move(world, walletOf(owner.id), escrowOf(campaign.id), cost);
  owner.lines += 1;
};

/** CAM-6: slots that close give their money back, all in one entry. */
export const refund = (world: World, campaign: Campaign, count: number): bigint => {
  campaign.slots.closed += count;
  const money = costOf(campaign) * BigInt(count);
  if (count === 0) return money;
  move(world, escrowOf(campaign.id), walletOf(campaign.owner), money);
  const owner = world.people.get(campaign.owner);
  if (owner) owner.lines += 1;
  return money;
};

/** CAM-7 */
export const completeIfFull = (campaign: Campaign): void => {
  const { available, taken, review } = campaign.slots;
  if (isFinal(campaign) || available + taken + review > 0) return;
  campaign.status = 'completed';
  campaign.pausedBy = null;
  campaign.reason = null;
};

/** ACC-5 */
export const suspendCampaigns = (world: World, owner: UserId): void => {
  for (const campaign of world.campaigns.values()) {
    if (campaign.owner !== owner || campaign.status !== 'active') continue;
    campaign.status = 'paused';
    campaign.pausedBy = 'suspension';
  }
};

/** ACC-5 */
export const unsuspendCampaigns = (world: World, owner: UserId): void => {
  for (const campaign of world.campaigns.values()) {
    if (campaign.owner !== owner || campaign.pausedBy !== 'suspension') continue;
    campaign.status = 'active';
    campaign.pausedBy = null;
  }
};

type Changing =
  | {
      readonly campaign: Campaign;
      readonly as: 'owner' | 'admin';
      readonly why: string | null;
    }
  | { readonly no: Answer };

/**
 * CAM-6: owner or admin, who says why where they are not the owner; for anybody else it does not
 * exist (SEC-2).
 */
const changing = (
  world: World,
  { by, id, reason }: RequestOf<'campaign.pause' | 'campaign.resume' | 'campaign.delete'>,
): Changing => {
  const who = acting(world, by as UserId);
  if ('no' in who) return who;
  const campaign = world.campaigns.get(id);
  const isOwner = campaign?.owner === who.person.id;
  if (!campaign || (!isOwner && who.person.role !== 'admin')) return { no: refused('not-found') };
  if (isOwner) return { campaign, as: 'owner', why: null };
  const no = unless({
    'user.permission-required': lacks(who.person, 'review'),
    'reason.required': reason === '',
  });
  return no ? { no } : { campaign, as: 'admin', why: reason };
};

export const CAMPAIGN_RULES: Pick<Rules, Extract<keyof Rules, `campaign.${string}`>> = {
  'campaign.create': (world, request, made) => {
    const who = acting(world, request.by, 'client');
    if ('no' in who) return who.no;
    const { key, task, link, price, target, total } = request;
    const { person } = who;
    const use = keyed(world, person, key, `create ${task} ${link} ${price} ${target}`);
    if ('replay' in use) return use.replay;
    const no = unless(orderFlaws(request, balance(world, walletOf(person.id)), total));
    if (no) return no;
    const campaign: Campaign = {
      id: made as CampaignId,
      owner: person.id,
      action: `${task} ${link}`,
      price,
      fee: feeOf(price),
      status: 'active',
      pausedBy: null,
      reason: null,
      slots: { available: 0, taken: 0, review: 0, approved: 0, closed: 0 },
    };
    world.campaigns.set(campaign.id, campaign);
    fund(world, campaign, person, target);
    use.use(made);
    return done('', made);
  },
  'campaign.raise': (world, { by, key, id, more }) => {
    const who = acting(world, by, 'client');
    if ('no' in who) return who.no;
    const campaign = world.campaigns.get(id);
    if (campaign?.owner !== who.person.id) return refused('not-found');
    const use = keyed(world, who.person, key, `raise ${id} ${more}`);
    if ('replay' in use) return use.replay;
    const fits = more >= 1 && targetOf(campaign) + more <= TERMS.targetMax;
    const cost = costOf(campaign) * BigInt(more);
    const no = unless({
      'campaign.final': isFinal(campaign),
      'campaign.target-out-of-range': !fits,
      'money.too-large': outside(cost, { min: 0n, max: TERMS.amountMax })['money.too-large'],
      'wallet.insufficient': cost > balance(world, walletOf(who.person.id)),
    });
    if (no) return no;
    fund(world, campaign, who.person, more);
    use.use(id);
    return done('', id);
  },
  'campaign.pause': (world, request) => {
    const who = changing(world, request);
    if ('no' in who) return who.no;
    const { campaign, as, why } = who;
    const outranks = as === 'admin' && campaign.pausedBy !== 'admin';
    const no = unless({
      'campaign.final': isFinal(campaign),
      'campaign.already-paused': campaign.status === 'paused' && !outranks,
    });
    if (no) return no;
    campaign.status = 'paused';
    campaign.pausedBy = as;
    campaign.reason = why;
    return done();
  },
  'campaign.resume': (world, request) => {
    const who = changing(world, request);
    if ('no' in who) return who.no;
    const { campaign, as } = who;
    const no = unless({
      'campaign.final': isFinal(campaign),
      'campaign.not-paused': campaign.status === 'active',
      'campaign.paused-by-admin': campaign.pausedBy === 'admin' && as === 'owner',
      'campaign.owner-suspended': campaign.pausedBy === 'suspension',
    });
    if (no) return no;
    campaign.status = 'active';
    campaign.pausedBy = null;
    campaign.reason = null;
    return done();
  },
  'campaign.delete': (world, request) => {
    const who = changing(world, request);
    if ('no' in who) return who.no;
    const { campaign, why } = who;
    if (isFinal(campaign)) return refused('campaign.final');
    campaign.status = 'deleted';
    campaign.pausedBy = null;
    campaign.reason = why;
    const free = campaign.slots.available;
    campaign.slots.available = 0;
    const money = refund(world, campaign, free);
    return done(`refunded ${money}, open ${campaign.slots.taken + campaign.slots.review}`);
  },
};
