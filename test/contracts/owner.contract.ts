import { expect } from 'chai';
import type { OwnerNews, OwnerNotice } from '../../core/owner/index.ts';
import { later, rupiahs } from '../support/builders.ts';
import { abandoned, onStage, race, RACERS, type OpenHarness, type Stage } from './harness.ts';

const DAY = 86_400_000;

const NEWS: readonly OwnerNews[] = [
  {
    kind: 'wallet-adjusted',
    name: 'Siti <b>',
    amount: rupiahs(-900_000_000_000_000),
    side: 'revenue',
    by: 'Citra',
    reason: 'twice',
  },
  { kind: 'admin-granted', name: 'Budi', permissions: ['review', 'money'], by: 'operator:x' },
  { kind: 'setting-changed', key: 'withdrawFee', value: '2.500', by: 'Citra' },
];

const add = async (stage: Stage, at: Date, news: OwnerNews = NEWS[0] as OwnerNews) => {
  const notice: OwnerNotice = { id: stage.ids.next(), news, at };
  await stage.run((tx) => tx.ownerNotices.add(notice));
  return notice;
};

const untold = (stage: Stage, now: Date, limit = 50) =>
  stage.run((tx) => tx.ownerNotices.untold(now, limit));

const tell = (stage: Stage, { id }: OwnerNotice, at = later(0)) =>
  stage.run((tx) => tx.ownerNotices.markTold(id, at));

/** What every store of what the owner is to hear promises (WAL-12, WAL-13). */
export const ownerContract = (name: string, open: OpenHarness) =>
  describe(`the owner's notices: ${name}`, () => {
    const stage = onStage(open);
    notices(stage);
    reports(stage);
  });

const notices = (stage: Stage): void => {
  afterEach('tells what is left', async () => {
    for (const now of [later(0), later(9 * DAY)]) {
      for (const notice of await untold(stage, now)) await tell(stage, notice);
    }
  });

  it('WAL-12 gives back what was written, oldest first and so many', async () => {
    const made: OwnerNotice[] = [];
    for (const [place, news] of NEWS.entries()) made.push(await add(stage, later(-place), news));
    const inOrder = made.toReversed();
    expect(await untold(stage, later(0))).to.deep.equal(inOrder);
    expect(await untold(stage, later(0), 2)).to.deep.equal(inOrder.slice(0, 2));
  });

  it('WAL-12 what was told is told no more, however often it is noted', async () => {
    const [first, second] = [await add(stage, later(1)), await add(stage, later(2))];
    await race(() => tell(stage, first));
    await tell(stage, { ...first, id: stage.ids.next() });
    expect(await untold(stage, later(2))).to.deep.equal([second]);
  });

  it('WAL-12 what nobody could be told within seven days is old', async () => {
    const at = later(9 * DAY - 7 * DAY);
    const young = await add(stage, at);
    await add(stage, later(-1, at));
    expect(await untold(stage, later(9 * DAY))).to.deep.equal([young]);
  });

  it('WAL-12 keeps nothing of a run that throws', async () => {
    const notice = await add(stage, later(1));
    await abandoned(stage, async (tx) => {
      await tx.ownerNotices.markTold(notice.id, later(2));
      await tx.ownerNotices.add({ ...notice, id: stage.ids.next() });
    });
    expect(await untold(stage, later(2))).to.deep.equal([notice]);
  });
};

const reports = (stage: Stage): void => {
  const last = (upTo = later(9 * DAY)) => stage.run((tx) => tx.ownerNotices.lastReport(upTo));
  const note = (day: Date, at = later(5)) => stage.run((tx) => tx.ownerNotices.noteReport(day, at));

  it('WAL-13 knows the newest day that was told; noting it again changes nothing', async () => {
    expect(await last()).to.equal(null);
    await note(later(DAY));
    expect(await last()).to.deep.equal(later(DAY));
    const { won } = await race(() => note(later(3 * DAY)));
    expect(won).to.have.length(RACERS);
    await note(later(2 * DAY));
    expect(await last()).to.deep.equal(later(3 * DAY));
    await abandoned(stage, (tx) => tx.ownerNotices.noteReport(later(4 * DAY), later(5)));
    expect(await last()).to.deep.equal(later(3 * DAY));
    expect(await last(later(3 * DAY - 1)), 'told by a clock that was ahead').to.deep.equal(
      later(2 * DAY),
    );
  });
};
