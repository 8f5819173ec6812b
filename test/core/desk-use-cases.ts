import { rupiahs } from '../support/builders.ts';
import { FIRST_PAGE } from '../support/market.ts';
import type { Allowed, Call } from './scene.ts';

const page = FIRST_PAGE;

/** Of top-ups and payouts by hand (see every-use-case.ts). */
export const deposits: Record<string, readonly [Allowed, Call]> = {
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
  waiting: ['money', (core, actor) => core.deposits.waiting({ actor, page })],
  next: ['money', (core, actor) => core.deposits.next({ actor })],
  show: [
    'money',
    (core, actor, { deposit }) => core.deposits.show({ actor, depositId: deposit.id }),
  ],
  approve: [
    'money',
    (core, actor, { deposit }) =>
      core.deposits.approve({
        actor,
        depositId: deposit.id,
        credited: rupiahs(10_000),
        reason: null,
      }),
  ],
  reject: [
    'money',
    (core, actor, { deposit }) =>
      core.deposits.reject({ actor, depositId: deposit.id, reason: 'no money came' }),
  ],
};

export const withdrawals: Record<string, readonly [Allowed, Call]> = {
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
  waiting: ['money', (core, actor) => core.withdrawals.waiting({ actor, page })],
  next: ['money', (core, actor) => core.withdrawals.next({ actor })],
  claimedByOthers: ['money', (core, actor) => core.withdrawals.claimedByOthers({ actor, page })],
  endorse: [
    'money',
    (core, actor, { unendorsed: { id } }) => core.withdrawals.endorse({ actor, withdrawalId: id }),
  ],
  takeBackEndorsement: [
    'money',
    (core, actor, { withdrawal: { id } }) =>
      core.withdrawals.takeBackEndorsement({ actor, withdrawalId: id }),
  ],
  claim: [
    'money',
    (core, actor, { withdrawal: { id } }) =>
      core.withdrawals.claim({ actor, withdrawalId: id, takeOverFrom: null }),
  ],
  pay: [
    'money',
    (core, actor, { withdrawal: { id } }) =>
      core.withdrawals.pay({ actor, withdrawalId: id, reference: null, receipt: null }),
  ],
  reject: [
    'money',
    (core, actor, { withdrawal: { id } }) =>
      core.withdrawals.reject({ actor, withdrawalId: id, reason: 'wrong number' }),
  ],
};
