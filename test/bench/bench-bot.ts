import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withSql } from '../../adapters/postgres/orm.ts';
import { cloneDatabase, serverUrl, type TestDatabase } from '../support/database.ts';
import type { StubTelegram } from './stub-telegram.ts';

/** What the process of the bot is asked for, beside what Telegram tells it. */
export type BotRequest = 'memory' | 'start-broadcast' | 'pause-broadcast' | 'resume-broadcast';

/** In bytes. */
export interface Memory {
  /** As it stood, with what waits to be collected and what V8 keeps in reserve. */
  readonly rssBefore: number;
  /** After a collection that gives back whatever can be given back. */
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
}

export type BotTold =
  { readonly ready: true } | { readonly value?: unknown } | { readonly error: string };

/** The whole bot as the product wires it, in a process of its own, on a stub of Telegram. */
export interface BenchBot {
  readonly database: TestDatabase;
  memory(): Promise<Memory>;
  /** To everybody; one at a time. */
  broadcast(what: 'start' | 'pause' | 'resume'): Promise<void>;
  stop(): Promise<void>;
}

export interface BenchBotOptions {
  readonly stub: StubTelegram;
  /** Workers who have accepted the terms; the first of them is an admin. */
  readonly people: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Telegram id of the first of the people; the others' follow on it. */
export const FIRST_PERSON = 1_000_000;

/** The taps whose handlers take as long as their button says. */
export const isSlow = (n: number): boolean => n % 100 === 50;

/** Beside its features it knows a button: `slow:<n>:<ms>` answers and shows `#<n>`. */
export const startBenchBot = async ({
  stub,
  people,
  environment = {},
}: BenchBotOptions): Promise<BenchBot> => {
  const database = await cloneDatabase();
  await enter(database, people);
  const dataDir = mkdtempSync(join(tmpdir(), 'upah-bench-bot-'));
  const child = fork(new URL('bench-bot-process.ts', import.meta.url), {
    execArgv: ['--expose-gc'],
    env: {
      ...process.env,
      BOT_TOKEN: stub.token,
      TELEGRAM_API_ROOT: stub.url,
      DATABASE_URL: database.botUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      DATA_DIR: dataDir,
      HTTP_PORT: '0',
      LOG_LEVEL: 'error',
      ...environment,
    },
  });
  const ended = once(child, 'exit');
  const ask = asking(child, ended);
  const stop = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    await ended;
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await ask();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    database,
    memory: async () => (await ask('memory')) as Memory,
    broadcast: async (what) => void (await ask(`${what}-broadcast`)),
    stop,
  };
};

/** One question at a time; without one, until the bot has started. */
const asking =
  (child: ChildProcess, ended: Promise<unknown>) =>
  async (request?: BotRequest): Promise<unknown> => {
    const answer = once(child, 'message');
    if (request !== undefined) child.send(request);
    const died = ended.then(() => Promise.reject(new Error('the bot under measure has ended')));
    const [told] = (await Promise.race([answer, died])) as [BotTold];
    if ('error' in told) throw new Error(told.error);
    return 'value' in told ? told.value : undefined;
  };

const PERSON = `md5('person ' || n)::uuid`;
/** A wallet's id is below that of its hold: accounts are locked in this order. */
const WALLET = `('0' || substr(md5('wallet ' || n), 2))::uuid`;
const HOLD = `('1' || substr(md5('hold ' || n), 2))::uuid`;

/** By SQL over whole sets, while triggers sleep: what they did to become so is not what is measured. */
const enter = (database: TestDatabase, people: number): Promise<void> =>
  withSql(serverUrl('admin', database.name), async (sql) => {
    await sql(`set session_replication_role = 'replica'`);
    await sql(`
      insert into users (id, telegram_id, display_name, language, role, status, terms_version,
        created_at, acted_at, permissions)
      select ${PERSON}, ${FIRST_PERSON} + n, 'P' || ${FIRST_PERSON} + n, 'id',
        case n when 0 then 'admin' else 'worker' end, 'active', 1, now(), now(),
        case n when 0 then '{review,money,users,settings}'::text[] else '{}' end
      from generate_series(0, ${people - 1}) n`);
    for (const [kind, id] of [
      ['wallet', WALLET],
      ['hold', HOLD],
    ]) {
      await sql(`
        insert into accounts (id, kind, owner_id)
        select ${id}, '${kind}', ${PERSON} from generate_series(0, ${people - 1}) n`);
    }
    await sql(`
      insert into wallets select ${PERSON}, ${WALLET}, ${HOLD}
      from generate_series(0, ${people - 1}) n`);
    await sql('vacuum analyze');
  });
