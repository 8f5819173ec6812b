import { expect } from 'chai';
import { PERMISSIONS, type Withdrawal } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, FIRST_PAGE, ofKind, OPERATOR, refusal, type Person } from '../support/market.ts';

const TOP_UP = 2_000_000;

/** Top-up money that is to go out again: needs two admins, and there are three. */
const aScene = async (amount = 50_000) => {
  const market = aMarket();
  const client = await market.client();
  await market.topUp(client, TOP_UP);
  const withdrawal = await market.withdraw(client, amount);
  const [first, second, third] = [await market.house(), await market.admin(), await market.admin()];
  const { core } = market;
  const scene = { market, client, withdrawal, first, second, third };
  const at = ({ actor }: Person) => ({ actor, withdrawalId: withdrawal.id });
  return {
    ...scene,
    endorse: (by: Person) => core.withdrawals.endorse(at(by)),
    takeBack: (by: Person) => core.withdrawals.takeBackEndorsement(at(by)),
    claim: (by: Person, from?: Person) =>
      core.withdrawals.claim({ ...at(by), takeOverFrom: from?.id ?? null }),
    pay: (by: Person) => core.withdrawals.pay({ ...at(by), reference: null, receipt: null }),
    reject: (by: Person) => core.withdrawals.reject({ ...at(by), reason: 'unclear' }),
    permit: ({ telegramId }: Person, ...permissions: readonly (typeof PERMISSIONS)[number][]) =>
      core.users.setPermissions({ actor: OPERATOR, telegramId, permissions }),
    revoke: ({ telegramId }: Person) => core.users.revokeAdmin({ actor: OPERATOR, telegramId }),
    now: () => core.withdrawals.show(at(third)),
    next: async ({ actor }: Person) =>
      (await core.withdrawals.next({ actor }))?.withdrawal.id ?? null,
  };
};

describe('A second admin', () => {
  it('ADM-2 needs two: more than the limit, or top-up money; the terms of the request stay', async () => {
    const market = aMarket({
      settings: { secondAdminAbove: rupiahs(20_000), withdrawalsPendingMax: 9 },
    });
    const worker = await market.worker();
    const price = { pricePerTask: rupiahs(60_000), target: 1 };
    await market.approve(
      await market.proof(worker, await market.campaign(await market.client(), price)),
    );
    const asked: Withdrawal[] = [];
    for (const amount of [20_000, 20_001]) asked.push(await market.withdraw(worker, amount));
    const poor = await market.client();
    await market.topUp(poor, 50_000);
    asked.push(await market.withdraw(poor, 10_000));
    expect(asked.map(({ needsSecond }) => needsSecond)).to.deep.equal([false, true, true]);
    expect(asked.map(({ endorsement }) => endorsement)).to.deep.equal([null, null, null]);
  });

  it('ADM-2 nobody processes it before an admin has endorsed it; then another one does', async () => {
    const { market, client, endorse, claim, pay, first, second, now } = await aScene();
    expect(await refusal(claim(first))).to.deep.equal({
      code: 'withdrawal.second-admin-required',
      details: { others: 2 },
    });
    const { withdrawal, endorsedBy } = await endorse(first);
    expect(withdrawal.endorsement).to.deep.equal({ by: first.id, at: market.clock.now() });
    expect(endorsedBy?.id).to.equal(first.id);
    expect(await refusal(claim(first))).to.deep.equal({
      code: 'withdrawal.endorsed-by-you',
      details: { others: 2 },
    });
    await claim(second);
    expect(await pay(second)).to.deep.equal({ outcome: 'paid' });
    expect((await now()).endorsedBy?.id).to.equal(first.id);
    expect(await market.hold(client)).to.equal(0n);
    await market.ledgerIsSound();
  });

  it('ADM-2 the endorser takes over no claim, a third admin does', async () => {
    const { endorse, claim, pay, first, second, third } = await aScene();
    await endorse(first);
    await claim(second);
    expect((await refusal(claim(first, second))).code).to.equal('withdrawal.endorsed-by-you');
    expect((await refusal(pay(first))).code).to.equal('withdrawal.claimed-by-other');
    await claim(third, second);
    expect(await pay(third)).to.deep.equal({ outcome: 'paid' });
  });

  it('ADM-2 of two who endorse the second is told who was first; one’s own again is nothing', async () => {
    const { market, withdrawal, endorse, first, second } = await aScene();
    const [won, lost] = await Promise.all([endorse(first), refusal(endorse(second))]);
    const { displayName: by } = await market.userOf(first);
    expect(lost).to.deep.equal({
      code: 'withdrawal.endorsed-by-other',
      details: { by, at: market.clock.now() },
    });
    expect(await endorse(first)).to.deep.equal(won);
    const told = market.auditOf(withdrawal.id).filter(({ action }) => /endorse/.test(action));
    expect(told.map(({ actor, before, after }) => [actor, before, after])).to.deep.equal([
      [first.actor, { endorsedBy: null }, { endorsedBy: first.id }],
    ]);
  });

  it('ADM-2 AUD-1 a word is taken back by who gave it, until somebody processes it', async () => {
    const { market, withdrawal, endorse, takeBack, claim, first, second } = await aScene();
    expect((await refusal(takeBack(first))).code).to.equal('withdrawal.not-endorsed');
    await endorse(first);
    expect((await refusal(takeBack(second))).code).to.equal('withdrawal.not-endorsed');
    expect((await takeBack(first)).withdrawal.endorsement).to.equal(null);
    expect((await refusal(claim(second))).code).to.equal('withdrawal.second-admin-required');
    await endorse(second);
    await claim(first);
    expect((await refusal(takeBack(second))).code).to.equal('withdrawal.claimed-by-other');
    expect(market.auditOf(withdrawal.id).map(({ action }) => action)).to.deep.equal([
      'withdrawal.request',
      'withdrawal.endorse',
      'withdrawal.take-back-endorsement',
      'withdrawal.endorse',
      'withdrawal.claim',
    ]);
  });

  it('ADM-2 ACC-7 nobody endorses their own, nor what one admin is enough for', async () => {
    const { market, client, withdrawal, endorse, takeBack, first } = await aScene();
    await market.forceRole(client, 'admin');
    expect((await refusal(endorse(client))).code).to.equal('withdrawal.own');
    expect((await refusal(takeBack(client))).code).to.equal('withdrawal.own');
    const worker = await market.worker();
    const price = { pricePerTask: rupiahs(60_000), target: 1 };
    const campaign = await market.campaign(await market.client(), price);
    await market.approve(await market.proof(worker, campaign));
    const { id: withdrawalId } = await market.withdraw(worker, 10_000);
    const { actor } = first;
    const simple = await refusal(market.core.withdrawals.endorse({ actor, withdrawalId }));
    expect(simple.code).to.equal('withdrawal.no-second-needed');
    expect((await market.see((tx) => tx.withdrawals.find(withdrawal.id)))?.endorsement).to.equal(
      null,
    );
  });

  it('ADM-2 what waits for a second admin is rejected by any one; what is decided stays so', async () => {
    const { market, client, endorse, reject, first } = await aScene();
    expect(await reject(first)).to.deep.equal({ outcome: 'rejected' });
    expect(await market.wallet(client)).to.equal(BigInt(TOP_UP));
    expect((await refusal(endorse(first))).code).to.equal('withdrawal.not-pending');
    expect((await reject(first)).outcome).to.equal('already-decided');
    await market.ledgerIsSound();
  });

  it('ADM-2 WDR-2 once somebody processes it, they alone reject it', async () => {
    const { market, endorse, claim, reject, first, second, third } = await aScene();
    await endorse(first);
    await claim(second);
    expect((await refusal(reject(third))).code).to.equal('withdrawal.claimed-by-other');
    expect(await reject(second)).to.deep.equal({ outcome: 'rejected' });
    await market.ledgerIsSound();
  });

  it('ADM-1 ADM-2 the word of who may not handle money any more counts for nothing', async () => {
    const { endorse, claim, pay, permit, revoke, first, second, third, now } = await aScene();
    await endorse(first);
    await permit(first, 'review', 'users');
    expect(await refusal(claim(second))).to.deep.equal({
      code: 'withdrawal.second-admin-required',
      details: { others: 1 },
    });
    await endorse(third);
    expect((await now()).endorsedBy?.id).to.equal(third.id);
    await claim(second);
    await revoke(third);
    expect(await pay(second)).to.deep.equal({ outcome: 'paid' });
  });

  it('ADM-2 says where there is no other admin of money', async () => {
    const scene = await aScene();
    const { endorse, claim, permit, revoke, first, second, third, now } = scene;
    expect((await now()).others).to.equal(2);
    const own = { actor: scene.client.actor, withdrawalId: scene.withdrawal.id };
    expect((await scene.market.core.withdrawals.show(own)).others, 'its owner').to.equal(null);
    await permit(first, 'review');
    expect((await now()).others).to.equal(1);
    await permit(first, ...PERMISSIONS);
    await permit(second, 'review');
    await revoke(third);
    const details = { others: 0 };
    expect((await refusal(claim(first))).details).to.deep.equal(details);
    await endorse(first);
    expect((await refusal(claim(first))).details).to.deep.equal(details);
  });

  it('ADM-2 the desk gives it to everybody but its endorser', async () => {
    const { market, withdrawal, endorse, next, first, second } = await aScene();
    expect([await next(first), await next(second)]).to.deep.equal(Array(2).fill(withdrawal.id));
    await endorse(first);
    expect([await next(first), await next(second)]).to.deep.equal([null, withdrawal.id]);
    const { actor } = first;
    const { items } = await market.core.withdrawals.waiting({ actor, page: FIRST_PAGE });
    expect(items.map(({ endorsedBy }) => endorsedBy?.id)).to.deep.equal([first.id]);
  });

  it('ADM-2 NTF-1 the other admins of money hear that it can be processed', async () => {
    const { market, endorse, permit, second, third } = await aScene();
    await permit(third, 'review', 'users', 'settings');
    const fourth = await market.admin();
    await endorse(second);
    const heard = [second, third, fourth].map((who) =>
      ofKind(market.noticesTo(who), 'desk.waiting').map(({ desk, waiting }) => [desk, waiting]),
    );
    expect(heard).to.deep.equal([[], [], [['withdrawals', 1]]]);
  });
});
