import { expect } from 'chai';
import {
  createCore,
  rowHash,
  sealHash,
  sealsOver,
  type AuditChain,
  type AuditRow,
  type Block,
  type ChainSnapshot,
  type VerificationProgress,
} from '../../core/index.ts';
import { aMarket, ofKind, OPERATOR, type Market, type Person } from '../support/market.ts';

const actor = OPERATOR;
const A_DAY = 86_400_000;

/** Rows under several seals. */
const aSealedMarket = async (): Promise<Market> => {
  const market = aMarket();
  for (let count = 0; count < 3; count += 1) {
    await market.topUp(await market.client(), 10_000);
    await market.core.audit.seal({ actor, limit: 1_000 });
  }
  return market;
};

/** What a verification says of a store that gives back other things than were stored. */
const verifyWith = async (market: Market, change: (snapshot: ChainSnapshot) => object) => {
  const auditChain: AuditChain = {
    ...market.ports.auditChain,
    read: (work) =>
      market.ports.auditChain.read((snapshot) => work({ ...snapshot, ...change(snapshot) })),
  };
  return createCore({ ...market.ports, auditChain }).audit.verify({ actor });
};

/** As above, with other blocks. */
const verifyBlocks = (market: Market, change: (block: Block) => readonly Block[]) =>
  verifyWith(market, (snapshot) => ({
    blocks: async function* blocks(after: number) {
      for await (const found of snapshot.blocks(after)) yield found.flatMap(change);
    },
  }));

const changedRow =
  (change: Partial<AuditRow>) =>
  (block: Block): readonly Block[] => {
    const rows = block.rows.map((row) => (row?.id === '2' ? { ...row, ...change } : row));
    return [{ ...block, rows }];
  };

const named = ({ violations }: { violations: readonly { row: string; what: string }[] }) =>
  violations.map(({ row, what }) => `${row}: ${what}`);

describe('The chain of seals over the audit log', () => {
  it('AUD-2 an honest log verifies clean, and says how much has no seal yet', async () => {
    const market = await aSealedMarket();
    await market.client();
    await market.topUp(await market.client(), 10_000);
    const rows = market.ports.auditLog().length;
    const result = await market.core.audit.verify({ actor });
    expect(result).to.deep.include({ blocks: 3, broken: 0, violations: [] });
    expect(result.unsealed).to.be.above(0);
    expect(result.rows + result.unsealed).to.equal(rows);
    expect(result.head).to.deep.equal(await market.core.audit.head({ actor }));
  });

  it('AUD-2 ADM-4 a row waits for its seal no longer than is set, and the log is sealed no oftener', async () => {
    const market = aMarket({ settings: { auditSealSeconds: 180 } });
    await market.client();
    const seal = () => market.core.audit.seal({ actor, limit: 1_000 });
    market.clock.advance(119_000);
    expect(await seal()).to.equal(0);
    market.clock.advance(1_000);
    expect(await seal()).to.be.above(0);
  });

  const columns: readonly Partial<AuditRow>[] = [
    { actor: 'user:x' },
    { action: 'deposit.reject' },
    { subject: 'take' },
    { subjectId: 'x' },
    { before: '{}' },
    { after: null },
    { at: '1' },
  ];
  for (const change of columns) {
    it(`SEC-A63 AUD-2 a row is named whose ${Object.keys(change).join()} changed`, async () => {
      const result = await verifyBlocks(await aSealedMarket(), changedRow(change));
      expect(named(result)).to.deep.equal(['audit_logs 2: changed after it was sealed (number 1)']);
      expect(result.broken).to.equal(1);
    });
  }

  it('SEC-A63 AUD-2 a row that was removed is named', async () => {
    const result = await verifyBlocks(await aSealedMarket(), (block) => [
      { ...block, rows: block.rows.map((row) => (row?.id === '2' ? undefined : row)) },
    ]);
    expect(named(result)).to.include('audit_logs 2: removed after it was sealed (number 1)');
  });

  it('SEC-A63 AUD-2 rows that were slipped in are counted, the first of them named', async () => {
    const result = await verifyWith(await aSealedMarket(), (snapshot) => ({
      size: async () => (await snapshot.size()) + 12,
      strays: async (limit: number) => Array.from({ length: limit }, (_, id) => `9${id}`),
    }));
    expect(result.broken).to.equal(12);
    expect(result.violations).to.have.length(10);
    expect(named(result)[0]).to.match(/^audit_logs 90: inserted/);
  });

  it('SEC-A63 AUD-2 a row that went before it was sealed is named', async () => {
    const result = await verifyWith(await aSealedMarket(), (snapshot) => ({
      unsealed: async () => ({ waiting: 1, lost: 1 }),
      lost: async () => ['99'],
      size: snapshot.size,
    }));
    expect(named(result)).to.deep.equal(['audit_logs 99: removed before it was sealed']);
    expect(result.unsealed).to.equal(0);
  });

  it('SEC-A63 AUD-2 a seal that was removed is named', async () => {
    const result = await verifyBlocks(await aSealedMarket(), (block) =>
      block.seal.number === 2 ? [] : [block],
    );
    expect(named(result)[0]).to.equal('audit_seals 2: removed');
  });

  it('SEC-A63 AUD-2 a seal whose content or hash was changed is named', async () => {
    const market = await aSealedMarket();
    const changes = [
      { sealedAt: '1' },
      { total: 99 },
      { previous: 'x' },
      { hash: 'x' },
      { rows: [] },
    ];
    for (const change of changes) {
      const result = await verifyBlocks(market, (block) =>
        block.seal.number === 2 ? [{ ...block, seal: { ...block.seal, ...change } }] : [block],
      );
      expect(named(result)).to.deep.equal(['audit_seals 2: changed']);
    }
  });

  it('SEC-A63 AUD-2 a seal made anew does not fit the one after it', async () => {
    const market = await aSealedMarket();
    const { digests } = market.ports;
    const result = await verifyBlocks(market, (block) => {
      if (block.seal.number !== 2) return [block];
      const seal = { ...block.seal, sealedAt: '1' };
      return [{ ...block, seal: { ...seal, hash: sealHash(digests, seal) } }];
    });
    expect(named(result)).to.deep.equal([
      'audit_seals 3: does not go on from the one before: one of both was changed',
    ]);
  });

  it('AUD-2 a witness of a seal that cannot be is never one that stands in the chain', async () => {
    const market = await aSealedMarket();
    const { hash = '' } = (await market.core.audit.head({ actor })) ?? {};
    for (const number of [0, -1, 1.5, NaN]) {
      const result = await market.core.audit.verify({ actor, witness: { number, hash } });
      expect(result.broken, String(number)).to.equal(1);
      expect(named(result)).to.deep.equal([`audit_seals ${number}: no seal has such a number`]);
    }
  });

  it('AUD-2 says for how long the oldest row has waited for its seal', async () => {
    const market = await aSealedMarket();
    const waits = () => market.core.audit.unsealedSeconds({ actor });
    expect(await waits()).to.equal(0);
    await market.client();
    market.clock.advance(301_500);
    await market.client();
    expect(await waits()).to.equal(301.5);
    await market.core.audit.seal({ actor, limit: 1_000 });
    expect(await waits()).to.equal(0);
  });

  it('AUD-2 a verification tells how far it is', async () => {
    const market = await aSealedMarket();
    const seen: VerificationProgress[] = [];
    const { rows } = await market.core.audit.verify({
      actor,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.at(-1)).to.deep.equal({ name: 'audit log', done: rows, total: rows });
  });
});

describe('What a seal is made of', () => {
  const { digests, clock } = aMarket().ports;
  const row: AuditRow = {
    id: '4711',
    actor: 'operator:ayu',
    action: 'deposit.approve',
    subject: 'deposit',
    subjectId: '0198',
    before: null,
    after: '{"amount": "50000"}',
    at: '1767575100000000',
  };

  it('AUD-2 the hash of a row is that of its columns as a JSON list, for ever', () => {
    const text =
      '["4711","operator:ayu","deposit.approve","deposit","0198",null,' +
      '"{\\"amount\\": \\"50000\\"}","1767575100000000"]';
    expect(rowHash(digests, row)).to.equal(digests.sha256(text));
  });

  it('AUD-2 the hash of a seal is that of all its content as a JSON list, for ever', () => {
    const rows = [
      { id: '1', hash: 'aa' },
      { id: '2', hash: 'bb' },
    ];
    const seal = { number: 7, previous: 'cc', total: 9, sealedAt: '12', rows };
    const text = '[7,"cc",9,"12",["1","2"],["aa","bb"]]';
    expect(sealHash(digests, seal)).to.equal(digests.sha256(text));
  });

  it('AUD-2 two columns cannot pass for one another', () => {
    const moved = { ...row, actor: 'operator:ayu","deposit.approve', action: '' };
    const nothing = { ...row, before: 'null' };
    const hashes = [row, moved, nothing].map((one) => rowHash(digests, one));
    expect(new Set(hashes).size).to.equal(3);
  });

  it('AUD-2 a thousand rows stand under one seal at most', () => {
    const rows = Array.from({ length: 2_001 }, (_, at) => ({ ...row, id: `${at}` }));
    const head = { number: 4, hash: 'dd', total: 10, sealedAt: '0' };
    const seals = sealsOver(digests, { head, rows }, clock.now());
    expect(seals.map((seal) => [seal.number, seal.total, seal.rows.length])).to.deep.equal([
      [5, 1_010, 1_000],
      [6, 2_010, 1_000],
      [7, 2_011, 1],
    ]);
    expect(seals.map(({ previous }) => previous)).to.deep.equal([
      'dd',
      seals[0]?.hash,
      seals[1]?.hash,
    ]);
  });
});

describe('The head of the audit log', () => {
  const heads = (market: Market, who: Person) => ofKind(market.noticesTo(who), 'audit.head');

  it('AUD-2 every admin is sent the newest seal, once a day of Jakarta', async () => {
    const market = await aSealedMarket();
    const [one, other] = [await market.admin(), await market.admin()];
    const head = await market.core.audit.head({ actor });
    await market.core.audit.announceHead({ actor });
    await market.core.audit.announceHead({ actor });
    const at = market.clock.now().toISOString();
    const { number, hash, total: rows } = head ?? { number: 0, hash: '', total: 0 };
    for (const admin of [one, other]) {
      expect(heads(market, admin)).to.deep.equal([{ kind: 'audit.head', number, rows, hash, at }]);
    }
    market.clock.advance(A_DAY);
    await market.core.audit.announceHead({ actor });
    expect(heads(market, one)).to.have.length(2);
  });

  it('AUD-2 an admin who cannot be reached is not counted as a witness', async () => {
    const market = await aSealedMarket();
    const [away, here] = [await market.admin(), await market.admin()];
    const admins = await market.core.users.admins({ actor });
    await market.core.users.noteReach({ telegramId: away.telegramId, reachable: false });
    const told = await market.core.audit.announceHead({ actor });
    expect(told).to.equal(admins.length - 1);
    expect(heads(market, away)).to.deep.equal([]);
    expect(heads(market, here)).to.have.length(1);
  });

  it('AUD-2 before the first seal there is nothing to tell', async () => {
    const market = aMarket();
    const admin = await market.admin();
    expect(await market.core.audit.announceHead({ actor })).to.equal(0);
    expect(heads(market, admin)).to.deep.equal([]);
  });
});
