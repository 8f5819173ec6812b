import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { textsIn } from '../../adapters/telegram/texts/index.ts';
import { PAGE, pageOf } from './page.ts';
import { wordings } from './wordings.ts';

describe('The page of every text', () => {
  it('stands as the catalogues say it now; else: npm run texts', () => {
    const made = pageOf(wordings());
    const kept = readFileSync(join(import.meta.dirname, '../..', PAGE), 'utf8');
    expect(kept === made, `${PAGE} is not what the catalogues say; run: npm run texts`).to.equal(
      true,
    );
  });

  it('UX-1 has each key of each catalogue', () => {
    const page = pageOf(wordings());
    for (const [catalogue, texts] of Object.entries(textsIn('id'))) {
      const section = page.split(`\n## ${catalogue}\n`)[1]?.split('\n## ')[0] ?? '';
      for (const key of Object.keys(texts)) {
        expect(section, `${catalogue}.${key}`).to.contain(`<code>${key}</code>`);
      }
    }
  });
});
