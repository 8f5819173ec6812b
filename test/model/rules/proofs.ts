import type { ProofId, TakeId, UserId } from '../../../core/index.ts';
import type { Asker } from '../requests.ts';
import {
  balance,
  escrowOf,
  move,
  TERMS,
  walletOf,
  type Campaign,
  type Person,
  type Proof,
  type Take,
  type Verdict,
  type World,
} from '../world.ts';
import { acting, done, refused, unless, type Answer, type Rules } from './answer.ts';
import { completeIfFull } from './campaigns.ts';
import { campaignOf, endUnpaid, hasDone } from './tasks.ts';

interface Case {
  readonly admin: Person;
  readonly proof: Proof;
  readonly take: Take;
  readonly campaign: Campaign;
}

/** ACC-7: an admin, but not about what is theirs. */
export const deciding = (world: World, by: Asker, id: ProofId): Case | { readonly no: Answer } => {
  const who = acting(world, by, 'admin', 'review');
  if ('no' in who) return who;
  const proof = world.proofs.get(id);
  if (!proof) return { no: refused('not-found') };
  const take = world.takes.get(proof.take);
  if (!take) throw new Error(`the model has lost take ${proof.take}`);
  const campaign = campaignOf(world, take.campaign);
  const isOwn = take.worker === who.person.id || campaign.owner === who.person.id;
  if (isOwn) return { no: refused('proof.own') };
  return { admin: who.person, proof, take, campaign };
};

/** REV-4 */
const decided = (world: World, { verdicts }: Proof): Answer | undefined => {
  const last = verdicts.at(-1);
  return last && done(`already ${last.verdict} by ${world.people.get(last.by)?.telegramId}`);
};

const judge = (world: World, { admin, proof }: Case, verdict: Verdict['verdict']): void => {
  const said = { verdict, by: admin.id, at: world.now };
  world.proofs.set(proof.id, { ...proof, verdicts: [...proof.verdicts, said] });
};

/** REV-3: reward to the worker, fee to revenue. */
const pay = (world: World, { take, campaign }: Case): void => {
  const { id, price, fee } = campaign;
  move(world, escrowOf(id), walletOf(take.worker), price);
  move(world, escrowOf(id), 'revenue', fee);
  earn(world, take.worker, price);
  campaign.slots.approved += 1;
  completeIfFull(campaign);
};

/** REV-3, where nothing stands against it. */
export const approve = (world: World, one: Case): void => {
  one.take.status = 'approved';
  one.campaign.slots.review -= 1;
  pay(world, one);
  judge(world, one, 'approved');
};

const earn = (world: World, worker: UserId, amount: bigint): void => {
  const person = world.people.get(worker);
  if (!person) throw new Error(`the model has lost ${worker}`);
  person.earned += amount;
  person.lines += 1;
};

/** REV-7: what the wallet still has goes back to the client, with the whole fee. */
const unApprove = (world: World, one: Case): Answer => {
  const { take, campaign } = one;
  const { price, fee, owner } = campaign;
  if (balance(world, 'revenue') < fee) return refused('wallet.revenue-insufficient');
  const has = balance(world, walletOf(take.worker));
  const returned = has < price ? has : price;
  move(world, walletOf(take.worker), walletOf(owner), returned);
  move(world, 'revenue', walletOf(owner), fee);
  if (returned > 0n) earn(world, take.worker, -returned);
  const client = world.people.get(owner);
  if (client && returned + fee > 0n) client.lines += 1;
  take.status = 'reversed';
  campaign.slots.approved -= 1;
  campaign.slots.closed += 1;
  judge(world, one, 'rejected');
  return done(`un-approved ${returned}, fee ${fee}, short ${price - returned}`);
};

/** REV-7: needs a free slot of an active or paused campaign, and nothing else done on the link. */
const unReject = (world: World, one: Case): Answer => {
  const { proof, take, campaign } = one;
  const isOpen = campaign.status === 'active' || campaign.status === 'paused';
  const no = unless({
    'task.already-done': hasDone(world, take.worker, campaign.action),
    'proof.no-slot-left': !isOpen || campaign.slots.available === 0,
  });
  if (no) return no;
  campaign.slots.available -= 1;
  pay(world, one);
  const id = againOf(proof.id);
  world.takes.set(id, { ...take, id, status: 'approved' });
  judge(world, one, 'approved');
  return done(`un-rejected ${campaign.price}`);
};

/** The take that a reversal makes: nobody is told its id. */
const againOf = (proof: ProofId): TakeId => `again ${proof}` as TakeId;

export const PROOF_RULES: Pick<Rules, Extract<keyof Rules, `proof.${string}`>> = {
  'proof.submit': (world, { by, id, agoMs }, made) => {
    const who = acting(world, by, 'worker');
    if ('no' in who) return who.no;
    const take = world.takes.get(id);
    if (take?.worker !== who.person.id) return refused('not-found');
    if (take.status !== 'taken') return refused('take.not-open');
    const sentAt = world.now - agoMs;
    if (sentAt > take.deadline) return refused('take.late');
    take.status = 'pending_review';
    const { slots } = campaignOf(world, take.campaign);
    slots.taken -= 1;
    slots.review += 1;
    const proof: Proof = { id: made as ProofId, take: id, sentAt, verdicts: [] };
    world.proofs.set(proof.id, proof);
    return done('', made);
  },
  'proof.approve': (world, { by, id }) => {
    const one = deciding(world, by, id);
    if ('no' in one) return one.no;
    const earlier = decided(world, one.proof);
    if (earlier) return earlier;
    approve(world, one);
    const now = balance(world, walletOf(one.take.worker));
    return done(`approved ${one.campaign.price}, balance ${now}`);
  },
  'proof.reject': (world, { by, id, reason }) => {
    if (reason === '') return refused('text.empty');
    const one = deciding(world, by, id);
    if ('no' in one) return one.no;
    const earlier = decided(world, one.proof);
    if (earlier) return earlier;
    endUnpaid(world, one.take, { from: 'review', as: 'rejected' });
    judge(world, one, 'rejected');
    return done('rejected');
  },
  'proof.reverse': (world, { by, id, reason }) => {
    if (reason === '') return refused('reason.required');
    const one = deciding(world, by, id);
    if ('no' in one) return one.no;
    const [first, second] = one.proof.verdicts;
    if (!first) return refused('proof.not-decided');
    if (second) return refused('proof.already-reversed');
    if (world.now > first.at + TERMS.reversalMs) return refused('proof.reversal-too-late');
    return first.verdict === 'approved' ? unApprove(world, one) : unReject(world, one);
  },
};
