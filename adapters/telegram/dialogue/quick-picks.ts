import { rupiah, type Rupiah } from '../../../core/index.ts';
import type { Button, Keyboard } from '../buttons.ts';
import { count, money } from '../format.ts';
import type { Turn } from '../turn.ts';
import { choose } from './flow.ts';

/** A ready answer: what its button says, and the text that it stands for. */
export interface QuickPick {
  readonly label: string;
  readonly answer: string;
}

/** An amount as a ready answer. */
export const asPick = (amount: Rupiah): QuickPick => ({
  label: money(amount),
  answer: amount.toString(),
});

/** Those of some whole numbers that do not exceed `max`, as ready answers. */
export const countPicks = (numbers: readonly number[], max: number): readonly QuickPick[] =>
  numbers.filter((one) => one <= max).map((one) => ({ label: count(one), answer: String(one) }));

/** An amount as dialogues keep it; null while it is not answered. */
export const storedAmount = (amount: string | null): Rupiah | null =>
  amount === null ? null : rupiah(BigInt(amount));

const A_ROW = 3;

/** Buttons that answer a question with one tap: each presses `action` with its answer. */
export const quickPicks = (turn: Turn, action: string, picks: readonly QuickPick[]): Keyboard => {
  const rows: Button[][] = [];
  for (const [at, { label, answer }] of picks.entries()) {
    if (at % A_ROW === 0) rows.push([]);
    rows.at(-1)?.push(choose(turn, label, action, answer));
  }
  return rows;
};
