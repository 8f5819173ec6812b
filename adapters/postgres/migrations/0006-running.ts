import { broadcasts } from './0006/broadcasts.ts';
import { owner } from './0006/owner.ts';
import { reports } from './0006/reports.ts';
import { settings } from './0006/settings.ts';
import { team } from './0006/team.ts';
import { trail } from './0006/trail.ts';
import type { SqlMigration } from './format.ts';

/** What the marketplace is run with: the team, figures, the audit trail, settings, broadcasts. */
export const running: SqlMigration = {
  name: '0006-running',
  sql: [team, owner, reports, trail, settings, broadcasts].join('\n'),
};
