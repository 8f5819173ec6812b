import type { Proof, ProofId } from '../../core/index.ts';
import { demand, RuleBroken } from './rule-broken.ts';
import type { ShadowMarket, ShadowNeeds, ShadowProof } from './shadow-market.ts';

/** What turning a decision round does; gives what the worker could give back. */
const reversing = (market: ShadowMarket, { books, audit }: ShadowNeeds) => {
  const unReject = ({ take: { campaign, worker } }: ShadowProof): bigint => {
    demand(campaign.available > 0, 'REV-7', () => `no slot of ${campaign.id} was left`);
    campaign.available -= 1;
    campaign.rejections -= 1;
    audit.add('proof.un-reject');
    market.pay(campaign, worker);
    return 0n;
  };

  const unApprove = ({ take }: ShadowProof): bigint => {
    const { campaign, worker } = take;
    const { wallet } = books.purseOf(worker);
    const reward = wallet < campaign.price ? wallet : campaign.price;
    campaign.approved -= 1;
    campaign.closed += 1;
    campaign.rejections += 1;
    take.status = 'ended';
    audit.add('proof.un-approve');
    books.takenBack(worker, campaign.client, { reward, fee: campaign.fee });
    return reward;
  };

  return (proof: ShadowProof): bigint =>
    proof.verdict === 'rejected' ? unReject(proof) : unApprove(proof);
};

/** What admins decide about proofs, as the run believes it came out. */
export const createShadowReview = (market: ShadowMarket, needs: ShadowNeeds) => {
  const { audit, tally } = needs;
  const reverse = reversing(market, needs);

  /** The proof to judge; undefined where it was judged before. Judged twice: a violation. */
  const judge = (id: ProofId, isFirst: boolean): ShadowProof | undefined => {
    const proof = market.proofs.get(id);
    if (proof === undefined || proof.verdict !== null) {
      demand(!isFirst || !proof, 'REV-4', () => `proof ${id} was decided a second time`);
      return undefined;
    }
    const { take } = proof;
    demand(take.status === 'under review', 'REV-4', () => `${take.id} is ${take.status}`);
    take.campaign.underReview -= 1;
    market.loadOf(take.worker).live.delete(take.id);
    needs.reviewAge.add(needs.moment() - take.sentAt);
    return proof;
  };

  return {
    /** Somebody has seen this proof: from now on the run knows its name. */
    seen: ({ id, takeId }: Pick<Proof, 'id' | 'takeId'>): void => {
      if (market.proofs.has(id)) return;
      const take = market.takes.get(takeId);
      if (take === undefined) throw new RuleBroken('PRF-4', `a proof ${id} of no take`);
      const proof: ShadowProof = { id, take, verdict: null, isReversed: false };
      market.proofs.set(id, proof);
      take.campaign.proofs.set(id, proof);
    },
    approved: (id: ProofId, isFirst: boolean): void => {
      const proof = judge(id, isFirst);
      if (proof === undefined) return;
      const { take } = proof;
      proof.verdict = 'approved';
      take.status = 'approved';
      audit.add('proof.approve');
      tally.add('approved');
      needs.takeToPay.add(needs.moment() - take.takenAt);
      market.pay(take.campaign, take.worker);
    },
    rejected: (id: ProofId, isFirst: boolean): void => {
      const proof = judge(id, isFirst);
      if (proof === undefined) return;
      const { take } = proof;
      proof.verdict = 'rejected';
      take.status = 'ended';
      take.campaign.rejections += 1;
      take.campaign.held.delete(take.taskId);
      audit.add('proof.reject');
      tally.add('rejected');
      market.free(take.campaign);
    },
    /** Gives what the worker could give back, where an approval was undone. */
    reversed: (id: ProofId): bigint => {
      const proof = market.proofs.get(id);
      if (proof === undefined || proof.isReversed) return 0n;
      proof.isReversed = true;
      tally.add('reversed');
      return reverse(proof);
    },
  };
};
