import { expect } from 'chai';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptClock } from '../../../adapters/system/index.ts';
import { DAY_MS } from '../../../core/kernel/index.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
const base = { now: () => NOW };

const failureOf = async (work: Promise<unknown>): Promise<Error> => {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof Error) return failure;
  throw new Error('this should have been refused');
};

describe('A clock whose lead is kept', () => {
  let folder = '';
  let path = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'upah-clock-'));
    path = join(folder, 'new', 'clock-ahead-ms');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('OPS-1 shows the base until it jumps; the next process has the same lead', async () => {
    const clock = await keptClock(base, path);
    expect(clock.now()).to.deep.equal(NOW);
    await clock.advance(DAY_MS);
    await clock.advance(1_500);
    expect(clock.now().toISOString()).to.equal('2026-01-02T00:00:01.500Z');
    const next = await keptClock(base, path);
    expect(next.now()).to.deep.equal(clock.now());
    expect(next.aheadMs()).to.equal(DAY_MS + 1_500);
    expect(await readdir(join(folder, 'new')), 'no draft is left').to.deep.equal([
      'clock-ahead-ms',
    ]);
  });

  it('OPS-1 jumps asked for at once all count', async () => {
    const clock = await keptClock(base, path);
    await Promise.all([1, 2, 4].map((ms) => clock.advance(ms)));
    expect(clock.aheadMs()).to.equal(7);
    expect((await keptClock(base, path)).aheadMs()).to.equal(7);
  });

  it('OPS-1 jumps past the draft of a process that was killed in the middle of a jump', async () => {
    await mkdir(join(folder, 'new'));
    await writeFile(`${path}.tmp`, '12');
    await (await keptClock(base, path)).advance(1_000);
    expect(await readdir(join(folder, 'new'))).to.deep.equal(['clock-ahead-ms']);
    expect(await readFile(path, 'utf8')).to.equal('1000\n');
  });

  it('OPS-1 does not jump where the lead cannot be kept, and can jump later', async () => {
    const clock = await keptClock(base, path);
    await writeFile(join(folder, 'new'), 'a file where the folder should be');
    expect(await failureOf(clock.advance(1_000))).to.be.instanceOf(Error);
    expect(clock.now()).to.deep.equal(NOW);
    await rm(join(folder, 'new'));
    await clock.advance(1_000);
    expect(clock.aheadMs()).to.equal(1_000);
  });

  it('OPS-1 never goes back, nor further than a hundred years', async () => {
    const clock = await keptClock(base, path);
    for (const ms of [-1, 0.5, Number.NaN, Infinity, 36_501 * DAY_MS]) {
      expect(await failureOf(clock.advance(ms))).to.be.instanceOf(RangeError);
    }
    expect(clock.aheadMs()).to.equal(0);
  });

  it('OPS-1 a file that holds no lead is an error that names it, and stays as it is', async () => {
    await mkdir(join(folder, 'new'));
    for (const text of ['', '12h', '-5', '9999999999999']) {
      await writeFile(path, text);
      const { message } = await failureOf(keptClock(base, path));
      expect(message).to.contain(path).and.contain('malformed');
      expect(await readFile(path, 'utf8')).to.equal(text);
    }
  });
});
