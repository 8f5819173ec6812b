import {
  DAY_MS,
  plusMs,
  startOfWibDay,
  type Actor,
  type Clock,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { isPermitted, requireAdmin, requirePermission } from '../users/index.ts';
import { cashIn, imbalanceOf } from '../wallet/index.ts';
import type { Figures, Liability } from './report.ts';

interface FigurePorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
}

export interface ShowFigures {
  readonly actor: Actor;
}

const DAYS_SHOWN = 14;

/** The marketplace in figures, for every admin; its cash for those who handle money (RPT-1, ADM-1). */
export const showFigures =
  ({ unitOfWork, clock }: FigurePorts) =>
  ({ actor }: ShowFigures): Promise<Figures> =>
    unitOfWork.run(async (tx) => {
      const admin = await requireAdmin(tx, actor);
      const at = clock.now();
      const first = plusMs(startOfWibDay(at), -(DAYS_SHOWN - 1) * DAY_MS);
      const now = await tx.reports.now(at);
      const days = await tx.reports.days(first, at);
      if (isPermitted(admin, 'money')) return { at, ...now, days };
      return { at, ...now, days: days.map((day) => ({ ...day, liability: null })) };
    });

/** The cash that must exist, by kind, for admins who handle money (WAL-11). */
export const showLiability =
  ({ unitOfWork, clock }: FigurePorts) =>
  ({ actor }: ShowFigures): Promise<Liability> =>
    unitOfWork.run(async (tx) => {
      await requirePermission(tx, actor, 'money');
      const balance = await tx.reports.balance();
      const isSound = imbalanceOf(balance) === 0n;
      return { at: clock.now(), ...balance, cash: cashIn(balance), isSound };
    });
