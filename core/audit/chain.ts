import type { Digests } from '../kernel/index.ts';

/**
 * A row of the audit log as it is stored, every column of it. All is exact text (NULL is null), so
 * that the smallest change of a column is a change here.
 */
export interface AuditRow {
  /** What names the row: opaque, unique, e.g. `4711`. */
  readonly id: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly subjectId: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Microseconds since 1970. */
  readonly at: string;
}

/** What a seal says about one row. */
export interface SealedRow {
  readonly id: string;
  /** {@link rowHash} of the row as it was when it was sealed. */
  readonly hash: string;
}

/** A block of the audit log under one hash, chained to the block before it. Hashes are 64 hex digits. */
export interface Seal extends SealContent {
  /** {@link sealHash} of all the rest. */
  readonly hash: string;
}

/** What a seal's hash covers. */
export interface SealContent {
  /** 1, 2, 3 … without a gap. */
  readonly number: number;
  /** Hash of the seal before; null for the first. */
  readonly previous: string | null;
  /** Rows under this seal and all before it. */
  readonly total: number;
  /** Microseconds since 1970, as text. */
  readonly sealedAt: string;
  readonly rows: readonly SealedRow[];
}

/** The newest seal: its hash stands for the whole log up to it. */
export type Head = Pick<Seal, 'number' | 'hash' | 'total' | 'sealedAt'>;

/** A seal as the head of the chain. */
export const headOf = ({ number, hash, total, sealedAt }: Head): Head => ({
  number,
  hash,
  total,
  sealedAt,
});

/** Rows under one seal at most: what is read and hashed in one piece. */
export const BLOCK_ROWS_MAX = 1_000;

/** The fingerprint of a row. The text it is made of is never changed: old seals depend on it. */
export const rowHash = (digests: Digests, row: AuditRow): string => {
  const { id, actor, action, subject, subjectId, before, after, at } = row;
  return digests.sha256(JSON.stringify([id, actor, action, subject, subjectId, before, after, at]));
};

/** The fingerprint of a seal and, through `previous`, of all before it. Never changed either. */
export const sealHash = (digests: Digests, seal: SealContent): string => {
  const { number, previous, total, sealedAt, rows } = seal;
  const [ids, hashes] = [rows.map(({ id }) => id), rows.map(({ hash }) => hash)];
  return digests.sha256(JSON.stringify([number, previous, total, sealedAt, ids, hashes]));
};

/** What the next seals are made of. */
export interface Waiting {
  /** Null where there is no seal yet. */
  readonly head: Head | null;
  /** Rows that no seal names. */
  readonly rows: readonly AuditRow[];
}

/** The seals that go on from `head`, over these rows in their order. */
export const sealsOver = (digests: Digests, { head, rows }: Waiting, at: Date): readonly Seal[] => {
  const seals: Seal[] = [];
  let last = head;
  for (let from = 0; from < rows.length; from += BLOCK_ROWS_MAX) {
    const block = rows.slice(from, from + BLOCK_ROWS_MAX);
    const content: SealContent = {
      number: (last?.number ?? 0) + 1,
      previous: last?.hash ?? null,
      total: (last?.total ?? 0) + block.length,
      sealedAt: `${at.getTime()}000`,
      rows: block.map((row) => ({ id: row.id, hash: rowHash(digests, row) })),
    };
    last = { ...content, hash: sealHash(digests, content) };
    seals.push({ ...content, hash: last.hash });
  }
  return seals;
};
