/** How far something is; `total` may be an estimate. */
export interface Progress {
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

/** One line that is written over at a terminal; nothing at all where nobody watches. */
export interface ProgressBar {
  show(progress: Progress): void;
  /** Takes the line away, so that something else can be printed. */
  clear(): void;
}

/** The part of a terminal that is used. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const EVERY_MS = 100;
const WIDTH = 20;
const CLEAR = '\r\u001b[K';

/** Draws on `screen` at most every 100 ms; `now` counts in ms. */
export const progressBar = (
  screen: Screen = process.stderr,
  now: () => number = () => performance.now(),
): ProgressBar => {
  if (!screen.isTTY) return { show: () => undefined, clear: () => undefined };
  const startedAt = now();
  let drawnAt = -Infinity;
  return {
    show: (progress) => {
      if (now() - drawnAt < EVERY_MS) return;
      drawnAt = now();
      const line = lineOf(progress, now() - startedAt).slice(0, (screen.columns ?? 80) - 1);
      screen.write(CLEAR + line);
    },
    clear: () => {
      if (drawnAt === -Infinity) return;
      drawnAt = -Infinity;
      screen.write(CLEAR);
    },
  };
};

/** A share, from 0 to 1, as a bar. */
export const barOf = (share: number): string => {
  const full = Math.floor(share * WIDTH);
  return '█'.repeat(full) + '░'.repeat(WIDTH - full);
};

const lineOf = ({ name, done, total }: Progress, ms: number): string => {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const perSecond = ms > 0 ? Math.round((done * 1_000) / ms) : 0;
  const left = perSecond > 0 ? duration(Math.max(0, total - done) / perSecond) : '?';
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  return `${barOf(share)} ${percent}%  ${grouped(done)} rows  ${grouped(perSecond)}/s  ${left} left  ${name}`;
};

const grouped = (count: number): string => count.toLocaleString('en-US');

const duration = (seconds: number): string => {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
};
