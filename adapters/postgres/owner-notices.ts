import {
  DAY_MS,
  moneyFromJson,
  moneyToJson,
  plusMs,
  type Json,
  type OwnerNoticeId,
} from '../../core/kernel/index.ts';
import { NEWS_DAYS, type OwnerNews, type OwnerNotices } from '../../core/owner/index.ts';
import { asJson, type Sql } from './sql.ts';

interface NoticeRow {
  readonly id: OwnerNoticeId;
  readonly news: Json;
  readonly at: Date;
}

/** What the owner is to hear; nothing of it is changed but when it was told. */
export const createOwnerNotices = (sql: Sql): OwnerNotices => ({
  add: async ({ id, news, at }) => {
    sql.later`insert into owner_notices (id, news, at)
      values (${id}, ${asJson(moneyToJson(news))}, ${at})`;
  },
  untold: async (now, limit) => {
    const rows = await sql<NoticeRow>`select id, news, at from owner_notices
      where told_at is null and at >= ${plusMs(now, -NEWS_DAYS * DAY_MS)}
      order by at, id limit ${limit}`;
    return rows.map(({ id, news, at }) => ({ id, news: moneyFromJson(news) as OwnerNews, at }));
  },
  markTold: async (id, at) => {
    await sql`update owner_notices set told_at = ${at} where id = ${id} and told_at is null`;
  },
  lastReport: async (upTo) => {
    const [row] = await sql<{ day: Date | null }>`
      select max(day) as day from owner_reports where day <= ${upTo}`;
    return row?.day ?? null;
  },
  noteReport: async (day, at) => {
    await sql`insert into owner_reports (day, told_at) values (${day}, ${at})
      on conflict (day) do nothing`;
  },
});
