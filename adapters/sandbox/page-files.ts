import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

/** The page's files and their types; nothing else is ever read from disk. */
const FILES: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'chat.css': 'text/css; charset=utf-8',
  'column.css': 'text/css; charset=utf-8',
  'media.css': 'text/css; charset=utf-8',
  'controls.css': 'text/css; charset=utf-8',
  'theme.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'api.js': 'text/javascript; charset=utf-8',
  'bubble.js': 'text/javascript; charset=utf-8',
  'column.js': 'text/javascript; charset=utf-8',
  'composer.js': 'text/javascript; charset=utf-8',
  'dom.js': 'text/javascript; charset=utf-8',
  'entities.js': 'text/javascript; charset=utf-8',
  'overlay.js': 'text/javascript; charset=utf-8',
  'pen.js': 'text/javascript; charset=utf-8',
  'sample-receipt.js': 'text/javascript; charset=utf-8',
  'sample-screenshot.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
  'wallpaper.svg': 'image/svg+xml',
};

/** Beside the sources, or, when running from `dist`, beside the sources of the package. */
const FOLDER = ['page', '../../../adapters/sandbox/page']
  .map((path) => join(import.meta.dirname, path))
  .find((path) => existsSync(path));

/** Serves the page at `/`. */
export function addPage(server: FastifyInstance): void {
  for (const [name, type] of Object.entries(FILES)) {
    const path = name === 'index.html' ? '/' : `/page/${name}`;
    server.get(path, async (_request, reply) => {
      if (FOLDER === undefined) return reply.code(404).send({ error: 'the page is not installed' });
      return reply.type(type).send(await readFile(join(FOLDER, name)));
    });
  }
}
