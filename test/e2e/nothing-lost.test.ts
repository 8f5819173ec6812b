import { expect } from 'chai';
import { runNotifications } from '../faults/notifications.ts';
import { SMALL } from '../faults/sizes.ts';
import { runSlow } from '../faults/slow.ts';
import { runStop } from '../faults/stop.ts';
import { runUpdates } from '../faults/updates.ts';
import { clonesForEach } from '../support/clones.ts';
import { createDice } from '../support/dice.ts';
import { silent as progress } from '../support/progress.ts';
import type { Report } from '../support/report.ts';

const SEED = 20_261_121;

/** The fault run (`npm run faults`) in small: see docs/testing.md. */
describe('nothing is lost on the way in or out', function () {
  this.timeout(120_000);
  const { cleanup, clone } = clonesForEach();

  const passes = ({ losses, figures }: Report): ReadonlyMap<string, string | number> => {
    expect(losses).to.deep.equal([]);
    return new Map(figures.map(({ what, value }) => [what, value]));
  };

  it('OPS-4 updates that come twice and out of order take effect once, in each person’s order', async () => {
    const [ground, dice, size] = [await clone(), createDice(SEED), SMALL.updates];
    const found = passes(await runUpdates({ ground, cleanup, dice, progress, size }));
    expect(found.get('effects')).to.equal(size.updates);
    expect(found.get('deliveries')).to.be.above(size.updates);
    expect(found.get('deliveries out of place')).to.be.above(0);
    expect(found.get('tries that failed after their effect')).to.be.above(0);
  });

  it('UX-4 an update that takes two seconds to handle delays nobody else', async () => {
    const found = passes(await runSlow({ ground: await clone(), cleanup, users: SMALL.slow }));
    expect(found.get('answered before the slow one')).to.equal(SMALL.slow - 1);
  });

  it('NTF-2 NTF-3 notices arrive in order through failing calls and a kill, twice only without fault', async () => {
    const [ground, dice, size] = [await clone(), createDice(SEED), SMALL.notifications];
    const found = passes(await runNotifications({ ground, cleanup, dice, progress, size }));
    expect(found.get('notices')).to.equal(size.people * size.notices);
    expect(found.get('kill -9 of the bot')).to.equal(size.kills);
    expect(found.get('faults planned')).to.be.at.least(size.faults);
  });

  it('OPS-3 SIGTERM amid a hundred updates ends in order: nothing half done, the next start does the rest', async () => {
    const found = passes(await runStop({ ground: await clone(), cleanup, updates: SMALL.stop }));
    expect(found.get('exit code after SIGTERM')).to.equal(0);
    expect(found.get('left for the next start')).to.be.above(0);
  });
});
