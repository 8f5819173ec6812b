const WIDTH = 24;

/** Says on a stream how far something is, from 0 to 1. */
export interface Bar {
  show(share: number, what: string): void;
  /** Leaves the line to whoever writes next. */
  end(): void;
}

/** One line that is written over; a line for each step where no terminal is. */
export const progressBar = (stream: NodeJS.WriteStream): Bar => {
  const start = performance.now();
  return {
    show: (share, what) => {
      const done = Math.round(Math.min(1, share) * WIDTH);
      const seconds = Math.round((performance.now() - start) / 1_000);
      const bar = `${'#'.repeat(done)}${'.'.repeat(WIDTH - done)}`;
      const line = `${bar} ${String(Math.round(share * 100)).padStart(3)} % ${seconds} s  ${what}`;
      if (stream.isTTY) stream.write(`\r\u001b[K${line.slice(0, stream.columns || 80)}`);
      else stream.write(`${line}\n`);
    },
    end: () => {
      if (stream.isTTY) stream.write('\r\u001b[K');
    },
  };
};
