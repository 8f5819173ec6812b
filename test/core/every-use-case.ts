import { freshId } from '../support/builders.ts';
import { anOrder, FIRST_PAGE } from '../support/market.ts';
import { approvals } from './approval-use-cases.ts';
import { broadcasts } from './broadcast-use-cases.ts';
import { deposits, withdrawals } from './desk-use-cases.ts';
import { byHand, owner, wellbeing } from './money-use-cases.ts';
import { reports } from './report-use-cases.ts';
import type { Allowed, Call } from './scene.ts';
import { settings } from './settings-use-cases.ts';
import { audit } from './trail-use-cases.ts';
import { users } from './user-use-cases.ts';

const page = FIRST_PAGE;
const wallet: Record<string, readonly [Allowed, Call]> = {
  trialBalance: ['operator', (core, actor) => core.wallet.trialBalance({ actor })],
  verify: ['operator', async (core, actor) => core.wallet.verify({ actor })],
  verifyRecent: ['operator', (core, actor) => core.wallet.verifyRecent({ actor, since: null })],
  balances: ['own', (core, actor) => core.wallet.balances({ actor })],
  history: ['own', (core, actor) => core.wallet.history({ actor, page })],
  earnings: ['own', (core, actor) => core.wallet.earnings({ actor })],
  ...byHand,
  ledger: ['money', (core, actor) => core.wallet.ledger({ actor, accounts: 9, postings: 9 })],
};

const campaigns: Record<string, readonly [Allowed, Call]> = {
  quote: ['client', (core, actor) => core.campaigns.quote({ actor, ...anOrder() })],
  create: [
    'client',
    (core, actor, { order, key }) => core.campaigns.create({ actor, ...order, key }),
  ],
  raise: [
    'client',
    (core, actor, { campaign, key }) =>
      core.campaigns.raise({ actor, campaignId: campaign.id, more: 1, key }),
  ],
  quoteRaise: [
    'client',
    (core, actor, { campaign }) =>
      core.campaigns.quoteRaise({ actor, campaignId: campaign.id, more: 1 }),
  ],
  mine: ['client', (core, actor) => core.campaigns.mine({ actor, page })],
  pause: [
    'own',
    (core, actor, { campaign }) =>
      core.campaigns.pause({ actor, campaignId: campaign.id, reason: 'broken link' }),
  ],
  resume: [
    'own',
    (core, actor, { campaign }) =>
      core.campaigns.resume({ actor, campaignId: campaign.id, reason: 'broken link' }),
  ],
  delete: [
    'own',
    (core, actor, { campaign }) =>
      core.campaigns.delete({ actor, campaignId: campaign.id, reason: 'broken link' }),
  ],
  show: [
    'own',
    (core, actor, { campaign }) => core.campaigns.show({ actor, campaignId: campaign.id }),
  ],
  days: [
    'own',
    (core, actor, { campaign }) => core.campaigns.days({ actor, campaignId: campaign.id }),
  ],
  all: ['admin', (core, actor) => core.campaigns.all({ actor, filter: {}, page })],
};

const tasks: Record<string, readonly [Allowed, Call]> = {
  expireDue: ['operator', (core, actor) => core.tasks.expireDue({ actor, limit: 1 })],
  remindDue: ['operator', (core, actor) => core.tasks.remindDue({ actor, limit: 1 })],
  offers: ['worker', (core, actor) => core.tasks.offers({ actor, page })],
  offer: [
    'worker',
    (core, actor, { campaign }) => core.tasks.offer({ actor, campaignId: campaign.id }),
  ],
  take: [
    'worker',
    (core, actor, { campaign }) => core.tasks.take({ actor, campaignId: campaign.id }),
  ],
  mine: ['worker', (core, actor) => core.tasks.mine({ actor })],
  past: ['worker', (core, actor) => core.tasks.past({ actor, page })],
  show: ['worker', (core, actor, { take }) => core.tasks.show({ actor, takeId: take.id })],
  holders: [
    'admin',
    (core, actor, { campaign }) => core.tasks.holders({ actor, campaignId: campaign.id, page }),
  ],
  release: ['worker', (core, actor, { take }) => core.tasks.release({ actor, takeId: take.id })],
};

const proofs: Record<string, readonly [Allowed, Call]> = {
  submit: [
    'worker',
    (core, actor, { take, file }) =>
      core.proofs.submit({ actor, takeId: take.id, file, sentAt: take.takenAt }),
  ],
  queue: ['review', (core, actor) => core.proofs.queue({ actor })],
  next: ['review', (core, actor) => core.proofs.next({ actor, skipped: [] })],
  open: ['review', (core, actor, { proof }) => core.proofs.open({ actor, proofId: proof.id })],
  release: ['review', (core, actor) => core.proofs.release({ actor })],
  case: ['review', (core, actor, { proof }) => core.proofs.case({ actor, proofId: proof.id })],
  waiting: ['review', (core, actor) => core.proofs.waiting({ actor, page })],
  decided: ['review', (core, actor) => core.proofs.decided({ actor, page })],
  taskHistory: [
    'review',
    (core, actor, { proof }) => core.proofs.taskHistory({ actor, taskId: proof.taskId }),
  ],
  approve: [
    'review',
    (core, actor, { proof }) => core.proofs.approve({ actor, proofId: proof.id }),
  ],
  reject: [
    'review',
    (core, actor, { proof }) => core.proofs.reject({ actor, proofId: proof.id, reason: 'no' }),
  ],
  previewReversal: [
    'review',
    (core, actor, { decided }) => core.proofs.previewReversal({ actor, proofId: decided.id }),
  ],
  reverse: [
    'review',
    (core, actor, { decided }) => core.proofs.reverse({ actor, proofId: decided.id, reason: 'no' }),
  ],
};

const freeze: Record<string, readonly [Allowed, Call]> = {
  check: ['operator', (core, actor) => core.freeze.check({ actor, scope: 'recent' })],
  current: ['admin', (core, actor) => core.freeze.current({ actor })],
  lift: ['operator', (core, actor) => core.freeze.lift({ actor, reason: 'mended' })],
  ownerNews: ['operator', (core, actor) => core.freeze.ownerNews({ actor })],
  noteOwnerTold: [
    'operator',
    (core, actor) => core.freeze.noteOwnerTold({ actor, freezeId: freshId(), news: 1 }),
  ],
};

const jobs = (...names: readonly string[]): Record<string, readonly [Allowed, Call]> =>
  Object.fromEntries(names.map((name) => [name, ['no actor', async () => {}]]));

/** Every use case of the façade, by feature: who may use it, and how to try. */
export const EVERY_USE_CASE: Readonly<Record<string, typeof users>> = {
  users,
  wallet,
  campaigns,
  tasks,
  proofs,
  approvals,
  broadcasts,
  deposits,
  withdrawals,
  freeze,
  owner,
  wellbeing,
  reports,
  files: jobs('storeScreenshot', 'storeTransferProof'),
  outbox: {
    ...jobs('claimDue', 'renew', 'settle'),
    prune: ['operator', (core, actor) => core.outbox.prune({ actor, limit: 1 })],
  },
  channel: {
    park: [
      'operator',
      (core, actor) =>
        core.channel.park({ actor, botId: 1, updateId: 1, telegramId: 1, error: 'a defect' }),
    ],
    prune: ['operator', (core, actor) => core.channel.prune({ actor, limit: 1 })],
  },
  audit,
  settings,
};
