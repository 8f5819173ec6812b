import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { ConfigError, readConfig, VARIABLES } from '../../app/config.ts';
import { variableOf } from '../../app/settings-variables.ts';
import { DEFAULT_SETTINGS, SETTING_KEYS, SETTING_SPECS, type Settings } from '../../core/index.ts';

const BOT_TOKEN = '1:abcdefghijk';

const mistakesOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
};

/** The settings with this variable alone; undefined where it contradicts the defaults of others. */
const readAlone = (name: string, value: number): Settings | undefined =>
  mistakesOf({ [name]: String(value) }).some((line) => line.includes('must not be above'))
    ? undefined
    : readConfig({ [name]: String(value) }).settings;

describe('configuration', () => {
  it('OPS-1 needs nothing: no token means the sandbox, no address the embedded database', () => {
    const config = readConfig({});
    expect(config.botToken).to.equal(undefined);
    expect(config.databaseUrl).to.equal(undefined);
    expect(config.dataDir).to.equal('data/sandbox');
    expect(config.logLevel).to.equal('warn');
    expect(config.settings).to.deep.equal({ ...DEFAULT_SETTINGS, deskNoticeSeconds: 3 });
  });

  it('OPS-1 who plays in the sandbox sees news of the desks soon; the real admins in bundles', () => {
    const seconds = (environment: Record<string, string>) =>
      readConfig(environment).settings.deskNoticeSeconds;
    expect(seconds({})).to.equal(3);
    expect(seconds({ DESK_NOTICE_SECONDS: '20' })).to.equal(20);
    expect(seconds({ BOT_TOKEN })).to.equal(60);
    expect(seconds({ BOT_TOKEN, DESK_NOTICE_SECONDS: '0' })).to.equal(0);
  });

  it('OPS-1 runs with either one of the two database addresses', () => {
    const url = 'postgres://somebody@host/upah';
    for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL']) {
      expect(readConfig({ [name]: url }).databaseUrl).to.equal(url);
    }
  });

  it('OPS-1 the sandbox keeps its play money apart from the real', () => {
    const DATA_DIR = '/srv/upah';
    expect(readConfig({ DATA_DIR }).dataDir).to.equal('/srv/upah/sandbox');
    expect(readConfig({ DATA_DIR, BOT_TOKEN }).dataDir).to.equal(DATA_DIR);
  });

  it('reads an empty value as unset', () => {
    expect(readConfig({ BOT_TOKEN: '', DATA_DIR: '' })).to.deep.equal(readConfig({}));
  });

  it('takes defaults of the marketplace from the environment', () => {
    const { settings, adminTelegramIds } = readConfig({
      FEE_BASIS_POINTS: '250',
      REJECTIONS_MAX: '0',
      REVIEW_CLAIM_MINUTES: '15',
      DECISION_PAUSE_MS: '0',
      WITHDRAW_FEE: '2500',
      DEPOSIT_INSTRUCTIONS: String.raw`BCA 123\na.n. Upah`,
      ADMIN_TELEGRAM_IDS: '12345, 67890',
    });
    expect(settings).to.include({ feeBasisPoints: 250, rejectionsMax: 0, reviewClaimMinutes: 15 });
    expect(settings.decisionPauseMs).to.equal(0);
    expect(settings.withdrawFee).to.equal(2_500n);
    expect(settings.depositInstructions).to.equal('BCA 123\na.n. Upah');
    expect(adminTelegramIds).to.deep.equal([12_345, 67_890]);
  });

  it('SEC-3 takes the pace of people and of the bot from the environment; 0 is no limit', () => {
    const { settings, pace } = readConfig({});
    expect(settings).to.include({ actionsPerSecond: 1, actionsBurst: 5 });
    expect(pace).to.deep.equal({ perSecond: 30, perChatPerSecond: 1 });
    const given = readConfig({
      ACTIONS_PER_SECOND: '0',
      ACTIONS_BURST: '20',
      SEND_PER_SECOND: '0',
      SEND_PER_CHAT_PER_SECOND: '3',
    });
    expect(given.settings).to.include({ actionsPerSecond: 0, actionsBurst: 20 });
    expect(given.pace).to.deep.equal({ perSecond: 0, perChatPerSecond: 3 });
  });

  it('OPS-2 health and metrics are served on this machine; in the sandbox only when asked', () => {
    expect(readConfig({}).httpPort).to.equal(undefined);
    expect(readConfig({ HTTP_PORT: '0' }).httpPort).to.equal(0);
    expect(readConfig({ BOT_TOKEN })).to.include({ httpPort: 3001, httpHost: '127.0.0.1' });
    const open = readConfig({ BOT_TOKEN, HTTP_PORT: '8080', HTTP_HOST: '0.0.0.0' });
    expect(open).to.include({ httpPort: 8080, httpHost: '0.0.0.0' });
  });

  it('OPS-4 without an address for it there is no webhook', () => {
    expect(readConfig({ BOT_TOKEN }).webhook).to.equal(undefined);
    expect(readConfig({ BOT_TOKEN, WEBHOOK_PORT: '9' }).webhook).to.equal(undefined);
  });

  it('OPS-4 SEC-4 every replica makes the same secret of the token, which does not give it away', () => {
    const WEBHOOK_URL = 'https://bot.example.com/telegram';
    const { webhook } = readConfig({ BOT_TOKEN, WEBHOOK_URL });
    expect(webhook).to.deep.include({ url: WEBHOOK_URL, port: 3002 });
    expect(webhook?.secret)
      .to.match(/^[\w-]{16,256}$/)
      .and.not.to.contain(BOT_TOKEN.slice(2));
    expect(readConfig({ BOT_TOKEN, WEBHOOK_URL }).webhook).to.deep.equal(webhook);
    const other = readConfig({ BOT_TOKEN: '2:abcdefghijk', WEBHOOK_URL }).webhook;
    expect(other?.secret).not.to.equal(webhook?.secret);
    const WEBHOOK_SECRET = 'chosen_by-the-operator';
    const chosen = readConfig({ BOT_TOKEN, WEBHOOK_URL, WEBHOOK_SECRET, WEBHOOK_PORT: '0' });
    expect(chosen.webhook).to.deep.equal({ url: WEBHOOK_URL, secret: WEBHOOK_SECRET, port: 0 });
  });

  it('SEC-5 SEC-4 refuses a webhook that is open, weak, in the sandbox or in its own way', () => {
    const WEBHOOK_URL = 'https://bot.example.com/telegram';
    const hint = (environment: Record<string, string>) => {
      const lines = mistakesOf(environment);
      expect(lines).to.have.length(1);
      return lines[0];
    };
    expect(hint({ WEBHOOK_URL })).to.match(/^WEBHOOK_URL needs BOT_TOKEN/);
    const open = { BOT_TOKEN, WEBHOOK_URL: 'http://bot.example.com/telegram' };
    expect(hint(open)).to.match(/^WEBHOOK_URL must begin with https/);
    expect(hint({ BOT_TOKEN, WEBHOOK_URL: 'bot.example.com' })).to.match(/^WEBHOOK_URL must be/);
    for (const more of ['https://user:pw@bot.example.com/t', 'https://bot.example.com/t?a=1']) {
      expect(hint({ BOT_TOKEN, WEBHOOK_URL: more })).to.match(/no user, query or fragment/);
    }
    const weak = hint({ BOT_TOKEN, WEBHOOK_URL, WEBHOOK_SECRET: 'hunter2' });
    expect(weak)
      .to.match(/^WEBHOOK_SECRET must be/)
      .and.not.to.contain('hunter2');
    const both = hint({ BOT_TOKEN, WEBHOOK_URL, WEBHOOK_PORT: '8080', HTTP_PORT: '8080' });
    expect(both).to.match(/^WEBHOOK_PORT and HTTP_PORT must differ/);
    for (const ports of [{ HTTP_PORT: '3002' }, { WEBHOOK_PORT: '3001' }]) {
      expect(mistakesOf({ BOT_TOKEN, WEBHOOK_URL, ...ports })).to.have.length(1);
      expect(mistakesOf({ BOT_TOKEN, ...ports })).to.deep.equal([]);
    }
    const free = { BOT_TOKEN, WEBHOOK_URL, WEBHOOK_PORT: '0', HTTP_PORT: '0' };
    expect(mistakesOf(free)).to.deep.equal([]);
    const here = { BOT_TOKEN, WEBHOOK_URL: 'http://127.0.0.1:3002/telegram' };
    expect(mistakesOf(here)).to.deep.equal([]);
  });

  it('WAL-13 an owner chat may be a group, and may have a bot of its own, which needs it', () => {
    expect(readConfig({}).ownerChat).to.equal(undefined);
    const OWNER_CHAT_ID = '-1001234567890';
    const chat = { chatId: -1_001_234_567_890 };
    expect(readConfig({ OWNER_CHAT_ID }).ownerChat).to.deep.equal({ ...chat, token: undefined });
    const OWNER_BOT_TOKEN = '2:abcdefghijk';
    const both = readConfig({ OWNER_CHAT_ID, OWNER_BOT_TOKEN }).ownerChat;
    expect(both).to.deep.equal({ ...chat, token: OWNER_BOT_TOKEN });
    expect(mistakesOf({ OWNER_BOT_TOKEN })).to.deep.equal([
      'OWNER_BOT_TOKEN needs OWNER_CHAT_ID: the chat that it writes to',
    ]);
    expect(mistakesOf({ OWNER_CHAT_ID: '@owner' })[0]).to.match(/^OWNER_CHAT_ID must be/);
    const [line] = mistakesOf({ OWNER_CHAT_ID, OWNER_BOT_TOKEN: 'hunter2' });
    expect(line)
      .to.match(/^OWNER_BOT_TOKEN must be/)
      .and.not.to.contain('hunter2');
  });

  it('SEC-5 refuses a pace that makes no sense', () => {
    const lines = mistakesOf({
      ACTIONS_PER_SECOND: '-1',
      ACTIONS_BURST: '0',
      DESK_NOTICE_SECONDS: '86401',
      SEND_PER_SECOND: '1001',
      SEND_PER_CHAT_PER_SECOND: '1.5',
      HTTP_PORT: '65536',
      REVIEW_CLAIM_MINUTES: '0',
      DECISION_PAUSE_MS: '10001',
      REJECTIONS_MAX: '-1',
    });
    expect(lines).to.have.length(9);
    for (const line of lines) expect(line).to.match(/^[A-Z_]+ must be /);
  });

  it('OPS-1 .env.example names every variable, commented out, and reads as no mistake', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const given = Object.fromEntries(
      [...example.matchAll(/^# ([A-Z][A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    );
    const { WEBHOOK_URL: _webhook, TELEGRAM_API_ROOT: _root, ...rest } = given;
    expect(readConfig(rest).settings).to.deep.equal(DEFAULT_SETTINGS);
    expect(Object.keys(given).toSorted()).to.deep.equal(VARIABLES.toSorted());
    expect(example).not.to.match(/^[A-Z]/m);
  });

  it('SEC-5 names every mistake at once, one readable line each', () => {
    const lines = mistakesOf({
      BOT_TOKEN: 'secret words',
      DATABASE_URL: 'mysql://localhost/upah',
      ADMIN_TELEGRAM_IDS: '@budi',
      LOG_LEVEL: 'loud',
      FEE_BASIS_POINTS: '-1',
      WITHDRAW_MIN: '10.000',
      ENCRYPTION_KEY: 'abc',
    });
    expect(lines).to.have.length(7);
    expect(lines.map((line) => line.split(' ')[0])).to.have.members([
      'BOT_TOKEN',
      'DATABASE_URL',
      'ADMIN_TELEGRAM_IDS',
      'LOG_LEVEL',
      'FEE_BASIS_POINTS',
      'WITHDRAW_MIN',
      'ENCRYPTION_KEY',
    ]);
    for (const line of lines) expect(line).to.match(/ must be /);
  });

  it('SEC-4 never repeats a secret in its complaint', () => {
    const lines = mistakesOf({ BOT_TOKEN: 'hunter2', DATABASE_URL: 'http://u:hunter2@host/x' });
    expect(lines).to.have.length(2);
    expect(lines.join('\n')).not.to.contain('hunter2');
  });

  it('SEC-5 ADM-4 holds every setting to the limits that it has in the bot', () => {
    for (const key of SETTING_KEYS) {
      const name = variableOf(key);
      const { kind, min, max } = SETTING_SPECS[key];
      if (name === null || kind === 'hosts' || kind === 'text' || kind === 'time-of-day') continue;
      const edges = [min, max].filter((value) => readAlone(name, value) !== undefined);
      for (const value of edges) expect(Number(readAlone(name, value)?.[key])).to.equal(value);
      expect(edges, name).not.to.deep.equal([]);
      expect(mistakesOf({ [name]: String(max + 1) }), name).to.deep.equal([
        `${name} must be between ${min} and ${max}`,
      ]);
      if (min > 0) expect(mistakesOf({ [name]: String(min - 1) }), name).to.have.length(1);
    }
    const long = 'x'.repeat(SETTING_SPECS.depositInstructions.max + 1);
    expect(mistakesOf({ DEPOSIT_INSTRUCTIONS: long, LINK_HOSTS: 'x.com,Www' })).to.deep.equal([
      'LINK_HOSTS must be hosts separated by commas, in lower case, without www',
      'DEPOSIT_INSTRUCTIONS must have at most 1500 characters',
    ]);
  });

  it('RPT-2 SEC-5 takes the time of the daily report as one, and what makes inactive', () => {
    const { settings } = readConfig({ REPORT_AT: '06:30', INACTIVE_DAYS: '7' });
    expect(settings).to.include({ reportAtMinute: 390, inactiveDays: 7 });
    expect(readConfig({ SECOND_ADMIN_ABOVE: '0' }).settings.secondAdminAbove).to.equal(0n);
    for (const REPORT_AT of ['8:00', '24:00', '08.00', '480']) {
      expect(mistakesOf({ REPORT_AT })).to.deep.equal([
        'REPORT_AT must be a time of day in Jakarta, such as 08:00',
      ]);
    }
    expect(readConfig({ REPORT_AT: '23:00' }).settings.reportAtMinute).to.equal(1_380);
    expect(mistakesOf({ REPORT_AT: '23:01' })).to.deep.equal([
      'REPORT_AT must be between 00:00 and 23:00',
    ]);
  });

  it('SEC-5 refuses settings that contradict each other', () => {
    expect(mistakesOf({ DEPOSIT_MIN: '50000', DEPOSIT_MAX: '20000' })).to.have.length(1);
    expect(mistakesOf({ WITHDRAW_MIN: '6000000' })).to.deep.equal([
      'WITHDRAW_MIN must not be above WITHDRAW_PER_DAY_MAX',
    ]);
    expect(mistakesOf({ TELEGRAM_API_ROOT: 'http://127.0.0.1:8081' })).to.have.length(1);
  });
});
