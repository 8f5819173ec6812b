import { expect } from 'chai';
import { createOrm } from '../../../adapters/postgres/orm.ts';
import {
  createPostgresUnitOfWork,
  type PostgresUnitOfWork,
} from '../../../adapters/postgres/unit-of-work.ts';
import { failureOf } from '../../contracts/harness.ts';
import { barrier, bindNotes, openNotes, type Notes, type NotesTx } from './notes.ts';

/** More than a transaction is tried. */
const POOL_MAX = 8;

describe('Statements of a PostgreSQL transaction', () => {
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

  it('commits a write that nobody waits for', async () => {
    await unitOfWork.run(async (tx) => {
      tx.writeLater('a');
      expect(await tx.sql('select text from notes')).to.deep.equal([{ text: 'a' }]);
      tx.writeLater('b');
    });
    expect(await notes()).to.deep.equal(['a', 'b']);
  });

  it('rolls everything back where a write that nobody waits for fails, and says why', async () => {
    const failed = unitOfWork.run(async (tx) => {
      await tx.write('before');
      tx.writeLater(null);
      tx.writeLater('after');
    });
    expect(await failureOf(failed)).to.have.property('code', '23502');
    expect(await notes()).to.deep.equal([]);
  });

  it('tells whoever asks next that a write that nobody waits for has failed', async () => {
    const failed = unitOfWork.run(async (tx) => {
      tx.writeLater(null);
      const told = await failureOf(tx.sql('select 1'));
      expect(told).to.have.property('code', '23502');
      expect(await failureOf(tx.sql('select 1'))).to.equal(told);
    });
    expect(await failureOf(failed)).to.have.property('code', '23502');
    expect(await notes()).to.deep.equal([]);
  });

  it('undoes with its savepoint a write that nobody waits for', async () => {
    await unitOfWork.run(async (tx) => {
      tx.writeLater('before');
      const failed = tx.savepoint(async (inner) => {
        inner.writeLater('inside');
        inner.writeLater(null);
      });
      expect(await failureOf(failed)).to.have.property('code', '23502');
      tx.writeLater('then');
    });
    expect(await notes()).to.deep.equal(['before', 'then']);
  });

  it('keeps nothing that is still sent after its savepoint was undone', async () => {
    let late: unknown;
    await unitOfWork.run(async (tx) => {
      let left: NotesTx | undefined;
      const refused = tx.savepoint((inner) => {
        left = inner;
        return Promise.reject(new Error('refused'));
      });
      await failureOf(refused);
      late = await failureOf(left?.write('late') ?? refused);
      await tx.write('then');
    });
    expect(late).to.have.property('message').that.contains('not awaited');
    expect(await notes()).to.deep.equal(['then']);
  });

  it('refuses what is sent beside an open savepoint, whose end might undo it', async () => {
    const beside = unitOfWork.run((tx) =>
      tx.savepoint(async () => {
        tx.writeLater('beside');
      }),
    );
    expect(await failureOf(beside))
      .to.have.property('message')
      .that.contains('savepoint');
    expect(await notes()).to.deep.equal([]);
  });

  it('a savepoint does not hide that what nobody waits for had failed before it', async () => {
    const failed = unitOfWork.run(async (tx) => {
      tx.writeLater(null);
      await failureOf(tx.savepoint(async (inner) => inner.writeLater('inside')));
      tx.writeLater('then');
    });
    expect(await failureOf(failed)).to.have.property('code', '23502');
    expect(await notes()).to.deep.equal([]);
  });

  it('runs again after a conflict in a write that nobody waits for', async () => {
    let tries = 0;
    await unitOfWork.run(async (tx) => {
      tries += 1;
      if (tries === 1) tx.conflictLater();
      tx.writeLater(`try ${tries}`);
    });
    expect(await notes()).to.deep.equal(['try 2']);
  });

  it('refuses an object as a value of a write that nobody waits for', async () => {
    const failed = unitOfWork.run(async (tx) => tx.writeLater({} as string));
    expect(await failureOf(failed))
      .to.have.property('message')
      .that.contains('give its JSON');
  });

  it('OPS-2 goes on where a migration has changed what a planned statement gives', async () => {
    const read = () => unitOfWork.run((tx) => tx.sql('select * from pages order by id limit 1'));
    await Promise.all([read(), read(), read()]);
    const owner = (await opened.database.ownerOrm()).em.fork();
    await owner.execute('alter table pages add column color text');
    const rows = await Promise.all([read(), read(), read()]);
    for (const [row] of rows) expect(row).to.have.property('color', null);
  });

  it('OPS-2 goes on however many connections have planned for what was before', async () => {
    const orm = await createOrm({ url: opened.database.botUrl, poolMax: POOL_MAX });
    try {
      const pooled = createPostgresUnitOfWork(orm, bindNotes);
      const read = (tx: NotesTx) => tx.sql('select * from pages where id = 2');
      const allRead = barrier(POOL_MAX);
      const readers = Array.from({ length: POOL_MAX }, () =>
        pooled.run((tx) => read(tx).then(allRead)),
      );
      await Promise.all(readers);
      const owner = (await opened.database.ownerOrm()).em.fork();
      await owner.execute('alter table pages add column size int');
      const [row] = await pooled.run(read);
      expect(row).to.have.property('size', null);
    } finally {
      await orm.close(true);
    }
  });

  it('a value that no statement can carry spoils no other statement', async () => {
    const orm = await createOrm({ url: opened.database.botUrl, poolMax: 1 });
    try {
      const single = createPostgresUnitOfWork(orm, bindNotes);
      await failureOf(single.run((tx) => tx.write({ amount: 1n } as unknown as string)));
      await single.run((tx) => tx.write('kept'));
    } finally {
      await orm.close(true);
    }
    expect(await notes()).to.deep.equal(['kept']);
  });
});
