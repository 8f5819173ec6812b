import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Campaign } from '../../../core/index.ts';
import { aFile, freshId, rupiahs } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { aDesk, countingOrm, type Asked, type Desk } from '../../support/desk-on-postgres.ts';
import { anOrder, FIRST_PAGE, numberOf, type Person } from '../../support/market.ts';

/**
 * How often PostgreSQL is waited for, and how many statements it is sent, at most: BEGIN and COMMIT
 * included. The same stands in docs/performance.md.
 */
const MOST = {
  'approve a proof': [4, 5],
  'reject a proof': [4, 8],
  'take a task': [4, 7],
  'send a proof': [4, 15],
  'ask for a top-up': [4, 14],
  'approve a top-up': [5, 10],
  'ask for a withdrawal': [4, 16],
  'claim a withdrawal': [5, 10],
  'pay a withdrawal': [4, 11],
  'create a campaign': [4, 11],
  'see the balance': [3, 5],
  'see the history': [3, 6],
  'see the offers': [5, 8],
  'see the next proof': [7, 12],
  'a tap that shows the home screen': [17, 31],
} as const satisfies Readonly<Record<string, readonly [trips: number, statements: number]>>;

type UseCase = keyof typeof MOST;

/** Gets a use case ready, and gives what does it. */
type Scene = (desk: Desk, cast: Cast) => Promise<() => Promise<unknown>>;

interface Cast {
  readonly client: Person;
  readonly admin: Person;
  readonly worker: Person;
  readonly campaign: Campaign;
}

const work = {
  'approve a proof': async ({ people, core }, { admin: { actor }, worker, client }) => {
    const { id: proofId } = await people.proof(worker, await people.campaign(client));
    return () => core.proofs.approve({ actor, proofId });
  },
  'reject a proof': async ({ people, core }, { admin: { actor }, worker, client }) => {
    const { id: proofId } = await people.proof(worker, await people.campaign(client));
    return () => core.proofs.reject({ actor, proofId, reason: 'blurred' });
  },
  'take a task': async ({ people, core }, { campaign }) => {
    const { actor } = await people.worker();
    return () => core.tasks.take({ actor, campaignId: campaign.id });
  },
  'send a proof': async ({ people }, { campaign }) => {
    const worker = await people.worker();
    const take = await people.take(worker, campaign);
    return () => people.submit(worker, take);
  },
  'see the next proof': async ({ people, core }, { admin: { actor }, worker, client }) => {
    await people.proof(worker, await people.campaign(client));
    return () => core.proofs.next({ actor, skipped: [] });
  },
} satisfies Partial<Record<UseCase, Scene>>;

const money = {
  'ask for a top-up': async ({ people, core }) => {
    const { actor } = await people.client();
    const asked = { actor, amount: rupiahs(10_000), key: freshId(), file: aFile() };
    return () => core.deposits.request(asked);
  },
  'approve a top-up': async ({ people, core }, { admin: { actor } }) => {
    const { id: depositId, claimed } = await people.request(await people.client(), 10_000);
    const approval = { actor, depositId, credited: claimed, reason: null };
    return () => core.deposits.approve(approval);
  },
  'ask for a withdrawal': async ({ people, core }) => {
    const who = await people.client();
    await people.topUp(who, 20_000);
    const { actor } = who;
    const { sealed } = await core.withdrawals.prepareNumber({ actor, text: numberOf(who) });
    const asked = { actor, amount: rupiahs(10_000), number: sealed, key: freshId<never>() };
    return () => core.withdrawals.request(asked);
  },
  'claim a withdrawal': async (desk, { admin: { actor } }) => {
    const withdrawalId = await endorsed(desk);
    return () => desk.core.withdrawals.claim({ actor, withdrawalId, takeOverFrom: null });
  },
  'pay a withdrawal': async (desk, { admin: { actor } }) => {
    const withdrawalId = await endorsed(desk);
    await desk.core.withdrawals.claim({ actor, withdrawalId, takeOverFrom: null });
    const paid = { actor, withdrawalId, reference: null, receipt: null };
    return () => desk.core.withdrawals.pay(paid);
  },
  'create a campaign': async ({ people, core }) => {
    const client = await people.client();
    await people.topUp(client, 1_000_000);
    const order = { actor: client.actor, ...anOrder(), key: freshId() };
    return () => core.campaigns.create(order);
  },
} satisfies Partial<Record<UseCase, Scene>>;

const looks = {
  'see the balance': async ({ core }, { worker: { actor } }) => {
    return () => core.wallet.balances({ actor });
  },
  'see the history': async ({ core }, { worker: { actor } }) => {
    return () => core.wallet.history({ actor, page: FIRST_PAGE });
  },
  'see the offers': async ({ core }, { worker: { actor } }) => {
    return () => core.tasks.offers({ actor, page: FIRST_PAGE });
  },
  'a tap that shows the home screen': async ({ tap }, { worker }) => {
    await tap(worker.telegramId, 'h');
    return () => tap(worker.telegramId, 'h');
  },
} satisfies Partial<Record<UseCase, Scene>>;

const SCENES: Readonly<Record<UseCase, Scene>> = { ...work, ...money, ...looks };

const endorsed = async ({ people, core }: Desk) => {
  const who = await people.client();
  await people.topUp(who, 20_000);
  const { id: withdrawalId } = await people.withdraw(who, 10_000);
  await core.withdrawals.endorse({ actor: (await people.admin()).actor, withdrawalId });
  return withdrawalId;
};

describe('PostgreSQL: how often a use case waits for it', () => {
  let database: TestDatabase;
  let counting: Awaited<ReturnType<typeof countingOrm>>;
  let desk: Desk;
  let cast: Cast;
  before(async () => {
    database = await cloneDatabase();
    counting = await countingOrm(database.botUrl);
    desk = aDesk(counting.orm);
    const { people } = desk;
    const [client, admin, worker] = [
      await people.client(),
      await people.admin(),
      await people.worker(),
    ];
    cast = { client, admin, worker, campaign: await people.campaign(client, { target: 50 }) };
  });
  after(async () => {
    await counting.orm.close(true);
    await database.drop();
  });

  const asked = async (scene: Scene): Promise<Asked> => {
    const act = await scene(desk, cast);
    const before = counting.asked();
    await act();
    const { trips, statements } = counting.asked();
    return { trips: trips - before.trips, statements: statements - before.statements };
  };

  for (const [name, [trips, statements]] of Object.entries(MOST)) {
    it(`${name}: PostgreSQL is waited for no more often than the docs say`, async () => {
      const found = await asked(SCENES[name as UseCase]);
      expect(found.trips, `round trips; ${found.statements} statements`).to.be.at.most(trips);
      expect(found.statements, 'statements').to.be.at.most(statements);
    });
  }

  it('the docs say the same', async () => {
    const page = await readFile(new URL('../../../docs/performance.md', import.meta.url), 'utf8');
    const lines = page.split('\n').map((line) => line.replaceAll(/ +/g, ' '));
    for (const [name, most] of Object.entries(MOST)) {
      expect(lines).to.include(`| ${name} | ${most.join(' | ')} |`);
    }
  });
});
