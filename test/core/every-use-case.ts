import { freshId, rupiahs } from '../support/builders.ts';
import { anOrder, FIRST_PAGE } from '../support/market.ts';
import { approvals } from './approval-use-cases.ts';
import type { Allowed, Call } from './scene.ts';

const page = FIRST_PAGE;
const users: Record<string, readonly [Allowed, Call]> = {
  register: ['no actor', async () => {}],
  noteReach: ['no actor', async () => {}],
  applyConfiguredAdmins: [
    'operator',
    (core, actor) => core.users.applyConfiguredAdmins({ actor, telegramIds: [1] }),
  ],
  admins: ['operator', (core, actor) => core.users.admins({ actor })],
  acceptTerms: ['anybody', (core, actor) => core.users.acceptTerms({ actor, version: 1 })],
  setLanguage: ['anybody', (core, actor) => core.users.setLanguage({ actor, language: 'en' })],
  chooseRole: ['own', (core, actor) => core.users.chooseRole({ actor, role: 'client' })],
  search: ['admin', (core, actor) => core.users.search({ actor, text: 'Budi', page })],
  openThings: ['own', (core, actor) => core.users.openThings({ actor })],
  grantAdmin: ['operator', (core, actor) => core.users.grantAdmin({ actor, telegramId: 1 })],
  revokeAdmin: ['operator', (core, actor) => core.users.revokeAdmin({ actor, telegramId: 1 })],
  suspend: [
    'admin',
    (core, actor, { worker }) =>
      core.users.suspend({ actor, userId: worker.id, reason: 'fake proofs' }),
  ],
  unsuspend: [
    'admin',
    (core, actor, { worker }) => core.users.unsuspend({ actor, userId: worker.id }),
  ],
};

const wallet: Record<string, readonly [Allowed, Call]> = {
  trialBalance: ['operator', (core, actor) => core.wallet.trialBalance({ actor })],
  verify: ['operator', async (core, actor) => core.wallet.verify({ actor })],
  verifyRecent: ['operator', (core, actor) => core.wallet.verifyRecent({ actor, since: null })],
  balances: ['own', (core, actor) => core.wallet.balances({ actor })],
  history: ['own', (core, actor) => core.wallet.history({ actor, page })],
  earnings: ['own', (core, actor) => core.wallet.earnings({ actor })],
  ledger: ['admin', (core, actor) => core.wallet.ledger({ actor, accounts: 9, postings: 9 })],
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
  queue: ['admin', (core, actor) => core.proofs.queue({ actor })],
  next: ['admin', (core, actor) => core.proofs.next({ actor, skipped: [] })],
  open: ['admin', (core, actor, { proof }) => core.proofs.open({ actor, proofId: proof.id })],
  release: ['admin', (core, actor) => core.proofs.release({ actor })],
  case: ['admin', (core, actor, { proof }) => core.proofs.case({ actor, proofId: proof.id })],
  waiting: ['admin', (core, actor) => core.proofs.waiting({ actor, page })],
  decided: ['admin', (core, actor) => core.proofs.decided({ actor, page })],
  taskHistory: [
    'admin',
    (core, actor, { proof }) => core.proofs.taskHistory({ actor, taskId: proof.taskId }),
  ],
  approve: ['admin', (core, actor, { proof }) => core.proofs.approve({ actor, proofId: proof.id })],
  reject: [
    'admin',
    (core, actor, { proof }) => core.proofs.reject({ actor, proofId: proof.id, reason: 'no' }),
  ],
  previewReversal: [
    'admin',
    (core, actor, { decided }) => core.proofs.previewReversal({ actor, proofId: decided.id }),
  ],
  reverse: [
    'admin',
    (core, actor, { decided }) => core.proofs.reverse({ actor, proofId: decided.id, reason: 'no' }),
  ],
};

const deposits: Record<string, readonly [Allowed, Call]> = {
  check: ['client', (core, actor) => core.deposits.check({ actor, amount: rupiahs(10_000) })],
  request: [
    'client',
    (core, actor, { key, file }) =>
      core.deposits.request({ actor, amount: rupiahs(10_000), key, file }),
  ],
  mine: ['own', (core, actor) => core.deposits.mine({ actor })],
  cancel: [
    'own',
    (core, actor, { deposit }) => core.deposits.cancel({ actor, depositId: deposit.id }),
  ],
  waiting: ['admin', (core, actor) => core.deposits.waiting({ actor, page })],
  next: ['admin', (core, actor) => core.deposits.next({ actor })],
  show: [
    'admin',
    (core, actor, { deposit }) => core.deposits.show({ actor, depositId: deposit.id }),
  ],
  approve: [
    'admin',
    (core, actor, { deposit }) =>
      core.deposits.approve({
        actor,
        depositId: deposit.id,
        credited: rupiahs(10_000),
        reason: null,
      }),
  ],
  reject: [
    'admin',
    (core, actor, { deposit }) =>
      core.deposits.reject({ actor, depositId: deposit.id, reason: 'no money came' }),
  ],
};

const withdrawals: Record<string, readonly [Allowed, Call]> = {
  prepareNumber: [
    'own',
    (core, actor) => core.withdrawals.prepareNumber({ actor, text: '081234567890' }),
  ],
  revealNumber: [
    'own',
    (core, actor, { withdrawal: { number: sealed } }) =>
      core.withdrawals.revealNumber({ actor, sealed }),
  ],
  quote: ['own', (core, actor) => core.withdrawals.quote({ actor, amount: rupiahs(10_000) })],
  request: [
    'own',
    (core, actor, { withdrawal: { number }, key }) =>
      core.withdrawals.request({ actor, amount: rupiahs(10_000), number, key }),
  ],
  mine: ['own', (core, actor) => core.withdrawals.mine({ actor })],
  cancel: [
    'own',
    (core, actor, { withdrawal: { id } }) => core.withdrawals.cancel({ actor, withdrawalId: id }),
  ],
  show: [
    'own',
    (core, actor, { withdrawal: { id } }) => core.withdrawals.show({ actor, withdrawalId: id }),
  ],
  waiting: ['admin', (core, actor) => core.withdrawals.waiting({ actor, page })],
  next: ['admin', (core, actor) => core.withdrawals.next({ actor })],
  claimedByOthers: ['admin', (core, actor) => core.withdrawals.claimedByOthers({ actor, page })],
  claim: [
    'admin',
    (core, actor, { withdrawal: { id } }) =>
      core.withdrawals.claim({ actor, withdrawalId: id, takeOverFrom: null }),
  ],
  pay: [
    'admin',
    (core, actor, { withdrawal: { id } }) =>
      core.withdrawals.pay({ actor, withdrawalId: id, reference: null, receipt: null }),
  ],
  reject: [
    'admin',
    (core, actor, { withdrawal: { id } }) =>
      core.withdrawals.reject({ actor, withdrawalId: id, reason: 'wrong number' }),
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
  deposits,
  withdrawals,
  freeze,
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
  audit: {
    seal: ['operator', (core, actor) => core.audit.seal({ actor, limit: 1 })],
    verify: ['operator', (core, actor) => core.audit.verify({ actor })],
    head: ['operator', (core, actor) => core.audit.head({ actor })],
    unsealedSeconds: ['operator', (core, actor) => core.audit.unsealedSeconds({ actor })],
    announceHead: ['operator', (core, actor) => core.audit.announceHead({ actor })],
  },
  settings: {
    ...jobs('current'),
    setRejectReasons: [
      'admin',
      (core, actor) =>
        core.settings.setRejectReasons({ actor, reasons: [{ id: 'Buram', en: 'Blurred' }] }),
    ],
  },
};
