import { createHash } from 'node:crypto';

/** Every answer of a run in the order of the answers, and one hash for them all. */
export interface Outcomes {
  write(line: string): void;
  /** What was written last, for whoever asks what led to something. */
  last(): readonly string[];
  digest(): string;
}

const AT_ONCE = 2_000;
const REMEMBERED = 25;

/** Keeps the last ones and the hash, whatever the length of the run. */
export const createOutcomes = (): Outcomes => {
  const hash = createHash('sha256');
  const last: string[] = [];
  let lines: string[] = [];
  const flush = (): void => {
    hash.update(lines.map((line) => `${line}\n`).join(''));
    last.push(...lines.slice(-REMEMBERED));
    last.splice(0, last.length - REMEMBERED);
    lines = [];
  };
  return {
    write: (line) => {
      lines.push(line);
      if (lines.length >= AT_ONCE) flush();
    },
    last: () => [...last, ...lines].slice(-REMEMBERED),
    digest: () => {
      flush();
      return hash.copy().digest('hex');
    },
  };
};
