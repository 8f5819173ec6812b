import {
  headOf,
  type AuditChain,
  type AuditEntry,
  type AuditRow,
  type Block,
  type ChainSnapshot,
  type Head,
  type Seal,
} from '../../core/audit/index.ts';
import { actorName, canonical, invariant, type Json } from '../../core/kernel/index.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createLog } from './tables.ts';

export const createAuditChainTables = (journal: Journal) => ({ seals: createLog<Seal>(journal) });

/** How many blocks are given at a time. */
const BLOCKS = 100;

/** A row is named by its place in the log, from 1. Transactions come one after the other here. */
const rowOf = (entry: AuditEntry, place: number): AuditRow => ({
  id: String(place + 1),
  actor: actorName(entry.actor),
  action: entry.action,
  subject: entry.subject,
  subjectId: entry.subjectId,
  before: textOf(entry.before),
  after: textOf(entry.after),
  at: `${entry.at.getTime()}000`,
});

const textOf = (value: Json): string | null => (value === null ? null : canonical(value));

/** So the rows that wait are always the newest. */
export const createAuditChain = (state: State): AuditChain => {
  const headNow = (): Head | null => {
    const newest = state.seals.all().at(-1);
    return newest ? headOf(newest) : null;
  };
  const blockOf = (seal: Seal): Block => ({
    seal,
    rows: seal.rows.map(({ id }) => {
      const place = Number(id) - 1;
      const entry = state.audit.at(place);
      return entry && rowOf(entry, place);
    }),
  });
  const snapshot: ChainSnapshot = {
    size: async () => state.audit.size(),
    unsealed: async () => ({
      waiting: state.audit.size() - (headNow()?.total ?? 0),
      lost: 0,
    }),
    blocks: async function* blocks(after) {
      const size = state.seals.size();
      const first = Math.max(after, state.seals.forgotten());
      for (let from = first; from < size; from += BLOCKS) {
        yield state.seals.slice(from, from + BLOCKS).map(blockOf);
      }
    },
    strays: async () => [],
    lost: async () => [],
  };
  return {
    head: async () => headNow(),
    oldestUnsealed: async () => state.audit.at(headNow()?.total ?? 0)?.at ?? null,
    extend: (limit, make) =>
      state.turns.run(async () => {
        const head = headNow();
        const from = head?.total ?? 0;
        const rows = state.audit.slice(from, from + limit);
        const seals = make({ head, rows: rows.map((entry, place) => rowOf(entry, from + place)) });
        for (const seal of seals) {
          invariant(seal.previous === (headNow()?.hash ?? null), 'a seal goes on from the newest');
          state.seals.append(seal);
        }
        return (headNow()?.total ?? 0) - from;
      }),
    read: (work) => state.turns.run(() => work(snapshot)),
  };
};
