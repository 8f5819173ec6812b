import { expect } from 'chai';
import { digests } from '../../adapters/memory/index.ts';
import {
  createAudit,
  sealsOver,
  type AuditEntry,
  type Block,
  type SealedRow,
} from '../../core/audit/index.ts';
import { asSystem } from '../../core/kernel/index.ts';
import { freshId, later } from '../support/builders.ts';
import { abandoned, failureOf, onStage, race, type OpenHarness, type Stage } from './harness.ts';

/** What every chain over an audit log promises. */
export const auditChainContract = (name: string, open: OpenHarness) =>
  describe(`audit chain: ${name}`, () => {
    const stage = onStage(open);
    sealing(stage);
    reading(stage);
  });

const actor = asSystem('contract');

/** A row as people make it hard to write down. */
const anEntry = (change: Partial<AuditEntry> = {}): AuditEntry => ({
  actor,
  action: 'user.suspend',
  subject: 'user',
  subjectId: freshId(),
  before: { 'a "key"': 'x', list: [1, 0.1, null, true], ü: '{"\\' },
  after: null,
  at: later(1),
  ...change,
});

const append = (stage: Stage, count: number): Promise<void> =>
  stage.run(async (tx) => {
    for (let at = 0; at < count; at += 1) await tx.audit.append(anEntry());
  });

const audit = ({ ports, clock, ids }: Stage) => createAudit({ ...ports, digests, clock, ids });
const seal = (stage: Stage, limit = 1_000) => audit(stage).seal({ actor, limit });
const verify = (stage: Stage) => audit(stage).verify({ actor });

const blocksAfter = (stage: Stage, after: number): Promise<readonly Block[]> =>
  stage.ports.auditChain.read(async (snapshot) => {
    const found: Block[] = [];
    for await (const blocks of snapshot.blocks(after)) found.push(...blocks);
    return found;
  });

const numberOf = async (stage: Stage): Promise<number> =>
  (await stage.ports.auditChain.head())?.number ?? 0;

const sealing = (stage: Stage): void => {
  it('AUD-2 seals what was committed, once, and nothing that was rolled back', async () => {
    expect(await stage.ports.auditChain.head()).to.equal(null);
    expect(await seal(stage)).to.equal(0);
    await append(stage, 3);
    await abandoned(stage, (tx) => tx.audit.append(anEntry()));
    await append(stage, 2);
    expect(await seal(stage)).to.equal(5);
    expect(await seal(stage)).to.equal(0);
    expect(await stage.ports.auditChain.head()).to.deep.include({ number: 1, total: 5 });
  });

  it('AUD-2 takes at most as many rows as asked for, the oldest first', async () => {
    await append(stage, 5);
    const { number, total } = (await stage.ports.auditChain.head()) ?? { number: 0, total: 0 };
    expect(await seal(stage, 3)).to.equal(3);
    expect(await seal(stage, 3)).to.equal(2);
    expect(await stage.ports.auditChain.head()).to.deep.include({
      number: number + 2,
      total: total + 5,
    });
  });

  it('AUD-2 of twenty that seal at once one seals, the chain has no gap', async () => {
    await append(stage, 30);
    const before = await numberOf(stage);
    const { won, lost } = await race(() => seal(stage));
    expect(lost).to.deep.equal([]);
    expect(won.filter((rows) => rows > 0)).to.deep.equal([30]);
    expect(await numberOf(stage)).to.equal(before + 1);
    expect((await verify(stage)).violations).to.deep.equal([]);
  });

  it('AUD-2 many that write while others seal: every row is sealed once', async () => {
    await race(async () => {
      await append(stage, 2);
      await seal(stage);
    });
    await seal(stage);
    const { rows, unsealed, broken } = await verify(stage);
    expect({ unsealed, broken }).to.deep.equal({ unsealed: 0, broken: 0 });
    const named = (await blocksAfter(stage, 0)).flatMap((block) => block.seal.rows.map(idOf));
    expect(new Set(named).size).to.equal(named.length).and.to.equal(rows);
  });

  it('AUD-2 stores no seal where making them failed, or where they do not go on', async () => {
    await append(stage, 1);
    const before = await numberOf(stage);
    const { auditChain } = stage.ports;
    const failing = auditChain.extend(9, () => {
      throw new Error('a defect');
    });
    expect(await failureOf(failing)).to.be.an('error');
    const anew = auditChain.extend(9, ({ rows }) =>
      sealsOver(digests, { head: null, rows }, later(1)),
    );
    expect(await failureOf(anew)).to.be.an('error');
    expect(await numberOf(stage)).to.equal(before);
    expect(await seal(stage)).to.equal(1);
  });
};

const idOf = ({ id }: SealedRow): string => id;

const reading = (stage: Stage): void => {
  it('AUD-2 gives every row back as it was when it was sealed', async () => {
    await append(stage, 1_500);
    await seal(stage, 2_000);
    const { blocks, rows, unsealed, broken, head } = await verify(stage);
    expect({ unsealed, broken }).to.deep.equal({ unsealed: 0, broken: 0 });
    expect(blocks).to.equal(head?.number);
    expect(rows).to.equal(head?.total);
  });

  it('AUD-2 gives the chain by number from where it is asked for', async () => {
    for (let count = 0; count < 3; count += 1) {
      await append(stage, 1);
      await seal(stage);
    }
    const newest = await numberOf(stage);
    const numbers = (await blocksAfter(stage, newest - 2)).map(({ seal: { number } }) => number);
    expect(numbers).to.deep.equal([newest - 1, newest]);
    expect(await blocksAfter(stage, newest)).to.deep.equal([]);
  });

  it('AUD-2 counts what waits for a seal', async () => {
    await append(stage, 4);
    await abandoned(stage, (tx) => tx.audit.append(anEntry()));
    const { unsealed, violations } = await verify(stage);
    expect({ unsealed, violations }).to.deep.equal({ unsealed: 4, violations: [] });
  });

  it('AUD-2 says when the first row was written that waits for a seal', async () => {
    const { auditChain } = stage.ports;
    await seal(stage);
    expect(await auditChain.oldestUnsealed()).to.equal(null);
    for (const second of [3, 4]) {
      await stage.run((tx) => tx.audit.append(anEntry({ at: later(second * 1_000) })));
    }
    expect(await auditChain.oldestUnsealed()).to.deep.equal(later(3_000));
    await seal(stage, 1);
    expect(await auditChain.oldestUnsealed()).to.deep.equal(later(4_000));
  });
};
