import type { Actor, Clock, UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { getUser, lockUser } from './access.ts';
import { nothingOpen, refuseUser, type Language, type OwnRole, type User } from './user.ts';
import { invariant } from '../kernel/index.ts';

interface RolePorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
}

export interface ChooseRole {
  readonly actor: Actor;
  readonly role: OwnRole;
}

/**
 * A person becomes client or worker, or changes between them while nothing of theirs is open; an admin
 * cannot (ACC-3, ACC-4). Choosing the role one has changes nothing.
 */
export const chooseRole =
  ({ unitOfWork, clock }: RolePorts) =>
  ({ actor, role }: ChooseRole): Promise<User> =>
    unitOfWork.run(async (tx) => {
      invariant(actor.kind === 'user', 'a role is chosen by a person');
      const user = await lockUser(tx, actor.id);
      await requireMayChoose(tx, user);
      if (user.role === role) return user;
      const open = await tx.users.openThings(user.id);
      if (!nothingOpen(open)) throw refuseUser('user.things-open', open);
      const changed: User = { ...user, role };
      await tx.users.save(changed);
      await tx.audit.append({
        actor,
        action: 'user.role',
        subject: 'user',
        subjectId: user.id,
        before: { role: user.role },
        after: { role },
        at: clock.now(),
      });
      return changed;
    });

const requireMayChoose = async (tx: Tx, user: User): Promise<void> => {
  if (user.status === 'suspended') {
    throw refuseUser('user.suspended', { reason: user.suspension.reason });
  }
  const { termsVersion } = await tx.settings.current();
  if (user.termsVersion !== termsVersion) throw refuseUser('user.terms-not-accepted');
  if (user.role === 'admin') throw refuseUser('user.already-admin');
};

export interface AcceptTerms {
  readonly actor: Actor;
  /** The version that was shown. */
  readonly version: number;
}

/** Stores which version of the terms the person accepted; an older one than today's is refused (ACC-8). */
export const acceptTerms =
  ({ unitOfWork, clock }: RolePorts) =>
  ({ actor, version }: AcceptTerms): Promise<User> =>
    unitOfWork.run(async (tx) => {
      invariant(actor.kind === 'user', 'terms are accepted by a person');
      const user = await lockUser(tx, actor.id);
      const { termsVersion } = await tx.settings.current();
      if (version !== termsVersion) throw refuseUser('user.terms-outdated');
      if (user.termsVersion === version) return user;
      const accepted: User = { ...user, termsVersion: version };
      await tx.users.save(accepted);
      await tx.audit.append({
        actor,
        action: 'user.accept-terms',
        subject: 'user',
        subjectId: user.id,
        before: { version: user.termsVersion },
        after: { version },
        at: clock.now(),
      });
      return accepted;
    });

export interface SetLanguage {
  readonly actor: Actor;
  readonly language: Language;
}

/** The language the bot speaks with this person (UX-1). */
export const setLanguage =
  ({ unitOfWork }: RolePorts) =>
  ({ actor, language }: SetLanguage): Promise<User> =>
    unitOfWork.run(async (tx) => {
      invariant(actor.kind === 'user', 'a language is chosen by a person');
      const user = await getUser(tx, actor.id);
      if (user.language === language) return user;
      const changed: User = { ...(await lockUser(tx, actor.id)), language };
      await tx.users.save(changed);
      return changed;
    });
