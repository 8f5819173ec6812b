import { expect } from 'chai';
import { TelegramError } from 'telegraf';
import { untilAnswered } from '../../app/until-answered.ts';
import { failureOf } from '../contracts/harness.ts';
import { silentLog } from '../support/silent-log.ts';

const STOPPED = new Error('stopped');

/** A call that Telegram, or something in between, refuses; the first retry is given up. */
const refused = async (code: number, first?: true): Promise<unknown> => {
  const stop = new AbortController();
  const log = { ...silentLog, warn: () => stop.abort(STOPPED) };
  const call = () =>
    Promise.reject(new TelegramError({ error_code: code, description: 'Not Found' }));
  return failureOf(untilAnswered(call, { log, stop: stop.signal, ...(first && { first }) }));
};

describe('Asking Telegram until it answers', () => {
  it('SEC-4 a token that Telegram does not know ends it with one clear line', async () => {
    for (const ended of [refused(401), refused(401, true), refused(404, true)]) {
      expect(String(await ended)).to.contain('does not know this BOT_TOKEN');
    }
  });

  it('OPS-4 anything else is asked again, also the 404 of a gateway while we run', async () => {
    for (const again of [refused(404), refused(500), refused(500, true)]) {
      expect((await again) as Error).to.have.property('cause', STOPPED);
    }
  });
});
