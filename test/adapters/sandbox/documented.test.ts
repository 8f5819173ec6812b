import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { SandboxClient } from '../../../adapters/sandbox/index.ts';
import { isMethod } from '../../../adapters/sandbox/bot-api/dispatch.ts';

const SOURCES = join(import.meta.dirname, '../../../adapters/sandbox');
const DOCUMENT = readFileSync(join(import.meta.dirname, '../../../docs/sandbox.md'), 'utf8');

const readAll = (folder: string): string =>
  readdirSync(join(SOURCES, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(SOURCES, folder, name), 'utf8'))
    .join('\n');

/** What is between two headings of the document. */
const section = (title: string): string =>
  (DOCUMENT.split(`\n## ${title}\n`)[1] ?? '').split('\n## ')[0] ?? '';

const found = (text: string, pattern: RegExp): readonly string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, first]) => first ?? ''))].toSorted();

describe('docs/sandbox.md', () => {
  it('names every method that the sandbox has, and none that it has not', () => {
    const known = found(readAll('bot-api'), /^ {2}([a-z]+[A-Z]\w+): \{/gm).filter(isMethod);
    const named = found(
      section('How faithful it is').split('The methods:')[1] ?? '',
      /`([a-z]+[A-Z]\w+)`/g,
    );
    expect(known.length).to.be.at.least(28);
    expect(named).to.deep.equal(known);
  });

  it('names every address of the control plane, and none that is not there', () => {
    const sources = readAll('.') + readAll('control');
    const routed = found(sources, /server\.(?:get|post|delete)\(\s*['`](\/sandbox\/[\w/:]+)['`]/g);
    const acts = found(sources, /\bact\('(\w+)'/g).map((act) => `/sandbox/people/:id/${act}`);
    const named = found(
      section('The control plane'),
      /`(?:GET |POST |DELETE )?(\/sandbox\/[\w/:]+)/g,
    );
    expect(routed.length + acts.length).to.be.at.least(20);
    expect(named).to.deep.equal([...new Set([...routed, ...acts])].toSorted());
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
