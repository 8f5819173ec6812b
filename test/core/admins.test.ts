import { expect } from 'chai';
import { PERMISSIONS } from '../../core/index.ts';
import { freshNumber } from '../support/builders.ts';
import { aMarket, OPERATOR, refusal, type Market, type Person } from '../support/market.ts';

const grant = (market: Market, telegramId: number) =>
  market.core.users.grantAdmin({ actor: OPERATOR, telegramId });
const revoke = (market: Market, telegramId: number) =>
  market.core.users.revokeAdmin({ actor: OPERATOR, telegramId });
const configured = (market: Market, ...telegramIds: number[]) =>
  market.core.users.applyConfiguredAdmins({ actor: OPERATOR, telegramIds });
const start = async (market: Market, telegramId: number) => {
  const names = { username: null, displayName: 'Siti', languageCode: 'id' };
  return (await market.core.users.register({ telegramId, ...names })).user;
};
const roleOf = async (market: Market, who: Person) => (await market.userOf(who)).role;

describe('Admins', () => {
  it('ACC-4 a grant makes an admin, a revoke restores the former role', async () => {
    const market = aMarket();
    const who = await market.worker();
    await grant(market, who.telegramId);
    expect(await roleOf(market, who)).to.equal('admin');
    await revoke(market, who.telegramId);
    expect(await roleOf(market, who)).to.equal('worker');
    expect(market.noticesTo(who).map(({ kind }) => kind)).to.include.members([
      'account.admin-granted',
      'account.admin-revoked',
    ]);
  });

  it('ACC-4 SEC-A15 a revoked admin is refused at once', async () => {
    const market = aMarket();
    const [admin, worker] = [await market.admin(), await market.worker()];
    const proof = await market.proof(worker, await market.campaign(await market.client()));
    await revoke(market, admin.telegramId);
    const { code } = await refusal(market.approve(proof, admin));
    expect(code).to.match(/^user\.role/);
    expect((await market.proofNow(proof)).status).to.equal('pending');
  });

  it('ACC-4 nobody but the operator grants or revokes, an admin neither', async () => {
    const market = aMarket();
    const [admin, worker] = [await market.admin(), await market.worker()];
    for (const { actor } of [admin, worker]) {
      const asked = { actor, telegramId: worker.telegramId };
      for (const refused of [
        await refusal(market.core.users.grantAdmin(asked)),
        await refusal(market.core.users.revokeAdmin({ ...asked, telegramId: admin.telegramId })),
      ]) {
        expect(refused.code).to.equal('user.operator-required');
      }
    }
    expect([await roleOf(market, admin), await roleOf(market, worker)]).to.deep.equal([
      'admin',
      'worker',
    ]);
  });

  it('ACC-4 somebody with things open becomes no admin, and the word is not kept', async () => {
    const market = aMarket();
    const client = await market.client();
    const { id: campaignId } = await market.campaign(client);
    expect((await refusal(grant(market, client.telegramId))).code).to.equal('user.things-open');
    await market.core.campaigns.delete({ actor: client.actor, campaignId });
    expect((await start(market, client.telegramId)).role).to.equal('client');
  });

  it('ACC-4 a grant for an unknown id is kept and applied at the first /start', async () => {
    const market = aMarket();
    const telegramId = freshNumber();
    expect(await grant(market, telegramId)).to.deep.equal({ outcome: 'kept' });
    const user = await start(market, telegramId);
    expect(user).to.include({ role: 'admin', formerRole: null });
  });

  it('ACC-4 a revoke before the first /start wins over the kept grant', async () => {
    const market = aMarket();
    const telegramId = freshNumber();
    await grant(market, telegramId);
    expect(await revoke(market, telegramId)).to.deep.equal({ outcome: 'kept' });
    expect((await start(market, telegramId)).role).to.equal(null);
  });

  it('ACC-4 configured ids are granted once; a revoke wins until a grant', async () => {
    const market = aMarket();
    const who = await market.worker();
    expect(await configured(market, who.telegramId)).to.equal(1);
    expect(await roleOf(market, who)).to.equal('admin');
    await revoke(market, who.telegramId);
    expect(await configured(market, who.telegramId)).to.equal(0);
    expect((await start(market, who.telegramId)).role).to.equal('worker');
    await grant(market, who.telegramId);
    expect(await roleOf(market, who)).to.equal('admin');
  });

  it('ACC-4 a configured id not yet known is an admin from its first /start', async () => {
    const market = aMarket();
    const telegramId = freshNumber();
    expect(await configured(market, telegramId, telegramId)).to.equal(1);
    expect((await start(market, telegramId)).role).to.equal('admin');
  });

  it('ACC-4 a configured id with things open becomes an admin after closing them', async () => {
    const market = aMarket();
    const client = await market.client();
    const { id: campaignId } = await market.campaign(client);
    await configured(market, client.telegramId);
    expect((await start(market, client.telegramId)).role).to.equal('client');
    await market.core.campaigns.delete({ actor: client.actor, campaignId });
    expect((await start(market, client.telegramId)).role).to.equal('admin');
  });

  it('ACC-4 a grant that still waits for things to close can be revoked', async () => {
    const market = aMarket();
    const client = await market.client();
    const { id: campaignId } = await market.campaign(client);
    await configured(market, client.telegramId);
    expect(await revoke(market, client.telegramId)).to.deep.equal({ outcome: 'kept' });
    await market.core.campaigns.delete({ actor: client.actor, campaignId });
    expect((await start(market, client.telegramId)).role).to.equal('client');
  });

  it('ACC-4 an operator may revoke before the configured ids are applied, and wins', async () => {
    const market = aMarket();
    const who = await market.worker();
    expect(await revoke(market, who.telegramId)).to.deep.equal({ outcome: 'kept' });
    await configured(market, who.telegramId);
    expect(await roleOf(market, who)).to.equal('worker');
  });

  it('ACC-4 ACC-5 nobody suspended becomes an admin, by no way', async () => {
    const market = aMarket();
    const [worker, early] = [await market.worker(), await market.worker()];
    for (const { id: userId } of [worker, early]) {
      await market.core.users.suspend({ actor: OPERATOR, userId, reason: 'fake proofs' });
    }
    expect((await refusal(grant(market, worker.telegramId))).code).to.equal('user.suspended');
    await configured(market, early.telegramId);
    expect((await start(market, early.telegramId)).role).to.equal('worker');
    await market.core.users.unsuspend({ actor: OPERATOR, userId: early.id });
    expect((await start(market, early.telegramId)).role).to.equal('admin');
  });

  it('ACC-4 granting an admin again is refused', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const again = await refusal(grant(market, admin.telegramId));
    expect(again.code).to.equal('user.already-admin');
  });

  it('ACC-4 AUD-1 every grant and revoke is audited with the role before and after', async () => {
    const market = aMarket();
    const who = await market.worker();
    await grant(market, who.telegramId);
    await revoke(market, who.telegramId);
    const roles = market.auditOf(who.id).filter(({ action }) => action === 'user.role');
    expect(roles.map(({ before, after }) => [before, after])).to.deep.equal([
      [{ role: null }, { role: 'worker' }],
      [{ role: 'worker' }, { role: 'admin', permissions: PERMISSIONS }],
      [{ role: 'admin', permissions: PERMISSIONS }, { role: 'worker' }],
    ]);
    const words = market.auditOf(`telegram:${who.telegramId}`);
    expect(words.map(({ action, actor }) => [action, actor])).to.deep.equal([
      ['admin.grant', OPERATOR],
      ['admin.revoke', OPERATOR],
    ]);
  });
});
