import { expect } from 'chai';
import { watchDatabase } from '../../app/health/watch-database.ts';

const refused = () =>
  Promise.reject(
    new Error('wrapped', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) }),
  );

const reasonOf = (failed: Promise<never>): Promise<string> =>
  failed.catch((error: unknown) => (error instanceof Error ? error.message : ''));

describe('the watch over the database', () => {
  it('OPS-3 an embedded server that nobody listens for any more ends the bot, in words', async () => {
    const watch = watchDatabase({ embedded: true, ping: refused, everyMs: 1 });
    expect(await reasonOf(watch.failed)).to.contain('the embedded PostgreSQL has ended by itself');
    await watch.stop();
  });

  it('OPS-3 a server elsewhere is waited for, and so is one that recovers', async () => {
    const recovering = () =>
      Promise.reject(Object.assign(new Error('starting up'), { code: '57P03' }));
    for (const [embedded, ping] of [
      [false, refused],
      [true, recovering],
    ] as const) {
      let looks = 0;
      const looked = Promise.withResolvers<string>();
      const watch = watchDatabase({
        embedded,
        everyMs: 1,
        ping: () => {
          looks += 1;
          if (looks === 4) looked.resolve('still looking');
          return ping();
        },
      });
      expect(await Promise.race([reasonOf(watch.failed), looked.promise])).to.equal(
        'still looking',
      );
      await watch.stop();
    }
  });

  it('OPS-3 it stops at once, also while an answer is awaited', async () => {
    const watch = watchDatabase({ embedded: true, ping: () => new Promise(() => undefined) });
    await watch.stop();
  });
});
