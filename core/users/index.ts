import type { Clock, Ids, UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { acceptTerms } from './accept-terms.ts';
import { chooseRole } from './choose-role.ts';
import { applyConfiguredAdmins, grantAdmin, listAdmins, revokeAdmin } from './grant-admin.ts';
import { noteReach } from './note-reach.ts';
import { register } from './register.ts';
import { searchUsers } from './search-users.ts';
import { setLanguage } from './set-language.ts';
import { showOpenThings } from './show-open-things.ts';
import { suspend, unsuspend, type SuspensionEffects } from './suspend.ts';

export * from './access.ts';
export * from './ports.ts';
export * from './user.ts';
export type { AcceptTerms } from './accept-terms.ts';
export type { ChooseRole } from './choose-role.ts';
export type { ApplyConfiguredAdmins, GrantAdmin, GrantResult } from './grant-admin.ts';
export type { NoteReach } from './note-reach.ts';
export type { Register, Registered } from './register.ts';
export type { SearchUsers } from './search-users.ts';
export type { SetLanguage } from './set-language.ts';
export type { ShowOpenThings } from './show-open-things.ts';
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
  setLanguage: setLanguage(ports),
  openThings: showOpenThings(ports),
  search: searchUsers(ports),
  grantAdmin: grantAdmin(ports),
  revokeAdmin: revokeAdmin(ports),
  applyConfiguredAdmins: applyConfiguredAdmins(ports),
  admins: listAdmins(ports),
  suspend: suspend(ports),
  unsuspend: unsuspend(ports),
});
