import { expect } from 'chai';
import { createMemoryPorts } from '../../../adapters/memory/index.ts';
import { createPostgresPorts, type PostgresPorts } from '../../../adapters/postgres/index.ts';
import { systemClock, uuidIds } from '../../../adapters/system/index.ts';
import {
  asOperator,
  asSystem,
  asUser,
  createCore,
  DEFAULT_SETTINGS,
  type Actor,
  type Core,
  type Ports,
  type Proof,
  type Tx,
} from '../../../core/index.ts';
import { aFile, freshId, freshNumber, rupiahs } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { anOrder, refusal } from '../../support/market.ts';
import { accountsOf, answerOf, DENIED, OUTSIDE, posting, RULE } from './ledger.ts';

const OPERATOR = asOperator('test');
const CLERK = asSystem('check-everything');

/** Somebody with money, a worker, an admin, and a proof that waits. */
const aTown = async (core: Core) => {
  const enter = async (role: 'client' | 'worker' | 'admin') => {
    const telegramId = freshNumber();
    const names = { username: null, displayName: role, languageCode: 'id' };
    const { user } = await core.users.register({ telegramId, ...names });
    const actor = asUser(user.id);
    await core.users.acceptTerms({ actor, version: DEFAULT_SETTINGS.termsVersion });
    if (role === 'admin') await core.users.grantAdmin({ actor: OPERATOR, telegramId });
    else await core.users.chooseRole({ actor, role });
    return { id: user.id, actor };
  };
  const [client, worker, admin] = [
    await enter('client'),
    await enter('worker'),
    await enter('admin'),
  ];
  const asked = { actor: client.actor, amount: rupiahs(50_000), key: freshId<never>() };
  const { id: depositId } = await core.deposits.request({ ...asked, file: aFile() });
  const credited = rupiahs(50_000);
  await core.deposits.approve({ actor: admin.actor, depositId, credited, reason: null });
  const order = { actor: client.actor, ...anOrder({ target: 2 }), key: freshId<never>() };
  const { id: campaignId } = await core.campaigns.create(order);
  const { take } = await core.tasks.take({ actor: worker.actor, campaignId });
  const sent = { actor: worker.actor, takeId: take.id, file: aFile(), sentAt: take.takenAt };
  const proof = await core.proofs.submit(sent);
  return { client, worker, admin, proof };
};

describe('A freeze on PostgreSQL', function () {
  this.timeout(30_000);
  let database: TestDatabase;
  let ports: Ports & PostgresPorts;
  let core: Core;
  let town: Awaited<ReturnType<typeof aTown>>;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    const stored = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    ports = { ...createMemoryPorts(), ...stored, clock: systemClock, ids: uuidIds };
    core = createCore(ports);
    town = await aTown(core);
  });
  after(() => database?.drop());

  const owned = async (statement: string): Promise<void> => {
    await (await database.ownerOrm()).em.fork().execute(statement);
  };
  /** What an owner with psql can do: switch the walls off, change a row, switch them on again. */
  const falsify = (table: string, statement: string): Promise<void> =>
    owned(`begin; alter table ${table} disable trigger user; ${statement};
      alter table ${table} enable trigger user; commit`);
  const check = (scope: 'recent' | 'all') => core.freeze.check({ actor: CLERK, scope });
  const inForce = async () => (await core.freeze.current({ actor: CLERK })).freeze;
  const walletShift = (by: number, user = town.client.id) =>
    falsify(
      'accounts',
      `update accounts set balance = balance + ${by}
        where kind = 'wallet' and owner_id = '${user}'`,
    );

  /** A core that thinks that nothing is frozen: the use case's own question is passed by. */
  const careless = (): Core =>
    createCore({
      ...ports,
      unitOfWork: {
        run: (work) =>
          ports.unitOfWork.run((tx: Tx) =>
            work({ ...tx, freezes: { ...tx.freezes, current: async () => undefined } }),
          ),
      },
    });

  const approve = (on: Core, { id: proofId }: Proof, { actor }: { actor: Actor }) =>
    on.proofs.approve({ actor, proofId });

  it('WAL-13 sound books freeze nothing, by a recent and by a full check', async () => {
    for (const scope of ['recent', 'all'] as const) {
      expect(await check(scope)).to.include({ broken: 0, isNews: false });
    }
    expect(await inForce()).to.equal(null);
  });

  it('WAL-13 a balance changed by the owner is found, and the core refuses to pay', async () => {
    await walletShift(7);
    const { isNews } = await check('recent');
    expect(isNews).to.equal(true);
    await check('all');
    const freeze = await inForce();
    const rows = freeze?.findings.flatMap(({ violations }) => violations.map(({ row }) => row));
    expect(rows).to.include(`accounts ${(await accountsOf(database.orm, town.client.id)).wallet}`);
    expect(await refusal(approve(core, town.proof, town.admin))).to.deep.equal({
      code: 'freeze.in-force',
      details: { since: freeze?.begunAt },
    });
  });

  it('WAL-13 the database refuses itself, where the core forgot to ask', async () => {
    const freeze = await inForce();
    expect(await refusal(approve(careless(), town.proof, town.admin))).to.deep.equal({
      code: 'freeze.in-force',
      details: { since: freeze?.begunAt },
    });
    const { actor } = town.client;
    const { sealed } = await core.withdrawals.prepareNumber({ actor, text: '081234567890' });
    const asked = { actor, amount: rupiahs(10_000), number: sealed, key: freshId<never>() };
    const { transactionId } = await core.withdrawals.request(asked);
    const { hold } = await accountsOf(database.orm, town.client.id);
    const paying = posting(transactionId, hold, OUTSIDE);
    for (const orm of [database.orm, await database.ownerOrm()]) {
      const answer = await answerOf(orm, paying);
      expect(answer).to.include({ code: RULE, constraint: 'postings_stop_when_frozen' });
    }
  });

  it('WAL-13 nobody removes a freeze, changes what it says, or lifts it twice', async () => {
    const { id = '' } = (await inForce()) ?? {};
    const owner = await database.ownerOrm();
    const append = { code: RULE, constraint: 'freezes_append_only' };
    const once = { code: RULE, constraint: 'freezes_lifted_once' };
    for (const statement of ['delete from freezes', 'truncate freezes']) {
      expect(await answerOf(owner, statement)).to.include(append);
      expect(await answerOf(database.orm, statement)).to.include({ code: DENIED });
    }
    expect(await answerOf(owner, `update freezes set begun_at = now()`)).to.include(once);
    expect(await answerOf(owner, `update freezes set news = 0`)).to.include(once);
    expect(await answerOf(database.orm, `update freezes set begun_at = now()`)).to.include({
      code: DENIED,
    });
    const another = `insert into freezes (id, begun_at, findings) values (uuidv7(), now(), '[1]')`;
    expect(await answerOf(database.orm, another)).to.include({ constraint: 'freezes_in_force' });
    const born = `insert into freezes (id, begun_at, findings, lifted_at, lifted_by, lift_reason)
      values (uuidv7(), now(), '[1]', now(), 'me', 'so')`;
    expect(await answerOf(owner, born)).to.include({ constraint: 'freezes_begin_in_force' });
    expect((await check('all')).isNews, 'the same row, in words of now').to.equal(false);
    await core.freeze.lift({ actor: OPERATOR, reason: 'looked into it' });
    for (const statement of [
      `update freezes set lifted_at = null, lifted_by = null, lift_reason = null`,
      `update freezes set lift_reason = 'another'`,
      `update freezes set findings = '[1]' where id = '${id}'`,
    ]) {
      expect(await answerOf(owner, statement), statement).to.include(once);
      expect(await answerOf(database.orm, statement), statement).to.include(once);
    }
    await database.orm.em.fork().execute(`update freezes set owner_told = news`);
    const untell = `update freezes set owner_told = 0`;
    expect(await answerOf(database.orm, untell)).to.include(once);
  });

  it('WAL-13 what was lifted is accepted as it reads, and freezes again when it changes', async () => {
    for (const scope of ['recent', 'all'] as const) {
      expect((await check(scope)).isNews, scope).to.equal(false);
    }
    expect(await inForce()).to.equal(null);
    expect(await approve(core, town.proof, town.admin)).to.include({ outcome: 'approved' });
    await walletShift(1);
    expect((await check('recent')).isNews).to.equal(true);
    expect(await inForce()).not.to.equal(null);
    await walletShift(-8);
    await core.freeze.lift({ actor: OPERATOR, reason: 'mended' });
    expect(await check('all')).to.include({ broken: 0, isNews: false });
    await walletShift(7);
    expect((await check('recent')).isNews, 'accepted once, mended, and there again').to.equal(true);
    await walletShift(-7);
    await core.freeze.lift({ actor: OPERATOR, reason: 'mended again' });
  });

  it('WAL-13 of two processes that check at once one begins the freeze, and admins hear once', async () => {
    await walletShift(3, town.worker.id);
    const results = await Promise.all([check('all'), check('all'), check('all')]);
    expect(results.filter(({ isNews }) => isNews)).to.have.length(1);
    const [row] = await database.orm.em.fork().execute<{ notices: number }[]>(
      `select count(*)::int as notices from outbox
        where dedupe_key like 'freeze:${(await inForce())?.id}:%'`,
    );
    expect(row?.notices).to.equal(1);
    await walletShift(-3, town.worker.id);
    await core.freeze.lift({ actor: OPERATOR, reason: 'mended' });
  });

  it('WAL-13 a changed row of the audit log freezes, too', async () => {
    await core.audit.seal({ actor: CLERK, limit: 1_000 });
    await falsify(
      'audit_logs',
      `update audit_logs set action = 'proof.reject' where action = 'proof.approve'`,
    );
    expect((await check('recent')).isNews).to.equal(true);
    const freeze = await inForce();
    expect(freeze?.findings.map(({ check: name }) => name)).to.include('audit log');
  });
});
