import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';
import { createManualClock, createSequentialIds } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import type { Tx } from '../../../core/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import { holdOf, walletOf } from '../../../core/wallet/index.ts';
import { refusalOf, type Stage } from '../../contracts/harness.ts';
import { enterCampaign, enterRich } from '../../contracts/scenes.ts';
import { aWithdrawTransaction, MONDAY, rupiahs } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { somebodyWaits } from '../../support/waiting-for-lock.ts';
import { withoutAgreement } from './harness.ts';

describe('What somebody else has in hand, on PostgreSQL', () => {
  let database: TestDatabase;
  let stage: Stage;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    await withoutAgreement(database);
    const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const [clock, ids] = [createManualClock(), createSequentialIds()];
    stage = { ports, clock, ids, run: (work) => ports.unitOfWork.run(work) };
  });
  after(() => database?.drop());

  it('TSK-3 a slot that is just being taken is passed over, not waited for', async () => {
    const campaign = await enterCampaign(stage);
    const claim = (tx: Tx) => tx.tasks.claimSlot(campaign.id, ['active']);
    const outside = AsyncLocalStorage.snapshot();
    const slots = await stage.run(async (tx) => {
      const mine = await claim(tx);
      const theirs = await outside(() => stage.run(claim));
      return [mine, theirs];
    });
    expect(new Set(slots).size).to.equal(2);
    expect(slots).to.not.include(undefined);
  });

  it('WAL-6 a decision that is just being made is waited for, then told', async () => {
    const { id: user } = await enterRich(stage, 30_000);
    const made = aWithdrawTransaction(user, { amount: 20_000 });
    await stage.run((tx) => tx.wallets.post(made));
    const back = [{ from: holdOf(user), to: walletOf(user), amount: rupiahs(20_000) }];
    const decide = (decision: 'rejected' | 'canceled') => (tx: Tx) =>
      tx.wallets.decide({ id: made.id, decision, postings: back, at: MONDAY });
    const outside = AsyncLocalStorage.snapshot();
    let second: Promise<void> = Promise.resolve();
    await stage.run(async (tx) => {
      await decide('canceled')(tx);
      second = outside(() => stage.run(decide('rejected')));
      second.catch(() => undefined);
      await somebodyWaits(database.orm);
    });
    const { code, details } = await refusalOf(second);
    expect(code).to.equal('wallet.already-decided');
    expect(details).to.deep.equal({ status: 'canceled' });
    const { wallet, hold } = await stage.run((tx) => tx.wallets.balances(user));
    expect({ wallet, hold }).to.deep.equal({ wallet: 30_000n, hold: 0n });
  });
});
