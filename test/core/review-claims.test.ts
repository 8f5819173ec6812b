import { expect } from 'chai';
import { asUser, type Proof } from '../../core/index.ts';
import { aMarket, FIRST_PAGE, together, type Market, type Person } from '../support/market.ts';

const MINUTE = 60_000;

/** Waiting proofs of a campaign, oldest first, and two admins. */
const aDesk = async (howMany: number) => {
  const market = aMarket();
  const campaign = await market.campaign(await market.client(), { target: 20 });
  const proofs = await together(howMany, async () => market.proof(await market.worker(), campaign));
  return { market, proofs, one: await market.admin(), two: await market.admin() };
};

const next = async (market: Market, { actor }: Person) =>
  (await market.core.proofs.next({ actor, skipped: [] }))?.proof.id;

describe('Cases that an admin has open', () => {
  it('REV-6 others are not given the same one for five minutes', async () => {
    const { market, proofs, one, two } = await aDesk(1);
    const [proof] = proofs;
    const opened = await market.core.proofs.next({ actor: one.actor, skipped: [] });
    const until = new Date(market.clock.now().getTime() + 5 * MINUTE);
    expect(opened?.claim).to.deep.equal({ by: await market.userOf(one), until });
    market.clock.advance(5 * MINUTE - 1);
    expect(await next(market, two)).to.equal(undefined);
    market.clock.advance(1);
    expect(await next(market, two)).to.equal(proof?.id);
  });

  it('REV-6 the minutes are a setting', async () => {
    const market = aMarket({ settings: { reviewClaimMinutes: 2 } });
    const proof = await market.proof(
      await market.worker(),
      await market.campaign(await market.client()),
    );
    const [one, two] = [await market.admin(), await market.admin()];
    await next(market, one);
    market.clock.advance(2 * MINUTE - 1);
    expect(await next(market, two)).to.equal(undefined);
    market.clock.advance(1);
    const opened = await market.core.proofs.open({ actor: two.actor, proofId: proof.id });
    expect(opened.claim?.until.getTime()).to.equal(market.clock.now().getTime() + 2 * MINUTE);
  });

  it('REV-6 twenty admins at once are given twenty cases', async () => {
    const { market, proofs } = await aDesk(20);
    const admins = await together(20, () => market.admin());
    const given = await together(20, (index) => next(market, admins[index] as Person));
    expect(given).to.have.members(proofs.map(({ id }) => id));
  });

  it('REV-6 whoever picks a case of another sees who has it, and takes nothing', async () => {
    const { market, proofs, one, two } = await aDesk(2);
    const [first, second] = proofs as [Proof, Proof];
    await next(market, one);
    const picked = await market.core.proofs.open({ actor: two.actor, proofId: first.id });
    expect(picked.claim?.by.id).to.equal(one.id);
    expect(await next(market, two)).to.equal(second.id);
    const { items } = await market.core.proofs.waiting({ actor: two.actor, page: FIRST_PAGE });
    expect(items.map(({ claim }) => claim?.by.id)).to.deep.equal([one.id, two.id]);
  });

  it('REV-6 picking, going on and leaving frees what was open before', async () => {
    const { market, proofs, one, two } = await aDesk(2);
    const [first, second] = proofs as [Proof, Proof];
    await next(market, one);
    await market.core.proofs.open({ actor: one.actor, proofId: second.id });
    expect(await next(market, two)).to.equal(first.id);
    await market.core.proofs.release({ actor: one.actor });
    const skipped = [first.id];
    const given = await market.core.proofs.next({ actor: two.actor, skipped });
    expect(given?.proof.id).to.equal(second.id);
    expect(await next(market, one)).to.equal(first.id);
  });

  it('REV-4 REV-6 who has an old card decides all the same; the other is told so', async () => {
    const { market, proofs, one, two } = await aDesk(1);
    const [proof] = proofs as [Proof];
    await next(market, one);
    expect(await market.approve(proof, two)).to.include({ outcome: 'approved' });
    expect(await market.reject(proof, one)).to.include({
      outcome: 'already-decided',
      verdict: 'approved',
    });
    const shown = await market.core.proofs.open({ actor: one.actor, proofId: proof.id });
    expect([shown.proof.status, shown.claim]).to.deep.equal(['approved', null]);
  });

  it('REV-6 looking at a case claims nothing', async () => {
    const { market, proofs, one, two } = await aDesk(1);
    const [proof] = proofs as [Proof];
    await market.core.proofs.case({ actor: one.actor, proofId: proof.id });
    await market.core.proofs.waiting({ actor: one.actor, page: FIRST_PAGE });
    await market.core.proofs.taskHistory({ actor: one.actor, taskId: proof.taskId });
    expect(await next(market, two)).to.equal(proof.id);
  });

  it('ACC-7 one’s own case is shown and not claimed', async () => {
    const { market, proofs, one } = await aDesk(1);
    const [proof] = proofs as [Proof];
    const actor = asUser(proof.workerId);
    await market.forceRole({ id: proof.workerId, actor, telegramId: 0 }, 'admin');
    const shown = await market.core.proofs.open({ actor, proofId: proof.id });
    expect([shown.proof.id, shown.claim]).to.deep.equal([proof.id, null]);
    expect(await next(market, one)).to.equal(proof.id);
  });

  it('REV-7 PRF-4 decided cases are listed, the newest decision first', async () => {
    const { market, proofs, one } = await aDesk(3);
    const [first, second, third] = proofs as [Proof, Proof, Proof];
    for (const proof of [second, first]) {
      market.clock.advance(MINUTE);
      await market.approve(proof, one);
    }
    const decided = () => market.core.proofs.decided({ actor: one.actor, page: FIRST_PAGE });
    const ids = async () => (await decided()).items.map(({ proof }) => proof.id);
    expect(await ids()).to.deep.equal([first.id, second.id]);
    market.clock.advance(MINUTE);
    await market.reject(third, one);
    expect(await ids()).to.deep.equal([third.id, first.id, second.id]);
    expect((await decided()).items[0]?.decisions[0]?.verdict).to.equal('rejected');
  });
});
