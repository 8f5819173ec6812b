import type { CampaignId } from '../../core/index.ts';
import { longId, shortId } from './buttons.ts';
import type { Turn } from './turn.ts';

const CAMPAIGN = 'campaign_';
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** An address that opens this campaign in the bot (UX-5). */
export const campaignLink = ({ botUsername }: Pick<Turn, 'botUsername'>, id: CampaignId): string =>
  `https://t.me/${botUsername}?start=${CAMPAIGN}${shortId(id)}`;

/** What `/start` brings along; null for every other text. */
export const startPayloadIn = (text: string): string | null =>
  /^\/start(?:@\w+)?\s+(\S+)\s*$/.exec(text)?.[1] ?? null;

/** The campaign that a payload points to; null for one that was never ours. */
export const campaignIn = (payload: string): CampaignId | null => {
  if (!payload.startsWith(CAMPAIGN)) return null;
  const named = payload.slice(CAMPAIGN.length);
  return UUID.test(named) ? (named.toLowerCase() as CampaignId) : (longId(named) ?? null);
};
