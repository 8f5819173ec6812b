/** The condition that a column is one of the keys in hand. */
export type Within = (column: string) => string;

/**
 * One check of the ledger. It goes through a table by its key, some thousand rows at a time; all
 * sums are made by the database, and at most ten rows come here.
 */
export interface LedgerCheck {
  readonly name: string;
  /** The table whose rows are examined, by their `id`. */
  readonly table: string;
  readonly key: 'uuid' | 'bigint';
  /**
   * The rows among those in hand that break a rule: `rule`, `id`, `what` (both numbers). What
   * belongs to a row is looked up for that row, by an index (`lateral`). Gathered for all keys in
   * hand and then joined it would be gathered anew for each row wherever the planner takes the keys
   * for a single one, as it does of those that came since it last counted.
   */
  violations(within: Within): string;
}

/**
 * For the rest of a transaction: what belongs to a row is never looked for by going through a whole
 * table, however many rows the planner takes for one key.
 */
export const LOOKING_UP = 'set local enable_seqscan = off';
/** Ends it, for what goes through whole tables. */
export const ADDING_UP = 'set local enable_seqscan to default';

/** A rule, the condition that keeps it, and what to say of a row that does not. */
export type Flaw = readonly [rule: string, sound: string, what: string];

/**
 * The end of a check: only where a condition is not true, one line for each that is not. What is
 * unknown counts as broken.
 */
export const whereBroken = (within: string, flaws: readonly Flaw[]): string => `
  cross join lateral (values ${flaws
    .map(([rule, sound, what]) => `('${rule}', (${sound}) is not true, ${what})`)
    .join(',\n    ')}) as flaw (rule, broken, what)
  where ${within} and (${flaws.map(([, sound]) => `(${sound})`).join(' and ')}) is not true
    and flaw.broken`;

/** What is looked up, as of a subject: the id that the log has for it. */
export interface Subject {
  readonly subject: string;
  readonly id: string;
}

/** How often the log tells of each action about a subject, as columns; one row. */
export const told = (
  { subject, id }: Subject,
  actions: Readonly<Record<string, string>>,
): string => `lateral (
  select ${Object.entries(actions)
    .map(([column, action]) => `count(*) filter (where l.action = '${action}') as ${column}`)
    .join(', ')}
  from audit_logs l where l.subject = '${subject}' and l.subject_id = ${id}::text)`;

/** Who asked for a subject by these actions, as `actor`, null where not one alone did; one row. */
export const asked = ({ subject, id }: Subject, actions: readonly string[]): string => `lateral (
  select case when count(distinct l.actor) = 1 then min(l.actor) end as actor
  from audit_logs l where l.subject = '${subject}' and l.subject_id = ${id}::text
    and l.action in (${actions.map((action) => `'${action}'`).join(', ')}))`;

/**
 * The newest of what the log says, as `column`, null where it says nothing; one row. With `limit 1`
 * the whole log may be walked through from its end.
 */
export const newest = (said: string, column: string, where: string): string => `lateral (
  select (array_agg(${said} order by l.id desc))[1] as ${column} from audit_logs l where ${where})`;
