import nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

/** Beside the packages: whoever may write there may change the code itself. */
export const COMPILED = fileURLToPath(new URL('../node_modules/.cache/upah', import.meta.url));

/**
 * What Node compiles from now on is there at the next start, which is half a second sooner. Where
 * the folder cannot be written nothing is kept, and nothing else changes. (Node before 22.8 has no
 * such cache.)
 */
export const useCompiled = (): void => void nodeModule.enableCompileCache?.(COMPILED);

/** Keeps what was compiled so far: the end of a process may come too suddenly for it. */
export const keepCompiled = (): void => nodeModule.flushCompileCache?.();
