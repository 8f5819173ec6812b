import { expect } from 'chai';
import type { CheckProgress, Finding, Freeze } from '../../core/freeze/index.ts';
import type { LedgerMark, NewTransaction } from '../../core/wallet/index.ts';
import { escrowOf, holdOf, OUTSIDE, REVENUE, walletOf } from '../../core/wallet/index.ts';
import { totalCost } from '../../core/campaigns/index.ts';
import { aTransaction, aWithdrawTransaction, later, rupiahs } from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  codesOf,
  onStage,
  race,
  RACERS,
  refusalOf,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import { enterCampaign, enterRich, enterWorker } from './scenes.ts';

/** What every store of freezes promises, and every ledger while one is in force (WAL-13). */
export const freezesContract = (name: string, open: OpenHarness) =>
  describe(`freezes: ${name}`, () => {
    const stage = onStage(open);
    afterEach('lifts what is in force', () => lift(stage));
    keeping(stage);
    telling(stage);
    progress(stage);
    wall(stage);
  });

const FINDINGS: readonly Finding[] = [
  {
    check: 'balances',
    broken: 12,
    violations: [
      { rule: 'WAL-3', row: 'accounts 1', what: 'stored 7, posted 5' },
      { rule: 'WAL-3', row: 'accounts 2', what: 'stored 1, posted 0' },
    ],
  },
  { check: 'audit log', broken: 1, violations: [{ rule: 'AUD-2', row: 'audit 3', what: 'gone' }] },
];

const aFreeze = (stage: Stage, change: Partial<Freeze> = {}): Freeze => ({
  id: stage.ids.next(),
  begunAt: later(0),
  findings: FINDINGS,
  news: 1,
  ownerTold: 0,
  lifted: null,
  ...change,
});

const begin = async (stage: Stage, change: Partial<Freeze> = {}): Promise<Freeze> => {
  const freeze = aFreeze(stage, change);
  await stage.run((tx) => tx.freezes.begin(freeze));
  return freeze;
};

const current = (stage: Stage) => stage.run((tx) => tx.freezes.current());

const LIFTING = { at: later(5_000), by: 'operator:test', reason: 'mended by hand' };

const lift = (stage: Stage, at = LIFTING.at): Promise<Freeze | undefined> =>
  stage.run(async (tx) => {
    const freeze = await tx.freezes.current();
    if (!freeze) return undefined;
    const lifted = { ...freeze, news: freeze.news + 1, lifted: { ...LIFTING, at } };
    await tx.freezes.save(lifted);
    return lifted;
  });

const keeping = (stage: Stage): void => {
  it('WAL-13 keeps the one in force whole, and lets it grow', async () => {
    const freeze = await begin(stage);
    expect(await current(stage)).to.deep.equal(freeze);
    const grown = { ...freeze, findings: FINDINGS.toReversed(), news: 2 };
    await stage.run((tx) => tx.freezes.save({ ...grown, begunAt: later(99), ownerTold: 2 }));
    expect(await current(stage), 'its beginning and what was told stay').to.deep.equal(grown);
  });

  it('WAL-13 what was lifted is in force no more, and stays as it is', async () => {
    const freeze = await begin(stage);
    const lifted = await lift(stage);
    expect(lifted).to.deep.equal({ ...freeze, news: 2, lifted: LIFTING });
    expect(await current(stage)).to.equal(undefined);
    const [result] = await Promise.allSettled([
      stage.run((tx) => tx.freezes.save({ ...freeze, findings: [] })),
    ]);
    expect(result.status).to.equal('rejected');
    const all = await stage.run((tx) => tx.freezes.liftedAfter(0));
    expect(all.find(({ id }) => id === freeze.id)).to.deep.equal(lifted);
  });

  it('WAL-13 counts liftings, and gives those after so many, whatever their clocks say', async () => {
    const liftings = () => stage.run((tx) => tx.freezes.liftings());
    const before = await liftings();
    const ids: Freeze['id'][] = [];
    for (const second of [30, 10, 20]) {
      ids.push((await begin(stage)).id);
      expect(await liftings(), 'one in force is none').to.equal(before + ids.length - 1);
      await lift(stage, later(second * 1_000));
    }
    expect(await liftings()).to.equal(before + 3);
    const found = await stage.run((tx) => tx.freezes.liftedAfter(before + 1));
    expect(found.map(({ id }) => id)).to.deep.equal(ids.slice(1));
    expect(await stage.run((tx) => tx.freezes.liftedAfter(before + 3))).to.deep.equal([]);
  });

  it('WAL-13 of twenty who begin a freeze at once one does', async () => {
    const { won, lost } = await race(() => begin(stage));
    expect(won).to.have.length(1);
    expect(lost).to.have.length(RACERS - 1);
    expect(await current(stage)).to.deep.equal(won[0]);
  });

  it('WAL-13 keeps nothing of a run or savepoint that throws', async () => {
    await abandoned(stage, (tx) => tx.freezes.begin(aFreeze(stage)));
    expect(await current(stage)).to.equal(undefined);
    const freeze = await begin(stage);
    await stage.run((tx) =>
      abandonedStep(tx, (step) => step.freezes.save({ ...freeze, news: 2, lifted: LIFTING })),
    );
    expect(await current(stage)).to.deep.equal(freeze);
  });
};

const telling = (stage: Stage): void => {
  it('WAL-13 names freezes with news that the owner was not told of, oldest first', async () => {
    const untold = async () => (await stage.run((tx) => tx.freezes.untold())).map(({ id }) => id);
    const tell = (id: Freeze['id'], news: number) =>
      stage.run((tx) => tx.freezes.markTold(id, news));
    for (const { id, news } of await stage.run((tx) => tx.freezes.untold())) await tell(id, news);
    expect(await untold()).to.deep.equal([]);
    const later1 = await begin(stage, { begunAt: later(2_000) });
    await lift(stage);
    const first = await begin(stage, { begunAt: later(1_000) });
    expect(await untold()).to.deep.equal([first.id, later1.id]);
    await tell(first.id, 1);
    await tell(later1.id, 1);
    expect(await untold(), 'its lifting is news').to.deep.equal([later1.id]);
    await tell(later1.id, 2);
    await tell(later1.id, 1);
    expect(await untold(), 'what was told is never untold').to.deep.equal([]);
    expect((await current(stage))?.ownerTold).to.equal(1);
  });
};

const progress = (stage: Stage): void => {
  const save = (now: CheckProgress) => stage.run((tx) => tx.ledgerChecks.save(now));
  const NOW: CheckProgress = {
    mark: 'a mark' as LedgerMark,
    recent: { at: later(3), broken: 2 },
    full: { at: later(2), broken: 0 },
    seenLiftings: 3,
    soundLiftings: 2,
  };
  const NOTHING: CheckProgress = {
    mark: null,
    recent: null,
    full: null,
    seenLiftings: 0,
    soundLiftings: 0,
  };

  it('WAL-13 keeps where the checks stand', async () => {
    for (const now of [NOW, NOTHING]) {
      await save(now);
      expect(await stage.run((tx) => tx.ledgerChecks.read())).to.deep.equal(now);
      expect(await stage.run((tx) => tx.ledgerChecks.lock())).to.deep.equal(now);
    }
    await abandoned(stage, (tx) => tx.ledgerChecks.save(NOW));
    expect(await stage.run((tx) => tx.ledgerChecks.read())).to.deep.equal(NOTHING);
  });

  it('WAL-13 who locks it waits: of twenty who count on, none counts for nothing', async () => {
    await save({ ...NOW, recent: { at: later(0), broken: 0 } });
    await race(() =>
      stage.run(async (tx) => {
        const now = await tx.ledgerChecks.lock();
        const broken = (now.recent?.broken ?? 0) + 1;
        await tx.ledgerChecks.save({ ...now, recent: { at: later(0), broken } });
      }),
    );
    const now = await stage.run((tx) => tx.ledgerChecks.read());
    expect(now.recent?.broken).to.equal(RACERS);
  });
};

/** A funded campaign with money in revenue, somebody to pay, and a withdrawal that waits. */
const aTown = async (stage: Stage) => {
  const [client, worker] = [await enterRich(stage), await enterWorker(stage)];
  const campaign = await enterCampaign(stage, { clientId: client.id, feePerTask: rupiahs(50) });
  const escrow = escrowOf(campaign.id);
  const [wallet, theirs] = [walletOf(client.id), walletOf(worker.id)];
  const make = (type: NewTransaction['type'], from: typeof escrow, to: typeof escrow) =>
    aTransaction({
      type,
      userId: type === 'platform_fee' || type === 'revenue_payout' ? null : client.id,
      postings: [{ from, to, amount: rupiahs(50) }],
      amount: rupiahs(50),
    });
  const amount = totalCost(campaign, campaign.targetTotal);
  const funding = aTransaction({
    type: 'campaign_funding',
    userId: client.id,
    amount,
    postings: [{ from: wallet, to: escrow, amount }],
  });
  const withdrawal = aWithdrawTransaction(client.id, { amount: 10_000 });
  await stage.run(async (tx) => {
    await tx.wallets.post(funding);
    await tx.wallets.post(make('platform_fee', escrow, REVENUE));
    await tx.wallets.post(make('task_reward', escrow, theirs));
    await tx.wallets.post(withdrawal);
  });
  const paying = [
    make('task_reward', escrow, theirs),
    make('platform_fee', escrow, REVENUE),
    make('reversal', theirs, wallet),
    make('revenue_payout', REVENUE, OUTSIDE),
  ];
  return { client, escrow, wallet, make, paying, withdrawal };
};

const wall = (stage: Stage): void => {
  it('WAL-13 the ledger itself refuses what pays while a freeze is in force', async () => {
    const { paying, client, withdrawal } = await aTown(stage);
    const { begunAt: since } = await begin(stage, { begunAt: later(4_711) });
    const refused = { code: 'freeze.in-force', details: { since } };
    for (const made of paying) {
      const { code, details } = await refusalOf(stage.run((tx) => tx.wallets.post(made)));
      expect({ code, details }, made.type).to.deep.equal(refused);
    }
    const { code } = await refusalOf(
      stage.run((tx) =>
        tx.wallets.decide({
          id: withdrawal.id,
          decision: 'approved',
          postings: [{ from: holdOf(client.id), to: OUTSIDE, amount: rupiahs(10_000) }],
          at: later(1),
        }),
      ),
    );
    expect(code).to.equal('freeze.in-force');
    await lift(stage);
    for (const made of paying) await stage.run((tx) => tx.wallets.post(made));
  });

  it('WAL-13 all other money moves on: top-up, funding, refund, withdrawal and its return', async () => {
    const { client, escrow, wallet, make, withdrawal } = await aTown(stage);
    await begin(stage);
    const balance = async () => (await stage.run((tx) => tx.wallets.balances(client.id))).wallet;
    const before = await balance();
    await stage.run((tx) => tx.wallets.post(make('adjustment', OUTSIDE, wallet)));
    await stage.run((tx) => tx.wallets.post(make('campaign_funding', wallet, escrow)));
    await stage.run((tx) => tx.wallets.post(make('campaign_refund', escrow, wallet)));
    await stage.run((tx) => tx.wallets.post(aWithdrawTransaction(client.id, { amount: 10_000 })));
    await stage.run((tx) =>
      tx.wallets.decide({
        id: withdrawal.id,
        decision: 'rejected',
        postings: [{ from: holdOf(client.id), to: wallet, amount: rupiahs(10_000) }],
        at: later(1),
      }),
    );
    expect(await balance(), 'credited, one on its way, one returned').to.equal(before + 50n);
  });

  it('WAL-13 of twenty payments none happens where a freeze began before them', async () => {
    const { escrow, wallet, make } = await aTown(stage);
    const made = Array.from({ length: RACERS }, () => make('task_reward', escrow, wallet));
    await begin(stage);
    const { won, lost } = await race(async (index) => {
      const one = made[index];
      if (one) await stage.run((tx) => tx.wallets.post(one));
    });
    expect(won).to.deep.equal([]);
    expect(codesOf(lost)).to.deep.equal(['freeze.in-force']);
  });
};
