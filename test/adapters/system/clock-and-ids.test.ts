import { expect } from 'chai';
import {
  offsetClock,
  sha256Digests,
  systemClock,
  uuidIds,
} from '../../../adapters/system/index.ts';
import { DAY_MS, type UserId } from '../../../core/kernel/index.ts';

describe('Clock, ids and digests', () => {
  it('OPS-1 the sandbox clock runs with its base and keeps every jump ahead', () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const clock = offsetClock({ now: () => now });
    clock.advance(DAY_MS);
    clock.advance(1_000);
    expect(clock.now().toISOString()).to.equal('2026-01-02T00:00:01.000Z');
    now = new Date('2026-01-01T00:00:05Z');
    expect(clock.now().toISOString()).to.equal('2026-01-02T00:00:06.000Z');
  });

  it('OPS-1 the sandbox clock never goes back', () => {
    const clock = offsetClock(systemClock);
    for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY, 0.5]) {
      expect(() => clock.advance(ms)).to.throw(RangeError);
    }
  });

  it('the system clock shows the time of the machine', () => {
    const before = Date.now();
    const shown = systemClock.now().getTime();
    expect(shown).to.be.within(before, Date.now());
  });

  it('ids are UUIDs of version 7 that grow, also within one millisecond', () => {
    const ids = Array.from({ length: 5_000 }, () => uuidIds.next<UserId>());
    expect(new Set(ids).size).to.equal(ids.length);
    expect(ids.toSorted()).to.deep.equal(ids);
    for (const id of ids) {
      expect(id).to.match(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    }
  });

  it('PRF-2 digests are SHA-256 in lower-case hex, the same for text and its UTF-8 bytes', () => {
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(sha256Digests.sha256('abc')).to.equal(abc);
    expect(sha256Digests.sha256OfBytes(new TextEncoder().encode('abc'))).to.equal(abc);
    expect(sha256Digests.sha256('Rp é ✅')).to.equal(
      sha256Digests.sha256OfBytes(new TextEncoder().encode('Rp é ✅')),
    );
  });
});
