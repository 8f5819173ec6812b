import type { Actor, FreezeId } from '../kernel/index.ts';
import { requireAdmin, requireJob } from '../users/index.ts';
import type { FreezePorts } from './check-books.ts';
import type { Freeze } from './freeze.ts';
import type { CheckDone } from './ports.ts';

type ShowPorts = Pick<FreezePorts, 'unitOfWork'>;

/** How the books stand. */
export interface BooksNow {
  /** The freeze in force. */
  readonly freeze: Freeze | null;
  /** The last check of what was new, and of everything. */
  readonly recent: CheckDone | null;
  readonly full: CheckDone | null;
}

/** Whether payments stand still, since when and why; for admins, the operator and jobs (WAL-13). */
export const showBooks =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor }: { readonly actor: Actor }): Promise<BooksNow> =>
    unitOfWork.run(async (tx) => {
      if (actor.kind === 'user') await requireAdmin(tx, actor);
      const { recent, full } = await tx.ledgerChecks.read();
      return { freeze: (await tx.freezes.current()) ?? null, recent, full };
    });

/** Freezes with news for the owner, oldest first, a few at a time: tell them, then note it. */
export const ownerNews =
  ({ unitOfWork }: ShowPorts) =>
  async ({ actor }: { readonly actor: Actor }): Promise<readonly Freeze[]> => {
    requireJob(actor);
    return unitOfWork.run((tx) => tx.freezes.untold());
  };

export interface NoteOwnerTold {
  readonly actor: Actor;
  readonly freezeId: FreezeId;
  /** As it stood in what was told. */
  readonly news: number;
}

/** The owner has heard: at least once, since a crash before this has them told again (NTF-2). */
export const noteOwnerTold =
  ({ unitOfWork }: ShowPorts) =>
  async ({ actor, freezeId, news }: NoteOwnerTold): Promise<void> => {
    requireJob(actor);
    await unitOfWork.run((tx) => tx.freezes.markTold(freezeId, news));
  };
