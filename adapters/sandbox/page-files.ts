import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { installedFolder } from './installed.ts';

/** What the page consists of; files with any other ending are not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const FOLDER = installedFolder('page');

/** Serves `index.html` at `/` and every other file that the folder has now at `/page/`. */
export function addPage(server: FastifyInstance): void {
  if (FOLDER === undefined) {
    server.get('/', (_request, reply) =>
      reply.code(404).send({ error: 'the page is not installed' }),
    );
    return;
  }
  for (const name of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const file = join(FOLDER, name);
    const path = name === 'index.html' ? '/' : `/page/${name.replaceAll(sep, '/')}`;
    server.get(path, async (_request, reply) => reply.type(type).send(await readFile(file)));
  }
}
