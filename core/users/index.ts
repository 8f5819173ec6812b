import type { Clock, Ids, UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { acceptTerms } from './accept-terms.ts';
import { changeRole } from './change-role.ts';
import { chooseRole } from './choose-role.ts';
import { applyConfiguredAdmins, grantAdmin, listAdmins, revokeAdmin } from './grant-admin.ts';
import { noteReach } from './note-reach.ts';
import { register } from './register.ts';
import { searchUsers } from './search-users.ts';
import { setLanguage } from './set-language.ts';
import { setPermissions } from './set-permissions.ts';
import { showOpenThings } from './show-open-things.ts';
import { showUser } from './show-user.ts';
import { suspend, unsuspend, type SuspensionEffects } from './suspend.ts';

export * from './access.ts';
export * from './permission.ts';
export * from './ports.ts';
export * from './user.ts';
export type { AcceptTerms } from './accept-terms.ts';
export type { ChangeRole } from './change-role.ts';
export type { ChooseRole } from './choose-role.ts';
export type { ApplyConfiguredAdmins, GrantAdmin, GrantResult, RevokeAdmin } from './grant-admin.ts';
export type { NoteReach } from './note-reach.ts';
export { recognize, type Known, type Register, type Registered, type Today } from './register.ts';
export type { SearchUsers } from './search-users.ts';
export type { SetLanguage } from './set-language.ts';
export type { SetPermissions } from './set-permissions.ts';
export type { ShowOpenThings } from './show-open-things.ts';
export { seenBy, type ShowUser } from './show-user.ts';
export type { Suspend, SuspensionEffects, Unsuspend } from './suspend.ts';

interface UsersPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly suspensionEffects: SuspensionEffects;
}

/** People, their roles and their standing. */
export const createUsers = (ports: UsersPorts) => ({
  register: register(ports),
  noteReach: noteReach(ports),
  acceptTerms: acceptTerms(ports),
  chooseRole: chooseRole(ports),
  changeRole: changeRole(ports),
  setLanguage: setLanguage(ports),
  openThings: showOpenThings(ports),
  search: searchUsers(ports),
  show: showUser(ports),
  grantAdmin: grantAdmin(ports),
  revokeAdmin: revokeAdmin(ports),
  setPermissions: setPermissions(ports),
  applyConfiguredAdmins: applyConfiguredAdmins(ports),
  admins: listAdmins(ports),
  suspend: suspend(ports),
  unsuspend: unsuspend(ports),
});
