import type { ProofId, ReviewCase, UserId } from '../../core/index.ts';
import { demand } from './rule-broken.ts';

/** Which case each admin has open, as the run believes (REV-6): one at a time. */
export const createShadowClaims = (moment: () => number) => {
  const open = new Map<UserId, { readonly id: ProofId; readonly until: number }>();
  const holderOf = (id: ProofId, but: UserId): UserId | undefined =>
    [...open].find(([by, one]) => by !== but && one.id === id && one.until > moment())?.[0];

  /** The admin has it open from now on. */
  const opened = (admin: UserId, { proof, claim }: ReviewCase): void => {
    const other = holderOf(proof.id, admin);
    demand(!other, 'REV-6', () => `${proof.id} was given to ${admin} while ${other} had it open`);
    demand(claim?.by.id === admin, 'REV-6', () => `${proof.id} is not open for ${admin}`);
    open.set(admin, { id: proof.id, until: claim?.until.getTime() ?? 0 });
  };

  return {
    /** What an admin was given next; nothing where nothing was left. */
    given: (admin: UserId, found: ReviewCase | null): void => {
      if (found) opened(admin, found);
      else open.delete(admin);
    },
    /** What an admin picked from the list: theirs, where it waits and nobody else has it. */
    picked: (admin: UserId, found: ReviewCase): void => {
      const isFree = !holderOf(found.proof.id, admin) && found.proof.status === 'pending';
      if (isFree) opened(admin, found);
      else demand(found.claim?.by.id !== admin, 'REV-6', () => `${found.proof.id} has two admins`);
    },
    left: (admin: UserId): void => void open.delete(admin),
  };
};
