import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** An account of this machine. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const UNPRIVILEGED = ['postgres', 'nobody'];

/**
 * The account to run PostgreSQL as, which refuses to be root: whoever owns an existing cluster,
 * else one that every system has (none is created). Undefined: the account we run as ourselves.
 */
export function serverAccount(clusterDir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = ownerOf(clusterDir);
  if (owner && owner.uid !== 0) return owner;
  for (const name of UNPRIVILEGED) {
    const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
    if (uid.status === 0 && gid.status === 0) {
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    }
  }
  throw new Error(
    'PostgreSQL refuses to run as root and there is no account "postgres" or "nobody": ' +
      'start Upah as an ordinary user, or set DATABASE_URL',
  );
}

/** Whether that account may enter `dir`, or the nearest parent that exists. */
export function mayEnter(dir: string, account: Account): boolean {
  let existing = resolve(dir);
  while (!existsSync(existing)) existing = dirname(existing);
  return spawnSync('ls', ['-d', `${existing}/.`], { ...account, cwd: '/' }).status === 0;
}

/** Who owns it; undefined when there is no such thing. */
export function ownerOf(path: string): Account | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat && { uid: stat.uid, gid: stat.gid };
}
