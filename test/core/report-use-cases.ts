import type { Allowed, Call } from './scene.ts';

/** Who may look at figures and people, and how to try. */
export const reports: Record<string, readonly [Allowed, Call]> = {
  figures: ['admin', (core, actor) => core.reports.figures({ actor })],
  liability: ['money', (core, actor) => core.reports.liability({ actor })],
  profile: [
    'users or money',
    (core, actor, { worker }) => core.reports.profile({ actor, userId: worker.id }),
  ],
  timeline: [
    'users or money',
    (core, actor, { worker }) =>
      core.reports.timeline({ actor, userId: worker.id, slice: { from: null, size: 6 } }),
  ],
  closeDays: ['operator', (core, actor) => core.reports.closeDays({ actor })],
  pruneActivity: ['operator', (core, actor) => core.reports.pruneActivity({ actor, limit: 1 })],
  daily: ['operator', (core, actor) => core.reports.daily({ actor })],
};
