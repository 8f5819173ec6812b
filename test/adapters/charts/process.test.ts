import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Alone } from './alone.ts';

const SCRIPT = fileURLToPath(new URL('./alone.ts', import.meta.url));

describe('Charts: a process of its own', function () {
  this.timeout(60_000);
  let temp: string;

  before(async () => {
    temp = await mkdtemp(join(tmpdir(), 'upah-charts-test-'));
  });
  after(() => rm(temp, { recursive: true, force: true }));

  const run = async (order: string, env: NodeJS.ProcessEnv = {}): Promise<Alone> => {
    const { FONTCONFIG_FILE: _file, ...usual } = process.env;
    const options = { env: { ...usual, TMPDIR: temp, ...env } };
    const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, order], options);
    return JSON.parse(stdout) as Alone;
  };

  for (const order of ['charts-first', 'images-first']) {
    it(`SEC-A50 a stranger’s SVG is refused, whatever it pretends to be: ${order}`, async () => {
      const { ink, refused, open, fonts } = await run(order);
      expect(refused).to.deep.equal({
        svg: 'file.wrong-type',
        xml: 'file.wrong-type',
        jpg: 'file.unreadable',
        png: 'file.wrong-type',
      });
      expect(open, 'an SVG beside ours').to.equal(false);
      expect(ink[0], 'painted before').to.be.above(1_000);
      expect(ink[1], 'painted after').to.equal(ink[0]);
      expect(fonts).to.match(/<dir>[^<]*dejavu-fonts-ttf[^<]*<\/dir>/);
      expect(fonts.match(/<dir>/g), 'only the fonts that come with us').to.have.length(1);
      expect(await readdir(temp), 'left behind').to.deep.equal([]);
    });
  }

  it('OPS-1 without fonts there would be no text, and what the operator has set stands', async () => {
    const file = join(temp, 'own.conf');
    await writeFile(file, '<?xml version="1.0"?><fontconfig></fontconfig>');
    const { ink, fonts } = await run('images-first', { FONTCONFIG_FILE: file });
    await rm(file);
    const { ink: written } = await run('images-first');
    expect(fonts).not.to.contain('dejavu');
    expect(ink[0]).to.be.below(written[0] / 2);
  });
});
