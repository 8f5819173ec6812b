import type { Proof, ProofDecision } from '../../core/proofs/index.ts';
import type { User } from '../../core/users/index.ts';
import { later } from '../support/builders.ts';
import { allOf, type Stage } from './harness.ts';
import { enterUser } from './scenes.ts';

/** The first decision on a proof: an approval. */
export const aDecision = (
  proof: Proof,
  by: User,
  change: Partial<ProofDecision> = {},
): ProofDecision => ({
  proofId: proof.id,
  order: 'first',
  verdict: 'approved',
  by: by.id,
  reason: null,
  takeId: proof.takeId,
  at: later(60_000),
  ...change,
});

export const enterAdmin = (stage: Stage): Promise<User> => enterUser(stage, { role: 'admin' });

export const decide = (stage: Stage, decision: ProofDecision): Promise<void> =>
  stage.run((tx) => tx.proofs.decide(decision));

/** What waits for review, earlier suites' included. */
export const waitingIds = (stage: Stage): Promise<readonly Proof['id'][]> =>
  stage.run(async (tx) => {
    const all = await allOf((page) => tx.reviewDesk.waiting(page, later(0)));
    return all.map(({ proof }) => proof.id);
  });

export const storedProof = (stage: Stage, id: Proof['id']): Promise<Proof | undefined> =>
  stage.run(async (tx) => (await tx.reviewDesk.case(id, later(0)))?.proof);
