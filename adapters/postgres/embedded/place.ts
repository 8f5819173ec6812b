import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { mayEnter, ownerOf, serverAccount, type Account } from './account.ts';

/** Where everything of the embedded server is kept. */
export interface Place {
  /** The data directory, or its stand-in among the system's service data. */
  readonly dir: string;
  readonly clusterDir: string;
  /** The account to run as; undefined: our own. */
  readonly account: Account | undefined;
}

const clusterIn = (dir: string): string => join(dir, 'postgres');

/**
 * Decides where the cluster is. As root, PostgreSQL runs as another account, which may not be able
 * to enter the data directory; then the system's directory for service data is used. Never makes a
 * second, empty cluster beside one that has become unreachable.
 */
export function choosePlace(dataDir: string, log: (line: string) => void): Place {
  mkdirSync(dataDir, { recursive: true }); // not 0700: the server's account must get through
  const own = placeAt(realpathSync(dataDir));
  if (!own.account) {
    refuseOthersCluster(own);
    return own;
  }
  const elsewhere = placeAt(serviceDataDir(own.dir));
  const ownExists = existsSync(own.clusterDir);
  if (mayEnter(own.dir, own.account) && (ownExists || !existsSync(elsewhere.clusterDir))) {
    return own;
  }
  if (ownExists) {
    throw new Error(
      `the account with uid ${own.account.uid}, which runs PostgreSQL, may not enter ` +
        `${own.dir}: make that directory and its parents searchable (chmod a+x)`,
    );
  }
  mkdirSync(elsewhere.dir, { recursive: true });
  log(`the database is in ${elsewhere.dir}: uid ${own.account.uid} could not enter ${own.dir}`);
  return elsewhere;
}

function placeAt(dir: string): Place {
  const clusterDir = clusterIn(dir);
  return { dir, clusterDir, account: serverAccount(clusterDir) };
}

function refuseOthersCluster({ clusterDir }: Place): void {
  const owner = ownerOf(clusterDir);
  const uid = process.getuid?.();
  if (!owner || uid === undefined || owner.uid === uid) return;
  throw new Error(
    `${clusterDir} belongs to uid ${owner.uid} and we run as uid ${uid}: ` +
      'start Upah as the account that first started it (or as root), or give the directory away',
  );
}

/** One stand-in for each data directory, so that two checkouts do not meet. */
function serviceDataDir(dataDir: string): string {
  const root = process.platform === 'darwin' ? '/Library/Application Support' : '/var/lib';
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return join(root, 'upah', name);
}
