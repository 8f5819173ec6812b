import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../adapters/postgres/embedded/index.ts';
import { alive, gone } from '../../../adapters/postgres/embedded/process.ts';
import { withSql } from '../../../adapters/postgres/orm.ts';

interface Child {
  readonly process: ChildProcess;
  readonly postmaster: number;
  readonly port: number;
}

const CHILD = join(import.meta.dirname, '../../support/embedded-child.ts');

describe('embedded PostgreSQL', function () {
  this.timeout(60_000);
  /** As a first start leaves it: making a cluster takes longer than all else that is tried here. */
  let pristine: string | undefined;
  /** A copy of it; the tests take turns, and each finds it as the one before has left it. */
  let dataDir = '';
  let isSpoilt = true;
  let started: EmbeddedPostgres[];
  let children: ChildProcess[];

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    pristine = aDirectory();
    const server = await startEmbeddedPostgres({ dataDir: pristine, volatile: true });
    await server.stop();
  });
  after(() => {
    for (const dir of [pristine, dataDir]) if (dir) rmSync(dir, { recursive: true, force: true });
  });

  beforeEach(() => {
    started = [];
    children = [];
    if (!isSpoilt) return;
    if (dataDir) rmSync(dataDir, { recursive: true, force: true });
    dataDir = aDirectory();
    copyTree(pristine ?? '', dataDir);
    isSpoilt = false;
  });

  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    for (const server of started) await server.stop();
    const left = postmasterOf(dataDir);
    if (left && alive(left)) process.kill(left, 'SIGINT');
    if (left) await gone(left, 10_000);
  });

  const start = async (volatile = true, log: string[] = []): Promise<EmbeddedPostgres> => {
    const onLog = (line: string): unknown => log.push(line);
    const server = await startEmbeddedPostgres({ dataDir, volatile, onLog });
    started.push(server);
    return server;
  };

  const stop = (server: EmbeddedPostgres): Promise<void> => {
    started = started.filter((other) => other !== server);
    return server.stop();
  };

  const startChild = async (ending = 'keep'): Promise<Child> => {
    const child = spawn(process.execPath, [CHILD, dataDir, ending], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    const lines = createInterface({ input: child.stdout });
    const [line] = (await once(lines, 'line')) as [string];
    return { process: child, ...(JSON.parse(line) as { postmaster: number; port: number }) };
  };

  it('OPS-1 keeps its data over a restart and leaves no server running', async () => {
    const first = await start();
    await remember(first, 'Rp 12.500');
    const postmaster = postmasterOf(dataDir) ?? 0;
    await stop(first);
    expect(alive(postmaster)).to.equal(false);
    expect(await recall(await start())).to.equal('Rp 12.500');
  });

  it('OPS-3 starts again after kill -9 of PostgreSQL with all that was committed', async () => {
    const first = await start(false);
    await remember(first, 'committed');
    process.kill(postmasterOf(dataDir) ?? 0, 'SIGKILL');
    await stop(first);
    expect(await recall(await start(false))).to.equal('committed');
  });

  it('OPS-3 adopts the server that kill -9 of Upah left running', async () => {
    const child = await startChild();
    await kill(child);
    expect(alive(child.postmaster)).to.equal(true);
    const log: string[] = [];
    const server = await start(true, log);
    expect(server.port).to.equal(child.port);
    expect(log.join('\n')).to.contain('adopting');
    await remember(server, 'adopted');
    await stop(server);
    expect(alive(child.postmaster)).to.equal(false);
    expect(await recall(await start())).to.equal('adopted');
  });

  it('OPS-3 recovers when Upah and PostgreSQL were both killed', async () => {
    const child = await startChild();
    process.kill(child.postmaster, 'SIGKILL');
    await kill(child);
    await remember(await start(), 'back');
  });

  it('ignores a postmaster.pid whose process is another program now', async () => {
    await stop(await start());
    const stale = [process.pid, dataDir, 0, 5432, '', '127.0.0.1', '', 'ready', ''].join('\n');
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), stale);
    await remember(await start(), 'not fooled');
  });

  it('refuses a second Upah on the same data directory and names the first', async () => {
    const child = await startChild();
    expect(await refusal(start())).to.match(
      new RegExp(`another Upah is running on this DATA_DIR .*pid ${child.process.pid}\\b`),
    );
    expect(alive(child.postmaster)).to.equal(true);
  });

  it('lets one of several that find a stale lock in, and only one', async () => {
    await kill(await startChild());
    const results = await Promise.allSettled([start(), start(), start()]);
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
  });

  for (const ending of ['leave', 'throw', 'exit']) {
    it(`leaves no server behind when its process ends without stop() (${ending})`, async () => {
      const child = await startChild(ending);
      if (child.process.exitCode === null) await once(child.process, 'exit');
      expect(await gone(child.postmaster, 10_000)).to.equal(true);
      expect(existsSync(join(dataDir, 'upah.lock'))).to.equal(false);
    });
  }

  it('keeps generated passwords where only its own account reads them', () => {
    const file = join(pristine ?? '', 'postgres-credentials.json');
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    const passwords = Object.values(JSON.parse(readFileSync(file, 'utf8')) as object);
    expect(new Set(passwords)).to.have.property('size', 3);
  });

  it('WAL-3 gives the bot no DDL, not even temporary tables, and no superuser', async () => {
    const server = await start();
    for (const ddl of ['create table t ()', 'create temp table t ()', 'create schema s']) {
      expect(await refusal(withSql(server.botUrl(), (sql) => sql(ddl)))).to.match(
        /permission denied/,
      );
    }
    const roles = await withSql(server.botUrl(), (sql) =>
      sql(`select rolname from pg_roles
           where rolname like 'upah%' and (rolsuper or rolcreatedb or rolcreaterole)`),
    );
    expect(roles).to.deep.equal([]);
    await withSql(server.ownerUrl(), (sql) => sql('create table t (); drop table t'));
  });

  it('listens on loopback and wants a password', async () => {
    const server = await start();
    const settings = await withSql(server.botUrl(), (sql) =>
      sql(`select current_setting('listen_addresses') l, current_setting('password_encryption') e`),
    );
    expect(settings).to.deep.equal([{ l: '127.0.0.1', e: 'scram-sha-256' }]);
    const wrong = server.botUrl().replace(/upah_bot:[^@]+@/, 'upah_bot:guess@');
    expect(await refusal(withSql(wrong, (sql) => sql('select 1')))).to.match(/password/);
  });

  it('OPS-3 refuses settings that could lose committed money', async () => {
    isSpoilt = true;
    const server = await start(false);
    await withSql(server.adminUrl(), (sql) =>
      sql('alter role upah_bot set synchronous_commit = off'),
    );
    await stop(server);
    expect(await refusal(start(false))).to.match(/without synchronous_commit/);
  });

  it('refuses a cluster of another PostgreSQL, in a sentence that says what to do', async () => {
    isSpoilt = true;
    await stop(await start());
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '17\n');
    expect(await refusal(start())).to.match(/made by PostgreSQL 17 .* restore/);
  });

  it('refuses broken, foreign and missing passwords, and says what to do', async () => {
    isSpoilt = true;
    await stop(await start());
    const file = join(dataDir, 'postgres-credentials.json');
    const credentials = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...credentials, postgres: 'another' }));
    expect(await refusal(start())).to.match(/not those of the database .* backup/);
    writeFileSync(file, '{');
    expect(await refusal(start())).to.match(/does not hold the passwords .* backup/);
    rmSync(file);
    expect(await refusal(start())).to.match(/is missing, .* backup/);
  });
});

/** One that another account may enter: PostgreSQL runs as another one when we are root. */
function aDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'upah-embedded-'));
  chmodSync(dir, 0o755);
  return dir;
}

/** With its modes and owners; `cp` is ten times faster at a cluster's thousands of files than Node. */
function copyTree(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', `${from}/.`, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

async function kill({ process: child }: Child): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

function postmasterOf(dataDir: string): number | undefined {
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

const remember = (server: EmbeddedPostgres, text: string): Promise<unknown> =>
  withSql(server.ownerUrl(), (sql) =>
    sql(`drop table if exists memory; create table memory as select '${text}' as text`),
  );

const recall = async (server: EmbeddedPostgres): Promise<unknown> => {
  const rows = await withSql(server.ownerUrl(), (sql) => sql('select text from memory'));
  return rows[0]?.['text'];
};

async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('expected a refusal');
}
