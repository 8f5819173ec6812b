/** The condition that a column is one of the keys in hand; `text` where it holds them as text. */
export type Within = (column: string, as?: 'text') => string;

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
   * The rows among those in hand that break a rule: `rule`, `id`, `what` (both numbers). Every table
   * that is read is narrowed by `within` too.
   */
  violations(within: Within): string;
}

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

/** How often the log tells of each action about a subject, as columns of `log`. */
export const told = (
  subject: string,
  actions: Readonly<Record<string, string>>,
  within: Within,
): string => `(
  select subject_id, ${Object.entries(actions)
    .map(([column, action]) => `count(*) filter (where action = '${action}') as ${column}`)
    .join(', ')}
  from audit_logs where subject = '${subject}' and ${within('subject_id', 'text')}
  group by subject_id)`;

/** Who asked for each subject by these actions: null where that was not one alone. */
export const asked = (subject: string, actions: readonly string[], within: Within): string => `(
  select subject_id, case when min(actor) = max(actor) then min(actor) end as actor
  from audit_logs where subject = '${subject}' and ${within('subject_id', 'text')}
    and action in (${actions.map((action) => `'${action}'`).join(', ')})
  group by subject_id)`;
