import { expect } from 'chai';
import { createMemoryPorts } from '../../adapters/memory/index.ts';
import { createCore, recognize, type User } from '../../core/index.ts';
import { DAY_MS, MINUTE_MS, plusMs } from '../../core/kernel/index.ts';
import { aUser, MONDAY } from '../support/builders.ts';

const SAID = { username: 'budi', displayName: 'Budi', languageCode: 'id' };
const TERMS = 3;
/** Half an hour before midnight in Jakarta. */
const LATE = new Date('2026-01-05T16:30:00.000Z');

const known = (change: Partial<User> = {}): User =>
  aUser({ username: 'budi', termsVersion: TERMS, actedAt: MONDAY, ...change });

/** What is said without writing anything of somebody who writes on Monday evening. */
const said = (user: User, { isGranted = false, now = LATE } = {}) =>
  recognize(
    { user, isGranted },
    { telegramId: user.telegramId, ...SAID },
    { now, termsVersion: TERMS },
  );

describe('Somebody of whom nothing has changed', () => {
  it('ACC-2 is who they are, and whether the terms are due is said', () => {
    const user = known();
    expect(said(user)).to.deep.equal({ user, isNew: false, termsDue: false });
    expect(said(known({ termsVersion: TERMS - 1 }))).to.have.property('termsDue', true);
    expect(said(known({ termsVersion: null }))).to.have.property('termsDue', true);
  });

  it('ACC-2 is known whatever is no part of their name', () => {
    const user = known({ language: 'en', role: 'worker' });
    expect(said(user)?.user).to.equal(user);
  });

  for (const [what, change] of [
    ['another username', { username: 'budi_s' }],
    ['none any more', { username: null }],
    ['another name', { displayName: 'Budi S.' }],
    ['who could not be reached', { unreachableSince: MONDAY }],
    ['who has not acted yet', { actedAt: null }],
    ['who has not acted today', { actedAt: plusMs(MONDAY, -DAY_MS) }],
  ] as const) {
    it(`ACC-2 RPT-1 NTF-2 is not somebody of whom something is to be written: ${what}`, () => {
      expect(said(known(change))).to.equal(undefined);
    });
  }

  it('RPT-1 is noted once a day of Jakarta', () => {
    expect(said(known({ actedAt: LATE }))).to.not.equal(undefined);
    const now = plusMs(LATE, 30 * MINUTE_MS);
    expect(said(known({ actedAt: LATE }), { now })).to.equal(undefined);
    expect(said(known({ actedAt: now }), { now })).to.not.equal(undefined);
  });

  it('ACC-4 is not whom the operator wants to be an admin', () => {
    expect(said(known(), { isGranted: true })).to.equal(undefined);
  });

  it('ACC-2 is whom registering finds, once it has written what was new', async () => {
    const ports = createMemoryPorts();
    const { users } = createCore(ports);
    const person = { telegramId: 4_711, ...SAID, displayName: ' Budi\nSantoso ' };
    await users.register(person);
    const found = await users.register(person);
    const { termsVersion } = await ports.unitOfWork.run((tx) => tx.settings.current());
    const today = { now: ports.clock.now(), termsVersion };
    expect(recognize({ user: found.user, isGranted: false }, person, today)).to.deep.equal(found);
  });
});
