import { expect } from 'chai';
import type { Logger } from '../../adapters/logging/index.ts';
import { sparing } from '../../app/sparing-log.ts';

/** A log that remembers its lines, under a clock of the test's own. */
const aLog = () => {
  const lines: unknown[] = [];
  const note =
    (level: string) =>
    (message: string, fields: object = {}): void =>
      void lines.push({ level, message, ...fields });
  const log: Logger = {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
    child: () => log,
  };
  let time = 0;
  return {
    lines,
    log: sparing(log, () => time),
    pass: (ms: number) => {
      time += ms;
    },
  };
};

describe('The sparing log', () => {
  it('OPS-2 says an outage once, and then twice a minute with how often it was met', () => {
    const { log, lines, pass } = aLog();
    for (let second = 0; second < 61; second += 1) {
      log.error('sweep failed', { second });
      pass(1_000);
    }
    expect(lines).to.deep.equal([
      { level: 'error', message: 'sweep failed', second: 0 },
      { level: 'error', message: 'sweep failed', second: 30, times: 30 },
      { level: 'error', message: 'sweep failed', second: 60, times: 30 },
    ]);
  });

  it('OPS-2 keeps nothing back that says something else', () => {
    const { log, lines } = aLog();
    log.error('sweep failed');
    log.warn('sweep failed');
    log.error('claiming messages failed');
    log.child({ updateId: 7 }).error('sweep failed');
    expect(lines).to.have.length(4);
  });
});
