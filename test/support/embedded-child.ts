// A process of its own that runs an embedded server, for the tests that kill it.
// Usage: embedded-child.ts <dataDir> [keep|leave|throw|exit]; prints a line of JSON when it is up.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../adapters/postgres/embedded/index.ts';

const [dataDir = '', ending = 'keep'] = process.argv.slice(2);
const server = await startEmbeddedPostgres({ dataDir, volatile: true });
const pidFile = join(server.dir, 'postgres', 'postmaster.pid');
const postmaster = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
const { port } = server;
process.stdout.write(`${JSON.stringify({ pid: process.pid, postmaster, port })}\n`);
if (ending === 'keep') setInterval(() => {}, 60_000);
if (ending === 'throw') {
  setImmediate(() => {
    throw new Error('uncaught, on purpose');
  });
}
if (ending === 'exit') setImmediate(() => process.exit(3));
