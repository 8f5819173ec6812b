import type { Page, PageRequest, UserId } from '../kernel/index.ts';
import type { AdminGrant, OpenThings, User } from './user.ts';

/** By what admins know people: whoever fits one of them; null fits nobody. */
export interface Wanted {
  readonly telegramId: number | null;
  /** How the @username begins, without @, upper and lower case alike. */
  readonly username: string | null;
  /** How the name begins, upper and lower case alike. */
  readonly name: string | null;
}

export interface UserRepo {
  /**
   * Stores a new user with their wallet and hold accounts (balance 0), once per `telegramId`: a
   * second caller, also a concurrent one, gets the user stored first. Resolves to the stored user.
   */
  add(user: User): Promise<User>;
  find(id: UserId): Promise<User | undefined>;
  findByTelegramId(telegramId: number): Promise<User | undefined>;
  /** Reads and locks the row until the transaction ends: first lock in the global order. */
  lock(id: UserId): Promise<User | undefined>;
  /** Replaces everything but id, telegramId, createdAt and actedAt. */
  save(user: User): Promise<void>;
  /** Newest first (ADM-3); every name begins with an empty one. */
  search(wanted: Wanted, page: PageRequest): Promise<Page<User>>;
  /** All active admins, oldest first. */
  admins(): Promise<readonly User[]>;
  /** Counts what is open in the user's name, on either side of the market (ACC-3). */
  openThings(id: UserId): Promise<OpenThings>;
}

/** Remembers grants and revokes by Telegram id, also of people not yet known (ACC-4). */
export interface AdminGrantRepo {
  find(telegramId: number): Promise<AdminGrant | undefined>;
  /** Inserts or replaces the word on this Telegram id. */
  save(grant: AdminGrant): Promise<void>;
}
