import { expect } from 'chai';
import { EVERY_USE_CASE } from '../core/every-use-case.ts';
import { failEach } from './fail-each.ts';
import { openMemoryGround } from './memory-ground.ts';
import { REQUESTS } from './requests.ts';
import { TRIALS } from './trials.ts';

describe('Whichever call fails: all or nothing, and the same again succeeds', () => {
  it('every use case is tried', () => {
    const named = Object.entries(EVERY_USE_CASE).flatMap(([feature, useCases]) =>
      Object.keys(useCases).map((name) => `${feature}.${name}`),
    );
    expect(named.filter((name) => !REQUESTS.has(name))).to.deep.equal([]);
  });

  for (const { title, prepare, trial } of TRIALS) {
    it(title, async () => {
      const { calls } = await failEach(openMemoryGround(prepare), {
        ...trial,
        ways: () => ['refused', 'lost'],
      });
      expect(calls.length, 'calls that can fail').to.be.greaterThan(0);
    });
  }
});
