import { createCleanup, type Cleanup } from './cleanup.ts';

/** What a program was asked for; it ends here where that is help, or what there is not. */
export const askedFor = <A extends { readonly help?: boolean | undefined }>(
  usage: string,
  read: () => A,
): A => {
  try {
    const wanted = read();
    if (!wanted.help) return wanted;
    console.log(usage);
    return process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return process.exit(2);
  }
};

/** Runs a program to its verdict; whatever ends it, what it has to put away is put away. */
export const runProgram = async (work: (cleanup: Cleanup) => Promise<boolean>): Promise<void> => {
  const cleanup = createCleanup();
  let isEnding = false;
  const end = async (code: number, say: () => void = () => undefined): Promise<void> => {
    if (isEnding) return; // what is cut off while the run is put away complains
    isEnding = true;
    say();
    await cleanup.run();
    process.exit(code);
  };
  const fail = (error: unknown): Promise<void> => end(1, () => console.error(error));
  process.on('SIGINT', () => void end(130));
  process.on('SIGTERM', () => void end(143));
  process.on('uncaughtException', (error) => void fail(error));
  process.on('unhandledRejection', (error) => void fail(error));
  await work(cleanup).then(
    (hasPassed) =>
      end(hasPassed ? 0 : 1, () => console.log(hasPassed ? 'passed' : 'FAILED: see above')),
    fail,
  );
};
