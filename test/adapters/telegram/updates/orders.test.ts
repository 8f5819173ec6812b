import { expect } from 'chai';
import { handleUpdate } from '../../../../adapters/telegram/updates/handle-update.ts';
import { hearingOrders } from '../../../../adapters/telegram/updates/orders.ts';
import type { Turn } from '../../../../adapters/telegram/turn.ts';
import type { ProofId, StartApprovals } from '../../../../core/index.ts';
import { of } from '../../../support/approvals.ts';
import { SAID } from '../../../support/broadcasts.ts';
import { freshId } from '../../../support/builders.ts';
import { aLaneRig } from '../../../support/lane-rig.ts';
import { aMarket, OPERATOR, peopleOn, refusal } from '../../../support/market.ts';

/** An admin whose every word orders what `list` says, and how often a job was asked for. */
const aScene = async (list: (waiting: ProofId) => readonly ProofId[]) => {
  let asked = 0;
  let storedByThen = 0;
  let order: Pick<StartApprovals, 'key' | 'proofIds'> | undefined;
  const rig = aLaneRig({
    worker: (usual) => ({
      handle: (...update) => {
        const handle = async ({ core, actor }: Turn): Promise<void> => {
          const ordered = order && { actor, scope: of(campaign), ...order };
          await Promise.allSettled([ordered && core.approvals.start(ordered)]);
        };
        const router = { ...usual.router, handle };
        const answers = { claim: () => true };
        return handleUpdate({ ...usual, core: rig.core, router, answers })(...update);
      },
      onOrder: () => {
        asked += 1;
        storedByThen = rig.ports.sizes()['approvalBatches'] ?? 0;
      },
    }),
  });
  const people = peopleOn(rig.ports, rig.core);
  const campaign = await people.campaign(await people.client());
  const { id: waiting } = await people.proof(await people.worker(), campaign);
  const admin = await rig.person('client');
  await rig.core.users.grantAdmin({ actor: OPERATOR, telegramId: admin.telegramId });
  const say = async (): Promise<void> => admin.send(admin.text('Setujui semua'));
  await say();
  expect(asked, 'nothing was ordered').to.equal(0);
  order = { key: freshId(), proofIds: list(waiting) };
  await say();
  return { asked, storedByThen };
};

describe('Telegram: what is ordered', () => {
  it('ADM-5 a broadcast that is started or goes on asks for its job, what is refused does not', async () => {
    const market = aMarket();
    const { actor } = await market.admin();
    let asked = 0;
    const { broadcasts } = hearingOrders(market.core, () => {
      asked += 1;
    });
    const order = { actor, audience: 'all', text: SAID, photo: null } as const;
    const { broadcast } = await broadcasts.start({ ...order, key: freshId() });
    const steered = { actor, broadcastId: broadcast.id };
    await broadcasts.pause(steered);
    expect(asked, 'started').to.equal(1);
    await broadcasts.resume(steered);
    expect(asked, 'goes on').to.equal(2);
    await refusal(broadcasts.start({ ...order, key: freshId() }));
    expect(asked, 'refused').to.equal(2);
  });
});

describe('Telegram: orders', () => {
  it('REV-8 the job is asked for as soon as the order is stored, and not before', async () => {
    expect(await aScene((waiting) => [waiting])).to.deep.equal({ asked: 1, storedByThen: 1 });
  });

  it('REV-8 an order that was refused asks for nothing', async () => {
    expect((await aScene(() => [freshId()])).asked).to.equal(0);
  });
});
