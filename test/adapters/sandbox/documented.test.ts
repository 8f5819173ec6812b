import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { FastifyInstance } from 'fastify';
import { SandboxClient, startSandbox } from '../../../adapters/sandbox/index.ts';
import { METHODS } from '../../../adapters/sandbox/bot-api/dispatch.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '../../../docs/sandbox.md'), 'utf8');

/** What is between two headings of the document. */
const section = (title: string): string =>
  (DOCUMENT.split(`\n## ${title}\n`)[1] ?? '').split('\n## ')[0] ?? '';

const found = (text: string, pattern: RegExp): readonly string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, first]) => first ?? ''))].toSorted();

/** The addresses below `/sandbox/` that a sandbox serves: Fastify tells of each as it is added. */
const routed = async (): Promise<readonly string[]> => {
  const urls = new Set<string>();
  const listen = (message: unknown): void => {
    const { fastify } = message as { readonly fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ url }) => void urls.add(url));
  };
  subscribe('fastify.initialization', listen);
  try {
    await (await startSandbox()).stop();
  } finally {
    unsubscribe('fastify.initialization', listen);
  }
  return [...urls].filter((url) => url.startsWith('/sandbox/')).toSorted();
};

describe('docs/sandbox.md', () => {
  it('names every method that the sandbox has, and none that it has not', () => {
    const known = Object.keys(METHODS).toSorted();
    const named = found(
      section('How faithful it is').split('The methods:')[1] ?? '',
      /`([a-z]+[A-Z]\w+)`/g,
    );
    expect(known.length).to.be.at.least(28);
    expect(named).to.deep.equal(known);
  });

  it('names every address of the control plane, and none that is not there', async () => {
    const known = await routed();
    const named = found(
      section('The control plane'),
      /`(?:GET |POST |DELETE )?(\/sandbox\/[\w/:]+)/g,
    );
    expect(known.length).to.be.at.least(20);
    expect(named).to.deep.equal(known);
  });

  it('names every method of the typed client', () => {
    const own = Object.getOwnPropertyNames(SandboxClient.prototype).slice(1);
    const table = section('The control plane')
      .split('\n')
      .filter((line) => line.startsWith('|'));
    const named = table.map((row) => row.split('|')[3] ?? '').join();
    expect(own.length).to.be.above(20);
    expect(own.filter((name) => !named.includes(`\`${name}`))).to.deep.equal([]);
  });
});
