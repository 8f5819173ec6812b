import type { Offer, Page, TakeStatus, TakeView, TaskKind } from '../../../../core/index.ts';
import { clockTime, count, money } from '../../format.ts';
import { escapeHtml, html, lines, sentences, trusted, user, type Html } from '../../html.ts';
import type { tasks as indonesian } from '../id/tasks.ts';
import { common } from './common.ts';
import { plural } from './plural.ts';
import { span } from './spans.ts';

const bestFirst = ({ total }: Page<Offer>): Html => (total > 1 ? html`, best paid first` : html``);

type What = Pick<Offer, 'kind'> & { readonly link: { readonly platform: string } };

const EMPTY = trusted('');

const deed = ({ kind, link }: What): Html => html`${common.kind(kind)} on ${user(link.platform)}`;

const instructions = (text: string | null, max: number): Html | null =>
  text === null ? null : lines(html`📝 Client’s instructions:`, common.userText(user(text, max)));

const toShow: Record<TaskKind, Html> = {
  view: html`that you viewed it`,
  like: html`your like`,
  comment: html`your comment`,
  share: html`that you shared it`,
  follow: html`that you follow`,
};

const ended: Record<Exclude<TakeStatus, 'taken'>, Html> = {
  pending_review: html`⏳ Your proof is waiting for review. We will let you know as soon as it is
  done.`,
  approved: html`✅ This task was approved and its reward is in your balance.`,
  rejected: sentences(
    html`❌ The proof for this task was rejected, so nothing was paid. The reason is under Past Tasks.`,
    html`If it still shows under Available Tasks, you may take it again.`,
  ),
  expired: sentences(
    html`⌛ The time for this task ran out, so it went back to the list. While it is available you`,
    html`may take it again.`,
  ),
  released: html`↩️ You gave this task up. While it is available you may take it again.`,
  suspended: html`⛔ This task went back to the list because your account was suspended.`,
  reversed: html`🔄 An admin reversed the approval of this task. The reason is under Past Tasks.`,
};

const isOver = ({ take }: TakeView, now: Date): boolean => now.getTime() > take.deadline.getTime();

const standing = (view: TakeView, now: Date): Html => {
  const { take } = view;
  if (take.status !== 'taken') return ended[take.status];
  const until = clockTime(take.deadline);
  return isOver(view, now)
    ? sentences(
        html`⌛ Sorry, the time ran out at ${until}, so a proof can no longer be sent. The task goes
        back to`,
        html`the list in a moment.`,
      )
    : html`⏰ Send your proof before <b>${until}</b> (${escapeHtml(span(now, take.deadline))} left)`;
};

const proofWanted = (view: TakeView, now: Date): Html | null =>
  view.take.status === 'taken' && !isOver(view, now)
    ? html`📸 Proof: one screenshot that shows ${toShow[view.take.kind]}`
    : null;

const onHand = (views: readonly TakeView[]): number =>
  views.filter(({ take }) => take.status === 'taken').length;

export const tasks: typeof indonesian = {
  offers: (page, holdMinutes) =>
    lines(
      html`🎯 <b>Available Tasks</b>`,
      EMPTY,
      page.total === 0
        ? html`There are no tasks for you right now. New ones can appear any time, so please check back
          later.`
        : sentences(
            html`${count(page.total)} to choose from${bestFirst(page)}. Once taken, a task must be done within`,
            html`${plural(holdMinutes, 'minute')}.`,
          ),
    ),
  offerButton: ({ kind, link, campaign, slotsLeft }) =>
    [
      money(campaign.pricePerTask),
      `${common.kind(kind)} ${link.platform}`,
      `${count(slotsLeft)} left`,
    ].join(' · '),
  offer: (offer, holdMinutes) =>
    lines(
      html`🎯 <b>${deed(offer)}</b>`,
      EMPTY,
      html`💰 Reward: <b>${money(offer.campaign.pricePerTask)}</b>`,
      html`👥 Left: ${count(offer.slotsLeft)}`,
      html`⏱ Time: ${plural(holdMinutes, 'minute')} from when you take it`,
      instructions(offer.campaign.instructions, 1_000),
      EMPTY,
      html`The link appears once you take the task.`,
    ),
  taken: 'The task is yours. Good luck!',
  mine: (views) =>
    lines(
      html`📌 <b>My Tasks</b>`,
      EMPTY,
      views.length === 0
        ? html`You have no tasks yet. Tap Available Tasks to choose one.`
        : sentences(
            html`${count(onHand(views))} in progress, ${count(views.length - onHand(views))} under review.`,
            html`Tap one to see its details.`,
          ),
    ),
  mineButton: ({ take, campaign }, now) => {
    const what = `${common.kind(take.kind)} ${campaign.link.platform}`;
    const reward = money(campaign.pricePerTask);
    if (take.status !== 'taken') return `⏳ ${what} · ${reward} · under review`;
    const left = now > take.deadline ? 'time is up' : `${span(now, take.deadline)} left`;
    return `📌 ${what} · ${reward} · ${left}`;
  },
  card: (view, now) =>
    lines(
      html`📌 <b>${deed(view.campaign)}</b>`,
      EMPTY,
      standing(view, now),
      EMPTY,
      html`🔗 ${user(view.campaign.link.target, 1_500)}`,
      html`💰 Reward: <b>${money(view.campaign.pricePerTask)}</b>`,
      proofWanted(view, now),
      instructions(view.campaign.instructions, 1_000),
    ),
  openLink: '🔗 Open link',
  confirmRelease: ({ campaign }) =>
    lines(
      html`↩️ <b>Give up this task?</b>`,
      EMPTY,
      html`${deed(campaign)}, ${money(campaign.pricePerTask)}`,
      EMPTY,
      html`It goes back to the list for other workers. What you have done so far will not be paid.`,
    ),
  yesRelease: '↩️ Yes, give it up',
  keep: '⬅️ No, keep it',
  released: 'Task given up.',
  askPicture: (view, now) =>
    lines(
      html`📸 <b>Send Proof</b>`,
      EMPTY,
      html`${deed(view.campaign)}, ${money(view.campaign.pricePerTask)}`,
      standing(view, now),
      ...(isOver(view, now)
        ? []
        : [
            EMPTY,
            html`Send one screenshot that clearly shows ${toShow[view.take.kind]} (JPG, PNG or WebP).`,
          ]),
    ),
  submitted: ({ campaign }) =>
    lines(
      html`📨 <b>Proof sent, waiting for review</b>`,
      EMPTY,
      sentences(
        html`Once an admin approves it, ${money(campaign.pricePerTask)} goes straight to your
        balance. We will`,
        html`let you know as soon as it is reviewed.`,
      ),
    ),
  pictureOutside: 'This picture was not sent as proof. Open the task first, then tap Send Proof.',
  pictureAgain: 'That picture was not sent as proof. Please send it again here.',
};
