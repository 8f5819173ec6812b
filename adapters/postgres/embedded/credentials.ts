import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { BOT_ROLE } from '../migrations/index.ts';

/** The superuser that initdb makes. For administration only; neither bot nor migrations use it. */
export const ADMIN_ROLE = 'postgres';

/** Owns the database and migrates it. */
export const OWNER_ROLE = 'upah_owner';

const ROLES = [ADMIN_ROLE, OWNER_ROLE, BOT_ROLE] as const;

/** The password of each role. */
export type Credentials = Readonly<Record<(typeof ROLES)[number], string>>;

/** Reads the generated passwords, or makes them when there is no cluster yet. */
export function ensureCredentials(dir: string, clusterExists: boolean): Credentials {
  const file = join(dir, 'postgres-credentials.json');
  const text = readIfThere(file);
  if (text !== undefined) return parse(text, file);
  if (clusterExists) {
    throw new Error(
      `${file} is missing, and without its passwords nobody gets into the database beside it: ` +
        'put the file back (it is in the backup), or move "postgres" away to begin anew',
    );
  }
  const credentials = Object.fromEntries(ROLES.map((role) => [role, password()])) as Credentials;
  writeWhole(file, `${JSON.stringify(credentials, undefined, 2)}\n`);
  return credentials;
}

const password = (): string => randomBytes(24).toString('base64url');

function parse(text: string, file: string): Credentials {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (isCredentials(value)) return value;
  throw new Error(
    `${file} does not hold the passwords of ${ROLES.join(', ')}: put back the file from the backup`,
  );
}

function isCredentials(value: unknown): value is Credentials {
  return (
    typeof value === 'object' &&
    value !== null &&
    ROLES.every((role) => /^[\w-]+$/.test(String(Reflect.get(value, role) ?? '')))
  );
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** All or nothing, also when the power fails: the passwords exist nowhere else. */
function writeWhole(file: string, text: string): void {
  const unfinished = `${file}.new`;
  rmSync(unfinished, { force: true });
  const handle = openSync(unfinished, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(unfinished, file);
}
