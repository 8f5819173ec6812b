import { invariant, type Actor, type Clock, type Ids, type UnitOfWork } from '../kernel/index.ts';
import type { AuditVerification, VerifyAudit } from '../audit/index.ts';
import type { Tx } from '../ports.ts';
import { requireJob } from '../users/index.ts';
import type { LedgerMark, LedgerReader, VerificationStep } from '../wallet/index.ts';
import { brokenIn, type Finding } from './freeze.ts';
import { judgeFindings } from './judge-findings.ts';
import type { CheckProgress } from './ports.ts';

/** What is new since the last check, or everything. */
export type CheckScope = 'recent' | 'all';

/** What a check of the audit log comes to. */
export type AuditVerdict = Pick<AuditVerification, 'broken' | 'violations'>;

/** A seal a minute, and more after a standstill: so many are looked at again each minute. */
const RECENT_SEALS = 100;

export interface FreezePorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly ledgerReader: LedgerReader;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Proves the audit log: all of it, or so many of its newest seals. */
  readonly verifyAudit: (
    asked: Pick<VerifyAudit, 'actor' | 'newest' | 'onProgress'>,
  ) => Promise<AuditVerdict>;
}

export interface CheckBooks {
  readonly actor: Actor;
  readonly scope: CheckScope;
  /** Asked again and again; where it says yes the check breaks off, as one that failed. */
  readonly isStopped?: () => boolean;
}

export interface BooksChecked {
  /** Rows that break a rule, accepted ones included. */
  readonly broken: number;
  /** A freeze began or grew with this check. */
  readonly isNews: boolean;
  /**
   * Everything should be checked now: this one saw only a part and found something, or a freeze was
   * lifted since everything was checked, and what was mended should be accepted no longer.
   */
  readonly isFullDue: boolean;
}

/**
 * Checks ledger and audit log; what breaks a rule and was not accepted by lifting a freeze stops
 * what pays, and all admins hear of it (WAL-13). A check that fails freezes nothing and proves
 * nothing: its error is thrown. But what it had found by then counts. Where a freeze was lifted
 * meanwhile, what was read may be mended by now: nothing is judged, and the next check reads it again.
 */
export const checkBooks =
  (ports: FreezePorts) =>
  async (asked: CheckBooks): Promise<BooksChecked> => {
    const { actor, scope } = asked;
    requireJob(actor);
    const liftings = await ports.unitOfWork.run((tx) => tx.freezes.liftings());
    const { fault, ...reading } = await read(ports, asked);
    if (fault !== undefined && reading.findings.length === 0) throw fault.error;
    const checked = await ports.unitOfWork.run(async (tx) => {
      const before = await tx.ledgerChecks.lock();
      const broken = brokenIn(reading.findings);
      const isLiftedMeanwhile = (await tx.freezes.liftings()) !== liftings;
      if (isLiftedMeanwhile) return { broken, isNews: false, isFullDue: false };
      const lifted = await tx.freezes.liftedAfter(before.soundLiftings);
      const { findings } = reading;
      const isNews = await judgeFindings(tx, ports, { actor, findings, lifted });
      if (fault === undefined) {
        await tx.ledgerChecks.save(
          progressed(before, { scope, reading, liftings, at: ports.clock.now() }),
        );
      }
      const isFullDue = scope === 'recent' && (isNews || liftings > before.seenLiftings);
      return { broken, isNews, isFullDue };
    });
    if (fault !== undefined) throw fault.error;
    return checked;
  };

/** What was read outside any transaction. */
interface Reading {
  readonly findings: readonly Finding[];
  readonly mark: LedgerMark | null;
}

const read = async (
  ports: FreezePorts,
  asked: CheckBooks,
): Promise<Reading & { readonly fault?: { readonly error: unknown } }> => {
  const findings: Finding[] = [];
  let mark: LedgerMark | null = null;
  const note = ({ name, broken, violations }: VerificationStep): void => {
    if (broken === 0 && violations.length === 0) return;
    findings.push({ check: name, broken: Math.max(broken, violations.length), violations });
  };
  try {
    let steps = 0;
    for await (const step of ledgerSteps(ports, asked, (reached) => (mark = reached))) {
      note(step);
      steps += 1;
    }
    invariant(steps > 0, 'a check of the ledger has steps');
    const { actor, scope } = asked;
    const onProgress = () => breakOff(asked);
    const newest = scope === 'recent' ? { newest: RECENT_SEALS } : {};
    const verdict = await ports.verifyAudit({ actor, onProgress, ...newest });
    note({ name: 'audit log', rows: 0, ...verdict });
    return { findings, mark };
  } catch (error) {
    return { findings, mark: null, fault: { error } };
  }
};

/** Thrown out of the reading, which lets go of its snapshot. */
const breakOff = ({ scope, isStopped }: CheckBooks): void => {
  if (isStopped?.()) throw new Error(`the check of the books (${scope}) was stopped`);
};

async function* ledgerSteps(
  { unitOfWork, ledgerReader }: FreezePorts,
  asked: CheckBooks,
  onMark: (mark: LedgerMark) => void,
): AsyncIterable<VerificationStep> {
  if (asked.scope === 'all') return yield* ledgerReader.verify(() => breakOff(asked));
  const { mark: since } = await unitOfWork.run((tx) => tx.ledgerChecks.read());
  const { steps, mark } = await ledgerReader.verifyRecent(since);
  yield* steps;
  onMark(mark);
}

/** A check that came to its end. */
interface DoneCheck {
  readonly scope: CheckScope;
  readonly reading: Reading;
  /** That were known when it was read. */
  readonly liftings: number;
  readonly at: Date;
}

const progressed = (
  before: CheckProgress,
  { scope, reading, liftings, at }: DoneCheck,
): CheckProgress => {
  const done = { at, broken: brokenIn(reading.findings) };
  if (scope === 'recent') return { ...before, mark: reading.mark ?? before.mark, recent: done };
  const soundLiftings = done.broken === 0 ? liftings : before.soundLiftings;
  return { ...before, full: done, seenLiftings: liftings, soundLiftings };
};
