import { expect } from 'chai';
import { createMemoryPorts } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { systemClock, uuidIds } from '../../../adapters/system/index.ts';
import {
  asOperator,
  asRefusal,
  asSystem,
  asUser,
  createCore,
  DEFAULT_SETTINGS,
  pageRequest,
  rupiah,
  type Actor,
  type Core,
  type OwnRole,
  type ProofId,
  type TakeId,
} from '../../../core/index.ts';
import { aFile, freshId } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';

const PRICE = rupiah(1_000n);
const SETTINGS = {
  ...DEFAULT_SETTINGS,
  feeBasisPoints: 500,
  takenAtOnceMax: 100,
  withdrawMin: rupiah(100n),
  withdrawalsPendingMax: 100,
};

/** The core's own use cases on real PostgreSQL, many callers at once: what memory cannot show. */
describe('the market on PostgreSQL, everybody at once', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let core: Core;
  let client: Actor;
  let admins: readonly Actor[];
  let workers: readonly Actor[];
  let telegramId = 1;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    core = createCore({
      ...createMemoryPorts(),
      ...createPostgresPorts({ orm: database.orm, settings: SETTINGS }),
      clock: systemClock,
      ids: uuidIds,
    });
    client = await join('client');
    workers = await many(12, () => join('worker'));
    admins = await many(4, joinAdmin);
    const deposit = { actor: client, amount: rupiah(5_000_000n), key: freshId() as string };
    const { id } = await core.deposits.request({ ...deposit, file: aFile() });
    const [actor = client] = admins;
    const credited = rupiah(5_000_000n);
    await core.deposits.approve({ actor, depositId: id, credited, reason: null });
  });
  after(() => database?.drop());
  afterEach(async () => {
    const actor = asSystem('test');
    for await (const step of core.wallet.verify({ actor })) {
      expect(step.violations, step.name).to.deep.equal([]);
    }
    const sums = await core.wallet.trialBalance({ actor });
    expect(Object.values(sums).reduce((a, b) => a + b, 0n)).to.equal(0n);
  });

  const many = async <T>(count: number, make: () => Promise<T>): Promise<readonly T[]> => {
    const made: T[] = [];
    for (let i = 0; i < count; i += 1) made.push(await make());
    return made;
  };

  const enter = async (): Promise<{ readonly actor: Actor; readonly telegramId: number }> => {
    telegramId += 1;
    const person = {
      telegramId,
      username: null,
      displayName: `P${telegramId}`,
      languageCode: 'id',
    };
    const { user } = await core.users.register(person);
    const actor = asUser(user.id);
    await core.users.acceptTerms({ actor, version: SETTINGS.termsVersion });
    return { actor, telegramId };
  };

  const join = async (role: OwnRole): Promise<Actor> => {
    const { actor } = await enter();
    await core.users.chooseRole({ actor, role });
    return actor;
  };

  const joinAdmin = async (): Promise<Actor> => {
    const entered = await enter();
    await core.users.grantAdmin({ actor: asOperator('test'), telegramId: entered.telegramId });
    return entered.actor;
  };

  const campaign = (target: number) =>
    core.campaigns.create({
      actor: client,
      key: freshId(),
      kind: 'like',
      link: `https://www.instagram.com/p/${freshId().slice(-12)}`,
      instructions: null,
      pricePerTask: PRICE,
      target,
    });

  const submit = async (actor: Actor, takeId: TakeId): Promise<ProofId> =>
    (await core.proofs.submit({ actor, takeId, file: aFile(), sentAt: new Date() })).id;

  /** How many were allowed, and the codes of those who were not; a fault of ours fails the test. */
  const outcomes = async (calls: readonly Promise<unknown>[]) => {
    const settled = await Promise.allSettled(calls);
    const refused: string[] = [];
    for (const one of settled) {
      if (one.status === 'fulfilled') continue;
      const refusal = asRefusal(one.reason);
      if (!refusal) throw one.reason;
      refused.push(refusal.code);
    }
    return { allowed: settled.length - refused.length, refused };
  };

  it('TSK-3 SEC-A33 twelve workers race for three slots: three win, nine are told', async () => {
    const { id: campaignId } = await campaign(3);
    const { allowed, refused } = await outcomes(
      workers.map((actor) => core.tasks.take({ actor, campaignId })),
    );
    expect(allowed).to.equal(3);
    expect(refused).to.deep.equal(Array(9).fill('task.gone'));
  });

  it('REV-3 REV-4 SEC-A21 fifty taps on Setujui and Tolak pay one proof at most once', async () => {
    const { id: campaignId } = await campaign(1);
    const [actor = client] = workers;
    const { take } = await core.tasks.take({ actor, campaignId });
    const proofId = await submit(actor, take.id);
    const before = await core.wallet.balances({ actor });
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, i) => {
        const decision = { actor: admins[i % admins.length] ?? client, proofId };
        return i % 2 === 0
          ? core.proofs.approve(decision)
          : core.proofs.reject({ ...decision, reason: null });
      }),
    );
    const first = results.filter(({ outcome }) => outcome !== 'already-decided');
    expect(first).to.have.length(1);
    const paid = first[0]?.outcome === 'approved' ? PRICE : 0n;
    expect((await core.wallet.balances({ actor })).wallet - before.wallet).to.equal(paid);
  });

  it('WAL-4 SEC-A26 fifty withdrawals at once take no more than the wallet has', async () => {
    const { wallet } = await core.wallet.balances({ actor: client });
    const each = rupiah(wallet / 10n + 1n);
    const { sealed } = await core.withdrawals.prepareNumber({
      actor: client,
      text: '081234567890',
    });
    const { allowed } = await outcomes(
      Array.from({ length: 50 }, (_, i) =>
        core.withdrawals.request({ actor: client, amount: each, number: sealed, key: `w${i}` }),
      ),
    );
    expect(allowed).to.equal(9);
    for (const { id: withdrawalId } of await core.withdrawals.mine({ actor: client })) {
      await core.withdrawals.cancel({ actor: client, withdrawalId });
    }
    expect((await core.wallet.balances({ actor: client })).wallet).to.equal(wallet);
  });

  it('WAL-7 the same key from twenty taps at once creates and pays one campaign', async () => {
    const { wallet } = await core.wallet.balances({ actor: client });
    const order = {
      actor: client,
      key: freshId() as string,
      kind: 'follow',
      link: 'https://www.tiktok.com/@upah',
      instructions: null,
      pricePerTask: PRICE,
      target: 2,
    } as const;
    const made = await Promise.all(Array.from({ length: 20 }, () => core.campaigns.create(order)));
    expect(new Set(made.map(({ id }) => id)).size).to.equal(1);
    expect(wallet - (await core.wallet.balances({ actor: client })).wallet).to.equal(2_100n);
  });

  it('WDR-2 canceled at the moment an admin taps Proses: one wins, the other is told', async () => {
    const [actor = client] = admins;
    const { sealed: number } = await core.withdrawals.prepareNumber({
      actor: client,
      text: '081234567890',
    });
    const told = { claimed: 'withdrawal.being-processed', canceled: 'withdrawal.not-pending' };
    const { hold } = await core.wallet.balances({ actor: client });
    for (let round = 0; round < 20; round += 1) {
      const request = { actor: client, amount: rupiah(100n), number, key: `race ${round}` };
      const { id: withdrawalId } = await core.withdrawals.request(request);
      await core.withdrawals.endorse({ actor: admins[1] ?? client, withdrawalId });
      const taps = [
        () => core.withdrawals.cancel({ actor: client, withdrawalId }),
        () => core.withdrawals.claim({ actor, withdrawalId, takeOverFrom: null }),
      ];
      const both = (round % 2 === 0 ? taps : taps.toReversed()).map((tap) => tap());
      const { allowed, refused } = await outcomes(both);
      const { withdrawal } = await core.withdrawals.show({ actor, withdrawalId });
      const won = withdrawal.status === 'canceled' ? 'canceled' : 'claimed';
      expect([allowed, refused]).to.deep.equal([1, [told[won]]]);
      if (won === 'claimed') await core.withdrawals.reject({ actor, withdrawalId, reason: 'test' });
    }
    expect((await core.wallet.balances({ actor: client })).hold).to.equal(hold);
  });

  it('DEP-2 twenty decisions on one top-up: one counts, the others hear whose and when', async () => {
    const asked = { actor: client, amount: rupiah(50_000n), key: freshId() as string };
    const { id: depositId } = await core.deposits.request({ ...asked, file: aFile() });
    const before = await core.wallet.balances({ actor: client });
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const decision = { actor: admins[i % admins.length] ?? client, depositId };
        return i % 2 === 0
          ? core.deposits.approve({ ...decision, credited: rupiah(50_000n), reason: null })
          : core.deposits.reject({ ...decision, reason: 'tidak masuk' });
      }),
    );
    const { deposit } = await core.deposits.show({ actor: admins[0] ?? client, depositId });
    if (deposit.status !== 'approved' && deposit.status !== 'rejected') {
      throw new Error(`the top-up is ${deposit.status}`);
    }
    const others = results.filter(({ outcome }) => outcome === 'already-decided');
    expect(others).to.have.length(19);
    for (const other of others) {
      expect(other).to.deep.include({ status: deposit.status, at: deposit.decidedAt });
      expect(other).to.have.nested.property('by.id', deposit.decidedBy);
    }
    const { wallet } = await core.wallet.balances({ actor: client });
    expect(wallet - before.wallet).to.equal(deposit.status === 'approved' ? 50_000n : 0n);
  });

  it('TSK-6 taps on Ambil at the moment of the last rejection get no further try', async () => {
    const [admin = client] = admins;
    for (const actor of workers.slice(0, 6)) {
      const { id: campaignId } = await campaign(4);
      const sent = async () =>
        submit(actor, (await core.tasks.take({ actor, campaignId })).take.id);
      await core.proofs.reject({ actor: admin, proofId: await sent(), reason: null });
      const proofId = await sent();
      const { allowed, refused } = await outcomes([
        core.proofs.reject({ actor: admin, proofId, reason: null }),
        ...Array.from({ length: 5 }, () => core.tasks.take({ actor, campaignId })),
      ]);
      expect(allowed).to.equal(1);
      expect(['task.already-done', 'task.rejected-too-often']).to.include.members(refused);
    }
  });

  it('CAM-6 CAM-7 REV-7 deleting, raising, deciding and giving up all at once loses no rupiah', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { id: campaignId } = await campaign(workers.length + 2);
      const takes = await Promise.all(
        workers.map(async (actor) => ({
          actor,
          take: (await core.tasks.take({ actor, campaignId })).take,
        })),
      );
      const proofs = await Promise.all(
        takes.slice(0, 8).map(({ actor, take }) => submit(actor, take.id)),
      );
      const [admin = client, other = client] = admins;
      await outcomes([
        ...proofs.slice(0, 6).map((proofId) => core.proofs.approve({ actor: admin, proofId })),
        ...proofs
          .slice(4)
          .map((proofId) => core.proofs.reject({ actor: other, proofId, reason: 'tidak jelas' })),
        ...takes.slice(8).map(({ actor, take }) => core.tasks.release({ actor, takeId: take.id })),
        core.campaigns.raise({ actor: client, campaignId, more: 3, key: freshId() }),
        core.campaigns.pause({ actor: client, campaignId }),
        core.campaigns.delete({ actor: client, campaignId }),
      ]);
      await outcomes(
        proofs.map((proofId) =>
          core.proofs.reverse({ actor: admin, proofId, reason: 'salah tekan' }),
        ),
      );
      const shown = await core.campaigns.show({ actor: client, campaignId });
      expect(shown.campaign.status).to.equal('deleted');
      expect(shown.escrow).to.equal(0n);
    }
    const mine = await core.campaigns.mine({ actor: client, page: pageRequest(0, 50) });
    expect(mine.total).to.be.greaterThan(6);
  });
});
