import { expect } from 'chai';
import type {
  RecentVerification,
  VerificationProgress,
  VerificationStep,
  Violation,
} from '../../core/wallet/index.ts';
import { PERMISSIONS } from '../../core/users/index.ts';
import { aCredit, rupiahs } from '../support/builders.ts';
import { postTold } from '../support/post-told.ts';
import { ledgerExcerpts } from './ledger-excerpt.ts';
import { abandoned, onStage, type OpenHarness, type Stage } from './harness.ts';
import { approve, enterCredited, enterFunded, enterPaid, tell } from './ledger-scenes.ts';
import { enterDeposit, enterProof, enterRich, enterUser, enterWithdrawal } from './scenes.ts';

/** What every reader of a whole ledger promises. Needs an empty ledger, and leaves a broken one. */
export const ledgerReaderContract = (name: string, open: OpenHarness) =>
  describe(`ledger reader: ${name}`, () => {
    const stage = onStage(open);
    goodLedger(stage);
    ledgerExcerpts(stage);
    badMoney(stage);
    untoldDecisions(stage);
    manyFlaws(stage);
  });

const verify = async (
  stage: Stage,
  onProgress?: (progress: VerificationProgress) => void,
): Promise<readonly VerificationStep[]> => {
  const steps: VerificationStep[] = [];
  for await (const step of stage.ports.ledgerReader.verify(onProgress)) steps.push(step);
  return steps;
};

const recent = (stage: Stage): Promise<RecentVerification> =>
  stage.ports.ledgerReader.verifyRecent(null);

const about = (steps: readonly VerificationStep[], id: string): readonly Violation[] =>
  steps.flatMap(({ violations }) => violations).filter(({ row }) => row.includes(id));

const rulesOf = (violations: readonly Violation[]): readonly string[] =>
  violations.map(({ rule }) => rule).toSorted();

/** What both the whole proof and the newest part of it say of a row; they must say the same. */
const flawsOf = async (stage: Stage, id: string): Promise<readonly Violation[]> => {
  const [whole, newest] = [about(await verify(stage), id), about((await recent(stage)).steps, id)];
  expect(newest, 'what verifyRecent says').to.deep.equal(whole);
  for (const { rule, what } of whole) {
    expect(rule).to.match(/^[A-Z]+-\d+$/);
    expect(what).to.be.a('string').that.is.not.equal('');
  }
  return whole;
};

const enterEverything = async (stage: Stage): Promise<void> => {
  const campaign = await enterFunded(stage, { feePerTask: rupiahs(25), targetTotal: 4 });
  await approve(stage, campaign, await enterProof(stage, campaign));
  await enterProof(stage, campaign);
  await enterDeposit(stage);
  await enterCredited(stage);
  await enterWithdrawal(stage);
  await enterPaid(stage);
};

const goodLedger = (stage: Stage): void => {
  it('WAL-8 proves a ledger with every kind of movement, step by step', async () => {
    await enterEverything(stage);
    const steps = await verify(stage);
    expect(steps.flatMap(({ violations }) => violations)).to.deep.equal([]);
    expect(steps.map(({ broken }) => broken)).to.deep.equal(steps.map(() => 0));
    expect(steps.length).to.be.at.least(3);
    for (const { name } of steps) expect(name).to.be.a('string').that.is.not.equal('');
    expect(steps.reduce((rows, step) => rows + step.rows, 0)).to.be.at.least(10);
  });

  it('WAL-8 tells how far it is: never backwards, and in the end all', async () => {
    const told: VerificationProgress[] = [];
    const steps = await verify(stage, (progress) => told.push(progress));
    const done = told.map((progress) => progress.done);
    expect(done).to.deep.equal(done.toSorted((a, b) => a - b));
    expect(told.length).to.be.at.least(3);
    for (const progress of told) expect(progress.total).to.be.at.least(progress.done);
    expect(told.at(-1)?.done).to.equal(told.at(-1)?.total);
    expect(steps.length).to.be.at.least(3);
  });

  it('WAL-8 proves what is new, and goes on from there', async () => {
    await enterEverything(stage);
    const first = await recent(stage);
    expect(first.steps.flatMap(({ violations }) => violations)).to.deep.equal([]);
    await enterEverything(stage);
    const { steps, mark } = await stage.ports.ledgerReader.verifyRecent(first.mark);
    expect(steps.flatMap(({ violations }) => violations)).to.deep.equal([]);
    expect(steps.reduce((rows, step) => rows + step.rows, 0)).to.be.at.least(10);
    expect(mark).to.be.a('string');
  });

  it('WAL-11 sums every kind of account; together they are 0', async () => {
    const read = () => stage.ports.ledgerReader.trialBalance();
    const before = await read();
    const campaign = await enterFunded(stage, { feePerTask: rupiahs(25), targetTotal: 4 });
    await approve(stage, campaign, await enterProof(stage, campaign));
    const user = await enterRich(stage, 50_000);
    await enterWithdrawal(stage, { userId: user.id });
    const after = await read();
    const change = {
      wallets: after.wallets - before.wallets,
      holds: after.holds - before.holds,
      escrows: after.escrows - before.escrows,
      revenue: after.revenue - before.revenue,
      outside: after.outside - before.outside,
    };
    expect(change).to.deep.equal({
      wallets: 1_000_000n - 4n * 525n + 500n + 30_000n,
      holds: 20_000n,
      escrows: 3n * 525n,
      revenue: 25n,
      outside: -1_050_000n,
    });
    const { wallets, holds, escrows, revenue, outside } = after;
    expect(wallets + holds + escrows + revenue + outside).to.equal(0n);
  });

  it('WAL-8 does not see what was rolled back', async () => {
    const before = await stage.ports.ledgerReader.trialBalance();
    const user = await enterUser(stage);
    await abandoned(stage, (tx) => tx.wallets.post(aCredit(user.id, 500)));
    expect(await stage.ports.ledgerReader.trialBalance()).to.deep.equal(before);
  });
};

const badMoney = (stage: Stage): void => {
  it('WAL-8 names an approved proof without its reward', async () => {
    const campaign = await enterFunded(stage, { targetTotal: 1 });
    const proof = await enterProof(stage, campaign);
    expect(await flawsOf(stage, proof.id)).to.deep.equal([]);
    await approve(stage, campaign, proof, { unpaid: true });
    expect(rulesOf(await flawsOf(stage, proof.id))).to.deep.equal(['WAL-8']);
  });

  it('WAL-6 names a reward that went to another than the worker', async () => {
    const campaign = await enterFunded(stage, { targetTotal: 1 });
    const proof = await enterProof(stage, campaign);
    await approve(stage, campaign, proof, { paidTo: await enterUser(stage) });
    const steps = await verify(stage);
    const stray = steps.flatMap(({ violations }) => violations).filter((v) => v.rule === 'WAL-6');
    expect(stray).to.have.length(1);
    expect(stray[0]?.what).to.include('500');
  });

  it('WAL-8 names an escrow that does not hold what its open slots cost', async () => {
    const campaign = await enterFunded(stage);
    await stage.run((tx) => tx.slots.open(campaign, 1));
    const violations = await flawsOf(stage, campaign.id);
    expect(rulesOf(violations)).to.deep.equal(['CAM-7', 'WAL-8']);
    const what = violations.find(({ rule }) => rule === 'WAL-8')?.what;
    expect(what).to.match(/escrow holds \d+, \d+ open slots need \d+/);
  });

  it('DEP-2 names a top-up that was credited with other than its row says', async () => {
    const id = await enterCredited(stage, { credited: 50_000, says: 40_000 });
    expect(rulesOf(await flawsOf(stage, id))).to.deep.equal(['DEP-2']);
  });

  it('WDR-2 names a withdrawal that was paid, yet still waits', async () => {
    const id = await enterPaid(stage, { forgotten: true });
    expect(rulesOf(await flawsOf(stage, id))).to.deep.equal(['WDR-2']);
  });
};

const untoldDecisions = (stage: Stage): void => {
  it('AUD-1 names a decision that the log does not tell of', async () => {
    const campaign = await enterFunded(stage);
    const proof = await enterProof(stage, campaign);
    await approve(stage, campaign, proof, { untold: true });
    expect(rulesOf(await flawsOf(stage, proof.id))).to.deep.equal(['AUD-1']);
  });

  it('AUD-1 names a decision that the log tells of twice', async () => {
    const campaign = await enterFunded(stage);
    const proof = await enterProof(stage, campaign);
    await approve(stage, campaign, proof);
    expect(await flawsOf(stage, proof.id)).to.deep.equal([]);
    const again = { action: 'proof.approve', subject: 'proof', subjectId: proof.id } as const;
    await tell(stage, await enterUser(stage, { role: 'admin' }), again);
    expect(rulesOf(await flawsOf(stage, proof.id))).to.deep.equal(['AUD-1']);
  });

  it('AUD-1 names decisions that were never made, and things that never were', async () => {
    const admin = await enterUser(stage, { role: 'admin' });
    const ids = {
      deposit: (await enterDeposit(stage)).id,
      withdrawal: (await enterWithdrawal(stage)).id,
      campaign: (await enterFunded(stage)).id,
    };
    const told = [
      { action: 'deposit.rejected', subject: 'deposit', subjectId: ids.deposit },
      { action: 'withdrawal.cancel', subject: 'withdrawal', subjectId: ids.withdrawal },
      { action: 'campaign.delete', subject: 'campaign', subjectId: ids.campaign },
    ] as const;
    for (const one of told) await tell(stage, admin, one);
    for (const { subjectId } of told) {
      expect(rulesOf(await flawsOf(stage, subjectId)), subjectId).to.deep.equal(['AUD-1']);
    }
    const subjectId = stage.ids.next();
    await tell(stage, admin, { action: 'proof.approve', subject: 'proof', subjectId });
    const stray = (await verify(stage)).flatMap(({ violations }) => violations);
    expect(stray.some(({ row, what }) => `${row} ${what}`.includes(subjectId))).to.equal(true);
  });

  it('AUD-1 names money that was moved by hand untold, or told twice', async () => {
    const user = await enterUser(stage);
    const untold = aCredit(user.id, 500);
    await stage.run((tx) => tx.wallets.post(untold));
    expect(rulesOf(await flawsOf(stage, untold.id))).to.deep.equal(['AUD-1']);
    const told = aCredit(user.id, 500);
    await stage.run((tx) => postTold(tx, told));
    expect(await flawsOf(stage, told.id)).to.deep.equal([]);
    const again = { action: 'wallet.adjust', subject: 'transaction', subjectId: told.id } as const;
    await tell(stage, user, again);
    expect(rulesOf(await flawsOf(stage, told.id))).to.deep.equal(['AUD-1']);
  });

  it('AUD-1 names what was asked for twice, or by another than its owner', async () => {
    const stranger = await enterUser(stage);
    const ids = {
      deposit: (await enterDeposit(stage, { createdAt: new Date() })).id,
      withdrawal: (await enterWithdrawal(stage)).id,
      campaign: (await enterFunded(stage)).id,
      raised: (await enterFunded(stage)).id,
    };
    for (const id of Object.values(ids)) expect(await flawsOf(stage, id)).to.deep.equal([]);
    const told = [
      { action: 'deposit.request', subject: 'deposit', subjectId: ids.deposit },
      { action: 'withdrawal.request', subject: 'withdrawal', subjectId: ids.withdrawal },
      { action: 'campaign.create', subject: 'campaign', subjectId: ids.campaign },
      { action: 'campaign.raise', subject: 'campaign', subjectId: ids.raised },
    ] as const;
    for (const one of told) await tell(stage, stranger, one);
    for (const { subjectId } of told) {
      expect(rulesOf(await flawsOf(stage, subjectId)), subjectId).to.deep.equal(['AUD-1']);
    }
  });

  it('AUD-1 names what is in the name of another than asked for it', async () => {
    const [owner, stranger] = [await enterRich(stage), await enterUser(stage)];
    const by = { clientId: owner.id, askedBy: stranger.id };
    const campaign = await enterFunded(stage, by);
    expect(rulesOf(await flawsOf(stage, campaign.id))).to.deep.equal(['AUD-1']);
  });

  it('AUD-1 ACC-4 names somebody whose role the log did not give', async () => {
    const user = await enterUser(stage, { role: 'worker' });
    await stage.run((tx) => tx.users.save({ ...user, role: 'admin', permissions: PERMISSIONS }));
    const violations = about(await verify(stage), user.id);
    expect(rulesOf(violations)).to.deep.equal(['AUD-1']);
    expect(violations[0]?.what).to.match(/admin.*worker/);
  });
};

const manyFlaws = (stage: Stage): void => {
  it('WAL-8 counts all rows that are broken, and names at most ten of a step', async () => {
    const before = (await verify(stage)).map(({ broken }) => broken);
    for (let count = 0; count < 12; count += 1) {
      const campaign = await enterFunded(stage);
      await stage.run((tx) => tx.slots.open(campaign, 1));
    }
    const steps = await verify(stage);
    expect(Math.max(...steps.map(({ violations }) => violations.length))).to.equal(10);
    const more = steps.map(({ broken }, index) => broken - (before[index] ?? 0));
    expect(more.filter((count) => count > 0)).to.deep.equal([12]);
  });
};
