import type { ApprovalBatchId, CampaignId, ProofId } from '../../../core/index.ts';
import type { World } from '../world.ts';
import { acting, done, refused, type Answer, type Rules } from './answer.ts';
import { approve, deciding } from './proofs.ts';

const isOf = ({ proofs, takes }: World, proof: ProofId, id: CampaignId): boolean => {
  const take = proofs.get(proof)?.take;
  return take !== undefined && takes.get(take)?.campaign === id;
};

/** REV-8: what is decided by now, own or no longer this admin's to decide is left alone. */
const workOff = (world: World, [order, proof]: readonly string[]): Answer => {
  const ordered = world.orders.get(order as ApprovalBatchId);
  const [first, ...left] = ordered?.left ?? [];
  if (!ordered || !first || first !== proof) return refused('no proof that comes next');
  world.orders.set(ordered.id, { ...ordered, left });
  const one = deciding(world, ordered.by, first);
  if (!('no' in one) && one.proof.verdicts.length === 0) approve(world, one);
  return done('worked', `${order} ${proof}`);
};

export const APPROVAL_RULES: Pick<Rules, Extract<keyof Rules, `approvals.${string}`>> = {
  'approvals.start': (world, { by, id, proofs, order }) => {
    const who = acting(world, by, 'admin', 'review');
    if ('no' in who) return who.no;
    const content = [by, id, ...proofs].join(' ');
    const earlier = world.orders.get(order);
    if (earlier && earlier.content !== content) return refused('wallet.key-reused');
    if (earlier) return done(`listed ${earlier.listed}`, order);
    if (proofs.length === 0) return refused('approvals.nothing');
    if (!proofs.every((proof) => isOf(world, proof, id))) return refused('not-found');
    const listed = proofs.length;
    world.orders.set(order, { id: order, by: who.person.id, content, listed, left: proofs });
    return done(`listed ${listed}`, order);
  },
  // Of several at once some may find nothing: another is just at work on what comes next.
  'approvals.run': (world, { by }, made) => {
    if (by !== 'operator' && by !== 'job') return refused('user.operator-required');
    return made === '' ? done('nothing') : workOff(world, made.split(' '));
  },
};
