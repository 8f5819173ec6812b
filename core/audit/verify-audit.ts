import type { Actor, Digests, VerificationProgress, Violation } from '../kernel/index.ts';
import { requireJob } from '../users/index.ts';
import { headOf, rowHash, sealHash, type Head, type Seal } from './chain.ts';
import type { AuditChain, Block } from './ports.ts';

/** A head as somebody outside wrote it down. */
export type Witness = Pick<Head, 'number' | 'hash'>;

export interface VerifyAudit {
  /** A job, or the operator. */
  readonly actor: Actor;
  readonly onProgress?: (progress: VerificationProgress) => void;
  /**
   * Must stand in the chain. Only this shows that the newest seals were cut off together with their
   * rows, or that the whole chain was made anew.
   */
  readonly witness?: Witness | undefined;
  /** Only so many of the newest seals and their rows. Absent, or with a witness: everything. */
  readonly newest?: number | undefined;
}

/** What became of the log since it was sealed. */
export interface AuditVerification {
  /** Seals, and sealed rows that are still there. */
  readonly blocks: number;
  readonly rows: number;
  /** The newest rows, which have no seal yet: nothing is said about them. */
  readonly unsealed: number;
  readonly head: Head | null;
  /** How many rows and seals are not what they were. */
  readonly broken: number;
  /** The first of them, 10 at most: `audit_logs 4711`, `audit_seals 12`. */
  readonly violations: readonly Violation[];
}

interface VerifyPorts {
  readonly auditChain: AuditChain;
  readonly digests: Digests;
}

/**
 * Compares every sealed row with its seal, and every seal with the one before: finds any that was
 * changed, removed or inserted, and names it (AUD-2).
 */
export const verifyAudit =
  ({ auditChain, digests }: VerifyPorts) =>
  async ({ actor, onProgress, witness, newest }: VerifyAudit): Promise<AuditVerification> => {
    requireJob(actor);
    const head = await auditChain.head();
    const after = newest === undefined || witness ? 0 : Math.max(0, (head?.number ?? 0) - newest);
    return auditChain.read(async (snapshot) => {
      const findings = findingsOf(digests, { witness, after });
      const { waiting, lost } = await snapshot.unsealed();
      const size = after === 0 ? await snapshot.size() : undefined;
      for await (const blocks of snapshot.blocks(after)) {
        for (const block of blocks) findings.examine(block);
        const done = findings.rows();
        onProgress?.({ name: 'audit log', done, total: size ?? done });
      }
      findings.missWitness();
      const unsealed = waiting - lost;
      // Each row is sealed or waits: whatever is left over was slipped in.
      const strays = size === undefined ? 0 : size - findings.rows() - unsealed;
      if (strays > 0) findings.add(strays, STRAY, await snapshot.strays(NAMED_AT_MOST));
      if (lost > 0) findings.add(lost, LOST, await snapshot.lost(NAMED_AT_MOST));
      return { ...findings.result(), unsealed };
    });
  };

const NAMED_AT_MOST = 10;
const [LOG, SEALS] = ['audit_logs', 'audit_seals'];
const STRAY = 'inserted: no seal names it, and it does not wait for one';
const LOST = 'removed before it was sealed';

interface Scope {
  readonly witness: Witness | undefined;
  /** The seal before the first that is looked at; 0: none. */
  readonly after: number;
}

/** Goes along the chain and keeps what is wrong with it. */
const findingsOf = (digests: Digests, { witness, after }: Scope) => {
  const violations: Violation[] = [];
  let [broken, blocks, rows] = [0, 0, 0];
  let last: Head | null = null;
  /** Whether there is something known and unchanged that the next seal has to go on from. */
  let canFollow = after === 0;

  const note = (row: string, what: string, count = 1): void => {
    broken += count;
    if (violations.length < NAMED_AT_MOST) violations.push({ rule: 'AUD-2', row, what });
  };

  const examineRows = ({ seal, rows: found }: Block): void => {
    for (const [place, { id, hash }] of seal.rows.entries()) {
      const row = found[place];
      if (row !== undefined) rows += 1;
      if (row !== undefined && rowHash(digests, row) === hash) continue;
      const how = row === undefined ? 'removed' : 'changed';
      note(`${LOG} ${id}`, `${how} after it was sealed (number ${seal.number})`);
    }
  };

  const examineSeal = ({ seal }: Block): void => {
    const { number } = seal;
    const expected = (last?.number ?? after) + 1;
    if (number > expected) {
      const until = number - 1 > expected ? ` to ${number - 1}` : '';
      note(`${SEALS} ${expected}${until}`, 'removed', number - expected);
    }
    const isChanged = sealHash(digests, seal) !== seal.hash;
    if (isChanged) note(`${SEALS} ${number}`, 'changed');
    else if (number === expected && canFollow && !goesOn(seal, last)) {
      note(`${SEALS} ${number}`, 'does not go on from the one before: one of both was changed');
    }
    canFollow = !isChanged;
    if (witness?.number === number && witness.hash !== seal.hash) {
      note(`${SEALS} ${number}`, 'not the one of the witness: the chain was made anew');
    }
  };

  return {
    examine: (block: Block): void => {
      blocks += 1;
      examineSeal(block);
      examineRows(block);
      last = headOf(block.seal);
    },
    /** Where the chain ends before it comes to the witness, or never comes to it. */
    missWitness: (): void => {
      if (witness === undefined) return;
      const number = last?.number ?? 0;
      const row = `${SEALS} ${witness.number}`;
      if (!isSealNumber(witness.number)) note(row, 'no seal has such a number');
      else if (witness.number > number) note(row, `removed: the chain ends with number ${number}`);
    },
    /** So many rows of the log, the first of which are these. */
    add: (count: number, what: string, first: readonly string[]): void => {
      for (const id of first) note(`${LOG} ${id}`, what);
      broken += Math.max(0, count - first.length);
    },
    rows: () => rows,
    result: () => ({ blocks, rows, head: last, broken, violations }),
  };
};

const goesOn = (seal: Seal, last: Head | null): boolean =>
  seal.previous === (last?.hash ?? null) && seal.total === (last?.total ?? 0) + seal.rows.length;

const isSealNumber = (number: number): boolean => Number.isSafeInteger(number) && number > 0;
