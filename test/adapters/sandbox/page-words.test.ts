import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../../adapters/sandbox/page');

/** The catalogue of one language, as the page imports it. */
const wordsOf = async (language: string): Promise<Readonly<Record<string, string>>> => {
  const module = (await import(join(FOLDER, 'words', `${language}.js`))) as Record<string, object>;
  return module[language] as Record<string, string>;
};

const placesIn = (text = ''): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe('sandbox: the words of the page', () => {
  it('are the same in both languages, with the same values in them', async () => {
    const [id, en] = await Promise.all([wordsOf('id'), wordsOf('en')]);
    expect(Object.keys(en).toSorted()).to.deep.equal(Object.keys(id).toSorted());
    for (const key of Object.keys(id)) {
      expect(placesIn(en[key]), key).to.deep.equal(placesIn(id[key]));
      expect(en[key], key).not.to.equal('');
      expect(id[key], key).not.to.equal('');
    }
  });

  it('are there for every place of the page that asks for them', async () => {
    const id = await wordsOf('id');
    const asked = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(js|html)$/.test(name))
      .flatMap((name) => {
        const source = readFileSync(join(FOLDER, name), 'utf8');
        return [...source.matchAll(/\bt\('([\w.]+)'|data-t(?:-label)?="([\w.]+)"/g)];
      })
      .map(([, inCode, inPage]) => inCode ?? inPage ?? '');
    expect(asked).to.have.length.greaterThan(50);
    expect(asked.filter((key) => !(key in id))).to.deep.equal([]);
  });
});
