import type { BooksState } from '../../adapters/metrics/index.ts';
import { asSystem, type Clock, type Core } from '../../core/index.ts';
import { within } from '../within.ts';

const ANSWER_MS_MAX = 2_000;
const ACTOR = asSystem('health');

/** How the books stand; undefined where the database does not say. */
export const readBooks = async (
  core: Pick<Core, 'freeze' | 'audit'>,
  clock: Clock,
): Promise<BooksState | undefined> => {
  const asked = { actor: ACTOR };
  const answers = await within(
    ANSWER_MS_MAX,
    Promise.all([core.freeze.current(asked), core.audit.unsealedSeconds(asked)]),
  );
  if (!answers) return undefined;
  const [now, unsealedSeconds] = answers;
  const ageSeconds = (at: Date): number =>
    Math.max(0, (clock.now().getTime() - at.getTime()) / 1_000);
  const scopes = { recent: now.recent, all: now.full };
  return {
    frozenSince: now.freeze?.begunAt ?? null,
    unsealedSeconds,
    checks: Object.entries(scopes).flatMap(([scope, done]) =>
      done ? { scope, broken: done.broken, ageSeconds: ageSeconds(done.at) } : [],
    ),
  };
};
