import { invariant, type Actor, type Clock, type UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { lockUser } from './access.ts';
import { refuseUser, type User } from './user.ts';

interface TermsPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
}

export interface AcceptTerms {
  readonly actor: Actor;
  /** The version that was shown. */
  readonly version: number;
}

/**
 * Stores which version of the terms the person accepted; an older one than today's is refused
 * (ACC-8).
 */
export const acceptTerms =
  ({ unitOfWork, clock }: TermsPorts) =>
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
