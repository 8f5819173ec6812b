import {
  oneLine,
  refuseCommon,
  type Actor,
  type Page,
  type PageRequest,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requirePermission } from './access.ts';
import { TO_SEE_PEOPLE } from './permission.ts';
import type { Wanted } from './ports.ts';
import type { User } from './user.ts';

interface SearchPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface SearchUsers {
  readonly actor: Actor;
  /** A Telegram id, or the beginning of an @username or of a name, as typed; null: everybody. */
  readonly text: string | null;
  readonly page: PageRequest;
}

/** As long as a name may be. */
const TEXT_MAX = 64;

/** People by id, @username or name, newest first, for admins of users or of money (ADM-3). */
export const searchUsers =
  ({ unitOfWork }: SearchPorts) =>
  ({ actor, text, page }: SearchUsers): Promise<Page<User>> =>
    unitOfWork.run(async (tx) => {
      await requirePermission(tx, actor, TO_SEE_PEOPLE);
      return tx.users.search(text === null ? EVERYBODY : wantedBy(text), page);
    });

/** Every name begins with nothing. */
const EVERYBODY: Wanted = { telegramId: null, username: null, name: '' };

/** Nobody's name begins with @; a username may begin with digits, as a name may. */
const wantedBy = (typed: string): Wanted => {
  const text = oneLine(typed, TEXT_MAX);
  const isUsername = text.startsWith('@');
  const beginning = isUsername ? text.slice(1) : text;
  if (beginning === '') throw refuseCommon('text.empty');
  return {
    telegramId: /^[0-9]{1,15}$/.test(text) ? Number(text) : null,
    username: beginning,
    name: isUsername ? null : text,
  };
};
