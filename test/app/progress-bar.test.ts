import { expect } from 'chai';
import { progressBar } from '../../app/progress-bar.ts';

/** A terminal that keeps what is written, and a clock that stands still until it is moved. */
const aScreen = (isTTY: boolean, columns = 200) => {
  const written: string[] = [];
  return {
    isTTY,
    columns,
    written,
    ms: 0,
    write: (text: string) => written.push(text),
  };
};

const HALF = { name: 'balances', done: 500, total: 1_000 };

describe('progress bar', () => {
  it('WAL-8 shows share, rows, speed and time left in one line that is written over', () => {
    const screen = aScreen(true);
    const bar = progressBar(screen, () => screen.ms);
    screen.ms = 2_000;
    bar.show(HALF);
    expect(screen.written.join('')).to.equal(
      '\r\u001b[K██████████░░░░░░░░░░  50%  500 rows  250/s  2 s left  balances',
    );
    bar.clear();
    expect(screen.written.at(-1)).to.equal('\r\u001b[K');
  });

  it('WAL-8 draws no more often than an eye can follow', () => {
    const screen = aScreen(true);
    const bar = progressBar(screen, () => screen.ms);
    for (screen.ms = 0; screen.ms < 1_000; screen.ms += 1) bar.show(HALF);
    expect(screen.written.length).to.equal(10);
  });

  it('WAL-8 never wraps, and an estimate that was too low ends at 100 %', () => {
    const screen = aScreen(true, 40);
    const bar = progressBar(screen, () => screen.ms);
    bar.show({ ...HALF, done: 3_000 });
    expect(screen.written[0]).to.include('100%');
    expect(screen.written[0]?.replace('\r\u001b[K', '')).to.have.length(39);
  });

  it('WAL-8 writes nothing where there is no terminal', () => {
    const screen = aScreen(false);
    const bar = progressBar(screen, () => screen.ms);
    bar.show(HALF);
    bar.clear();
    expect(screen.written).to.deep.equal([]);
  });
});
