import { expect } from 'chai';
import type { DueTake, Take } from '../../core/tasks/index.ts';
import { freshId, later } from '../support/builders.ts';
import { abandoned, race, type Stage } from './harness.ts';
import { enterCampaign, enterTake } from './scenes.ts';

const MINUTE_MS = 60_000;
const LEAD_MS = 5 * MINUTE_MS;
/** When a take has half an hour, taken on Monday. */
const DUE = later(30 * MINUTE_MS);

/** What stores and boards promise of reminders (TSK-5). */
export const reminding = (stage: Stage): void => {
  const enter = async (change: Partial<Take> = {}): Promise<Take> =>
    enterTake(stage, await enterCampaign(stage), { deadline: DUE, ...change });
  const dueSoon = async (takes: readonly Take[], now: Date, limit = 10_000) => {
    const until = later(LEAD_MS, now);
    const found = await stage.run((tx) => tx.taskBoard.dueSoon(now, until, { limit }));
    return found.map(({ id }) => id).filter((id) => takes.some((take) => take.id === id));
  };
  const note = ({ id }: Pick<Take, 'id'>) =>
    stage.run((tx) => tx.tasks.noteReminded(id, later(25 * MINUTE_MS)));

  it('TSK-5 finds takes shortly before their deadline, soonest first', async () => {
    const second = await enter();
    const first = await enter({ deadline: later(-1, DUE) });
    const both = [first, second];
    expect(await dueSoon(both, later(-LEAD_MS - 2, DUE))).to.deep.equal([]);
    expect(await dueSoon(both, later(-LEAD_MS - 1, DUE))).to.deep.equal([first.id]);
    expect(await dueSoon(both, later(-LEAD_MS, DUE))).to.deep.equal([first.id, second.id]);
    expect(await dueSoon(both, later(-1, DUE)), 'none at the deadline').to.deep.equal([second.id]);
    expect(await dueSoon(both, DUE)).to.deep.equal([]);
  });

  it('TSK-5 finds no more reminders than asked for', async () => {
    await enter();
    await enter();
    const now = later(-LEAD_MS, DUE);
    const found = await stage.run((tx) => tx.taskBoard.dueSoon(now, DUE, { limit: 1 }));
    expect(found).to.have.length(1);
  });

  it('TSK-5 goes on with reminders after those found before', async () => {
    const takes = [await enter(), await enter(), await enter({ deadline: later(-1, DUE) })];
    const now = later(-LEAD_MS, DUE);
    const page = (limit: number, after?: DueTake) =>
      stage.run((tx) => tx.taskBoard.dueSoon(now, DUE, { limit, after }));
    const all = await page(10_000);
    expect(takes.every(({ id }) => all.some((found) => found.id === id))).to.equal(true);
    for (const [place, found] of all.entries()) {
      expect(await page(10_000, found)).to.deep.equal(all.slice(place + 1));
    }
  });

  it('TSK-5 finds no take whose whole time was no longer than the lead', async () => {
    const short = await enter({ deadline: later(LEAD_MS) });
    const longer = await enter({ deadline: later(LEAD_MS + 1) });
    expect(await dueSoon([short, longer], later(1))).to.deep.equal([longer.id]);
  });

  it('TSK-5 notes a reminder once, and finds the take no more', async () => {
    const take = await enter();
    await abandoned(stage, (tx) => tx.tasks.noteReminded(take.id, DUE));
    expect(await dueSoon([take], later(-1, DUE))).to.deep.equal([take.id]);
    expect([await note(take), await note(take)]).to.deep.equal([true, false]);
    expect(await dueSoon([take], later(-1, DUE))).to.deep.equal([]);
    expect(await stage.run((tx) => tx.tasks.find(take.id))).to.deep.equal(take);
  });

  it('TSK-5 reminds of nothing that is sent, ended or unknown', async () => {
    const sent = await enter({ status: 'pending_review' });
    const given = await enter();
    const released: Take = { ...given, status: 'released', endedAt: later(1) };
    await stage.run((tx) => tx.tasks.save(released, 'available'));
    expect(await dueSoon([sent, given], later(-1, DUE))).to.deep.equal([]);
    for (const take of [sent, given, { id: freshId<Take['id']>() }]) {
      expect(await note(take)).to.equal(false);
    }
  });

  it('TSK-5 of twenty sweeps at once one notes the reminder', async () => {
    const take = await enter();
    const { won, lost } = await race(() => note(take));
    expect(lost).to.deep.equal([]);
    expect(won.filter((noted) => noted)).to.have.length(1);
  });
};
