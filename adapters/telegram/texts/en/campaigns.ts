import {
  type Campaign,
  type CampaignDetails,
  type CampaignHistory,
  type CampaignQuote,
  type CampaignStatus,
  type CampaignWithProgress,
  type DeletedCampaign,
  type Page,
  type PausedBy,
  type TaskKind,
} from '../../../../core/index.ts';
import { bar, count, link, money, shortDay, shortLink } from '../../format.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import type { campaigns as indonesian, TargetQuestion } from '../id/campaigns.ts';
import { figures } from './campaign-figures.ts';
import { common } from './common.ts';
import { plural } from './plural.ts';

const STEPS = 5;
const BAR_CELLS = 10;
const blank = html``;

const statuses: Record<CampaignStatus, string> = {
  active: '🟢 Active',
  paused: '⏸ Paused',
  completed: '✅ Completed',
  deleted: '🗑 Deleted',
};

const pausedBy: Record<PausedBy, Html> = {
  owner: html`Paused by you.`,
  admin: html`Paused by an admin, so only an admin can resume it.`,
  suspension: html`Paused because your account is suspended.`,
};

const lifeOf = (campaign: Campaign): Html | null => {
  if (campaign.status !== 'paused' && campaign.status !== 'deleted') return null;
  const why =
    campaign.reason === null ? null : html`Admin’s reason: “${user(campaign.reason, 500)}”`;
  return campaign.status === 'paused' ? lines(pausedBy[campaign.pausedBy], why) : why;
};

const actions: Record<TaskKind, Html> = {
  view: html`view`,
  like: html`like`,
  comment: html`comment on`,
  share: html`share`,
  follow: html`follow`,
};

const heading = (step: number): Html =>
  lines(html`📢 <b>New Campaign</b>`, common.step(step, STEPS));

const listed = ({ campaign }: CampaignWithProgress): Html =>
  lines(
    html`<b>${common.kind(campaign.kind)}</b> · ${shortLink(campaign.link.target, 40)}`,
    html`${user(statuses[campaign.status])} ·
    ${count(campaign.completedCount)}/${count(campaign.targetTotal)}
    ${bar(campaign.completedCount, campaign.targetTotal, BAR_CELLS)}`,
  );

export const campaigns: typeof indonesian = {
  list: ({ items }: Page<CampaignWithProgress>): Html =>
    lines(
      html`📋 <b>My Campaigns</b> — newest first`,
      blank,
      items.length === 0
        ? html`You have no campaigns yet. Create your first one now.`
        : trusted(items.map(listed).join('\n\n')),
    ),
  listButton: ({ campaign }: CampaignWithProgress): string =>
    `${statuses[campaign.status].split(' ')[0]} ${common.kind(campaign.kind)} · ` +
    `${campaign.completedCount}/${campaign.targetTotal} · ${platform(campaign)}`,
  card: (details: CampaignDetails): Html => {
    const { campaign } = details;
    return lines(
      html`📋 <b>${common.kind(campaign.kind)}</b> · ${user(campaign.link.platform)}`,
      link(campaign.link.target),
      blank,
      html`${user(statuses[campaign.status])}`,
      lifeOf(campaign),
      figures(details),
      campaign.instructions !== null && html`Instructions:`,
      campaign.instructions !== null && common.userText(user(campaign.instructions, 1_000)),
    );
  },
  share: (address: string): Html =>
    lines(html`📤 Link to share with workers:`, html`<code>${user(address)}</code>`),
  picture: '📊 Progress',
  pictureCaption: ({ campaign, progress, days }: CampaignHistory): Html => {
    const today = days.at(-1);
    return lines(
      html`📊 <b>Campaign progress</b>`,
      html`${common.kind(campaign.kind)} · ${link(campaign.link.target)}`,
      html`${bar(campaign.completedCount, campaign.targetTotal, BAR_CELLS)}
      <b>${count(campaign.completedCount)}</b> of ${count(campaign.targetTotal)} completed`,
      today !== undefined &&
        html`Today: ${plural(today.submitted, 'proof')} received, ${count(today.approved)} approved,
        ${count(today.rejected)} rejected`,
      progress.approved === 0 && html`<i>The chart appears once a task is approved.</i>`,
    );
  },
  chartTitles: ({ kind, link: { platform: at }, completedCount, targetTotal }: Campaign) => ({
    title: `${common.kind(kind)} · ${at}`,
    subtitle: `${count(completedCount)} of ${plural(targetTotal, 'task')} approved`,
  }),
  chartPerDay: 'Per day',
  chartSoFar: 'In all',
  chartGoal: 'Target',
  chartDay: (day: Date): string => shortDay(day, 'en'),
  created: html`✅ <b>Your campaign is live!</b> Workers can now take its tasks.`,
  paused: 'Campaign paused. Tasks already taken will continue.',
  resumed: 'Campaign resumed. Workers can take its tasks again.',
  confirmDelete: ({ campaign, progress, refundable, tiedUp }: CampaignDetails): Html =>
    lines(
      html`🗑 <b>Delete this campaign?</b>`,
      html`${common.kind(campaign.kind)} · ${link(campaign.link.target)}`,
      blank,
      html`${plural(progress.available, 'available task')} will be closed;
        <b>${money(refundable)}</b> goes back to your balance.`,
      progress.taken + progress.underReview > 0 &&
        html`${plural(progress.taken + progress.underReview, 'task')} still in progress;
          the money (${money(tiedUp)}) comes back if not approved.`,
      html`A deleted campaign cannot be reactivated.`,
    ),
  deleted: ({ refunded, stillOpen }: DeletedCampaign): Html =>
    lines(
      html`🗑 Campaign deleted. <b>${money(refunded)}</b> is back in your balance.`,
      stillOpen > 0 && html`${plural(stillOpen, 'task')} still in progress.`,
    ),
  askKind: (kind: TaskKind | null): Html =>
    lines(
      heading(1),
      blank,
      html`What should workers do?`,
      kind !== null && html`Current choice: <b>${common.kind(kind)}</b>`,
    ),
  askLink: ({ kind, link: target }: { kind: TaskKind; link: string | null }): Html =>
    lines(
      heading(2),
      blank,
      html`Send the link that workers should <b>${actions[kind]}</b>, starting with https://`,
      html`It can be from Instagram, TikTok, YouTube, Facebook, X, Threads or Telegram.`,
      target !== null && html`Current link: ${link(target)}`,
    ),
  keepLink: '➡️ Keep this link',
  askInstructions: (instructions: string | null): Html =>
    lines(
      heading(3),
      blank,
      html`Any instructions for workers? Type them here, or tap Skip.`,
      instructions !== null && html`Current instructions:`,
      instructions !== null && common.userText(user(instructions, 1_000)),
    ),
  keepInstructions: '➡️ Keep these instructions',
  askPrice: ({ min, price }: { min: bigint; price: bigint | null }): Html =>
    lines(
      heading(4),
      blank,
      html`How much will you pay per task? Choose below or type the amount.`,
      html`Minimum ${money(min)}.`,
      price !== null && html`Current reward: <b>${money(price)}</b>`,
    ),
  keepPrice: (price: bigint): string => `➡️ Keep ${money(price)}`,
  askTarget: ({ max, balance, target }: TargetQuestion): Html =>
    lines(
      heading(5),
      blank,
      html`How many tasks do you need? Choose below or type the number.`,
      html`From 1 to ${count(max)} · your balance is ${money(balance)}`,
      target !== null && html`Current target: <b>${count(target)}</b>`,
    ),
  keepTarget: (target: number): string => `➡️ Keep ${count(target)}`,
  summary: (quote: CampaignQuote): Html =>
    lines(
      html`📢 <b>Check your campaign</b>`,
      blank,
      html`Task: <b>${common.kind(quote.kind)}</b>`,
      html`Link: ${link(quote.link.target)}`,
      quote.instructions !== null && html`Instructions:`,
      quote.instructions !== null && common.userText(user(quote.instructions, 1_000)),
      html`Reward per task: ${money(quote.pricePerTask)}`,
      html`Fee per task: ${money(quote.feePerTask)}`,
      html`Target: ${plural(quote.target, 'task')}`,
      html`Total: <b>${money(quote.total)}</b>`,
      blank,
      quote.balanceAfter < 0n
        ? html`⚠️ Your balance is ${money(quote.balance)}, <b>${money(quote.total - quote.balance)}</b>
            short. Tap Top-Up, or go back to change the target.`
        : html`Balance afterwards: ${money(quote.balanceAfter)}`,
    ),
};

const platform = ({ link: { platform: name } }: Campaign): string => name;
