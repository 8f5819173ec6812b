import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { VARIABLES } from '../../app/config.ts';
import { SETTING_KEYS } from '../../core/index.ts';
import { PAGE, pageOf, variablesIn } from './page.ts';

const read = (path: string): string =>
  readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

describe('The page of every setting', () => {
  it('ADM-4 stands as the code has it now; else: npm run settings-table', () => {
    const isSame = read(PAGE) === pageOf(read('.env.example'));
    expect(isSame, `${PAGE} is out of date; run: npm run settings-table`).to.equal(true);
  });

  it('ADM-4 OPS-1 has every setting and every variable, each with what it is', () => {
    const page = pageOf(read('.env.example'));
    for (const name of [...SETTING_KEYS, ...VARIABLES]) {
      expect(page.split(`<code>${name}</code>`), name).to.have.length(2);
    }
    for (const { name, section, about } of variablesIn(read('.env.example'))) {
      expect(section, name).not.to.equal('');
      expect(about, name).to.match(/^[A-Za-z0-9].*[.)]$/);
    }
  });
});
