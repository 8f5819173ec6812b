import { invariant, type Actor, type UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { getUser, lockUser } from './access.ts';
import type { Language, User } from './user.ts';

interface LanguagePorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface SetLanguage {
  readonly actor: Actor;
  readonly language: Language;
}

/** The language the bot speaks with this person (UX-1). */
export const setLanguage =
  ({ unitOfWork }: LanguagePorts) =>
  ({ actor, language }: SetLanguage): Promise<User> =>
    unitOfWork.run(async (tx) => {
      invariant(actor.kind === 'user', 'a language is chosen by a person');
      const user = await getUser(tx, actor.id);
      if (user.language === language) return user;
      const changed: User = { ...(await lockUser(tx, actor.id)), language };
      await tx.users.save(changed);
      return changed;
    });
