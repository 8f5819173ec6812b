import type { withSql } from '../../adapters/postgres/orm.ts';

type RunSql = Parameters<Parameters<typeof withSql>[1]>[0];

/** A part of a plan that was carried out; counts of rows are of one loop. */
export interface PlanNode {
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Join Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

/** Carries a statement out, and gives what PostgreSQL went through for it. */
export const carriedOut = async (sql: RunSql, statement: string): Promise<PlanNode> => {
  const [row] = await sql(`explain (analyze, buffers, format json) ${statement}`);
  const [explained] = (row?.['QUERY PLAN'] ?? []) as readonly { readonly Plan: PlanNode }[];
  if (!explained) throw new Error('EXPLAIN gave no plan');
  return explained.Plan;
};
