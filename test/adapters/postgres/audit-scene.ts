import { expect } from 'chai';
import { createManualClock, createSequentialIds } from '../../../adapters/memory/index.ts';
import { createPostgresPorts, type Orm } from '../../../adapters/postgres/index.ts';
import { sha256Digests } from '../../../adapters/system/index.ts';
import { createAudit, type Seal } from '../../../core/audit/index.ts';
import { asSystem } from '../../../core/kernel/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import { freshId, later } from '../../support/builders.ts';
import { aKeptDatabase, type KeptDatabase } from '../../support/kept-database.ts';

export const actor = asSystem('test');

/** A database, and its chain. */
export interface AuditScene extends KeptDatabase {
  readonly chain: Chain;
}

/** Every test finds it as it was prepared. Call it inside `describe`; it can be used inside tests. */
export const anAuditScene = (
  prepare: (chain: Chain) => Promise<unknown> = () => Promise.resolve(),
): AuditScene => {
  const kept = aKeptDatabase(({ orm }) => prepare(chainOn(orm)));
  let chain: Chain | undefined;
  beforeEach(() => {
    chain = chainOn(kept.database.orm);
  });
  return {
    get database() {
      return kept.database;
    },
    get chain() {
      if (!chain) throw new Error('a chain is there while tests run');
      return chain;
    },
    asSuperuser: kept.asSuperuser,
  };
};

export type Chain = ReturnType<typeof chainOn>;

/** The chain on a pool of its own. */
export const chainOn = (orm: Orm) => {
  const ports = createPostgresPorts({ orm, settings: DEFAULT_SETTINGS });
  const [clock, ids] = [createManualClock(), createSequentialIds()];
  const append = (count: number, meanwhile = async (): Promise<void> => {}): Promise<void> =>
    ports.unitOfWork.run(async (tx) => {
      for (let at = 0; at < count; at += 1) await tx.audit.append(anEntry());
      await meanwhile();
    });
  return { ...createAudit({ ...ports, digests: sha256Digests, clock, ids }), ports, append };
};

const anEntry = () => ({
  actor,
  action: 'deposit.approve',
  subject: 'deposit' as const,
  subjectId: freshId(),
  before: { status: 'pending' },
  after: { status: 'approved', amount: '50000' },
  at: later(1),
});

/** Twelve rows, three under each seal. */
export const aHistory = async (chain: Chain): Promise<void> => {
  for (let count = 0; count < 4; count += 1) {
    await chain.append(3);
    await chain.seal({ actor, limit: 9 });
  }
  expect(await chain.verify({ actor })).to.deep.include({ blocks: 4, rows: 12, broken: 0 });
};

export const sealsOf = (chain: Chain): Promise<readonly Seal[]> =>
  chain.ports.auditChain.read(async (snapshot) => {
    const seals: Seal[] = [];
    for await (const blocks of snapshot.blocks(0)) seals.push(...blocks.map(({ seal }) => seal));
    return seals;
  });

/** How rows of the log are named. */
export const logs = (...ids: readonly number[]): readonly string[] =>
  ids.map((id) => `audit_logs ${id}`);
