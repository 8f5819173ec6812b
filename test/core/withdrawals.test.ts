import { expect } from 'chai';
import type { Settings } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, FIRST_PAGE, ofKind, OPERATOR, refusal } from '../support/market.ts';

const MIDNIGHT_WIB = new Date('2026-01-05T17:00:00.000Z');

/** A worker who earned 100.000, and two admins. */
const aScene = async (settings: Partial<Settings> = {}) => {
  const market = aMarket({ settings });
  const [worker, one, two] = [await market.worker(), await market.admin(), await market.admin()];
  const price = { pricePerTask: rupiahs(100_000), target: 1 };
  const campaign = await market.campaign(await market.client(), price);
  await market.approve(await market.proof(worker, campaign));
  return { market, worker, one, two, ...market.core.withdrawals };
};

describe('Asking for a withdrawal', () => {
  it('WDR-1 amount and fee move from wallet to hold at once, and admins hear of it', async () => {
    const { market, worker, one, quote } = await aScene({ withdrawFee: rupiahs(1_000) });
    const { actor } = worker;
    expect(await quote({ actor, amount: rupiahs(20_000) })).to.deep.equal({
      amount: 20_000n,
      fee: 1_000n,
      total: 21_000n,
      balance: 100_000n,
      balanceAfter: 79_000n,
      most: 99_000n,
    });
    await market.withdraw(worker, 20_000);
    expect([await market.wallet(worker), await market.hold(worker)]).to.deep.equal([
      79_000n,
      21_000n,
    ]);
    expect(ofKind(market.noticesTo(one), 'desk.waiting').at(-1)).to.deep.include({
      desk: 'withdrawals',
      waiting: 1,
    });
    await market.ledgerIsSound();
  });

  it('WDR-1 what leaves is what the summary showed: another total is refused', async () => {
    const { market, worker, request, prepareNumber } = await aScene();
    const { actor } = worker;
    const { sealed: number } = await prepareNumber({ actor, text: '081234567890' });
    market.ports.changeSettings({ withdrawFee: rupiahs(1_000) });
    const amount = rupiahs(20_000);
    const confirm = request({ actor, amount, number, total: amount, key: 'k' });
    expect(await refusal(confirm)).to.deep.equal({
      code: 'wallet.cost-changed',
      details: { total: 21_000n },
    });
    expect(await market.hold(worker)).to.equal(0n);
  });

  it('WDR-1 at least 10.000, and no more than the wallet has with the fee', async () => {
    const { market, worker } = await aScene({ withdrawFee: rupiahs(1_000) });
    expect(await refusal(market.withdraw(worker, 9_999))).to.deep.equal({
      code: 'money.too-small',
      details: { min: 10_000n },
    });
    expect(await refusal(market.withdraw(worker, 99_001))).to.deep.equal({
      code: 'wallet.insufficient',
      details: { missing: 1n, balance: 100_000n },
    });
    expect((await market.withdraw(worker, 99_000)).fee).to.equal(1_000n);
    expect(await market.wallet(worker)).to.equal(0n);
  });

  it('WDR-1 what rewards did not bring is flagged as topped up', async () => {
    const { market, worker } = await aScene();
    const client = await market.client();
    await market.topUp(client, 50_000);
    const [earned, toppedUp] = [
      await market.withdraw(worker, 100_000),
      await market.withdraw(client, 10_000),
    ];
    expect([earned.flags.toppedUp, toppedUp.flags.toppedUp]).to.deep.equal([false, true]);
  });

  it('WDR-1 earnings once withdrawn do not cover a later withdrawal', async () => {
    const { market, worker, one } = await aScene();
    await market.payOut(await market.withdraw(worker, 60_000), one);
    await market.core.users.chooseRole({ actor: worker.actor, role: 'client' });
    await market.topUp(worker, 20_000);
    const rest = await market.withdraw(worker, 40_000);
    expect(rest.flags.toppedUp).to.equal(false);
    await market.payOut(rest, one);
    expect((await market.withdraw(worker, 10_000)).flags.toppedUp).to.equal(true);
  });

  it('WDR-1 fees that earlier withdrawals cost are no longer covered by earnings', async () => {
    const { market, worker, one } = await aScene({ withdrawFee: rupiahs(5_000) });
    await market.payOut(await market.withdraw(worker, 50_000), one);
    await market.core.users.chooseRole({ actor: worker.actor, role: 'client' });
    await market.topUp(worker, 50_000);
    expect((await market.withdraw(worker, 41_000)).flags.toppedUp).to.equal(true);
  });

  it('WDR-4 the first use of a number is flagged, a known one is not', async () => {
    const { market, worker, one } = await aScene();
    const first = await market.withdraw(worker, 10_000, '0812 3456 7890');
    await market.payOut(first, one);
    const again = await market.withdraw(worker, 10_000, '+62 812-3456-7890');
    await market.payOut(again, one);
    const other = await market.withdraw(worker, 10_000, '0812 3456 7891');
    const flags = [first, again, other].map((made) => made.flags.newNumber);
    expect(flags).to.deep.equal([true, false, true]);
  });

  it('WDR-4 a number that was only asked for and canceled is not a known one', async () => {
    const { market, worker, cancel } = await aScene();
    const { id: withdrawalId } = await market.withdraw(worker, 10_000);
    await cancel({ actor: worker.actor, withdrawalId });
    expect((await market.withdraw(worker, 10_000)).flags.newNumber).to.equal(true);
  });

  it('WDR-4 at most one is pending', async () => {
    const { market, worker, one, quote } = await aScene();
    const first = await market.withdraw(worker, 10_000);
    const refused = { code: 'withdrawal.too-many-pending', details: { max: 1 } };
    expect(await refusal(market.withdraw(worker, 10_000))).to.deep.equal(refused);
    const { actor } = worker;
    expect(await refusal(quote({ actor, amount: rupiahs(10_000) }))).to.deep.equal(refused);
    await market.payOut(first, one);
    expect((await market.withdraw(worker, 10_000)).status).to.equal('pending');
  });

  it('WDR-4 the daily limit counts by the day of the request, in Jakarta', async () => {
    const { market, worker, one } = await aScene({ withdrawPerDayMax: rupiahs(30_000) });
    await market.payOut(await market.withdraw(worker, 20_000), one);
    expect(await refusal(market.withdraw(worker, 10_001))).to.deep.equal({
      code: 'withdrawal.daily-limit',
      details: { max: 30_000n, left: 10_000n, freesAt: MIDNIGHT_WIB },
    });
    market.clock.set(new Date(MIDNIGHT_WIB.getTime() - 1));
    const lateAtNight = await market.withdraw(worker, 10_000);
    market.clock.set(MIDNIGHT_WIB);
    await market.payOut(lateAtNight, one);
    expect((await market.withdraw(worker, 30_000)).status).to.equal('pending');
  });

  it('WDR-4 canceled and rejected ones leave the daily limit free', async () => {
    const { market, worker, one, cancel, reject } = await aScene({
      withdrawPerDayMax: rupiahs(30_000),
    });
    const first = await market.withdraw(worker, 30_000);
    await cancel({ actor: worker.actor, withdrawalId: first.id });
    const second = await market.withdraw(worker, 30_000);
    await market.claim(second, one);
    await reject({ actor: one.actor, withdrawalId: second.id, reason: 'wrong number' });
    expect((await market.withdraw(worker, 30_000)).status).to.equal('pending');
    await market.ledgerIsSound();
  });
});

describe('Processing a withdrawal', () => {
  it('WDR-2 once claimed it is neither canceled nor seen by other admins', async () => {
    const { market, worker, one, two, cancel, waiting, claimedByOthers } = await aScene();
    const { id: withdrawalId } = await market.withdraw(worker, 10_000);
    await market.claim({ id: withdrawalId }, one);
    const canceling = await refusal(cancel({ actor: worker.actor, withdrawalId }));
    expect(canceling.code).to.equal('withdrawal.being-processed');
    const seen = async (list: typeof waiting, { actor }: typeof one) =>
      (await list({ actor, page: FIRST_PAGE })).total;
    expect([await seen(waiting, one), await seen(waiting, two)]).to.deep.equal([1, 0]);
    expect([await seen(claimedByOthers, one), await seen(claimedByOthers, two)]).to.deep.equal([
      0, 1,
    ]);
    expect(ofKind(market.noticesTo(worker), 'withdrawal.processing')).to.deep.equal([
      { kind: 'withdrawal.processing', amount: 10_000n },
    ]);
  });

  it('WDR-2 another admin takes over only past the warning, and wholly', async () => {
    const { market, worker, one, two, pay } = await aScene();
    const made = await market.withdraw(worker, 10_000);
    await market.claim(made, one);
    const at = market.clock.now();
    market.clock.advance(30 * 86_400_000);
    const refused = { code: 'withdrawal.claimed-by-other', details: { by: 'Siti', at } };
    expect(await refusal(market.claim(made, two))).to.deep.equal(refused);
    await market.claim(made, two, one);
    const paying = { withdrawalId: made.id, reference: null, receipt: null };
    const late = await refusal(pay({ actor: one.actor, ...paying }));
    expect(late.code).to.equal('withdrawal.claimed-by-other');
    expect(await pay({ actor: two.actor, ...paying })).to.deep.equal({ outcome: 'paid' });
    expect(ofKind(market.noticesTo(worker), 'withdrawal.processing')).to.have.length(1);
    const actions = market.auditOf(made.id).map(({ action }) => action);
    expect(actions).to.include.members(['withdrawal.claim', 'withdrawal.take-over']);
  });

  it('WDR-2 twenty admins claiming at once: one gets it', async () => {
    const { market, worker } = await aScene();
    const made = await market.withdraw(worker, 10_000);
    const admins = [];
    for (let count = 0; count < 20; count += 1) admins.push(await market.admin());
    const all = await Promise.allSettled(admins.map((admin) => market.claim(made, admin)));
    expect(all.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
  });

  it('WDR-2 nothing is paid or rejected before it is claimed', async () => {
    const { market, worker, one, pay, reject } = await aScene();
    const { id: withdrawalId } = await market.withdraw(worker, 10_000);
    const own = { actor: one.actor, withdrawalId };
    const codes = [
      await refusal(pay({ ...own, reference: null, receipt: null })),
      await refusal(reject({ ...own, reason: 'x' })),
    ].map(({ code }) => code);
    expect(codes).to.deep.equal(Array(2).fill('withdrawal.not-claimed'));
    expect(await market.hold(worker)).to.equal(10_000n);
  });

  it('WDR-2 paid: the amount leaves, the fee is revenue, the worker is told', async () => {
    const { market, worker, one, pay } = await aScene({ withdrawFee: rupiahs(1_000) });
    const made = await market.withdraw(worker, 10_000, '0812 3456 7890');
    const { outside } = await market.trialBalance();
    await market.claim(made, one);
    const receipt = { ...(await market.request(await market.client(), 10_000)).file };
    const payment = { actor: one.actor, withdrawalId: made.id, reference: ' DANA\n123 ', receipt };
    await pay(payment);
    const sums = await market.trialBalance();
    expect(sums).to.include({ holds: 0n, revenue: 1_000n });
    expect(sums.outside - outside).to.equal(10_000n);
    expect(ofKind(market.noticesTo(worker), 'withdrawal.paid')).to.deep.equal([
      {
        kind: 'withdrawal.paid',
        amount: 10_000n,
        maskedNumber: '+62 ••••••••890',
        reference: 'DANA 123',
        receipt: receipt.path,
        balance: 89_000n,
      },
    ]);
    await market.ledgerIsSound();
  });

  it('WDR-2 rejected: the hold returns whole, the worker hears why', async () => {
    const { market, worker, one, reject } = await aScene({ withdrawFee: rupiahs(1_000) });
    const { id: withdrawalId } = await market.withdraw(worker, 10_000);
    await market.claim({ id: withdrawalId }, one);
    const rejection = { actor: one.actor, withdrawalId };
    const empty = await refusal(reject({ ...rejection, reason: ' ' }));
    expect(empty.code).to.equal('reason.required');
    await reject({ ...rejection, reason: 'wrong number' });
    expect([await market.wallet(worker), await market.hold(worker)]).to.deep.equal([100_000n, 0n]);
    expect(ofKind(market.noticesTo(worker), 'withdrawal.rejected')).to.deep.equal([
      {
        kind: 'withdrawal.rejected',
        amount: 10_000n,
        reason: 'wrong number',
        balance: 100_000n,
      },
    ]);
    await market.ledgerIsSound();
  });

  it('WDR-2 SEC-A22 a decided one is decided: later taps tell who, what and when', async () => {
    const { market, worker, one, two, pay, reject, cancel } = await aScene();
    const made = await market.withdraw(worker, 10_000);
    await market.payOut(made, one);
    const [at, by] = [market.clock.now(), await market.userOf(one)];
    market.clock.advance(1);
    const told = { outcome: 'already-decided', status: 'paid', by, at };
    for (const { actor } of [one, two]) {
      const tap = { actor, withdrawalId: made.id };
      expect(await pay({ ...tap, reference: null, receipt: null })).to.deep.equal(told);
      expect(await reject({ ...tap, reason: 'x' })).to.deep.equal(told);
    }
    const canceling = await refusal(cancel({ actor: worker.actor, withdrawalId: made.id }));
    expect(canceling.code).to.equal('withdrawal.not-pending');
    expect((await refusal(market.claim(made, two, one))).code).to.equal('withdrawal.not-pending');
    expect(await market.wallet(worker)).to.equal(90_000n);
    await market.ledgerIsSound();
  });

  it('WDR-2 SEC-A15 a claim of an admin who was revoked is open to a take-over only', async () => {
    const { market, worker, one, two, pay } = await aScene();
    const made = await market.withdraw(worker, 10_000);
    await market.claim(made, one);
    await market.core.users.revokeAdmin({ actor: OPERATOR, telegramId: one.telegramId });
    const paying = { withdrawalId: made.id, reference: null, receipt: null };
    const late = await refusal(pay({ actor: one.actor, ...paying }));
    expect(late.code).to.match(/^user\.role/);
    await market.claim(made, two, one);
    expect(await pay({ actor: two.actor, ...paying })).to.deep.equal({ outcome: 'paid' });
  });
});
