import { canonical, oneLine, requireText, type Actor } from '../kernel/index.ts';
import { REASON_MAX, REASONS_MAX } from './catalog.ts';
import { noteChange } from './note-change.ts';
import type { SettingsPorts } from './show-settings.ts';
import { asStored } from './stored.ts';
import { refuseSettings, type ReadyReason, type Settings } from './settings.ts';

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
  (ports: SettingsPorts) =>
  ({ actor, reasons }: SetRejectReasons): Promise<Settings> =>
    ports.unitOfWork.run(async (tx) => {
      const { displayName: by } = await ports.requireAdmin(tx, actor);
      const rejectReasons = requireReasons(reasons);
      const before = await tx.settings.current();
      const after = { ...before, rejectReasons };
      const [from, to] = [asStored(before.rejectReasons), asStored(rejectReasons)];
      if (canonical(from) === canonical(to)) return before;
      if (!(await tx.settings.save('rejectReasons', { from, to }))) {
        throw refuseSettings('settings.changed');
      }
      await noteChange(tx, ports, { actor, by, key: 'rejectReasons', before, after });
      return after;
    });

const requireReasons = (reasons: readonly ReadyReason[]): readonly ReadyReason[] => {
  if (reasons.length === 0 || reasons.length > REASONS_MAX) {
    throw refuseSettings('settings.reasons-out-of-range', { max: REASONS_MAX });
  }
  return reasons.map(({ id, en }) => ({ id: requireLine(id), en: requireLine(en) }));
};

/** It stands on a button and in a sentence: one line. */
const requireLine = (text: string): string =>
  requireText(oneLine(text, REASON_MAX + 1), REASON_MAX);
