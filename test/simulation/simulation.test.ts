import { expect } from 'chai';
import { rupiah, type Core } from '../../core/index.ts';
import { EVERY_USE_CASE } from '../core/every-use-case.ts';
import { readArguments } from './arguments.ts';
import { simulate, type Result, type RunOptions } from './run.ts';

const WEEK: RunOptions = { users: 40, days: 7, seed: 7 };

/** What nobody does in the town, and why. */
const LEFT_OUT: readonly RegExp[] = [
  /^audit\.(head|verify)$/, // asked by the daily check itself
  /^wallet\.verify/, // asked by the daily check itself
  /^freeze\./, // the books are never broken here; the daily check runs the same verification
  /^settings\.current$/, // asked by the run itself
];

const used = ({ figures }: Result): ReadonlySet<string> =>
  new Set([...figures.operations.entries(), ...figures.reads.entries()].map(([name]) => name));

describe('simulation', function simulation() {
  this.timeout(60_000);
  let week: Result;
  before(async () => {
    week = await simulate(WEEK);
  });

  it('WAL-3 a week of a market breaks no rule', () => {
    expect(week.violation).to.equal(undefined);
    expect(week.days).to.have.length(7);
    expect(week.figures.tally.of('approved')).to.be.greaterThan(50);
    expect(week.rowsVerified).to.be.greaterThan(1_000);
  });

  it('gives the same digest for the same seed, and another for another', async () => {
    expect((await simulate(WEEK)).digest).to.equal(week.digest);
    expect((await simulate({ ...WEEK, days: 1, seed: 8 })).digest).not.to.equal(
      (await simulate({ ...WEEK, days: 1 })).digest,
    );
  });

  it('REV-3 crashes, duplicates and lost answers happen, and change nothing twice', () => {
    const { survived } = week.figures;
    for (const fault of [
      'answers lost behind their commit',
      'answers lost on their way',
      'crashes inside a transaction',
      'duplicates answered',
      'updates received twice',
    ]) {
      expect(survived.of(fault), fault).to.be.greaterThan(0);
    }
  });

  it('nothing goes wrong in a town where nothing goes wrong', async () => {
    const calm = await simulate({ ...WEEK, days: 3, faults: false });
    expect(calm.violation).to.equal(undefined);
    expect(calm.figures.survived.of('crashes inside a transaction')).to.equal(0);
  });

  it('finds a core that credits twice what arrived', async () => {
    const spoil = (core: Core): Core => ({
      ...core,
      deposits: {
        ...core.deposits,
        approve: (input) =>
          core.deposits.approve({
            ...input,
            credited: rupiah(input.credited * 2n),
            reason: 'a defect',
          }),
      },
    });
    const { violation } = await simulate({ ...WEEK, faults: false, spoil });
    expect(violation?.what).to.match(/^(WAL|CAM)-\d+: /);
    expect(violation?.operations.length).to.be.greaterThan(5);
  });

  it('asks the core for everything that it can do', async () => {
    const busy = await simulate({ users: 120, days: 12, seed: 3 });
    expect(busy.violation).to.equal(undefined);
    const names = used(busy);
    const all = Object.entries(EVERY_USE_CASE).flatMap(([feature, cases]) =>
      Object.keys(cases).map((name) => `${feature}.${name}`),
    );
    const missing = all.filter((name) => !names.has(name));
    expect(missing.filter((name) => !LEFT_OUT.some((left) => left.test(name)))).to.deep.equal([]);
  });
});

describe('simulation: arguments', () => {
  it('reads what is asked for', () => {
    const asked = readArguments(['--users', '2000', '--days', '90', '--seed', '0', '--json']);
    expect(asked).to.include({ users: 2_000, days: 90, seed: 0, seeds: 1, json: true });
  });

  it('refuses what there is not, in a line', () => {
    for (const wrong of [
      ['--users', '0'],
      ['--days', '367'],
      ['--seeds', 'many'],
      ['--seed', '-1'],
      ['--png', 'market.jpg'],
      ['--fast'],
      ['7'],
    ]) {
      expect(() => readArguments(wrong), wrong.join(' ')).to.throw(/^[^\n]+/);
    }
  });
});
