import type { Request } from '../requests.ts';
import type { World } from '../world.ts';
import { done, type Answer, type Rules } from './answer.ts';
import { APPROVAL_RULES } from './approvals.ts';
import { BY_HAND_RULES } from './by-hand.ts';
import { CAMPAIGN_RULES } from './campaigns.ts';
import { DEPOSIT_RULES } from './deposits.ts';
import { PEOPLE_RULES } from './people.ts';
import { PROOF_RULES } from './proofs.ts';
import { TASK_RULES } from './tasks.ts';
import { WITHDRAWAL_RULES } from './withdrawals.ts';

export type { Answer } from './answer.ts';

const RULES: Rules = {
  ...PEOPLE_RULES,
  ...CAMPAIGN_RULES,
  ...TASK_RULES,
  ...PROOF_RULES,
  ...APPROVAL_RULES,
  ...DEPOSIT_RULES,
  ...WITHDRAWAL_RULES,
  ...BY_HAND_RULES,
  wait: (world, { ms }) => {
    world.now += ms;
    return done();
  },
};

/** What the rules of the product say of this request in this world, which changes accordingly. */
export const answer = (world: World, request: Request, made: string): Answer => {
  const rule = RULES[request.kind] as (world: World, asked: Request, made: string) => Answer;
  return rule(world, request, made);
};
