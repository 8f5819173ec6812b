import { expect } from 'chai';
import { ConfigError, readConfig } from '../../app/config.ts';
import { DEFAULT_SETTINGS } from '../../core/index.ts';

const mistakesOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
};

describe('configuration', () => {
  it('OPS-1 needs nothing: no token means the sandbox, no address the embedded database', () => {
    const config = readConfig({});
    expect(config.botToken).to.equal(undefined);
    expect(config.databaseUrl).to.equal(undefined);
    expect(config.dataDir).to.equal('data/sandbox');
    expect(config.logLevel).to.equal('warn');
    expect(config.settings).to.deep.equal(DEFAULT_SETTINGS);
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
    expect(readConfig({ DATA_DIR, BOT_TOKEN: '1:abcdefghijk' }).dataDir).to.equal(DATA_DIR);
  });

  it('reads an empty value as unset', () => {
    expect(readConfig({ BOT_TOKEN: '', DATA_DIR: '' })).to.deep.equal(readConfig({}));
  });

  it('takes defaults of the marketplace from the environment', () => {
    const { settings, adminTelegramIds } = readConfig({
      FEE_BASIS_POINTS: '250',
      WITHDRAW_FEE: '2500',
      DEPOSIT_INSTRUCTIONS: String.raw`BCA 123\na.n. Upah`,
      ADMIN_TELEGRAM_IDS: '12345, 67890',
    });
    expect(settings.feeBasisPoints).to.equal(250);
    expect(settings.withdrawFee).to.equal(2_500n);
    expect(settings.depositInstructions).to.equal('BCA 123\na.n. Upah');
    expect(adminTelegramIds).to.deep.equal([12_345, 67_890]);
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

  it('SEC-5 refuses settings that contradict each other', () => {
    expect(mistakesOf({ DEPOSIT_MIN: '50000', DEPOSIT_MAX: '20000' })).to.have.length(1);
    expect(mistakesOf({ WITHDRAW_MIN: '6000000' })).to.have.length(1);
    expect(mistakesOf({ TELEGRAM_API_ROOT: 'http://127.0.0.1:8081' })).to.have.length(1);
  });
});
