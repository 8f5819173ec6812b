import { IN_ADMINS } from './admins.ts';
import { IN_APPROVALS } from './approvals.ts';
import { IN_BOT } from './bot.ts';
import { IN_BROADCASTS } from './broadcasts.ts';
import { BY_HAND } from './by-hand.ts';
import { IN_MONEY } from './money.ts';
import type { Mutant } from './mutant.ts';
import { IN_QUEUES } from './queues.ts';
import { IN_REVIEW } from './review.ts';
import { IN_RULES } from './rules.ts';
import { IN_SETTINGS } from './settings.ts';
import { IN_STORAGE } from './storage.ts';

/** Every deliberate bug, each with the tests that have to catch it. */
export const MUTANTS: readonly Mutant[] = [
  ...IN_RULES,
  ...IN_REVIEW,
  ...IN_APPROVALS,
  ...IN_MONEY,
  ...BY_HAND,
  ...IN_ADMINS,
  ...IN_STORAGE,
  ...IN_QUEUES,
  ...IN_BOT,
  ...IN_BROADCASTS,
  ...IN_SETTINGS,
];
