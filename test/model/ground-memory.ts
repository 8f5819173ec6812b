import {
  createManualClock,
  createMemoryPorts,
  type MemoryPorts,
} from '../../adapters/memory/index.ts';
import { createCore, type Ports, type Tx, type UserId } from '../../core/index.ts';
import { ledgerFlaws } from '../support/sound-books.ts';
import { enterCast, SETTINGS } from './cast.ts';
import { isNamed, line, type Facts } from './facts.ts';
import { nextMorning, type Ground, type Scene } from './ground.ts';
import type { World } from './world.ts';

/** A marketplace in memory of its own for each script; `change` gives its core a defect. */
export const memoryGround = (change: (ports: MemoryPorts) => Ports = (ports) => ports): Ground => ({
  begin: async () => {
    const clock = createManualClock(nextMorning(0));
    const ports = createMemoryPorts({ settings: SETTINGS, clock });
    const start = await ports.unitOfWork.run((tx) => enterCast(tx, clock.now().getTime()));
    const scene: Scene = {
      start,
      core: createCore(change(ports)),
      clock,
      seal: (number, person) => ports.cipher.seal(number, `conversation:${person}`),
      look: (world) => look(ports, world),
      soundness: () => ledgerFlaws(ports.ledgerReader),
      linesOf: (id) => ports.unitOfWork.run((tx) => linesOf(tx, id)),
    };
    return scene;
  },
});

export const linesOf = async (tx: Tx, id: UserId): Promise<number> =>
  (await tx.wallets.history(id, { page: 0, size: 1 })).total;

const PAGE = { page: 0, size: 50 };

const look = async ({ unitOfWork, ledgerReader }: MemoryPorts, world: World): Promise<Facts> => {
  const facts = new Map<string, string>();
  await unitOfWork.run((tx) => lookAtAll(tx, world, facts));
  const { revenue, outside } = await ledgerReader.trialBalance();
  facts.set('revenue', line(revenue));
  facts.set('outside', line(outside));
  return facts;
};

const lookAtAll = async (tx: Tx, world: World, facts: Map<string, string>): Promise<void> => {
  for (const id of world.people.keys()) await lookAtPerson(tx, id, facts);
  for (const id of world.takes.keys()) {
    const take = isNamed(id) ? await tx.tasks.find(id) : undefined;
    if (take) facts.set(`take ${id}`, line(take.workerId, take.status));
  }
  for (const id of world.proofs.keys()) {
    const proof = (await tx.reviewDesk.case(id, nextMorning(0)))?.proof;
    if (!proof) continue;
    const said = (await tx.proofs.decisions(id)).map(({ verdict, by }) => line(verdict, by));
    facts.set(`proof ${id}`, line(proof.status, ...said));
  }
  for (const id of world.deposits.keys()) {
    const one = await tx.deposits.find(id);
    if (!one) continue;
    const [by, credited] = [
      'decidedBy' in one ? one.decidedBy : null,
      'credited' in one ? one.credited : null,
    ];
    facts.set(`deposit ${id}`, line(one.status, one.claimed, credited, by));
  }
  for (const id of world.withdrawals.keys()) {
    const one = await tx.withdrawals.find(id);
    if (!one) continue;
    const claim = 'claim' in one ? one.claim?.by : null;
    const by = 'decidedBy' in one ? one.decidedBy : null;
    const flags = line(one.flags.newNumber, one.flags.toppedUp, one.needsSecond);
    const hands = line(one.endorsement?.by, claim, by);
    facts.set(`withdrawal ${id}`, line(one.status, one.amount, hands, flags));
  }
};

const lookAtPerson = async (tx: Tx, id: UserId, facts: Map<string, string>): Promise<void> => {
  const user = await tx.users.find(id);
  if (!user) return;
  facts.set(
    `user ${id}`,
    line(user.role, user.formerRole, user.permissions.join(), user.status, user.termsVersion),
  );
  const { wallet, hold } = await tx.wallets.balances(id);
  facts.set(`wallet ${id}`, line(wallet));
  facts.set(`hold ${id}`, line(hold));
  const open = await tx.users.openThings(id);
  const { takenTasks, proofsUnderReview, deposits, withdrawals } = open;
  facts.set(
    `open ${id}`,
    line(open.campaigns, takenTasks, proofsUnderReview, deposits, withdrawals),
  );
  const campaigns = (await tx.campaigns.listOf(id, PAGE)).items;
  for (const { campaign, progress } of campaigns) {
    const { status, targetTotal, completedCount, closedCount } = campaign;
    const [escrow] = await tx.wallets.lockBalances([{ kind: 'escrow', campaignId: campaign.id }]);
    const { available, taken, underReview, approved, closed } = progress;
    const pausedBy = 'pausedBy' in campaign ? campaign.pausedBy : null;
    const reason = 'reason' in campaign ? campaign.reason : null;
    const states = line(available, taken, underReview, approved, closed);
    const counts = line(targetTotal, completedCount, closedCount);
    facts.set(`campaign ${campaign.id}`, line(status, pausedBy, reason, counts, states, escrow));
  }
};
