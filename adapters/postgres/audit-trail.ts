import {
  AUDIT_SUBJECTS,
  lineKey,
  readLineKey,
  type AuditFilter,
  type AuditLine,
  type AuditSubject,
  type AuditTrail,
  type LinkedCampaign,
} from '../../core/audit/index.ts';
import {
  actorName,
  asUser,
  DAY_MS,
  plusMs,
  sliceOf,
  startOfWibDay,
  type CampaignId,
  type SliceRequest,
  type TaskKind,
  type UserId,
} from '../../core/kernel/index.ts';
import { fragment, known, type Sql } from './sql.ts';

/** Reads the audit log by its indexes; see `migrations/0006/trail.ts`. */
export const createAuditTrail = (sql: Sql): AuditTrail => ({
  browse: async (filter, slice) => {
    const place = readLineKey(slice.from?.key);
    const asked = place ? slice : { ...slice, from: null };
    const ids = await idsOf(sql, filter, asked);
    const lines = await linesOf(sql, ids);
    const near = ids.flatMap((id) => lines.get(id) ?? []);
    const { items, ...more } = sliceOf(near, asked, ({ key }) => key);
    return { items: items.map(({ line }) => line), ...more };
  },
  find: async (id) => {
    if (!/^[1-9]\d{0,17}$/.test(id)) return undefined;
    return (await linesOf(sql, [id])).get(id)?.line;
  },
  campaignsOn: (linkKey, limit) => sql<LinkedCampaign>`
    select id, kind as "taskKind", link_target as link, created_at as "createdAt"
    from campaigns where link_key = ${linkKey} order by created_at desc, id desc limit ${limit}`,
});

/**
 * Whom rows are looked up by. A person's records are two lists: what concerns them, and what they
 * did (`alsoBy`); of one admin's it is one.
 */
const peopleIn = ({ userId, actorId }: AuditFilter) => {
  const by = actorId ? actorName(asUser(actorId)) : null;
  if (!userId) return { user: null, by, alsoBy: null };
  const self = actorName(asUser(userId));
  if (by === self) return { user: null, by, alsoBy: null };
  return { user: userId, by, alsoBy: by === null ? self : null };
};

const UNKNOWN = '00000000-0000-0000-0000-000000000000';
const orNone = (id: string | null): string | null => (id === null ? null : (known(id) ?? UNKNOWN));

/** From where on, and until when, as timestamps with microseconds. */
const bounds = ({ day }: AuditFilter, from: SliceRequest['from']) => {
  const begins = day ? startOfWibDay(day) : null;
  const place = readLineKey(from?.key);
  const isNewer = from?.towards === 'newer';
  const end = isNewer ? { at: '-infinity', id: 0 } : { at: 'infinity', id: 0 };
  return {
    since: begins?.toISOString() ?? '-infinity',
    until: begins ? plusMs(begins, DAY_MS).toISOString() : 'infinity',
    key: place ? { at: precise(place.at), id: place.id } : end,
    beyond: fragment(isNewer ? '>' : '<'),
    order: fragment(isNewer ? 'asc' : 'desc'),
  };
};

const precise = (microseconds: number): string => {
  const [whole] = new Date(Math.floor(microseconds / 1_000)).toISOString().split('Z');
  return `${whole}${String(microseconds % 1_000).padStart(3, '0')}Z`;
};

/**
 * The rows asked for, the nearest first, one more than asked for. Each kind is a list of its own
 * within every index: of each the nearest are read, however few of the rest of the log fit.
 */
const idsOf = async (
  sql: Sql,
  filter: AuditFilter,
  { from, size }: SliceRequest,
): Promise<readonly string[]> => {
  const { since, until, key, beyond, order } = bounds(filter, from);
  const { user, by, alsoBy } = peopleIn(filter);
  const [whose, campaign] = [orNone(user), orNone(filter.campaignId ?? null)];
  const about = filter.subjectId ?? null;
  const kinds = `{${(filter.subject ? [filter.subject] : AUDIT_SUBJECTS).join()}}`;
  const rows = await sql<{ id: string }>`
    select id::text as id from (
      select n.at, n.id from unnest(${kinds}::text[]) as kind cross join lateral (
        select l.at, l.id from audit_logs l
        where l.subject = kind and (${whose}::uuid is null or l.user_id = ${whose}::uuid)
          and (${campaign}::uuid is null or l.campaign_id = ${campaign}::uuid)
          and (${about}::text is null or l.subject_id = ${about})
          and (${by}::text is null or l.actor = ${by})
          and l.at >= ${since}::timestamptz and l.at < ${until}::timestamptz
          and (l.at, l.id) ${beyond} (${key.at}::timestamptz, ${key.id}::bigint)
        order by l.at ${order}, l.id ${order} limit ${size + 1}) n
      union
      select n.at, n.id from unnest(${kinds}::text[]) as kind cross join lateral (
        select l.at, l.id from audit_logs l
        where ${alsoBy}::text is not null and l.subject = kind and l.actor = ${alsoBy}
          and (${campaign}::uuid is null or l.campaign_id = ${campaign}::uuid)
          and (${about}::text is null or l.subject_id = ${about})
          and l.at >= ${since}::timestamptz and l.at < ${until}::timestamptz
          and (l.at, l.id) ${beyond} (${key.at}::timestamptz, ${key.id}::bigint)
        order by l.at ${order}, l.id ${order} limit ${size + 1}) n
    ) near
    order by at ${order}, near.id ${order} limit ${size + 1}`;
  return rows.map(({ id }) => id);
};

interface LineRow {
  readonly id: string;
  readonly at: Date;
  readonly microseconds: string;
  readonly actor: string;
  readonly actor_name: string | null;
  readonly action: string;
  readonly subject: AuditSubject;
  readonly subject_id: string;
  readonly user_id: UserId | null;
  readonly user_name: string | null;
  readonly campaign_id: CampaignId | null;
  readonly task_kind: TaskKind | null;
  readonly link: string | null;
  readonly before: AuditLine['before'];
  readonly after: AuditLine['after'];
  readonly sealed: boolean;
}

interface PlacedLine {
  readonly key: string;
  readonly line: AuditLine;
}

const linesOf = async (
  sql: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PlacedLine>> => {
  if (ids.length === 0) return new Map();
  const rows = await sql<LineRow>`
    select l.id::text as id, l.at, trim_scale(extract(epoch from l.at) * 1000000)::text
        as microseconds,
      l.actor, a.display_name as actor_name, l.action, l.subject, l.subject_id, l.user_id,
      u.display_name as user_name, l.campaign_id, c.kind as task_kind, c.link_target as link,
      l."before", l."after", not exists (
        select from audit_unsealed w where w.id = l.id) as sealed
    from audit_logs l
      left join users a on l.actor like 'user:%' and a.id = case
        when pg_input_is_valid(substr(l.actor, 6), 'uuid') then substr(l.actor, 6)::uuid end
      left join users u on u.id = l.user_id
      left join campaigns c on c.id = l.campaign_id
    where l.id = any (${`{${ids.join()}}`}::bigint[])`;
  return new Map(rows.map((row) => [row.id, placed(row)]));
};

const placed = (row: LineRow): PlacedLine => ({
  key: lineKey({ at: Number(row.microseconds), id: Number(row.id) }),
  line: {
    id: row.id,
    at: row.at,
    actor: row.actor,
    actorDisplayName: row.actor_name,
    action: row.action,
    subject: row.subject,
    subjectId: row.subject_id,
    concerns:
      row.user_id === null ? null : { userId: row.user_id, displayName: row.user_name ?? '' },
    campaign:
      row.campaign_id === null || row.task_kind === null
        ? null
        : { id: row.campaign_id, taskKind: row.task_kind, link: row.link ?? '' },
    before: row.before,
    after: row.after,
    sealed: row.sealed,
  },
});
