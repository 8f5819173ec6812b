import { createManualClock } from '../../adapters/memory/index.ts';
import { withSql } from '../../adapters/postgres/orm.ts';
import { dayOf } from '../../adapters/telegram/audit-filter.ts';
import { asSystem, type CampaignId } from '../../core/index.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { aDesk } from '../support/desk-on-postgres.ts';
import type { Side, Tournament, Trial } from './contest.ts';
import { MARKET_SCREENS, type MarketScreen, type Town } from './market-screens.ts';
import { MARKET_END, nameOf, seedMarket, telegramIdOf } from './seed-market.ts';

/** A person notices nothing of it; the rest is noise of the machine. */
const AT_MOST = 1.5;
const SMALL = { people: 20, history: 200 };

interface NamedScreen extends MarketScreen {
  readonly name: string;
}

interface OpenTown {
  readonly town: Town;
  readonly database: TestDatabase;
  readonly rows: Readonly<Record<string, number>>;
}

/** ADM-3, AUD-3, RPT-1, ADM-5: no screen grows with the market. */
export const screens: Tournament = {
  what: 'screens over a big market against the same ones over a small one, from tap to commit',
  sizes: { people: 10_000, history: 100_000 },
  turns: 7,
  openAll: async ({ people = 0, history = 0 }) => {
    const big = await openTown({ people, history });
    const small = await openTown(SMALL);
    return {
      trials: Object.entries(MARKET_SCREENS).map(([name, screen]) =>
        trialOf({ name, ...screen }, big, small),
      ),
      notes: big.rows,
      close: async () => {
        await big.database.drop();
        await small.database.drop();
      },
    };
  },
};

const trialOf = (screen: NamedScreen, big: OpenTown, small: OpenTown): Trial => {
  const { name, open, atMost = AT_MOST, why } = screen;
  const side = (called: string, { town, database }: OpenTown): Side => ({
    name: called,
    run: async () => {
      const bringUp = await open(town);
      const start = performance.now();
      await bringUp();
      const ms = performance.now() - start;
      await requireScreen(database, screen);
      return { done: 1, ms };
    },
  });
  return {
    name,
    reach: { atMost },
    ...(why !== undefined && { why }),
    unit: 'screens',
    measure: 'time',
    ours: side('big', big),
    yardstick: side('small', small),
  };
};

/** What is measured is that screen, and no refusal. */
const requireScreen = async ({ orm }: TestDatabase, { name, shows }: NamedScreen) => {
  const [row] = await orm.em.fork().execute<{ text: string }[]>(`
    select payload ->> 'text' as text from outbox where kind = 'screen' order by id desc limit 1`);
  if (!shows.test(row?.text ?? '')) throw new Error(`not ${name}: ${row?.text}`);
};

const openTown = async (size: typeof SMALL): Promise<OpenTown> => {
  const database = await cloneDatabase();
  await seedMarket(database, size);
  const desk = aDesk(database.orm, createManualClock(MARKET_END));
  const { core } = desk;
  const actor = asSystem('bench');
  while ((await core.reports.closeDays({ actor })) > 0);
  while ((await core.audit.seal({ actor, limit: 1_000 })) > 0);
  const { violations } = await core.audit.verify({ actor });
  if (violations.length > 0) throw new Error(JSON.stringify(violations));
  for await (const { name, violations: broken } of desk.ports.ledgerReader.verify(() => {})) {
    if (broken.length > 0) throw new Error(`${name}: ${JSON.stringify(broken.slice(0, 3))}`);
  }
  await withSql(database.ownerUrl, (sql) => sql('analyze'));
  const { rows, campaign, newestWork } = await lookAt(database);
  const person = async (number: number) => {
    const telegramId = telegramIdOf(number);
    const found = await desk.ports.unitOfWork.run((tx) => tx.users.findByTelegramId(telegramId));
    if (!found) throw new Error(`nobody is ${telegramId}`);
    return { id: found.id, telegramId };
  };
  const newest = size.people - 2;
  const town: Town = {
    desk,
    admin: await person(0),
    otherAdmin: await person(size.people - 1),
    veteran: await person(1),
    newest: {
      ...(await person(newest)),
      name: nameOf(newest),
      username: nameOf(newest).toLowerCase().replace(' ', '_'),
    },
    campaign,
    day: dayOf(newestWork),
  };
  return { town, database, rows };
};

const TABLES = [
  'users',
  'postings',
  'wallet_transactions',
  'takes',
  'task_proofs',
  'proof_decisions',
  'deposits',
  'withdrawals',
  'audit_logs',
  'audit_seals',
  'broadcast_recipients',
];

/** How many rows there are of each kind, a campaign among others, and when much was done. */
const lookAt = async ({ orm }: TestDatabase) => {
  const rows: Record<string, number> = {};
  for (const table of TABLES) {
    const [counted] = await orm.em
      .fork()
      .execute<{ total: number }[]>(`select count(*)::int as total from ${table}`);
    rows[table] = counted?.total ?? 0;
  }
  const [found] = await orm.em.fork().execute<{ id: CampaignId; at: Date }[]>(`
    select id, (select max(created_at) from campaigns) as at from campaigns
    order by created_at limit 1 offset 1`);
  if (!found) throw new Error('there is no campaign');
  return { rows, campaign: found.id, newestWork: found.at };
};
