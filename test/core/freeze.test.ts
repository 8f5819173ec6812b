import { expect } from 'chai';
import {
  asSystem,
  createFreeze,
  type AuditVerdict,
  type Core,
  type VerifyAudit,
} from '../../core/index.ts';
import { found, withBooks } from '../support/broken-books.ts';
import { aMarket, ofKind, refusal, together } from '../support/market.ts';

const CLERK = asSystem('check-ledger');

/** A proof that waits, one that was approved, and a claimed withdrawal. */
const aDesk = async () => {
  const market = aMarket();
  const [client, worker, admin] = [
    await market.client(),
    await market.worker(),
    await market.admin(),
  ];
  const campaign = await market.campaign(client, { target: 5 });
  const [proof, approved] = [
    await market.proof(worker, campaign),
    await market.proof(await market.worker(), campaign),
  ];
  await market.approve(approved, admin);
  await market.topUp(client, 50_000);
  const withdrawal = await market.withdraw(client, 10_000);
  await market.claim(withdrawal, admin);
  return { market, client, worker, admin, campaign, proof, approved, withdrawal };
};

const payOf = (core: Core, { admin, withdrawal }: Awaited<ReturnType<typeof aDesk>>) =>
  core.withdrawals.pay({
    actor: admin.actor,
    withdrawalId: withdrawal.id,
    reference: null,
    receipt: null,
  });

describe('A freeze', () => {
  it('WAL-13 says since when, and what was decided before still says so', async () => {
    const desk = await aDesk();
    const { market, admin, proof, approved } = desk;
    await withBooks(market).freeze();
    const since = market.clock.now();
    market.clock.advance(60_000);
    const details = { since };
    expect(await refusal(market.approve(proof, admin))).to.deep.equal({
      code: 'freeze.in-force',
      details,
    });
    expect((await refusal(payOf(market.core, desk))).code).to.equal('freeze.in-force');
    const again = await market.approve(approved, admin);
    expect(again).to.include({ outcome: 'already-decided', verdict: 'approved' });
    const { actor } = admin;
    const undo = market.core.proofs.reverse({ actor, proofId: approved.id, reason: 'fake' });
    expect((await refusal(undo)).code).to.equal('freeze.in-force');
    expect((await market.proofNow(proof)).status).to.equal('pending');
    await market.ledgerIsSound();
  });

  it('WAL-13 rejecting goes on, and lifting lets the waiting be paid', async () => {
    const desk = await aDesk();
    const { market, admin, worker, campaign, proof } = desk;
    const books = withBooks(market);
    await books.freeze();
    const other = await market.proof(await market.worker(), campaign);
    expect(await market.reject(other, admin)).to.deep.equal({ outcome: 'rejected' });
    await books.lift();
    expect(await market.approve(proof, admin)).to.include({ outcome: 'approved' });
    expect(await payOf(market.core, desk)).to.deep.equal({ outcome: 'paid' });
    expect(await market.wallet(worker)).to.equal(campaign.pricePerTask);
    await market.ledgerIsSound();
  });

  it('WAL-13 begins with the first violation, and every admin hears of it once', async () => {
    const market = aMarket();
    const admins = [await market.admin(), await market.admin()];
    const books = withBooks(market);
    expect(await books.check()).to.include({ broken: 0, isNews: false });
    expect(await books.inForce()).to.equal(null);
    books.read(found([]), found(['a', 'b'], 7));
    expect(await books.check()).to.include({ broken: 7, isNews: true });
    const freeze = await books.inForce();
    expect(freeze?.findings).to.have.length(1);
    expect(freeze?.findings[0]?.violations.map(({ row }) => row)).to.deep.equal([
      'accounts a',
      'accounts b',
    ]);
    market.clock.advance(60_000);
    expect(await books.check()).to.include({ broken: 7, isNews: false });
    expect(await books.check('all')).to.include({ broken: 7, isNews: false });
    expect(await books.inForce(), 'nothing of it changed').to.deep.equal(freeze);
    for (const admin of admins) {
      const notices = ofKind(market.noticesTo(admin), 'payments.frozen');
      const since = freeze?.begunAt.toISOString();
      expect(notices).to.deep.equal([{ kind: 'payments.frozen', since, broken: 7 }]);
    }
    const rows = market.auditOf(freeze?.id ?? '');
    expect(rows.map(({ action }) => action)).to.deep.equal(['freeze.begin']);
    expect(rows[0]?.after).to.deep.equal({ status: 'in-force', broken: 7, rules: ['WAL-3'] });
  });

  it('WAL-13 grows with what is found meanwhile, and that is told', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const books = withBooks(market);
    await books.freeze('a');
    books.read(found(['b']));
    expect((await books.check('all')).isNews).to.equal(true);
    const freeze = await books.inForce();
    const rows = freeze?.findings.flatMap(({ violations }) => violations.map(({ row }) => row));
    expect(rows).to.deep.equal(['accounts a', 'accounts b']);
    const [notice] = ofKind(market.noticesTo(admin), 'payments.frozen').toReversed();
    expect(notice?.broken).to.equal(2);
    await books.lift();
    books.read(found(['a', 'b']));
    await books.check('all');
    expect(await books.inForce(), 'all of it was accepted').to.equal(null);
  });

  it('WAL-13 keeps the words of a row as they are now, without telling it again', async () => {
    const market = aMarket();
    const books = withBooks(market);
    await books.freeze('a');
    const [flaw] = found(['a']).violations;
    const reworded = {
      ...found(['a']),
      violations: [{ rule: '', row: '', ...flaw, what: 'more' }],
    };
    books.read(reworded);
    expect((await books.check()).isNews).to.equal(false);
    await books.lift();
    await books.check();
    expect(await books.inForce(), 'as it read when it was lifted').to.equal(null);
  });

  it('WAL-13 checks judge after a lifting whose clock went an hour ahead', async () => {
    const market = aMarket();
    const books = withBooks(market);
    await books.freeze('a');
    market.clock.advance(3_600_000);
    await books.lift();
    market.clock.advance(-3_600_000);
    books.read(found(['b']));
    expect((await books.check()).isNews).to.equal(true);
  });

  it('WAL-13 nothing is judged that was read while a clock that is behind lifted', async () => {
    const market = aMarket();
    const books = withBooks(market);
    await books.freeze('a');
    books.read(found(['a', 'b']));
    books.during(async () => {
      market.clock.advance(-60_000);
      await books.lift();
    });
    expect((await books.check()).isNews).to.equal(false);
    expect(await books.inForce()).to.equal(null);
  });

  it('WAL-13 what was lifted by a clock that is behind is accepted, and all is checked', async () => {
    const market = aMarket();
    const books = withBooks(market);
    await books.check('all');
    await books.freeze('a');
    market.clock.advance(-60_000);
    await books.lift();
    market.clock.advance(60_000);
    expect(await books.check()).to.include({ isNews: false, isFullDue: true });
    expect(await books.inForce()).to.equal(null);
    await books.check('all');
    expect((await books.check()).isFullDue, 'all was checked since').to.equal(false);
  });

  it('WAL-13 what was mended is accepted no more, though a clock that is ahead lifted it', async () => {
    const market = aMarket();
    const books = withBooks(market);
    await books.freeze('a');
    market.clock.advance(3_600_000);
    await books.lift();
    market.clock.advance(-3_600_000);
    books.read(found([]));
    expect((await books.check('all')).broken).to.equal(0);
    expect((await books.check()).isFullDue).to.equal(false);
    books.read(found(['a']));
    expect((await books.check()).isNews).to.equal(true);
  });

  it('WAL-13 a violation of the audit log freezes, too', async () => {
    const market = aMarket();
    const { ledgerReader } = withBooks(market);
    const verdicts: AuditVerdict[] = [
      { broken: 0, violations: [] },
      { broken: 1, violations: [{ rule: 'AUD-2', row: 'audit_logs 7', what: 'changed' }] },
    ];
    const asked: unknown[] = [];
    const verifyAudit = async ({ newest }: Pick<VerifyAudit, 'newest'>): Promise<AuditVerdict> => {
      asked.push(newest);
      return verdicts.shift() ?? { broken: 0, violations: [] };
    };
    const freeze = createFreeze({ ...market.ports, ledgerReader, verifyAudit });
    await freeze.check({ actor: CLERK, scope: 'recent' });
    expect((await freeze.current({ actor: CLERK })).freeze).to.equal(null);
    await freeze.check({ actor: CLERK, scope: 'all' });
    const { freeze: begun } = await freeze.current({ actor: CLERK });
    expect(begun?.findings.map(({ check }) => check)).to.deep.equal(['audit log']);
    expect(asked).to.deep.equal([100, undefined]);
  });

  it('WAL-13 of twenty checks at once one begins it and tells it', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const books = withBooks(market);
    books.read(found(['a']));
    const results = await together(20, () => books.check());
    expect(results.filter(({ isNews }) => isNews)).to.have.length(1);
    expect(ofKind(market.noticesTo(admin), 'payments.frozen')).to.have.length(1);
  });
});
