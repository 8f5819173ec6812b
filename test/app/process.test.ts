import { expect } from 'chai';
import { startSandbox, type Sandbox } from '../../adapters/sandbox/index.ts';
import { checked } from '../adapters/sandbox/schema/check.ts';
import { aDataDir, run, runScript, type OwnProcess } from './own-process.ts';

const [PERSON, SECOND, THIRD] = [100_001, 100_002, 100_003];

describe('the bot as a process with its own database', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let dataDir: ReturnType<typeof aDataDir>;
  let bot: OwnProcess;
  const environment = () => ({
    BOT_TOKEN: sandbox.token,
    TELEGRAM_API_ROOT: sandbox.url,
    DATA_DIR: dataDir.path,
    HTTP_PORT: '0',
  });

  const start = async (): Promise<void> => {
    bot = runScript('start', environment());
    await bot.prints('Upah is running');
  };

  const answers = async (person: number): Promise<void> => {
    const { messages } = await sandbox.client.chat(person);
    await sandbox.client.say(person, '/start');
    await sandbox.client.waitFor(person, (chat) =>
      chat.messages.slice(messages.length).some(({ from }) => from === 'bot'),
    );
  };

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    sandbox = checked(await startSandbox());
    dataDir = aDataDir();
    await start();
  });
  after(async () => {
    bot?.signal('SIGTERM');
    await bot?.ended;
    await sandbox?.stop();
    dataDir?.remove();
  });

  it('WAL-8 ACC-4 the operator’s commands run beside it and leave its database running', async () => {
    const commands = [
      ['ledger', 'verify'],
      ['admin', 'list'],
    ];
    const endings = await Promise.all(
      commands.map((words) => run(['app/cli.ts', ...words], environment()).ended),
    );
    for (const { code, output } of endings) expect(code, output).to.equal(0);
    await answers(PERSON);
  });

  it('OPS-3 a second one on the same data directory refuses in one line', async () => {
    const { code, output } = await run(['app/main.ts'], environment()).ended;
    expect(code).to.equal(1);
    expect(output).to.match(/^Upah cannot run: another Upah is running on this DATA_DIR.*\n$/);
    await answers(PERSON);
  });

  it('OPS-3 SIGTERM with fifty updates waiting ends it in order; the next start goes on', async () => {
    const said = Array.from({ length: 50 }, () => sandbox.client.say(PERSON, '/start'));
    await Promise.all(said);
    bot.signal('SIGTERM');
    const { code, output } = await bot.ended;
    expect(code, output).to.equal(0);
    await start();
    await answers(SECOND);
  });

  it('OPS-3 a database server that dies ends the process with a clear line; the next start goes on', async () => {
    process.kill(dataDir.serverPid(), 'SIGKILL');
    const { code, output } = await bot.ended;
    expect(code, output).to.equal(1);
    expect(output).to.contain('the embedded PostgreSQL has ended by itself');
    await start();
    await answers(THIRD); // what was on its way to somebody is sent again only when its lease is over
  });

  it('SEC-4 a database that is not there is said in one line without its password', async () => {
    const { code, output } = await run(['app/main.ts'], {
      ...environment(),
      DATABASE_URL: 'postgres://upah_bot:hunter2hunter2@127.0.0.1:1/upah',
      DATABASE_OWNER_URL: 'postgres://upah_owner:hunter2hunter2@127.0.0.1:1/upah',
    }).ended;
    expect(code).to.equal(1);
    expect(output).to.contain('the database at 127.0.0.1:1 cannot be reached');
    expect(output).not.to.contain('hunter2');
  });
});
