import { expect } from 'chai';
import { runMoney, type MoneySize } from '../faults/money/run.ts';
import type { Mutant } from '../faults/mutants.ts';
import { SMALL } from '../faults/sizes.ts';
import { createCleanup } from '../support/cleanup.ts';
import { createDice } from '../support/dice.ts';
import { silent as progress } from '../support/progress.ts';
import type { Report } from '../support/report.ts';
import { startServer, type Server } from '../support/server.ts';

const SEED = 20_261_121;
/** A defect that shows whenever something is asked again: nothing need be killed for it. */
const UNKILLED: MoneySize = { ...SMALL.money, operations: 150, presses: 8, kills: 0 };

/** The fault run (`npm run faults`) in small: see docs/testing.md. */
describe('money while PostgreSQL and the bot are killed', function () {
  this.timeout(120_000);
  const cleanup = createCleanup();
  let server: Server;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    server = await startServer(cleanup);
  });
  after(() => cleanup.run());

  const report = async (name: string, size: MoneySize, mutant?: Mutant): Promise<Report> => {
    const own = createCleanup();
    try {
      const ground = await server.ground(name);
      const dice = createDice(SEED);
      return await runMoney({ ground, server, cleanup: own, dice, progress, size, mutant });
    } finally {
      await own.run();
    }
  };

  it('WAL-7 OPS-3 every acknowledged operation is there once, by its key, and no other', async () => {
    const { losses, figures } = await report('sound', SMALL.money);
    expect(losses).to.deep.equal([]);
    const found = new Map(figures.map(({ what, value }) => [what, value]));
    expect(found.get('operations acknowledged')).to.be.at.least(SMALL.money.operations);
    expect(found.get('kill -9 of PostgreSQL')).to.equal(1);
    expect(found.get('kill -9 of worker and bot')).to.equal(1);
    expect(found.get('sent again, outcome unknown')).to.be.above(0);
  });

  it('WAL-7 the same check finds money that is posted although its key was used', async () => {
    expect((await report('no_key', UNKILLED, 'no-key')).losses).not.to.deep.equal([]);
  });
});
