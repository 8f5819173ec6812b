import { expect } from 'chai';
import { asSystem, PERMISSIONS, type Permission } from '../../core/index.ts';
import { freshId, freshNumber, rupiahs } from '../support/builders.ts';
import { aMarket, ofKind, OPERATOR, refusal, type Market, type Person } from '../support/market.ts';

const permit = (market: Market, { telegramId }: Person, ...permissions: readonly Permission[]) =>
  market.core.users.setPermissions({ actor: OPERATOR, telegramId, permissions });
const mayNow = async (market: Market, who: Person) => (await market.userOf(who)).permissions;

const ownerHeard = async (market: Market) =>
  (await market.core.owner.untold({ actor: asSystem('test') })).map(({ news }) => news);

describe('What an admin may do', () => {
  it('ADM-1 ACC-4 a grant gives every right, or those that it names, in their order', async () => {
    const market = aMarket();
    const [one, other] = [await market.worker(), await market.worker()];
    const { grantAdmin } = market.core.users;
    await grantAdmin({ actor: OPERATOR, telegramId: one.telegramId });
    await grantAdmin({
      actor: OPERATOR,
      telegramId: other.telegramId,
      permissions: ['money', 'review', 'money'],
    });
    expect(await mayNow(market, one)).to.deep.equal(PERMISSIONS);
    expect(await mayNow(market, other)).to.deep.equal(['review', 'money']);
    expect(ofKind(market.noticesTo(other), 'account.admin-granted')).to.deep.equal([
      { kind: 'account.admin-granted', permissions: ['review', 'money'] },
    ]);
    await market.core.users.revokeAdmin({ actor: OPERATOR, telegramId: one.telegramId });
    expect(await mayNow(market, one)).to.deep.equal([]);
  });

  it('ADM-1 ACC-4 a kept grant keeps its rights; configured ids get all of them', async () => {
    const market = aMarket();
    const [telegramId, configured] = [freshNumber(), freshNumber()];
    const names = { username: null, displayName: 'Siti', languageCode: 'id' };
    const granting = { actor: OPERATOR, telegramId };
    await market.core.users.grantAdmin({ ...granting, permissions: ['review'] });
    await market.core.users.grantAdmin({ ...granting, permissions: ['settings'] });
    const telegramIds = [telegramId, configured];
    await market.core.users.applyConfiguredAdmins({ actor: OPERATOR, telegramIds });
    const started = async (id: number) =>
      (await market.core.users.register({ telegramId: id, ...names })).user.permissions;
    expect(await started(telegramId)).to.deep.equal(['settings']);
    expect(await started(configured)).to.deep.equal(PERMISSIONS);
  });

  it('ADM-1 AUD-1 changed rights hold at once, are told, audited, and heard by the owner', async () => {
    const market = aMarket();
    const [admin, worker] = [await market.admin(), await market.worker()];
    const proof = await market.proof(worker, await market.campaign(await market.client()));
    await permit(market, admin, 'users', 'money');
    expect(await refusal(market.approve(proof, admin))).to.deep.equal({
      code: 'user.permission-required',
      details: { oneOf: ['review'] },
    });
    expect((await market.proofNow(proof)).status).to.equal('pending');
    const permissions = ['money', 'users'];
    expect(ofKind(market.noticesTo(admin), 'account.permissions')).to.deep.equal([
      { kind: 'account.permissions', permissions },
    ]);
    const told = market.auditOf(admin.id).filter(({ action }) => action === 'admin.permissions');
    expect(told.map(({ actor, before, after }) => [actor, before, after])).to.deep.equal([
      [OPERATOR, { permissions: PERMISSIONS }, { permissions }],
    ]);
    const news = { kind: 'admin-granted', name: 'Siti', permissions, by: 'operator:test' };
    expect((await ownerHeard(market)).at(-1)).to.deep.equal(news);
  });

  it('ADM-1 the rights that an admin has already change nothing', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const before = market.ports.auditLog().length;
    await permit(market, admin, ...PERMISSIONS.toReversed());
    expect(market.ports.auditLog().length).to.equal(before);
    expect(ofKind(market.noticesTo(admin), 'account.permissions')).to.deep.equal([]);
  });

  it('ADM-1 no admin is without rights, nobody else has any, and only the operator gives', async () => {
    const market = aMarket();
    const [admin, worker] = [await market.admin(), await market.worker()];
    const { grantAdmin, setPermissions } = market.core.users;
    const codes = [
      await refusal(permit(market, admin)),
      await refusal(
        grantAdmin({ actor: OPERATOR, telegramId: worker.telegramId, permissions: [] }),
      ),
      await refusal(permit(market, worker, 'review')),
      await refusal(
        setPermissions({
          actor: OPERATOR,
          telegramId: freshNumber(),
          permissions: ['review'],
        }),
      ),
      await refusal(
        setPermissions({
          actor: admin.actor,
          telegramId: admin.telegramId,
          permissions: ['review'],
        }),
      ),
    ].map(({ code }) => code);
    expect(codes).to.deep.equal([
      'user.no-permission-named',
      'user.no-permission-named',
      'user.not-admin',
      'not-found',
      'user.operator-required',
    ]);
    expect(await mayNow(market, admin)).to.deep.equal(PERMISSIONS);
    expect(await mayNow(market, worker)).to.deep.equal([]);
  });

  it('ADM-1 NTF-1 each desk is told to those who may decide there', async () => {
    const market = aMarket();
    const [reviewer, cashier] = [await market.admin(), await market.admin()];
    await permit(market, reviewer, 'review');
    await permit(market, cashier, 'money');
    const client = await market.client();
    await market.proof(await market.worker(), await market.campaign(client));
    await market.topUp(client, 50_000);
    await market.withdraw(client, 10_000);
    const desks = (who: Person) =>
      ofKind(market.noticesTo(who), 'desk.waiting').map(({ desk }) => desk);
    expect(new Set(desks(reviewer))).to.deep.equal(new Set(['proofs']));
    expect(new Set(desks(cashier))).to.deep.equal(new Set(['deposits', 'withdrawals']));
  });

  it('ADM-1 REV-8 an order goes no further than the right of who gave it', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const campaign = await market.campaign(await market.client());
    const { id } = await market.proof(await market.worker(), campaign);
    const scope = { kind: 'campaign', campaignId: campaign.id } as const;
    const order = { actor: admin.actor, scope, proofIds: [id] };
    const { batch } = await market.core.approvals.start({ ...order, key: freshId() });
    await permit(market, admin, 'money', 'users', 'settings');
    await market.core.approvals.run({ actor: asSystem('approve-many'), limit: 9 });
    await permit(market, admin, 'review');
    const { actor } = admin;
    const report = await market.core.approvals.show({ actor, batchId: batch.id });
    expect(report.skipped['no-right']).to.equal(1);
    expect((await market.proofNow({ id })).status).to.equal('pending');
  });
});

describe('The role that an admin gives', () => {
  const change = (market: Market, admin: Person, who: Person, role: 'client' | 'worker') =>
    market.core.users.changeRole({ actor: admin.actor, userId: who.id, role });

  it('ADM-3 AUD-1 somebody with nothing open changes sides, is told, and it is audited', async () => {
    const market = aMarket();
    const [admin, worker] = [await market.admin(), await market.worker()];
    expect((await change(market, admin, worker, 'client')).role).to.equal('client');
    await change(market, admin, worker, 'client');
    expect(ofKind(market.noticesTo(worker), 'account.role')).to.deep.equal([
      { kind: 'account.role', role: 'client' },
    ]);
    const told = market.auditOf(worker.id).at(-1);
    expect([told?.actor, told?.before, told?.after]).to.deep.equal([
      admin.actor,
      { role: 'worker' },
      { role: 'client' },
    ]);
  });

  it('ADM-3 ACC-3 ACC-4 ACC-7 not with things open, not an admin’s, not one’s own', async () => {
    const market = aMarket();
    const [admin, client] = [await market.admin(), await market.client()];
    await market.request(client, 10_000);
    const open = await refusal(change(market, admin, client, 'worker'));
    expect(open.code).to.equal('user.things-open');
    const other = await refusal(change(market, admin, await market.admin(), 'worker'));
    expect(other.code).to.equal('user.already-admin');
    expect((await refusal(change(market, admin, admin, 'worker'))).code).to.equal('user.own');
    const nobody = { ...client, id: freshId<Person['id']>() };
    expect((await refusal(change(market, admin, nobody, 'worker'))).code).to.equal('not-found');
    expect((await market.userOf(client)).role).to.equal('client');
    expect(await market.wallet(client)).to.equal(rupiahs(0));
  });
});
