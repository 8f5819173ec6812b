/**
 * What of the catalog must stand, as `catalog`, `id`, `stands` and `what`. The triggers of foreign
 * keys are among them.
 */
const WALLS = `(
  select 'pg_trigger' as catalog, r.relname || '.' || t.tgname as id,
    t.tgenabled in ('O', 'A') as stands, 'is switched off' as what
  from pg_trigger t join pg_class r on r.oid = t.tgrelid
  where r.relnamespace = 'public'::regnamespace
  union all
  select 'pg_constraint', concat(r.relname, '.', c.conname), c.convalidated and c.conenforced,
    case when c.conenforced then 'was never held against all rows' else 'is not enforced' end
  from pg_constraint c left join pg_class r on r.oid = c.conrelid
  where c.connamespace = 'public'::regnamespace)`;

/** How many triggers and constraints there are. */
export const WALLS_STANDING = `select count(*)::int as rows from ${WALLS} wall`;

/** WAL-5: those of a catalog that are switched off. What was dropped is not seen here. */
export const fallenWalls = (catalog: 'pg_trigger' | 'pg_constraint'): string => `
  select 'WAL-5' as rule, id, what from ${WALLS} wall
  where catalog = '${catalog}' and stands is not true`;
