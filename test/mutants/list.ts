import { IN_APPROVALS } from './approvals.ts';
import { IN_BOT } from './bot.ts';
import { IN_MONEY } from './money.ts';
import type { Mutant } from './mutant.ts';
import { IN_QUEUES } from './queues.ts';
import { IN_REVIEW } from './review.ts';
import { IN_RULES } from './rules.ts';
import { IN_STORAGE } from './storage.ts';

/** Every deliberate bug, each with the tests that have to catch it. */
export const MUTANTS: readonly Mutant[] = [
  ...IN_RULES,
  ...IN_REVIEW,
  ...IN_APPROVALS,
  ...IN_MONEY,
  ...IN_STORAGE,
  ...IN_QUEUES,
  ...IN_BOT,
];
