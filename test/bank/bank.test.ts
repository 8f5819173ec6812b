import { expect } from 'chai';
import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { DEFAULT_SETTINGS } from '../../core/index.ts';
import { clonesForEach } from '../support/clones.ts';
import type { TestDatabase } from '../support/database.ts';
import { createDice } from '../support/dice.ts';
import { silent as progress } from '../support/progress.ts';
import type { Report } from '../support/report.ts';
import { MUTANTS, readModifyWrite, type Mutant } from './mutants.ts';
import { rollPayment } from './payments.ts';
import { enterCustomers, START } from './people.ts';
import { runBank, SNAPSHOTS, type BankSize } from './run.ts';

const SEED = 20_261_121;
const SMALL = { writers: 8, readers: 2, payments: 600, snapshots: 120 } satisfies BankSize;
const FOR_A_MUTANT: BankSize = { writers: 8, readers: 2, payments: 250, snapshots: 50 };

/** `npm run bank` in small: see docs/testing.md. */
describe('money that many move at once', function () {
  this.timeout(120_000);
  const { cleanup, clone } = clonesForEach();
  let database: TestDatabase;

  beforeEach(async () => {
    database = await clone();
  });

  const ran = (size: BankSize, mutant?: Mutant): Promise<Report> =>
    runBank({ ground: database, cleanup, dice: createDice(SEED), progress, size, mutant });

  it('WAL-2 WAL-3 WAL-4 WAL-7 sums up in every snapshot, each payment is there once', async () => {
    const { losses, figures } = await ran(SMALL);
    expect(losses).to.deep.equal([]);
    const counted = new Map(figures.map(({ what, value }) => [what, value]));
    expect(counted.get(SNAPSHOTS)).to.be.at.least(SMALL.snapshots);
    for (const what of ['refused, overdrawn', 'given up after posting']) {
      expect(counted.get(what), what).to.be.greaterThan(0);
    }
  });

  const signs: Readonly<Record<Mutant, RegExp>> = {
    'read-modify-write': /by postings/,
    'no-key': /must be there once/,
    halves: /together they have/,
  };

  for (const mutant of MUTANTS) {
    it(`is found out where it goes wrong: ${mutant}`, async () => {
      const { losses } = await ran(FOR_A_MUTANT, mutant);
      expect(losses.filter((loss) => signs[mutant].test(loss))).to.not.deep.equal([]);
    });
  }

  it('WAL-3 a balance cannot be read and written back, not by the owner of the tables', async () => {
    const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const customers = await enterCustomers(ports.unitOfWork);
    const owner = await database.ownerOrm();
    const payment = { ...rollPayment(createDice(1), customers, 'bank:by hand'), amount: 1n };
    const [result] = await Promise.allSettled([
      readModifyWrite(owner, { ...payment, way: 'ordered' }),
    ]);
    const wall = result.status === 'rejected' ? Reflect.get(result.reason, 'constraint') : 'none';
    expect(wall).to.equal('accounts_change_by_postings_only');
    const { wallet } = await ports.unitOfWork.run((tx) => tx.wallets.balances(payment.from));
    expect(wallet).to.equal(BigInt(START));
  });
});
