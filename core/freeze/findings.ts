import type { Violation } from '../kernel/index.ts';
import type { Finding } from './freeze.ts';

/** Rows that a freeze names of one check: what is beyond them only counts. */
const NAMED_MAX = 100;

const rowOf = ({ rule, row }: Violation): string => JSON.stringify([rule, row]);
const textOf = ({ rule, row, what }: Violation): string => JSON.stringify([rule, row, what]);

/**
 * What of the findings nobody has accepted: rows that are new or read otherwise than the accepted
 * ones. Where only more rows are broken than then, all that are named, since nobody can say which
 * is the new one.
 */
export const notAccepted = (
  findings: readonly Finding[],
  accepted: readonly Finding[],
): readonly Finding[] => {
  const known = new Set(accepted.flatMap(({ violations }) => violations.map(textOf)));
  return findings.flatMap((finding) => {
    const violations = finding.violations.filter((one) => !known.has(textOf(one)));
    if (violations.length > 0) return { ...finding, violations };
    const counts = accepted.filter(({ check }) => check === finding.check);
    return finding.broken > Math.max(0, ...counts.map(({ broken }) => broken)) ? finding : [];
  });
};

/** Equal for equal findings, whatever order a store keeps their fields in. */
const textOfAll = (findings: readonly Finding[]): string =>
  JSON.stringify(findings.map((one) => [one.check, one.broken, one.violations.map(textOf)]));

export interface Grown {
  readonly findings: readonly Finding[];
  /** Rows that were not named before, or more of them: worth telling. */
  readonly isNews: boolean;
}

/** What was found before and now, each row once, as it reads now; undefined: nothing changed. */
export const grown = (before: readonly Finding[], found: readonly Finding[]): Grown | undefined => {
  const findings = joined(before, found);
  if (textOfAll(findings) === textOfAll(before)) return undefined;
  const known = new Set(before.flatMap(({ violations }) => violations.map(rowOf)));
  const isNew = findings.some(({ violations }) => violations.some((one) => !known.has(rowOf(one))));
  return { findings, isNews: isNew || total(findings) > total(before) };
};

const total = (findings: readonly Finding[]): number =>
  findings.reduce((sum, { broken }) => sum + broken, 0);

const joined = (before: readonly Finding[], found: readonly Finding[]): readonly Finding[] => {
  const byCheck = new Map(before.map((finding) => [finding.check, finding]));
  for (const finding of found) {
    const earlier = byCheck.get(finding.check);
    byCheck.set(finding.check, earlier ? sumOf(earlier, finding) : finding);
  }
  return [...byCheck.values()];
};

const sumOf = (before: Finding, found: Finding): Finding => {
  const rows = new Map(
    [...before.violations, ...found.violations].map((one) => [rowOf(one), one] as const),
  );
  const violations = [...rows.values()].slice(0, NAMED_MAX);
  const broken = Math.max(before.broken, found.broken, violations.length);
  return { check: before.check, broken, violations };
};
