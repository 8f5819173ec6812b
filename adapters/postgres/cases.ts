import type { AuditEntry } from '../../core/audit/index.ts';
import {
  actorName,
  invariant,
  rupiah,
  type TaskKind,
  type UserId,
} from '../../core/kernel/index.ts';
import type { OutboxMessage } from '../../core/outbox/index.ts';
import type { CaseRepo, LockedCase, LockedCases, Settlement } from '../../core/proofs/index.ts';
import { pausedByOf, reasonOf, toCampaign, type CampaignRow } from './campaigns.ts';
import { PRIORITIES } from './outbox.ts';
import { decisionRow, toProof, type ProofRow } from './proofs.ts';
import { known, type Sql } from './sql.ts';
import type { TakeRow } from './tasks.ts';
import { toUser, type UserRow } from './users.ts';
import { entriesOf, findByKey, refuseAtTheWall, requireSame, type Posted } from './wallets.ts';

/** What is decided in one go: a statement to lock and read it, and one to write what came of it. */
export const createCaseRepo = (sql: Sql): CaseRepo => ({
  lock: async (ids, { by, to }) => {
    const rows = await sql<LockedRow | MissingRow>`
      select * from lock_cases(${ids.map(known)}::uuid[], ${known(by)}, ${to === 'pay'})`;
    return casesOf(rows);
  },
  settle: (settlements) => settle(sql, settlements),
});

interface DeciderRow extends Omit<UserRow, 'id' | 'status'> {
  readonly admin_id: UserId | null;
  readonly admin_status: UserRow['status'];
  readonly frozen_since: Date | null;
}

/** A proof that was never stored; who decides is told all the same. */
interface MissingRow extends DeciderRow {
  readonly id: null;
}

interface LockedRow
  extends
    DeciderRow,
    ProofRow,
    Omit<CampaignRow, 'id' | 'status' | 'created_at'>,
    Pick<TakeRow, 'taken_at' | 'deadline' | 'ended_at'> {
  readonly campaign_status: CampaignRow['status'];
  readonly campaign_created_at: Date;
  readonly take_kind: TaskKind;
  readonly take_link_key: string;
  readonly take_status: TakeRow['status'];
  readonly is_flagged: boolean;
  readonly last_verdict: 'approved' | 'rejected' | null;
  readonly last_by: UserId;
  readonly last_at: Date;
  readonly balance: bigint;
}

const casesOf = (rows: readonly (LockedRow | MissingRow)[]): LockedCases => {
  const [first] = rows;
  invariant(first, 'every proof that is asked for has a row, whether it is stored or not');
  const { admin_id: id, admin_status: status, frozen_since: frozenSince } = first;
  const cases = rows.filter((row): row is LockedRow => row.id !== null).map(toCase);
  return { admin: id === null ? undefined : toUser({ ...first, id, status }), frozenSince, cases };
};

const toCase = (row: LockedRow): LockedCase => ({
  proof: toProof(row),
  campaign: toCampaign({
    ...row,
    id: row.campaign_id,
    status: row.campaign_status,
    created_at: row.campaign_created_at,
  }),
  take: {
    id: row.take_id,
    taskId: row.task_id,
    campaignId: row.campaign_id,
    workerId: row.worker_id,
    kind: row.take_kind,
    linkKey: row.take_link_key,
    status: row.take_status,
    takenAt: row.taken_at,
    deadline: row.deadline,
    endedAt: row.ended_at,
  },
  isFlagged: row.is_flagged,
  opened:
    row.opened_by === null || row.open_until === null
      ? null
      : { by: row.opened_by, until: row.open_until },
  last:
    row.last_verdict === null
      ? null
      : { verdict: row.last_verdict, by: row.last_by, at: row.last_at },
  balance: rupiah(row.balance),
});

const settle = async (sql: Sql, settlements: readonly Settlement[]): Promise<void> => {
  const entries = settlements.flatMap((one) => one.entries);
  const posted = entriesOf(entries);
  const [row] = await sql<{ outcomes: readonly Posted[] }>`
    select settle_proofs(${JSON.stringify(settlements.map(({ decision }) => decisionRow(decision)))},
      ${JSON.stringify(endedIn(settlements))}, ${JSON.stringify(countedIn(settlements))},
      ${JSON.stringify(settlements.flatMap(({ audit }) => audit.map(auditRow)))},
      ${JSON.stringify(settlements.flatMap(({ messages }) => messages.map(messageRow)))},
      ${posted.ids}, ${posted.types}, ${posted.users}, ${posted.amounts}, ${posted.referenceKinds},
      ${posted.referenceIds}, ${posted.keys}, ${posted.fingerprints}, ${posted.createdBy},
      ${posted.createdAt}, ${posted.postingOf}, ${posted.fromKinds}, ${posted.fromOwners},
      ${posted.toKinds}, ${posted.toOwners}, ${posted.posted}) as outcomes`.catch(refuseAtTheWall);
  invariant(row, 'a function call is one row');
  for (const [place, made] of entries.entries()) {
    if (row.outcomes[place] === 'known') requireSame(made, await findByKey(sql, made.key));
  }
};

const endedIn = (settlements: readonly Settlement[]): readonly object[] =>
  settlements.flatMap(({ take }) => (take === null ? [] : [{ id: take.id, at: take.endedAt }]));

/** Each campaign once, as the last settlement leaves it, by id. */
const countedIn = (settlements: readonly Settlement[]): readonly object[] => {
  const campaigns = Map.groupBy(settlements, ({ campaign }) => campaign.id);
  return [...campaigns]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, all]) => {
      const { campaign } = all.at(-1) ?? {};
      return campaign
        ? [
            {
              id,
              approved: all.length,
              status: campaign.status,
              paused_by: pausedByOf(campaign),
              status_reason: reasonOf(campaign),
            },
          ]
        : [];
    });
};

const auditRow = ({ actor, subjectId, ...entry }: AuditEntry): object => ({
  ...entry,
  actor: actorName(actor),
  subject_id: subjectId,
});

const messageRow = ({ topic, ...message }: OutboxMessage): object => {
  invariant(topic === null, 'no notice of a decision replaces another one');
  return {
    id: message.id,
    to_user: message.to,
    kind: message.kind,
    payload: message.payload,
    dedupe_key: message.dedupeKey,
    priority: PRIORITIES.indexOf(message.priority),
    not_before: message.notBefore,
    created_at: message.createdAt,
  };
};
