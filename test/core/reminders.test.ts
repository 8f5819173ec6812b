import { expect } from 'chai';
import { asSystem, createCore, REMINDER_MS, type Take, type Tx } from '../../core/index.ts';
import { later } from '../support/builders.ts';
import { aMarket, ofKind, refusal, together, type Market } from '../support/market.ts';

const HALF_AN_HOUR = 30 * 60_000;
const actor = asSystem('remind');

const remind = async ({ core }: Pick<Market, 'core'>, limit = 10) => {
  const { done } = await core.tasks.remindDue({ actor, limit });
  return done;
};

const aScene = async (holdMinutes = 30) => {
  const market = aMarket({ settings: { holdMinutes } });
  const worker = await market.worker();
  const campaign = await market.campaign(await market.client());
  const reminders = () => ofKind(market.noticesTo(worker), 'task.reminder');
  return { market, worker, campaign, take: await market.take(worker, campaign), reminders };
};

describe('Reminders of deadlines', () => {
  it('TSK-5 five minutes before the deadline the worker is reminded, not earlier', async () => {
    const { market, campaign, take, reminders } = await aScene();
    market.clock.advance(HALF_AN_HOUR - REMINDER_MS - 1);
    expect(await remind(market)).to.equal(0);
    market.clock.advance(1);
    expect(await remind(market)).to.equal(1);
    expect(reminders()).to.deep.equal([
      {
        kind: 'task.reminder',
        takeId: take.id,
        campaign: { taskKind: 'like', link: campaign.link.target },
        deadline: later(HALF_AN_HOUR).toISOString(),
      },
    ]);
  });

  it('TSK-5 a worker is reminded of a task once, however many sweeps run at once', async () => {
    const { market, reminders } = await aScene();
    market.clock.advance(HALF_AN_HOUR - REMINDER_MS);
    const reminded = await together(5, () => remind(market));
    expect(reminded.reduce((sum, count) => sum + count)).to.equal(1);
    market.clock.advance(60_000);
    expect(await remind(market)).to.equal(0);
    expect(reminders()).to.have.length(1);
  });

  it('TSK-5 nobody is reminded of a task whose whole time is five minutes', async () => {
    const { market, reminders } = await aScene(5);
    await remind(market);
    market.clock.advance(REMINDER_MS - 1);
    await remind(market);
    expect(reminders()).to.deep.equal([]);
  });

  it('TSK-5 nobody is reminded after sending the proof, giving up or the deadline', async () => {
    const { market, worker, campaign, take, reminders } = await aScene();
    await market.submit(worker, take);
    const other = await market.worker();
    const given = await market.take(other, campaign);
    await market.core.tasks.release({ actor: other.actor, takeId: given.id });
    const third = await market.worker();
    await market.take(third, campaign);
    market.clock.advance(HALF_AN_HOUR - REMINDER_MS);
    expect(await remind(market)).to.equal(1);
    expect([reminders(), market.noticesTo(other)]).to.deep.equal([[], []]);
    const fourth = await market.worker();
    await market.take(fourth, campaign);
    market.clock.advance(HALF_AN_HOUR);
    expect(await remind(market), 'too late for a reminder').to.equal(0);
  });

  it('TSK-5 a sweep takes as many as it may and says so; the next one takes the rest', async () => {
    const { market, campaign } = await aScene();
    await market.take(await market.worker(), campaign);
    market.clock.advance(HALF_AN_HOUR - REMINDER_MS);
    expect(await remind(market, 1)).to.equal(1);
    expect(await remind(market, 1)).to.equal(1);
    expect(await remind(market, 1)).to.equal(0);
  });

  it('TSK-5 one fault in the sweep keeps no other worker from being reminded', async () => {
    const { market, take: broken, campaign } = await aScene();
    const sound = await market.worker();
    await market.take(sound, campaign);
    market.clock.advance(HALF_AN_HOUR - REMINDER_MS);
    const { tasks } = faultyFor(market, broken);
    const first = await tasks.remindDue({ actor, limit: 1 });
    expect(String(first.faults)).to.equal('Error: a broken row');
    const next = first.next ?? undefined;
    const second = await tasks.remindDue({ actor, limit: 2, after: next });
    expect(second).to.deep.equal({ done: 1, faults: [], next: null });
    expect(ofKind(market.noticesTo(sound), 'task.reminder')).to.have.length(1);
    expect(await remind(market), 'the other one is reminded by the next sweep').to.equal(1);
  });

  it('TSK-5 a person cannot start the sweep', async () => {
    const { market, worker } = await aScene();
    const asked = market.core.tasks.remindDue({ actor: worker.actor, limit: 1 });
    expect((await refusal(asked)).code).to.equal('user.operator-required');
  });
});

/** The core, with a fault where this take is looked at. */
const faultyFor = ({ ports }: Market, broken: Take) =>
  createCore({
    ...ports,
    unitOfWork: {
      run: (work) =>
        ports.unitOfWork.run((tx) => {
          const view: Tx['taskBoard']['view'] = async (id) => {
            if (id === broken.id) throw new Error('a broken row');
            return tx.taskBoard.view(id);
          };
          return work({ ...tx, taskBoard: { ...tx.taskBoard, view } });
        }),
    },
  });
