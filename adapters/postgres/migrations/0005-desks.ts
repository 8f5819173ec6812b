import { approvals } from './0005/approvals.ts';
import { campaigns } from './0005/campaigns.ts';
import { notices } from './0005/notices.ts';
import { people } from './0005/people.ts';
import { review } from './0005/review.ts';
import type { SqlMigration } from './format.ts';

/** What the desks work with: claims, flags, orders to approve many, reasons, lists. */
export const desks: SqlMigration = {
  name: '0005-desks',
  sql: [review, approvals, campaigns, people, notices].join('\n'),
};
