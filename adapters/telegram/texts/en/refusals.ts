import type { AnyRefusal, Json, RefusalDetails, Role } from '../../../../core/index.ts';
import { clockTime, count, dayTime, money } from '../../format.ts';
import type { refusals as indonesian } from '../id/refusals.ts';

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
  user: 'person',
  file: 'file',
};
const took: Readonly<Record<string, string>> = {
  taken: 'is under way',
  pending_review: 'is under review',
  approved: 'was approved',
  rejected: 'was rejected',
  expired: 'ran out of time',
  released: 'was given up by you',
  suspended: 'went back to the list',
  reversed: 'was reversed by an admin',
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

const megabytes = (bytes: number): string => String(Math.floor(bytes / 1_048_576));

const sayings: Sayings = {
  'not-found': ({ what }) =>
    `That ${things[what] ?? 'item'} was not found. Please go Home and open it again.`,
  'text.too-long': ({ max }) =>
    `That text is too long: at most ${count(max)} characters. Shorten it and send it again.`,
  'text.empty': () => 'That text is empty. Please write something and send it again.',
  'reason.required': () => 'A reason is required. Write it and send it again.',
  'money.unreadable': ({ example }) =>
    `We could not read that amount. Write whole rupiah, for example ${example} or 10rb.`,
  'money.too-small': ({ min }) => `That amount is too small. The least is ${money(min)}.`,
  'money.too-large': ({ max }) => `That amount is too large. The most is ${money(max)}.`,
  'user.suspended': ({ reason }) =>
    `Your account is suspended. Reason: “${clip(reason)}”. Contact an admin if you have questions.`,
  'user.terms-not-accepted': () =>
    'Please accept the current terms first. Type /start to read them.',
  'user.terms-outdated': () =>
    'The terms have just been updated. Type /start, read the new version and accept it.',
  'user.role-missing': () => 'You have no role yet. Type /start and choose Client or Worker.',
  'user.role-required': ({ role }) =>
    role === 'admin'
      ? 'This menu is for admins only. Please choose another one at Home.'
      : `This menu is for ${roles[role]} only. You can switch your role under Help.`,
  'user.things-open': (open) =>
    `Your role cannot change yet: ${stillOpen(open)} still open. ` +
    'Finish that first, then try again.',
  'user.already-admin': () => 'Admins cannot switch roles. Contact the operator if you need to.',
  'user.admin-cannot-be-suspended': () =>
    'An admin cannot be suspended. Ask the operator to revoke the admin right first.',
  'user.already-suspended': () => 'This person is already suspended. Nothing has changed.',
  'user.not-suspended': () => 'This person is not suspended. Nothing has changed.',
  'user.operator-required': () => 'Only the operator can do this. Please contact the operator.',
  'wallet.insufficient': ({ missing, balance }) =>
    `Your balance is ${money(balance)}, ${money(missing)} short. ` +
    'Lower the amount or add money first.',
  'wallet.overdrawn': () => 'Not enough balance. No money has moved. Please check your Balance.',
  'wallet.key-reused': () =>
    'This request was sent before with other content. Please start again from the beginning.',
  'wallet.cost-changed': ({ total }) =>
    `The cost has just changed to ${money(total)}. Please check again, then confirm.`,
  'wallet.already-decided': ({ status }) =>
    `This transaction was already ${status}. See History for details.`,
  'wallet.revenue-insufficient': ({ missing }) =>
    `Platform revenue is ${money(missing)} short. Lower the amount.`,
  'campaign.final': ({ status }) => `This campaign is ${status}, so it can no longer be changed.`,
  'campaign.not-active': ({ status }) =>
    `This campaign is not active (${status}). Please choose another one.`,
  'campaign.already-paused': () => 'This campaign is already paused. Tap Resume to go on.',
  'campaign.not-paused': () => 'This campaign is not paused. Open it again to see its status.',
  'campaign.paused-by-admin': () =>
    'An admin paused this campaign, so only an admin can resume it. Please contact an admin.',
  'campaign.owner-suspended': () =>
    'This campaign is paused because its owner is suspended. It goes on when the suspension ends.',
  'campaign.price-too-low': ({ min }) => `The pay per task is too low. The least is ${money(min)}.`,
  'campaign.target-out-of-range': ({ max }) =>
    `The target must be a whole number from 1 to ${count(max)}. For example 100.`,
  'link.unreadable': () =>
    'We could not read that link. Copy the full link starting with https:// and send it again.',
  'link.not-https': () =>
    'The link must start with https:// (not http or anything else). Send it again.',
  'link.credentials': () =>
    'The link must not contain a user name or password (an @ sign). Copy the original link.',
  'link.port': () => 'The link must not contain a port. Copy the original link from the app.',
  'link.too-long': ({ max }) =>
    `The link is too long: at most ${count(max)} characters. Copy a shorter one.`,
  'link.shortener': ({ host }) =>
    `${clip(host)} is a short link. Open it in a browser and copy the full address.`,
  'link.host-not-allowed': ({ host }) =>
    `${clip(host)} is not supported. Use a link to Instagram, TikTok, YouTube, Facebook, X, ` +
    'Threads or Telegram.',
  'link.no-content': ({ host }) =>
    `That is the front page of ${clip(host)}. Send a link to the content or the profile.`,
  'task.gone': () =>
    'No slot of this task is left, or the campaign is paused. Please choose another task.',
  'task.own-campaign': () => 'This is your own campaign. Please choose another task.',
  'task.already-done': () =>
    'You have done this on the same link, or are doing it now. Please choose another task.',
  'task.too-many-taken': ({ max, freesAt }) =>
    `You have taken ${max} tasks. Finish or give up one first; ` +
    `there is room again at ${clockTime(freesAt)} at the latest.`,
  'task.daily-limit': ({ max, freesAt }) =>
    `Today's limit of ${count(max)} tasks is reached. You can take more from ${dayTime(freesAt)}.`,
  'take.not-open': ({ status }) =>
    `This task ${took[status] ?? 'has ended'}. Open My Tasks to see what is under way.`,
  'take.late': ({ deadline }) =>
    `Sorry, the deadline has passed (${clockTime(deadline)}) and the task went back to the list. ` +
    'Please take another one.',
  'file.too-large': ({ maxBytes }) =>
    `That file is too large: at most ${megabytes(maxBytes)} MB. Make it smaller and send it again.`,
  'file.wrong-type': ({ allowed }) =>
    allowed.includes('application/pdf')
      ? 'That file is not supported. Send a JPG, PNG or WebP picture, or a PDF.'
      : 'That file is not a supported picture. Send a JPG, PNG or WebP screenshot.',
  'file.unreadable': () =>
    'That picture is damaged or cannot be opened. Take a new screenshot and send it again.',
  'file.wrong-dimensions': () =>
    'That picture is too small or too large. Send the original screenshot from your phone.',
  'proof.own': () => 'This proof or campaign is yours, so another admin has to decide.',
  'proof.not-decided': () => 'This proof is not decided yet. Approve or reject it first.',
  'proof.already-reversed': () =>
    'The decision on this proof was reversed before, only once is allowed.',
  'proof.reversal-too-late': ({ days }) =>
    `A decision can be reversed within ${days} days only. Use a balance adjustment if needed.`,
  'proof.no-slot-left': () =>
    'No slot is left in this campaign, so the decision cannot be reversed.',
  'deposit.too-many-pending': ({ max }) =>
    `${max} top-ups still wait for an admin. Wait for them, or cancel one under Balance.`,
  'deposit.same-file': () => 'You have sent this transfer proof before. Please send another one.',
  'deposit.own': () => 'This is your own top-up, so another admin has to decide.',
  'deposit.not-pending': ({ status }) =>
    `This top-up was already ${status}. See History for details.`,
  'withdrawal.number-unreadable': ({ example }) =>
    'We could not read that DANA number. ' +
    `Write an Indonesian mobile number, for example ${example}.`,
  'withdrawal.too-many-pending': () =>
    'A withdrawal is still waiting. Wait until it is done, or cancel it under Balance.',
  'withdrawal.daily-limit': ({ max, left, freesAt }) =>
    `The limit is ${money(max)} a day. ` +
    `Left today: ${money(left)}; it opens again ${dayTime(freesAt)}.`,
  'withdrawal.own': () => 'This is your own withdrawal, so another admin has to process it.',
  'withdrawal.not-pending': ({ status }) =>
    `This withdrawal was already ${status}. See History for details.`,
  'withdrawal.being-processed': () =>
    'An admin is transferring this right now, so it cannot be canceled. Please wait for the news.',
  'withdrawal.not-claimed': () => 'Tap Process first, so that this withdrawal is yours.',
  'withdrawal.claimed-by-other': ({ by, at }) =>
    `${clip(by)} has been processing this since ${clockTime(at)}. Please choose another one.`,
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
      : 'That file cannot be used. Please send another picture.',
};
