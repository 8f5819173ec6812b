import {
  canonical,
  oneLine,
  requireText,
  type Actor,
  type Clock,
  type Json,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { refuseSettings, type ReadyReason, type Settings } from './settings.ts';

export interface SettingsPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  /** Refuses whoever is no admin (ACC-6). */
  readonly requireAdmin: (tx: Tx, actor: Actor) => Promise<unknown>;
}

/** Every *cfg* as it stands now. */
export const currentSettings =
  ({ unitOfWork }: Pick<SettingsPorts, 'unitOfWork'>) =>
  (): Promise<Settings> =>
    unitOfWork.run((tx) => tx.settings.current());

export interface SetRejectReasons {
  readonly actor: Actor;
  /** 1 … 10 in the order of the buttons; each 1 … 200 characters in either language. */
  readonly reasons: readonly ReadyReason[];
}

/**
 * An admin replaces the ready-made reasons to reject a proof (REV-2, ADM-4); the same ones again
 * change nothing. Of two admins at the same moment the second is refused (`settings.changed`): a list
 * that nobody has seen is never replaced.
 */
export const setRejectReasons =
  ({ unitOfWork, clock, requireAdmin }: SettingsPorts) =>
  ({ actor, reasons }: SetRejectReasons): Promise<Settings> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      const rejectReasons = requireReasons(reasons);
      const settings = await tx.settings.current();
      const [from, to] = [asStored(settings.rejectReasons), asStored(rejectReasons)];
      if (canonical(from) === canonical(to)) return settings;
      if (!(await tx.settings.save('rejectReasons', { from, to }))) {
        throw refuseSettings('settings.changed');
      }
      await tx.audit.append({
        actor,
        action: 'settings.change',
        subject: 'settings',
        subjectId: 'rejectReasons',
        before: { value: from },
        after: { value: to },
        at: clock.now(),
      });
      return { ...settings, rejectReasons };
    });

/** How many ready-made reasons there may be. */
export const REASONS_MAX = 10;
/** Characters of one, in either language. */
export const REASON_MAX = 200;

const requireReasons = (reasons: readonly ReadyReason[]): readonly ReadyReason[] => {
  if (reasons.length === 0 || reasons.length > REASONS_MAX) {
    throw refuseSettings('settings.reasons-out-of-range', { max: REASONS_MAX });
  }
  return reasons.map(({ id, en }) => ({ id: requireLine(id), en: requireLine(en) }));
};

/** It stands on a button and in a sentence: one line. */
const requireLine = (text: string): string =>
  requireText(oneLine(text, REASON_MAX + 1), REASON_MAX);

const asStored = (reasons: readonly ReadyReason[]): Json =>
  reasons.map(({ id, en }) => ({ id, en }));
