import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MUTANTS } from './list.ts';
import { edited } from './mutant.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('The deliberate bugs', () => {
  it('are many, each under a name of its own', () => {
    const names = MUTANTS.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    expect(names.length).to.be.greaterThan(24);
  });

  for (const { name, edits, tests } of MUTANTS) {
    it(`still fit the sources: ${name}`, () => {
      const texts = new Map<string, string>();
      for (const edit of edits) {
        const { file } = edit;
        const before = texts.get(file) ?? readFileSync(join(ROOT, file), 'utf8');
        const after = edited(before, edit);
        expect(after, `${name} changes nothing`).to.not.equal(before);
        texts.set(file, after);
      }
      for (const file of tests) expect(existsSync(join(ROOT, file)), file).to.equal(true);
    });
  }

  it('are refused where the piece that they change stands there twice, or not at all', () => {
    const edit = { file: 'a.ts', find: 'x', replace: 'y' };
    expect(edited('a x b', edit)).to.equal('a y b');
    expect(() => edited('a x x', edit)).to.throw('2 times');
    expect(() => edited('a', edit)).to.throw('0 times');
  });
});
