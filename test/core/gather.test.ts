import { expect } from 'chai';
import { gathering } from '../../core/kernel/index.ts';

/** Runs that a test lets end one by one. */
const aRunner = (atMost = 10) => {
  const runs: { readonly items: readonly number[]; readonly end: PromiseWithResolvers<void> }[] =
    [];
  const began: (() => void)[] = [];
  const ask = gathering(async (items: readonly number[]) => {
    const end = Promise.withResolvers<void>();
    runs.push({ items, end });
    began.shift()?.();
    await end.promise;
    return items.map((item) => item * 10);
  }, atMost);
  return {
    ask,
    items: () => runs.map((run) => run.items),
    end: (at: number) => runs[at]?.end.resolve(),
    fail: (at: number) => runs[at]?.end.reject(new Error('the line is dead')),
    /** Resolves when the next run has begun. */
    next: () => new Promise<void>((resolve) => began.push(resolve)),
  };
};

describe('What is asked for together', () => {
  it('goes in one, and each hears of its own', async () => {
    const runner = aRunner();
    const began = runner.next();
    const asked = Promise.all([1, 2, 3].map((item) => runner.ask(item)));
    await began;
    runner.end(0);
    expect(await asked).to.deep.equal([10, 20, 30]);
    expect(runner.items()).to.deep.equal([[1, 2, 3]]);
  });

  it('gathers while a run is under way, and goes when that has ended, so many at most', async () => {
    const runner = aRunner(2);
    let began = runner.next();
    const first = runner.ask(1);
    await began;
    const later = Promise.all([2, 3, 4].map((item) => runner.ask(item)));
    expect(runner.items(), 'one run at a time').to.deep.equal([[1]]);
    for (const at of [0, 1]) {
      began = runner.next();
      runner.end(at);
      await began;
    }
    runner.end(2);
    expect([await first, ...(await later)]).to.deep.equal([10, 20, 30, 40]);
    expect(runner.items()).to.deep.equal([[1], [2, 3], [4]]);
  });

  it('is asked for one by one where that fails, and only what is wrong by itself fails', async () => {
    const runs: (readonly number[])[] = [];
    const ask = gathering(async (items: readonly number[]) => {
      runs.push(items);
      if (items.includes(2)) throw new Error('two is refused');
      return items.map((item) => item * 10);
    }, 10);
    const ended = await Promise.allSettled([1, 2, 3].map((item) => ask(item)));
    expect(ended.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    expect(runs).to.deep.equal([[1, 2, 3], [1], [2], [3]]);
    expect(await ask(4), 'and what is asked next goes on').to.equal(40);
  });

  it('fails where its run fails, and what is asked next goes on', async () => {
    const runner = aRunner();
    let began = runner.next();
    const lost = Promise.allSettled([runner.ask(1)]);
    await began;
    began = runner.next();
    const kept = runner.ask(3);
    runner.fail(0);
    await began;
    runner.end(1);
    expect((await lost).map(({ status }) => status)).to.deep.equal(['rejected']);
    expect(await kept).to.equal(30);
  });
});
