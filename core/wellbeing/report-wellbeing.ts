import type { AuditChain } from '../audit/index.ts';
import {
  plusMinutes,
  startOfWibDay,
  type Actor,
  type Clock,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { OutboxQueue } from '../outbox/index.ts';
import type { Ports, Tx } from '../ports.ts';
import { requireJob } from '../users/index.ts';
import { cashIn, type LedgerReader } from '../wallet/index.ts';
import { troublesIn, type Overview, type Wellbeing } from './wellbeing.ts';

export interface WellbeingPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly auditChain: AuditChain;
  readonly ledgerReader: LedgerReader;
  readonly inbox: Pick<Ports['inbox'], 'depth'>;
  readonly outboxQueue: Pick<OutboxQueue, 'depth'>;
}

export interface ReportWellbeing {
  /** A job, or the operator. */
  readonly actor: Actor;
  /** Whose inbox to look into. */
  readonly botId: number;
}

/**
 * How everything stands, for the owner, once a day of Jakarta from *cfg* reportAtMinute on (WAL-13):
 * null where nothing is due. To be told, then noted. Told each day, its absence tells that nothing
 * runs any more.
 */
export const dueWellbeing =
  (ports: WellbeingPorts) =>
  async ({ actor, botId }: ReportWellbeing): Promise<Wellbeing | null> => {
    requireJob(actor);
    const at = ports.clock.now();
    const day = startOfWibDay(at);
    const due = await ports.unitOfWork.run(async (tx) => {
      const { reportAtMinute } = await tx.settings.current();
      const last = await tx.ownerNotices.lastReport(day);
      if (at < plusMinutes(day, reportAtMinute) || last?.getTime() === day.getTime())
        return undefined;
      return { isFirst: last === null, ...(await readTables(tx)) };
    });
    if (!due) return null;
    const { isFirst, ...tables } = due;
    const overview: Overview = { at, ...tables, ...(await readQueues(ports, { botId, at })) };
    const { money } = overview;
    return { ...overview, day, cash: cashIn(money), troubles: troublesIn(overview, isFirst) };
  };

const readTables = async (tx: Tx): Promise<Pick<Overview, 'books' | 'desks'>> => {
  const { recent, full } = await tx.ledgerChecks.read();
  const proofs = await tx.reviewDesk.queue();
  const deposits = await tx.depositDesk.waiting({ page: 0, size: 1 });
  return {
    books: { freeze: (await tx.freezes.current()) ?? null, recent, full },
    desks: {
      proofs: { count: proofs.waiting, oldest: proofs.oldest },
      deposits: {
        count: deposits.total,
        oldest: deposits.items[0]?.deposit.createdAt ?? null,
      },
      withdrawals: {
        count: await tx.withdrawalDesk.count(),
        oldest: await tx.withdrawalDesk.oldest(),
      },
    },
  };
};

const readQueues = async (
  { auditChain, ledgerReader, inbox, outboxQueue }: WellbeingPorts,
  { botId, at }: { readonly botId: number; readonly at: Date },
): Promise<Omit<Overview, 'at' | 'books' | 'desks'>> => ({
  audit: { head: await auditChain.head(), unsealedSince: await auditChain.oldestUnsealed() },
  inbox: await inbox.depth(botId),
  outbox: await outboxQueue.depth(at),
  money: await ledgerReader.trialBalance(),
});

export interface NoteWellbeingTold {
  readonly actor: Actor;
  /** As it stood in what was told. */
  readonly day: Date;
}

/** The owner has heard: not again that day, by whichever process. */
export const noteWellbeingTold =
  ({ unitOfWork, clock }: Pick<WellbeingPorts, 'unitOfWork' | 'clock'>) =>
  async ({ actor, day }: NoteWellbeingTold): Promise<void> => {
    requireJob(actor);
    await unitOfWork.run((tx) => tx.ownerNotices.noteReport(day, clock.now()));
  };
