import { startOfWibDay } from '../../core/kernel/index.ts';
import type { DayBook } from '../../core/reports/index.ts';
import { notedDay, ONE_DAY } from './day-figures.ts';
import { fragment, type Sql } from './sql.ts';

const NOTED = fragment(notedDay('open d'));
const LENGTH = fragment(ONE_DAY);

/** What is kept day by day of Jakarta. */
export const createDayBook = (sql: Sql): DayBook => ({
  noteActive: async (user, at) => {
    await sql`update users set acted_at = ${at} where id = ${user}`;
  },
  pruneActive: async (before, limit) => {
    const [pruned] = await sql<{ removed: number }>`
      select prune_active_days(${before}, ${limit}) as removed`;
    return pruned?.removed ?? 0;
  },
  first: async () => {
    const [row] = await sql<{ first: Date }>`
      select created_at as first from users order by created_at, id limit 1`;
    return row ? startOfWibDay(row.first) : null;
  },
  lastClosed: async () => {
    const [row] = await sql<{ day: Date | null }>`select max(day) as day from daily_figures`;
    return row?.day ?? null;
  },
  close: async (day, since) => {
    const [row] = await sql<{ closable: boolean }>`
      with waits as (
        select exists (select from inbox where state = 'waiting'
          and received_at < ${day}::timestamptz + ${LENGTH} and received_at > ${since}) as held
      ), open as (
        select ${day}::timestamptz as day from waits where not held
      ), noted as (
        insert into daily_figures (day, active_users, new_users, submitted, flagged, approved,
          rejected, review_minutes, rewards, fees, deposits, withdrawals, rewards_ever, revenue,
          outside)
        ${NOTED} on conflict (day) do nothing
      )
      select not held as closable from waits`;
    return row?.closable ?? false;
  },
  tellOnce: async (day, at) => {
    const told = await sql`
      insert into daily_reports (day, told_at) values (${day}, ${at})
      on conflict (day) do nothing returning day`;
    return told.length === 1;
  },
});
