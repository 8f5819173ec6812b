import { expect } from 'chai';
import { performance } from 'node:perf_hooks';
import { aRecordedLogger } from './lines.ts';

const TOKEN = '7123456789:AAH-abcdefghijklmnopqrstuvwxyz_0123';
const NUMBER = '081234567890';

describe('Log redaction', () => {
  it('SEC-4 a secret is hidden by its name, however written and wherever it stands', () => {
    const { logger, text, last } = aRecordedLogger();
    const names = ['token', 'BOT_TOKEN', 'botToken', 'password', 'dbPassword', 'client_secret'];
    names.push('Authorization', 'x-api-key', 'cookie', 'set-cookie', 'phone', 'phone_number');
    names.push('number', 'walletNumber', 'ewallet_number', 'privateKey', 'key', 'KEK', 'passwd');
    for (const name of names) {
      logger.info('x', {
        [name]: 'hush',
        deep: [{ [name]: { a: ['hush'] } }],
        n: { [name]: 5551 },
      });
      expect(last()[name], name).to.equal('[secret]');
    }
    logger
      .child({ token: 'hush' })
      .info('x', { error: Object.assign(new Error(), { token: 'hush' }) });
    logger.info('x', { headers: new Map([['authorization', 'hush']]) });
    expect(text()).not.to.match(/hush|5551/);
  });

  it('SEC-4 names that only look like it stay readable, and whether a secret is set', () => {
    const { logger, last } = aRecordedLogger();
    const fields = { idempotencyKey: 'proof:1:reward', keyboard: 'k', pinned: 'p', updateId: 5 };
    logger.info('x', { ...fields, token: null, hasToken: true });
    expect(last()).to.include({ ...fields, token: null, hasToken: true });
  });

  it('SEC-A60 a bot token is hidden anywhere in a text, an address or an error', () => {
    const { logger, text } = aRecordedLogger();
    const url = `https://api.telegram.org/file/bot${TOKEN}/photos/file_1.jpg`;
    logger.info(`GET ${url}`, { url, list: [TOKEN], [TOKEN]: 1, quoted: `"${TOKEN}"` });
    logger.info('x', { encoded: url.replace(':AAH', '%3AAAH'), sandbox: '/bot42:sandbox/getMe' });
    const cause = Object.assign(new Error(`request to ${url} failed`), { requestUrl: url });
    logger.error('failed', { error: new Error(`bot${TOKEN}`, { cause }) });
    expect(text()).not.to.include(TOKEN).and.not.to.include('AAH').and.not.to.include('42:sandbox');
    expect(text()).to.include('https://api.telegram.org/file/bot[secret]/photos/file_1.jpg');
  });

  it('SEC-A60 passwords in database addresses and bearer tokens are hidden', () => {
    const { logger, text } = aRecordedLogger();
    const texts = [
      'connect postgres://upah:hush@db:5432/upah failed',
      'postgresql://upah:hush%40@db/upah',
      'postgres://upah:hu/hush@hush@db/upah',
      'postgres://:hush@db',
      'redis://default:hush@cache:6379 and https://a:hush@b.c/d',
      'Authorization: Bearer hush.hush-hush',
      'password=hush&token=hush;secret: hush',
      '{"password":"hush"}',
      'eyJhush12345.eyJhush12345.hush12345',
    ];
    for (const line of texts) logger.info(line, { error: new Error(line), line });
    expect(text()).not.to.include('hush');
    expect(text()).to.include('postgres://upah:[secret]@db:5432/upah');
  });

  it('WDR-3 an e-wallet number is masked but for three digits, however it is written', () => {
    const { logger, last } = aRecordedLogger();
    const written = [
      NUMBER,
      '+6281234567890',
      '6281234567890',
      '0812-3456-7890',
      '0812 3456 7890',
      '+62 812-3456-7890',
      '+62 (812) 3456 7890',
      '0812.3456.7890',
    ];
    for (const number of written) {
      logger.info(`to ${number}, now`, { list: [`e-wallet:${number}`] });
      expect(last()['message'], number).to.equal('to ***890, now');
      expect(last()['list'], number).to.deep.equal(['e-wallet:***890']);
    }
    logger.info('x', {
      a: 6281234567890,
      b: 6281234567890n,
      c: `DANA${NUMBER}`,
      d: `%2B62${NUMBER}`,
    });
    expect(last()).to.include({ a: '***890', b: '***890', c: 'DANA***890' });
    logger.info('shortest 0812345678, longest 0812345678901234');
    expect(last()['message']).to.equal('shortest ***678, longest ***234');
  });

  it('WDR-3 ids, hashes, amounts and times are no phone numbers', () => {
    const { logger, last } = aRecordedLogger();
    const fields = {
      taskId: '0198c0de-0812-7345-8678-081234567890',
      sha256: 'e0812345678901a0628123456789012b0812345678901c0812345678901d0812',
      userId: 6_281_234_567,
      chatId: -1_001_234_567_890,
      amount: '5000000',
      epochMs: 1_785_000_000_000,
      ratio: 0.8123456789012,
      at: '2026-08-12T08:12:34.567Z',
    };
    logger.info('x', fields);
    expect(last()).to.include(fields);
  });

  it('SEC-A66 a hostile text of 100 kB is redacted in no time', () => {
    const { logger } = aRecordedLogger();
    const pieces = [
      '0',
      '08',
      '0812 ',
      '62-8',
      'bot1',
      'eyJ',
      'a://b:',
      'postgres://a:',
      'a.',
      'a-',
    ];
    pieces.push('token=', 'bearer ', '1:', '-', 'abcdef12-', 'abcdef12', '+62 (', ' ', '12345:');
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      const started = performance.now();
      logger.info(text);
      expect(performance.now() - started, piece).to.be.below(500);
    }
  });
});
