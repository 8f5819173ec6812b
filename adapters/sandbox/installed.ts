import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A folder of the sandbox that is no code: beside the sources, or, when running from `dist`, beside
 * the sources of the package. Undefined where it is not there.
 */
export const installedFolder = (name: string): string | undefined =>
  [name, `../../../adapters/sandbox/${name}`]
    .map((path) => join(import.meta.dirname, path))
    .find((path) => existsSync(path));
