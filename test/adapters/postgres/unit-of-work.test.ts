import { expect } from 'chai';
import { connectionLost, isRetryable } from '../../../adapters/postgres/retry.ts';
import {
  createPostgresUnitOfWork,
  type PostgresUnitOfWork,
} from '../../../adapters/postgres/unit-of-work.ts';
import { failureOf } from '../../contracts/harness.ts';
import { barrier, bindNotes, openNotes, type Notes, type NotesTx } from './notes.ts';

const conflict = (code: string): string => `do $$ begin raise sqlstate '${code}'; end $$`;

describe('PostgreSQL unit of work', () => {
  let opened: Notes;
  let unitOfWork: PostgresUnitOfWork<NotesTx>;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    opened = await openNotes();
    unitOfWork = opened.unitOfWork;
  });
  after(() => opened?.drop());
  beforeEach(() => opened.clear());

  const notes = () => opened.read();

  it('commits what a resolved work wrote and nothing of one that threw', async () => {
    const answer = await unitOfWork.run(async (tx) => {
      await tx.write('kept');
      return 42n;
    });
    const failed = unitOfWork.run(async (tx) => {
      await tx.write('lost');
      throw new Error('no');
    });
    expect(await failureOf(failed)).to.have.property('message', 'no');
    expect(answer).to.equal(42n);
    expect(await notes()).to.deep.equal(['kept']);
  });

  it('WAL-4 works at READ COMMITTED', async () => {
    const rows = await unitOfWork.run((tx) => tx.sql('show transaction_isolation'));
    expect(rows).to.deep.equal([{ transaction_isolation: 'read committed' }]);
  });

  for (const code of ['40001', '40P01']) {
    it(`runs the whole work again after ${code}`, async () => {
      let tries = 0;
      await unitOfWork.run(async (tx) => {
        tries += 1;
        await tx.write(`try ${tries}`);
        if (tries < 3) await tx.sql(conflict(code));
      });
      expect(await notes()).to.deep.equal(['try 3']);
    });
  }

  it('gives up after maxAttempts and throws the conflict', async () => {
    let tries = 0;
    const twice = createPostgresUnitOfWork(opened.database.orm, bindNotes, { maxAttempts: 2 });
    const failed = twice.run((tx) => {
      tries += 1;
      return tx.sql(conflict('40001'));
    });
    expect(isRetryable(await failureOf(failed))).to.equal(true);
    expect(tries).to.equal(2);
  });

  it('does not run again after any other error', async () => {
    let tries = 0;
    const failed = unitOfWork.run((tx) => {
      tries += 1;
      return tx.sql('select 1 / 0');
    });
    expect(await failureOf(failed)).to.have.property('code', '22012');
    expect(tries).to.equal(1);
  });

  it('settles a real deadlock: both callers get through', async () => {
    const bothLocked = barrier(2);
    const readBoth = (first: number, second: number): Promise<unknown> => {
      let tries = 0;
      return unitOfWork.run(async (tx) => {
        tries += 1;
        await tx.sql(`update pages set reads = reads + 1 where id = ${first}`);
        if (tries === 1) await bothLocked();
        await tx.sql(`update pages set reads = reads + 1 where id = ${second}`);
      });
    };
    await Promise.all([readBoth(1, 2), readBoth(2, 1)]);
    const rows = await unitOfWork.run((tx) => tx.sql('select reads from pages'));
    expect(rows).to.deep.equal([{ reads: 2n }, { reads: 2n }]);
  });

  it('WAL-7 runs the loser of a race for one idempotency key again', async () => {
    const bothLooked = barrier(2);
    const once = (): Promise<string> => {
      let tries = 0;
      return unitOfWork.run(async (tx) => {
        tries += 1;
        const found = await tx.sql(`select 1 from notes where key = 'k'`);
        if (tries === 1) await bothLooked();
        if (found.length > 0) return 'found';
        await tx.sql(`insert into notes (text, key) values ('paid', 'k')`);
        return 'made';
      });
    };
    const results = await Promise.all([once(), once()]);
    expect(results.toSorted()).to.deep.equal(['found', 'made']);
    expect(await notes()).to.deep.equal(['paid']);
  });

  it('undoes only the savepoint that failed', async () => {
    await unitOfWork.run(async (tx) => {
      await tx.write('before');
      const refused = tx.savepoint(async (inner) => {
        await inner.write('inside');
        await inner.savepoint((innermost) => innermost.write('innermost'));
        throw new Error('refused');
      });
      expect(await failureOf(refused)).to.have.property('message', 'refused');
      await tx.savepoint((inner) => inner.write('second'));
      await tx.write('then');
    });
    expect(await notes()).to.deep.equal(['before', 'second', 'then']);
  });

  it('keeps the transaction alive after a database error in a savepoint', async () => {
    await unitOfWork.run(async (tx) => {
      await failureOf(tx.savepoint((inner) => inner.sql('select 1 / 0')));
      await tx.write('alive');
    });
    expect(await notes()).to.deep.equal(['alive']);
  });

  it('refuses two savepoints of one transaction at once', async () => {
    const both = unitOfWork.run((tx) =>
      Promise.all([
        tx.savepoint((inner) => inner.write('a')),
        tx.savepoint((inner) => inner.write('b')),
      ]),
    );
    expect(await failureOf(both))
      .to.have.property('message')
      .that.contains('savepoint');
    expect(await notes()).to.deep.equal([]);
  });

  it('runs again although a conflict in a savepoint was swallowed', async () => {
    let tries = 0;
    await unitOfWork.run(async (tx) => {
      tries += 1;
      await tx.write(`try ${tries}`);
      if (tries === 1) await failureOf(tx.savepoint((inner) => inner.sql(conflict('40001'))));
    });
    expect(await notes()).to.deep.equal(['try 2']);
  });

  it('runs again although the conflict was swallowed and turned into a refusal', async () => {
    let tries = 0;
    await unitOfWork.run(async (tx) => {
      tries += 1;
      const hidden = tx.savepoint(async (inner) => {
        if (tries === 1) await failureOf(inner.sql(conflict('40P01')));
        await inner.write(`try ${tries}`);
      });
      await hidden.catch(() => {
        throw new Error('sorry');
      });
    });
    expect(await notes()).to.deep.equal(['try 2']);
  });

  it('never reports success of a transaction that PostgreSQL rolled back on COMMIT', async () => {
    const failed = unitOfWork.run(async (tx) => {
      await tx.write('lost');
      await failureOf(tx.sql('select 1 / 0'));
    });
    expect(await failureOf(failed)).to.have.property('name', 'AbortedTransaction');
    expect(await notes()).to.deep.equal([]);
  });

  it('commits nothing that a failed work still sends after its rollback', async () => {
    let late: Promise<unknown> = Promise.resolve();
    const failed = unitOfWork.run((tx) => {
      late = failureOf(tx.sql('select pg_sleep(0.05)').then(() => tx.write('late')));
      return Promise.all([late, Promise.reject(new Error('no'))]);
    });
    expect(await failureOf(failed)).to.have.property('message', 'no');
    expect(await late)
      .to.have.property('message')
      .that.contains('not awaited');
    expect(await notes()).to.deep.equal([]);
  });

  it('refuses a nested run, and works again after it', async () => {
    const nested = unitOfWork.run(() => unitOfWork.run((tx) => tx.write('inner')));
    expect(await failureOf(nested))
      .to.have.property('message')
      .that.contains('inside another');
    await Promise.all(['a', 'b'].map((text) => unitOfWork.run((tx) => tx.write(text))));
    expect(await notes()).to.deep.equal(['a', 'b']);
  });

  it('gives bigint, Date and parsed JSON where the types say so, also in plain SQL', async () => {
    const sql = `select 9007199254740993::bigint as a, sum(b)::bigint as b,
      timestamptz '2026-01-02 03:04:05.678+07' as c, '{"d":1}'::jsonb as d
      from (values (1), (2)) v (b)`;
    const [row] = await unitOfWork.run((tx) => tx.sql(sql));
    const c = new Date('2026-01-01T20:04:05.678Z');
    expect(row).to.deep.equal({ a: 9007199254740993n, b: 3n, c, d: { d: 1 } });
  });

  it('recognises conflicts and lost connections anywhere in the chain of causes', () => {
    const wrapped = (cause: object): Error =>
      new Error('outer', { cause: Object.assign(new Error('inner'), cause) });
    const unique = { code: '23505', constraint: 'wallet_transactions_idempotency_key_key' };
    expect(isRetryable(wrapped({ code: '40P01' }))).to.equal(true);
    expect(isRetryable(wrapped(unique))).to.equal(true);
    expect(isRetryable(wrapped({ ...unique, constraint: 'users_phone_key' }))).to.equal(false);
    // whatever language the server speaks
    expect(isRetryable(wrapped({ code: '0A000', routine: 'RevalidateCachedQuery' }))).to.equal(
      true,
    );
    expect(isRetryable(wrapped({ code: '0A000' }))).to.equal(false);
    expect(connectionLost(wrapped({ code: '57P01' }))).to.equal(true);
    expect(connectionLost(wrapped({ code: 'ECONNREFUSED' }))).to.equal(true);
    expect(connectionLost(wrapped({ code: '42P01' }))).to.equal(false);
  });
});
