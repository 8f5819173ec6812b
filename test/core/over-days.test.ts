import { expect } from 'chai';
import { lastTwo, overDays, type DayFigures } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';

const aDay = (change: Partial<DayFigures> = {}): DayFigures => ({
  day: new Date('2026-01-04T17:00:00Z'),
  activeUsers: 0,
  newUsers: 0,
  submitted: 0,
  approved: 0,
  rejected: 0,
  flagged: 0,
  rewards: rupiahs(0),
  fees: rupiahs(0),
  deposits: rupiahs(0),
  withdrawals: rupiahs(0),
  reviewMinutes: null,
  liability: rupiahs(0),
  ...change,
});

describe('Several days together', () => {
  it('RPT-1 counts and money are added, what was taken back with its sign', () => {
    const days = [
      aDay({ submitted: 3, newUsers: 1, rewards: rupiahs(1_500), deposits: rupiahs(10_000) }),
      aDay({ submitted: 4, rewards: rupiahs(-500), withdrawals: rupiahs(700) }),
    ];
    expect(overDays(days)).to.deep.include({
      days: 2,
      submitted: 7,
      newUsers: 1,
      rewards: 1_000n,
      deposits: 10_000n,
      withdrawals: 700n,
    });
  });

  it('RPT-1 rates are of all decisions and of all proofs, not the mean of the days', () => {
    const days = [
      aDay({ approved: 1, rejected: 1, submitted: 4, flagged: 1 }),
      aDay({ approved: 5, rejected: 1, submitted: 4 }),
    ];
    expect(overDays(days)).to.deep.include({ rejectionRate: 25, flaggedShare: 12.5 });
  });

  it('RPT-1 there is no rate of nothing', () => {
    expect(overDays([aDay()])).to.deep.include({ rejectionRate: null, flaggedShare: null });
  });

  it('RPT-1 today is the newest day, yesterday the one before it', () => {
    const days = [1, 2, 3].map((newUsers) => aDay({ newUsers }));
    const { today, yesterday } = lastTwo({ days });
    expect([today.newUsers, yesterday.newUsers]).to.deep.equal([3, 2]);
    expect(() => lastTwo({ days: [] })).to.throw('fourteen days');
  });
});
