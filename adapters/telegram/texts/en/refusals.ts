import type { AnyRefusal, Json, RefusalDetails, Role } from '../../../../core/index.ts';
import { clockTime, count, money } from '../../format.ts';
import type { refusals as indonesian } from '../id/refusals.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { plural } from './plural.ts';
import { settingRange, settingValue } from './setting-values.ts';
import { settingNames } from './setting-words.ts';

type Sayings = {
  readonly [C in keyof RefusalDetails]: (details: RefusalDetails[C]) => string;
};

const roles: Record<Role, string> = { client: 'Clients', worker: 'Workers', admin: 'admins' };
const things: Readonly<Record<string, string>> = {
  campaign: 'campaign',
  deposit: 'top-up',
  withdrawal: 'withdrawal',
  take: 'task',
  proof: 'proof',
  user: 'user',
  file: 'file',
  setting: 'setting',
  transaction: 'transaction',
  broadcast: 'broadcast',
};
const took: Readonly<Record<string, string>> = {
  taken: 'is in progress',
  pending_review: 'is under review',
  approved: 'was approved',
  rejected: 'was rejected',
  expired: 'ran out of time',
  released: 'was given up',
  suspended: 'went back to the list',
  reversed: 'had its approval reversed by an admin',
};
const openThings = {
  campaigns: ['campaign', 'campaigns'],
  takenTasks: ['taken task', 'taken tasks'],
  proofsUnderReview: ['proof under review', 'proofs under review'],
  deposits: ['top-up', 'top-ups'],
  withdrawals: ['withdrawal', 'withdrawals'],
} as const;

const stillOpen = (open: RefusalDetails['user.things-open']): string =>
  (Object.keys(openThings) as (keyof typeof openThings)[])
    .filter((key) => open[key] > 0)
    .map((key) => `${open[key]} ${openThings[key][open[key] === 1 ? 0 : 1]}`)
    .join(', ');

const times = (max: number): string => (max === 1 ? 'once' : `${count(max)} times`);
const megabytes = (bytes: number): string => String(Math.floor(bytes / 1_048_576));

const sayings: Sayings = {
  'not-found': ({ what }) =>
    `That ${things[what] ?? 'item'} was not found. Please go to Home and open it again.`,
  'text.too-long': ({ max }) =>
    `That text is too long: maximum ${count(max)} characters. Shorten it and send it again.`,
  'text.empty': () => 'That text is empty. Please write something and send it again.',
  'reason.required': () => 'A reason is required. Please write one and send it.',
  'settings.reasons-out-of-range': ({ max }) =>
    `There must be 1 to ${count(max)} ready-made reasons. Add or remove some, then save again.`,
  'settings.changed': () =>
    'Another admin made a change at the same moment, so yours was not saved. Please try again.',
  'settings.unreadable': ({ example, ...range }) =>
    `We could not read that value. Enter ${settingRange(range)}, for example ${example}.`,
  'settings.out-of-range': ({ example, ...range }) =>
    `That value is out of range. Enter ${settingRange(range)}, for example ${example}.`,
  'settings.contradicts': ({ bound, other, limit }) =>
    `It can be ${settingValue('rupiah', limit)} at ${bound === 'at-most' ? 'most' : 'least'}, because ` +
    `of “${settingNames[other]}”. Change that one first, or enter another value.`,
  'money.unreadable': ({ example }) =>
    `We could not read that amount. Enter whole rupiah, for example ${example} or 10rb.`,
  'money.too-small': ({ min }) => `That amount is too small. Enter at least ${money(min)}.`,
  'money.too-large': ({ max }) => `That amount is too large. Enter at most ${money(max)}.`,
  'user.suspended': ({ reason }) =>
    `Your account is suspended (reason: “${clip(reason)}”). Contact an admin if you have questions.`,
  'user.terms-not-accepted': () =>
    'You have not accepted the current terms yet. Type /start to read and accept them.',
  'user.terms-outdated': () =>
    'The terms have just been updated. Type /start, read the new version and accept it.',
  'user.role-missing': () => 'You have no role yet. Type /start and choose Client or Worker.',
  'user.role-required': ({ role }) =>
    role === 'admin'
      ? 'This menu is for admins only. Please choose another one from Home.'
      : `This menu is for ${roles[role]} only. Switch roles under Help, or choose another menu from Home.`,
  'user.things-open': (open) =>
    `You cannot switch roles yet. Still open: ${stillOpen(open)}. ` +
    'Finish these first, then try again.',
  'user.already-admin': () => 'Admins cannot switch roles. Contact the operator if you need to.',
  'user.admin-cannot-be-suspended': () =>
    'An admin cannot be suspended. Ask the operator to revoke the admin role first.',
  'user.already-suspended': () => 'This user is already suspended. Nothing has changed.',
  'user.not-suspended': () => 'This user is not suspended. Nothing has changed.',
  'user.permission-required': ({ oneOf }) =>
    `You do not have the right to ${oneOf.map(common.permission).join(', or to ')}. Ask the operator if you need it.`,
  'user.no-permission-named': () =>
    'Name at least one right: review, money, users or settings. ' +
    'To take all of them away, use the command admin revoke.',
  'user.own': () =>
    'This concerns your own account, so another admin has to do it. Please ask one of them.',
  'user.not-admin': () =>
    'This account is not an admin, so it has no rights to set. Grant admin first.',
  'user.operator-required': () => 'Only the operator can do this. Please contact the operator.',
  'wallet.insufficient': ({ missing, balance }) =>
    `Your balance is ${money(balance)}, ${money(missing)} short. ` +
    'Lower the amount, or try again once your balance has grown.',
  'wallet.user-insufficient': ({ missing, balance }) =>
    `This user’s balance is ${money(balance)}, ${money(missing)} short. Enter a smaller amount.`,
  'wallet.overdrawn': () =>
    'Your balance is too low, so no money has moved. Open Balance, then try again.',
  'wallet.key-reused': () =>
    'This request was already sent with different content. Please start over.',
  'wallet.cost-changed': ({ total }) =>
    `The cost has just changed to ${money(total)}. Please check again, then confirm.`,
  'wallet.already-decided': ({ status }) =>
    `This transaction is already ${status}. See History for details.`,
  'wallet.revenue-insufficient': ({ missing }) =>
    `Platform revenue is ${money(missing)} short. Lower the amount, then try again.`,
  'campaign.final': ({ status }) =>
    `This campaign is ${status}, so it can no longer be changed. Open it again to see the details.`,
  'campaign.already-paused': () => 'This campaign is already paused. Tap Resume to reactivate it.',
  'campaign.not-paused': () => 'This campaign is not paused. Open it again to see its status.',
  'campaign.paused-by-admin': () =>
    'An admin paused this campaign, so only an admin can resume it. Please contact an admin.',
  'campaign.owner-suspended': () =>
    'This campaign is paused because its owner is suspended. Lift the suspension first.',
  'campaign.price-too-low': ({ min }) =>
    `The reward per task is too low. Enter at least ${money(min)}.`,
  'campaign.target-out-of-range': ({ max }) =>
    max < 1
      ? 'This campaign already has the highest possible target. Create a new campaign to add tasks.'
      : `The target must be a whole number from 1 to ${count(max)}. Type it, for example 100.`,
  'link.unreadable': () =>
    'We could not read that link. Copy the full link starting with https:// and send it again.',
  'link.not-https': () =>
    'The link must start with https://. Copy the full link and send it again.',
  'link.credentials': () =>
    'The link must not contain a user name or password before the site name. ' +
    'Copy the original link from the app.',
  'link.port': () =>
    'The link must not contain a port number. Copy the original link from the app.',
  'link.too-long': ({ max }) =>
    `The link is too long: maximum ${count(max)} characters. Copy a shorter one.`,
  'link.shortener': ({ host }) =>
    `That is a short link (${clip(host)}). Open it in a browser and copy the full address.`,
  'link.host-not-allowed': ({ host, allowed }) =>
    `Unsupported site: ${clip(host)}. Use a link from ${allowed.join(', ')}.`,
  'link.no-content': ({ host }) =>
    `That is the front page of ${clip(host)}. Send a link to the post or profile itself.`,
  'task.gone': () => 'This task has run out or is no longer available. Please choose another task.',
  'task.own-campaign': () =>
    'This is your own campaign, so you cannot work on it. Please choose another task.',
  'task.already-done': () =>
    'You have done this task on the same link, or are doing it now. Please choose another task.',
  'task.too-many-taken': ({ max, freesAt }) =>
    `You have already taken ${plural(max, 'task')}. Finish or give up one, ` +
    `or wait until ${clockTime(freesAt)}.`,
  'task.rejected-too-often': ({ max }) =>
    `Your proofs for this campaign were rejected ${times(max)}, so you cannot take its tasks again. ` +
    'Please choose another task.',
  'task.daily-limit': ({ max, freesAt }) =>
    `You have reached today’s limit of ${plural(max, 'task')}. ` +
    `You can take more from ${dayTime(freesAt)}.`,
  'take.not-open': ({ status }) =>
    `This task ${took[status] ?? 'has ended'}. Open My Tasks to see what is in progress.`,
  'take.late': ({ deadline }) =>
    `Sorry, the deadline has passed (${clockTime(deadline)}) and the task went back to the list. ` +
    'Please take another one.',
  'file.too-large': ({ maxBytes }) =>
    `That file is too large: maximum ${megabytes(maxBytes)} MB. Make it smaller and send it again.`,
  'file.wrong-type': ({ allowed }) =>
    allowed.includes('application/pdf')
      ? 'That file is not supported. Send a JPG, PNG or WebP picture, or a PDF.'
      : 'That file is not a supported picture. Send a JPG, PNG or WebP screenshot.',
  'file.unreadable': () =>
    'That picture is damaged or cannot be opened. Take a new screenshot and send it again.',
  'file.wrong-dimensions': () =>
    'That picture is too small or too large. Send the original screenshot from your phone.',
  'file.unavailable': () =>
    'Sorry, a technical problem kept us from receiving your file. Please send it again.',
  'proof.own': () =>
    'This proof or campaign is yours, so another admin has to decide. Please skip it.',
  'proof.not-decided': () => 'This proof has not been decided yet. Approve or reject it first.',
  'proof.already-reversed': () =>
    'The decision on this proof was already changed, and only one change is allowed. ' +
    'Contact the operator if needed.',
  'proof.reversal-too-late': ({ days }) =>
    `A decision can only be changed within ${plural(days, 'day')}. ` +
    'Contact the operator if it needs fixing.',
  'proof.no-slot-left': () =>
    'No slot is left in this campaign, so the decision cannot be changed. ' +
    'Contact the operator if needed.',
  'proof.same-file': ({ sentAt }) =>
    `You have already sent this picture for another task (${dayTime(sentAt)}). ` +
    'Take a new screenshot for this task and send it again.',
  'proof.reversal-changed': ({ moves }) =>
    `The amount has just changed to ${money(moves)} and no money has moved. ` +
    'Please check again, then confirm.',
  'approvals.nothing': () =>
    'There is no proof here that can be approved in bulk. Please open them one by one.',
  'approvals.too-many': ({ max }) =>
    `At most ${plural(max, 'proof')} can be approved in bulk. ` +
    'Please choose a worker or a campaign with fewer proofs.',
  'broadcast.nobody': () => 'Nobody is in that group at the moment. Please choose another group.',
  'broadcast.ended': ({ status }) =>
    `This broadcast ${status === 'done' ? 'is done' : 'was canceled'} and cannot be changed any more. ` +
    'You can make a new one.',
  'broadcast.another-running': () =>
    'Another broadcast has not ended yet. Wait for it, or cancel it first in the broadcast menu.',
  'deposit.too-many-pending': ({ max }) =>
    `You still have ${plural(max, 'top-up')} waiting for an admin. ` +
    'Please wait, or cancel one under Balance.',
  'deposit.same-file': () => 'You have sent this transfer proof before. Please send another one.',
  'deposit.own': () =>
    'This is your own top-up, so another admin has to decide. Please choose another one.',
  'deposit.not-pending': ({ status }) =>
    `This top-up is already ${status}. See History for details.`,
  'freeze.in-force': ({ since }) =>
    `Payments have been stopped since ${dayTime(since)}: the books do not add up. Tell the operator at once. ` +
    'You can still reject, but do not reject a withdrawal whose money has been sent.',
  'freeze.none': () => 'Payments are not stopped. Nothing has changed.',
  'withdrawal.number-unreadable': ({ example }) =>
    'We could not read that DANA number. ' +
    `Enter an Indonesian mobile number, for example ${example}.`,
  'withdrawal.too-many-pending': () =>
    'You still have an unfinished withdrawal. ' +
    'Please wait, or cancel it under Balance if not yet processed.',
  'withdrawal.daily-limit': ({ max, left, freesAt }) =>
    `The withdrawal limit is ${money(max)} a day. ` +
    `Left today: ${money(left)}; it resets on ${dayTime(freesAt)}.`,
  'withdrawal.own': () =>
    'This is your own withdrawal, so another admin has to process it. Please choose another one.',
  'withdrawal.not-pending': ({ status }) =>
    `This withdrawal is already ${status}. See History for details.`,
  'withdrawal.being-processed': () =>
    'An admin is transferring this right now, so it cannot be canceled. We will let you know when it is done.',
  'withdrawal.not-claimed': () =>
    'You are not processing this withdrawal yet. Tap Process first, then continue.',
  'withdrawal.claimed-by-other': ({ by, at }) =>
    `${clip(by)} has been processing this since ${clockTime(at)}. Please choose another one.`,
  'withdrawal.second-admin-required': ({ others }) =>
    'This withdrawal takes two admins: one approves it, another one processes it. ' +
    (others > 0
      ? 'Ask another admin to approve it first, then process it.'
      : 'No other admin has the right to handle withdrawals yet; ask the operator to add one.'),
  'withdrawal.endorsed-by-you': ({ others }) =>
    'You approved this withdrawal, so another admin has to process it. ' +
    (others > 0
      ? 'Please ask one of them.'
      : 'No other admin has the right to handle withdrawals yet; ask the operator to add one.'),
  'withdrawal.endorsed-by-other': ({ by, at }) =>
    `${clip(by)} approved this withdrawal at ${clockTime(at)}. You can process it right away.`,
  'withdrawal.no-second-needed': () =>
    'One admin is enough for this withdrawal. You can process it right away.',
  'withdrawal.not-endorsed': () =>
    'There is no approval of yours to take back here. Please choose another withdrawal.',
};

const clip = (text: string): string => {
  const letters = Array.from(text);
  return letters.length > 80 ? `${letters.slice(0, 79).join('')}…` : text;
};

export const refusals: typeof indonesian = {
  say: (refusal: AnyRefusal): string =>
    (sayings[refusal.code] as (details: unknown) => string)(refusal.details),
  sayCode: (code: string, details: Json): string =>
    code.startsWith('file.') && Object.hasOwn(sayings, code)
      ? (sayings[code as keyof Sayings] as (details: unknown) => string)(details)
      : 'That file cannot be used. Please send another one.',
};
