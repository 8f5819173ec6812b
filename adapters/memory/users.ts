import type { UserId } from '../../core/kernel/index.ts';
import type { AdminGrant, AdminGrantRepo, User, UserRepo, Wanted } from '../../core/users/index.ts';
import { holdOf, walletOf } from '../../core/wallet/index.ts';
import { byTime, createGroups, createOrdered, createUnique } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable, pageWhere } from './tables.ts';
import { openAccount } from './wallet.ts';

const byAge = byTime<User>(
  (user) => user.createdAt,
  (user) => user.id,
);

export const createUserTables = (journal: Journal) => {
  const usersByTelegramId = createUnique<number, User>((user) => user.telegramId);
  const activeAdmins = createGroups<'admins', User>(
    (user) => (user.role === 'admin' && user.status === 'active' ? ['admins'] : []),
    byAge,
  );
  const usersNewestFirst = createOrdered<User>((a, b) => byAge(b, a));
  return {
    users: createTable<UserId, User>('users', journal, [
      usersByTelegramId,
      activeAdmins,
      usersNewestFirst,
    ]),
    adminGrants: createTable<number, AdminGrant>('admin grants', journal),
    usersByTelegramId,
    activeAdmins,
    usersNewestFirst,
  };
};

const begins = (name: string | null, beginning: string | null): boolean =>
  name !== null && beginning !== null && name.toLowerCase().startsWith(beginning.toLowerCase());

const fits =
  ({ telegramId, username, name }: Wanted) =>
  (user: User): boolean =>
    user.telegramId === telegramId ||
    begins(user.username, username) ||
    begins(user.displayName, name);

/** Users in memory; a lock is a read, since transactions come one after the other. */
export const createUserRepo = (state: State): UserRepo => ({
  add: async (user) => {
    const known = state.usersByTelegramId.get(user.telegramId);
    if (known !== undefined) return known;
    if (state.users.get(user.id) !== undefined) throw new Error(`memory: user ${user.id} is there`);
    state.users.set(user.id, user);
    openAccount(state, walletOf(user.id));
    openAccount(state, holdOf(user.id));
    return user;
  },
  find: async (id) => state.users.get(id),
  findByTelegramId: async (telegramId) => state.usersByTelegramId.get(telegramId),
  lock: async (id) => state.users.get(id),
  save: async (user) => {
    const { telegramId, createdAt, actedAt } = state.users.need(user.id);
    state.users.set(user.id, { ...user, telegramId, createdAt, actedAt });
  },
  search: async (wanted, page) =>
    pageWhere(state.usersNewestFirst.items, page, { suits: fits(wanted), show: (user) => user }),
  admins: async () => [...state.activeAdmins.of('admins')],
  openThings: async (id) => {
    const live = state.liveTakes.of(id);
    const campaigns = state.campaignsByClient.of(id).filter(({ campaign: { status } }) => {
      return status === 'active' || status === 'paused';
    });
    return {
      campaigns: campaigns.length,
      takenTasks: live.filter((take) => take.status === 'taken').length,
      proofsUnderReview: live.filter((take) => take.status === 'pending_review').length,
      deposits: state.pendingDeposits.of(id).length,
      withdrawals: state.withdrawalsByUser.of(id).filter((one) => one.status === 'pending').length,
    };
  },
});

/** The operator's words in memory. */
export const createAdminGrantRepo = (state: State): AdminGrantRepo => ({
  find: async (telegramId) => state.adminGrants.get(telegramId),
  save: async (grant) => state.adminGrants.set(grant.telegramId, grant),
});
