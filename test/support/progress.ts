/** Tells a person at a terminal how far a part is. */
export interface Progress {
  /** Shows what this says, again and again, until the function that it gives is called. */
  watch(what: () => string): () => void;
}

const EVERY_MS = 200;

/** One line that is written over; nothing where nobody watches. */
export const terminalProgress = (stream: NodeJS.WriteStream, part: string): Progress => ({
  watch: (what) => {
    if (!stream.isTTY) return () => undefined;
    const show = (): unknown =>
      stream.write(`\r\u001b[K${`${part}: ${what()}`.slice(0, stream.columns || 80)}`);
    const timer = setInterval(show, EVERY_MS).unref();
    return () => {
      clearInterval(timer);
      stream.write('\r\u001b[K');
    };
  },
});

export const silent: Progress = { watch: () => () => undefined };
