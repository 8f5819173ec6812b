import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CODES } from '../../../adapters/telegram/codes.ts';
import { textsIn } from '../../../adapters/telegram/texts/index.ts';

const ROOT = join(import.meta.dirname, '../../../adapters/telegram');
const sourceOf = (pattern: string): string =>
  globSync(pattern, { cwd: ROOT })
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');

describe('Telegram: codes and texts', () => {
  it('SEC-2 no code stands for two things, and each has one or two letters', () => {
    const codes = Object.values(CODES);
    expect(new Set(codes).size).to.equal(codes.length);
    for (const code of codes) expect(code).to.match(/^[a-z]{1,2}$/);
  });

  it('each code is on a button and is understood', () => {
    const features = sourceOf('{*,features/**/*}.ts');
    for (const name of Object.keys(CODES)) {
      const uses = features.match(new RegExp(`\\bCODES\\.${name}\\b`, 'g')) ?? [];
      expect(uses.length, name).to.be.at.least(2);
    }
  });

  it('UX-1 each text is said somewhere', () => {
    const source = sourceOf('{*,{delivery,dialogue,features,updates}/**/*,texts/id/*}.ts');
    for (const [catalogue, texts] of Object.entries(textsIn('id'))) {
      for (const key of Object.keys(texts)) {
        const said = new RegExp(`(?<!^ {2})\\b${key}\\b`, 'm');
        expect(said.test(source), `${catalogue}.${key}`).to.equal(true);
      }
    }
  });
});
