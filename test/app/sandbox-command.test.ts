import { expect } from 'chai';
import { Telegraf } from 'telegraf';
import { SandboxClient } from '../../adapters/sandbox/index.ts';
import { run, type OwnProcess } from './own-process.ts';

const PERSON = 100_001;

const upahSandbox = (...options: readonly string[]): OwnProcess =>
  run(['app/cli.ts', 'sandbox', ...options], {});

/** What it printed of itself. */
const opened = async (sandbox: OwnProcess) => {
  const [, url = ''] = await sandbox.finds(/^page +(\S+)$/m);
  const [, token = ''] = await sandbox.finds(/^token +(\S+)$/m);
  await sandbox.prints('Ctrl-C ends it');
  return { url, token };
};

describe('upah sandbox: the local Telegram for any other bot', function () {
  this.timeout(30_000);

  it('OPS-1 prints where it is, serves a plain telegraf bot, and ends on SIGTERM', async () => {
    const sandbox = upahSandbox('--port', '0', '--bot-name', 'Echo', '--username', '@echo_bot');
    const { url, token } = await opened(sandbox);
    await sandbox.prints(`apiRoot: '${url}'`);
    const bot = new Telegraf(token, { telegram: { apiRoot: url } });
    bot.on('text', (context) => context.reply(`You said ${context.message.text}`));
    const running = bot.launch();
    const people = new SandboxClient(url);
    await people.say(PERSON, 'hello');
    await people.waitForMessage(PERSON, ({ text }) => text === 'You said hello');
    expect(bot.botInfo).to.include({ first_name: 'Echo', username: 'echo_bot' });
    bot.stop();
    await running;
    sandbox.signal('SIGTERM');
    const { code, output } = await sandbox.ended;
    expect(code, output).to.equal(0);
  });

  it('SEC-5 what it cannot start with is one clear line', async () => {
    const first = upahSandbox('--port', '0');
    const { url } = await opened(first);
    const refused = [
      ['--port', new URL(url).port, /--port: port \d+ is in use/],
      ['--port', '70000', /a port is a number up to 65535/],
      ['--username', 'echo', /ending in "bot"/],
      ['--bot-name', ' ', /1 to 64 characters/],
    ] as const;
    const endings = await Promise.all(
      refused.map(async ([option, value, line]) => {
        const { code, output } = await upahSandbox(option, value).ended;
        return { code, output, line };
      }),
    );
    for (const { code, output, line } of endings) {
      expect(code).to.equal(1);
      expect(output).to.match(line);
    }
    first.signal('SIGINT');
    expect((await first.ended).code).to.equal(0);
  });
});
