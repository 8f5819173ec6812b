import { expect } from 'chai';
import { hold, type Measured, type Side, type Timed, type Trial } from './bench/contest.ts';
import { asMarkdown, asText } from './bench/print.ts';
import { isKept, playAll } from './bench/tournament.ts';

const LIMITS = { rounds: 5, ms: 600_000 };

/** A side whose runs came to these, one after the other, the first of which does not count. */
const side = (name: string, runs: readonly (Timed | Measured)[]): Side => {
  const left = runs.values();
  return { name, run: async () => left.next().value ?? { done: 1, ms: 1_000 } };
};

/** So many in a second each time, after a first run that is far off. */
const speeds = (name: string, perSecond: readonly number[]): Side =>
  side(
    name,
    [1, ...perSecond].map((done) => ({ done, ms: 1_000 })),
  );

const values = (name: string, measured: readonly number[]): Side =>
  side(
    name,
    [9_999, ...measured].map((value) => ({ value })),
  );

const five = (value: number): readonly number[] => Array.from({ length: 5 }, () => value);

const aTrial = (change: Partial<Trial> = {}): Trial => ({
  name: 'one by one',
  unit: 'takes',
  ours: speeds('ours', [50, 60, 55, 10, 70]),
  yardstick: speeds('bare', five(100)),
  ...change,
});

const playing = (name: string, trials: readonly Trial[]) =>
  playAll(
    { what: 'a test', sizes: {}, openAll: async () => ({ trials, close: async () => {} }) },
    { name, sizes: {}, limits: LIMITS, bar: { show: () => {}, end: () => {} } },
  );

describe('the frame of the benches', () => {
  it('tells the median of each side and of the ratios of the rounds, with their spread', async () => {
    const { ours, yardstick, ratio, unit, rounds } = await hold(aTrial(), LIMITS);
    expect(ours).to.deep.equal({ name: 'ours', median: 55, min: 10, max: 70 });
    expect(yardstick?.median).to.equal(100);
    expect(ratio).to.deep.equal({ median: 0.55, min: 0.1, max: 0.7 });
    expect([unit, rounds]).to.deep.equal(['takes/s', 5]);
  });

  it('takes the ratio of what was measured in the same round, whoever began', async () => {
    const even = [10, 20, 30, 40, 50];
    const trial = aTrial({ ours: speeds('ours', even), yardstick: speeds('bare', even) });
    const { ratio } = await hold(trial, LIMITS);
    expect(ratio).to.deep.equal({ median: 1, min: 1, max: 1 });
  });

  it('lets them begin in turn, after a round of each that does not count', async () => {
    const began: string[] = [];
    const named = (name: string): Side => ({
      name,
      prepare: async () => void began.push(name),
      run: async () => 1,
    });
    await hold(aTrial({ ours: named('o'), yardstick: named('y') }), { ...LIMITS, rounds: 3 });
    expect(began.join('')).to.equal('oyoyyooy');
  });

  it('holds speeds to a least ratio, and times and values to a greatest', async () => {
    const kept = async (change: Partial<Trial>) => (await hold(aTrial(change), LIMITS)).kept;
    expect(await kept({ reach: { atLeast: 0.55 } })).to.equal(true);
    expect(await kept({ reach: { atLeast: 0.56 } })).to.equal(false);
    const slower = [120, 130, 110, 125, 115];
    const measured = () => ({
      measure: 'value' as const,
      unit: 'MB',
      ours: values('late', slower),
      yardstick: values('early', five(100)),
    });
    expect(await kept({ ...measured(), reach: { atMost: 1.2 } })).to.equal(true);
    expect(await kept({ ...measured(), reach: { atMost: 1.19 } })).to.equal(false);
    expect(await kept(measured())).to.equal(undefined);
  });

  it('tells times as milliseconds of one', async () => {
    const trial = aTrial({
      measure: 'time',
      ours: side(
        'ours',
        Array.from({ length: 6 }, () => ({ done: 4, ms: 10 })),
      ),
      yardstick: side(
        'bare',
        Array.from({ length: 6 }, () => ({ done: 1, ms: 5 })),
      ),
    });
    const { ours, ratio, unit } = await hold(trial, LIMITS);
    expect([ours.median, ratio?.median, unit]).to.deep.equal([2.5, 0.5, 'ms']);
  });

  it('ends where a run left something wrong behind', async () => {
    const cheat: Side = {
      ...speeds('ours', []),
      check: () => Promise.reject(new Error('not everything was written')),
    };
    const [held] = await Promise.allSettled([hold(aTrial({ ours: cheat }), LIMITS)]);
    expect(held.status).to.equal('rejected');
  });

  it('begins no round when the time is up', async () => {
    const { rounds } = await hold(aTrial(), { rounds: 5, ms: -1 });
    expect(rounds).to.equal(1);
  });

  it('says of a bench whether each of its rows is within reach, and prints a line for each', async () => {
    const bulk = { ours: speeds('ours', five(90)), yardstick: speeds('many', five(60)) };
    const outcome = await playing('approve-hot', [
      aTrial({ reach: { atLeast: 0.4 } }),
      aTrial({ name: 'in bulk', reach: { atLeast: 2 }, ...bulk }),
      aTrial({ name: 'told', unit: 's', measure: 'value', ours: values('first', [1.25]) }),
    ]);
    expect(isKept(outcome)).to.equal(false);
    expect(isKept({ ...outcome, rows: outcome.rows.slice(0, 1) })).to.equal(true);
    const lines = asMarkdown([outcome]).split('\n');
    expect(lines[0]).to.match(/^\| bench +\| ours +\| yardstick +\| ratio +\| spread/);
    expect(lines[2]).to.match(/`approve-hot` one by one +\| 55\.0 takes\/s \(ours\) +\| 100 takes/);
    expect(lines[2]).to.match(/\| 0\.55 +\| 0\.10 … 0\.70 +\| ≥ 0\.4 +\| yes +\|$/);
    expect(new Set(lines.map((line) => line.length)).size, 'columns as wide').to.equal(1);
    expect(asText(outcome)).to.contain('OUT OF REACH');
  });

  it('proves what all rounds have left, before the ground is taken away', async () => {
    const events: string[] = [];
    const tournament = {
      what: 'a test',
      sizes: {},
      openAll: async () => ({
        trials: [aTrial()],
        prove: async () => void events.push('proved'),
        close: async () => void events.push('closed'),
      }),
    };
    const bar = { show: () => {}, end: () => {} };
    await playAll(tournament, { name: 'post', sizes: {}, limits: LIMITS, bar });
    expect(events).to.deep.equal(['proved', 'closed']);
  });
});
