import {
  createOrm,
  createPostgresPorts,
  type PostgresPorts,
} from '../../adapters/postgres/index.ts';
import type { PersonSeed } from '../../adapters/sandbox/index.ts';
import { DEFAULT_SETTINGS, type Role, type Settings, type User } from '../../core/index.ts';
import { aUser } from '../support/builders.ts';
import type { Cleanup } from '../support/cleanup.ts';
import type { DatabaseUrls } from '../support/database.ts';
import { addUser } from '../support/enter-user.ts';

/** Somebody who has accepted the terms and has this role. */
export interface Newcomer {
  readonly telegramId: number;
  readonly role: Role;
  /** Messages to the others are dropped: they are in no sandbox. */
  readonly reachable: boolean;
}

/** The ports of the run itself, which looks and prepares beside the bot. */
export const openPorts = async (
  { botUrl }: DatabaseUrls,
  cleanup: Cleanup,
  settings: Settings = DEFAULT_SETTINGS,
): Promise<PostgresPorts> => {
  const orm = await createOrm({ url: botUrl });
  cleanup.later(() => orm.close(true));
  return createPostgresPorts({ orm, settings });
};

/** Enters people as they are after their first /start. */
export const enterPeople = (
  { unitOfWork }: Pick<PostgresPorts, 'unitOfWork'>,
  newcomers: readonly Newcomer[],
): Promise<readonly User[]> =>
  unitOfWork.run(async (tx) => {
    const users: User[] = [];
    for (const { telegramId, role, reachable } of newcomers) {
      const unreachableSince = reachable ? null : new Date();
      const displayName = nameOf(telegramId);
      const user = aUser({ telegramId, role, unreachableSince, displayName });
      users.push(await addUser(tx, user));
    }
    return users;
  });

/** The same people on the phone's side. */
export const seedsOf = (newcomers: readonly Newcomer[]): PersonSeed[] =>
  newcomers
    .filter(({ reachable }) => reachable)
    .map(({ telegramId }) => ({ id: telegramId, firstName: nameOf(telegramId) }));

const nameOf = (telegramId: number): string => `Orang ${telegramId}`;

/** So many people with Telegram ids from `first` on. */
export const newcomers = (
  count: number,
  first: number,
  rest: Pick<Newcomer, 'role' | 'reachable'>,
): Newcomer[] => Array.from({ length: count }, (_, at) => ({ telegramId: first + at, ...rest }));
