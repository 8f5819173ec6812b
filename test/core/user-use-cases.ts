import { FIRST_PAGE } from '../support/market.ts';
import type { Allowed, Call } from './scene.ts';

/** Of people, their roles and their standing (see every-use-case.ts). */
export const users: Record<string, readonly [Allowed, Call]> = {
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
  search: [
    'users or money',
    (core, actor) => core.users.search({ actor, text: 'Budi', page: FIRST_PAGE }),
  ],
  show: [
    'users or money',
    (core, actor, { outsider }) => core.users.show({ actor, userId: outsider.id }),
  ],
  openThings: ['own', (core, actor) => core.users.openThings({ actor })],
  grantAdmin: ['operator', (core, actor) => core.users.grantAdmin({ actor, telegramId: 1 })],
  setPermissions: [
    'operator',
    (core, actor) => core.users.setPermissions({ actor, telegramId: 1, permissions: ['review'] }),
  ],
  changeRole: [
    'users',
    (core, actor, { outsider }) =>
      core.users.changeRole({ actor, userId: outsider.id, role: 'worker' }),
  ],
  revokeAdmin: ['operator', (core, actor) => core.users.revokeAdmin({ actor, telegramId: 1 })],
  suspend: [
    'users',
    (core, actor, { worker }) =>
      core.users.suspend({ actor, userId: worker.id, reason: 'fake proofs' }),
  ],
  unsuspend: [
    'users',
    (core, actor, { worker }) => core.users.unsuspend({ actor, userId: worker.id }),
  ],
};
