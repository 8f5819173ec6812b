import { expect } from 'chai';
import type { UserId } from '../../../core/kernel/index.ts';
import { aCredit, aUser, freshId } from '../../support/builders.ts';
import { accountsOf, answerOf, CHECK, openLedger, type Ledger } from './ledger.ts';

interface Moved {
  readonly from?: UserId;
  readonly to?: UserId;
  readonly amount: number;
  readonly key?: string;
}

const list = (values: readonly (string | number | null)[], type: string): string =>
  `array[${values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join()}]::${type}[]`;

/** A call that makes a transaction of each: from a wallet or the outside to a wallet or the outside. */
const posting = (moves: readonly Moved[]): string => {
  const ids = moves.map(() => freshId());
  const all = (value: string) => moves.map(() => value);
  const kinds = (end: 'from' | 'to') =>
    list(
      moves.map((move) => (move[end] ? 'wallet' : 'outside')),
      'text',
    );
  const owners = (end: 'from' | 'to') =>
    list(
      moves.map((move) => move[end] ?? null),
      'uuid',
    );
  const amounts = list(
    moves.map(({ amount }) => amount),
    'bigint',
  );
  const keys = list(
    moves.map(({ key }, place) => key ?? ids[place] ?? ''),
    'text',
  );
  const types = list(
    moves.map(({ from, to }) => (from && to ? 'reversal' : 'adjustment')),
    'text',
  );
  return `post_transactions(${list(ids, 'uuid')}, ${types},
    ${list(
      moves.map(({ from, to }) => to ?? from ?? null),
      'uuid',
    )}, ${amounts}, ${list(all('transaction'), 'text')}, ${list(ids, 'uuid')}, ${keys},
    ${list(all('f'), 'text')}, 'test', now(), ${list(ids, 'uuid')}, ${kinds('from')},
    ${owners('from')}, ${kinds('to')}, ${owners('to')}, ${amounts})`;
};

let ledger: Ledger;

const aPerson = async (amount = 1_000): Promise<UserId> => {
  const person = aUser();
  await ledger.ports.unitOfWork.run(async (tx) => {
    await tx.users.add(person);
    await tx.wallets.post(aCredit(person.id, amount));
  });
  return person.id;
};

const post = async (moves: readonly Moved[]): Promise<readonly string[]> => {
  const rows = await ledger.bot.em
    .fork()
    .execute<{ outcomes: string[] }[]>(`select ${posting(moves)} as outcomes`);
  return rows[0]?.outcomes ?? [];
};

const balanceOf = async (person: UserId): Promise<bigint> => {
  const { wallet } = await ledger.ports.unitOfWork.run((tx) => tx.wallets.balances(person));
  return wallet;
};

describe('many transactions posted at once', () => {
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    ledger = await openLedger();
  });
  after(() => ledger?.drop());

  balances();
  keys();
  refused();
});

function keys(): void {
  it('WAL-7 each key moves money once, and the answers say in order which were known', async () => {
    const [one, two] = [await aPerson(), await aPerson()];
    const [first, second] = [freshId(), freshId()];
    expect(await post([{ to: one, amount: 5, key: first }])).to.deep.equal(['posted']);
    const answers = await post([
      { to: two, amount: 7, key: second },
      { to: one, amount: 5, key: first },
      { to: two, amount: 7, key: second },
      { to: two, amount: 1 },
    ]);
    expect(answers).to.deep.equal(['posted', 'known', 'known', 'posted']);
    expect([await balanceOf(one), await balanceOf(two)]).to.deep.equal([1_005n, 1_008n]);
  });

  it('WAL-7 nothing is posted where every key was known, or there is none', async () => {
    const [one, key] = [await aPerson(), freshId()];
    await post([{ to: one, amount: 5, key }]);
    expect(await post([{ to: one, amount: 5, key }])).to.deep.equal(['known']);
    expect(await post([])).to.deep.equal([]);
    expect(await balanceOf(one)).to.equal(1_005n);
  });
}

function balances(): void {
  it('WAL-3 postings read as little among thousands of accounts, also by plans from before', async () => {
    const user = ledger.user;
    const [few, many] = await ledger.owner.em.fork().transactional(async (tx) => {
      const read = async () => {
        const [row] = await tx.execute<{ rows: number }[]>(`
          select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
          from pg_stat_xact_user_tables where relname in ('accounts', 'wallet_transactions')`);
        return row?.rows ?? 0;
      };
      const rowsOf = async (moves: readonly Moved[]) => {
        const before = await read();
        await tx.execute(`select ${posting(moves)}`);
        return (await read()) - before;
      };
      const moves = Array.from({ length: 6 }, () => ({ to: user, amount: 1 }));
      let rows = 0;
      for (let time = 0; time < 8; time += 1) rows = await rowsOf(moves);
      await tx.execute(`insert into accounts (id, kind, owner_id)
        select uuidv7(), 'wallet', uuidv7() from generate_series(1, 3000)`);
      return [rows, await rowsOf(moves)] as const;
    });
    expect(few).to.be.greaterThan(10);
    expect(many).to.be.lessThan(few + 20);
  });

  it('WAL-3 two hundred postings write each balance once, with their sum', async () => {
    const people = await Promise.all(Array.from({ length: 10 }, () => aPerson()));
    const moves = Array.from({ length: 200 }, (_, place) => {
      const [from, to] = [people[place % 10], people[(place + 1) % 10]];
      return { ...(place % 3 === 0 ? {} : { from }), to, amount: 1 } as Moved;
    });
    const written = await ledger.owner.em.fork().transactional(async (tx) => {
      const writes = async () => {
        const [row] = await tx.execute<{ rows: number }[]>(
          `select n_tup_upd::int as rows from pg_stat_xact_user_tables where relname = 'accounts'`,
        );
        return row?.rows ?? 0;
      };
      const before = await writes();
      await tx.execute(`select ${posting(moves)}`);
      return (await writes()) - before;
    });
    const netOf = (person: UserId) =>
      moves.reduce(
        (sum, { from, to, amount }) =>
          sum + (to === person ? amount : 0) - (from === person ? amount : 0),
        0,
      );
    const changed = people.filter((person) => netOf(person) !== 0);
    expect(written).to.equal(changed.length);
    for (const person of people) {
      expect(await balanceOf(person)).to.equal(1_000n + BigInt(netOf(person)));
    }
  });

  it('WAL-3 who posts to the same wallets in another order waits, and loses nothing', async () => {
    const people = await Promise.all(Array.from({ length: 30 }, () => aPerson(1)));
    const inOrder = people.map((to) => ({ to, amount: 1 }));
    const callers = Array.from({ length: 16 }, (_, caller) =>
      post(caller % 2 === 0 ? inOrder : inOrder.toReversed()),
    );
    await Promise.all(callers);
    for (const person of people) expect(await balanceOf(person)).to.equal(17n);
  });
}

function refused(): void {
  it('WAL-4 what they take from a wallet together is refused whole', async () => {
    const one = await aPerson(10);
    const moves = [
      { from: one, amount: 6 },
      { from: one, amount: 6 },
    ];
    const answer = await answerOf(ledger.bot, `select ${posting(moves)}`);
    expect(answer).to.include({ code: CHECK, constraint: 'accounts_balance_never_negative' });
    expect(await balanceOf(one)).to.equal(10n);
  });

  it('WAL-2 nobody is paid who has no wallet', async () => {
    const nobody = freshId() as UserId;
    const user = ledger.user;
    const answer = await answerOf(
      ledger.bot,
      `select ${posting([{ to: user, amount: 1 }])},
        insert_postings('${ledger.pending}', '{outside}', '{null}', '{wallet}', '{${nobody}}', '{1}',
          now())`,
    );
    expect(answer.code).to.equal('23503');
    expect(answer.message).to.match(/WAL-2: no such account: the wallet of /);
    expect(await accountsOf(ledger.bot, user)).to.include({ wallet: ledger.wallet });
  });
}
