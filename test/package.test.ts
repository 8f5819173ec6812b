import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { SandboxClient, startSandbox } from '../adapters/sandbox/index.ts';
import { run as runNode } from './app/own-process.ts';
import { installPacked, type Customer } from './support/packed.ts';

const run = promisify(execFile);

/** The code blocks of a document in one language, in their order. */
const blocksOf = (document: string, language: string): readonly string[] =>
  [...readFileSync(document, 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, marked]) => marked === language)
    .map(([, , code]) => code ?? '');

/** The block with this text; the documents are wrong where there is none, or more than one. */
const blockWith = (document: string, language: string, text: string): string => {
  const [found, ...others] = blocksOf(document, language).filter((code) => code.includes(text));
  if (found === undefined || others.length > 0) throw new Error(`${document}: ${text}`);
  return found;
};

const LOOK = `
import { createCore } from 'upah/core';
import { createMemoryPorts } from 'upah/memory';
import { samplePicture, startSandbox } from 'upah/sandbox';

const core = createCore(createMemoryPorts());
const sandbox = await startSandbox();
const page = await (await fetch(sandbox.url)).text();
const parts = [...page.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, path]) => path);
const answers = await Promise.all(parts.map((path) => fetch(new URL(path, sandbox.url))));
const missing = answers.filter(({ ok }) => !ok).map(({ url }) => url);
const picture = await samplePicture('receipt');
await sandbox.stop();
console.log(JSON.stringify({ core: typeof core, parts: parts.length, missing, picture: picture.length }));
`;

describe('The package, as somebody else installs it', function () {
  this.timeout(60_000);
  let customer: Customer | undefined;

  before(async () => {
    customer = await installPacked();
  });
  after(() => customer?.remove());

  const write = (name: string, code: string): string => {
    const path = join(customer?.folder ?? '', name);
    writeFileSync(path, code);
    return path;
  };
  const output = async (path: string): Promise<string> => {
    const { code, output: printed } = await runNode([path], {}).ended;
    expect(code, printed).to.equal(0);
    return printed;
  };

  it('exports the core, the memory ports, and the sandbox with its page and pictures', async () => {
    const seen = JSON.parse(await output(write('look.mjs', LOOK))) as Record<string, unknown>;
    expect(seen).to.deep.include({ core: 'object', missing: [] });
    expect(seen['parts']).to.be.at.least(2);
    expect(seen['picture']).to.be.above(10_000);
  });

  it('comes with types under which the examples of the documents compile', async () => {
    for (const document of ['docs/sandbox.md', 'README.md']) {
      for (const [index, code] of blocksOf(document, 'ts').entries()) {
        write(`typed-${index}-${document.replaceAll(/\W/g, '-')}.mts`, code);
      }
    }
    const compilerOptions = {
      target: 'es2024',
      module: 'nodenext',
      types: ['node'],
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    };
    write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.mts'] }));
    const tsc = resolve('node_modules/.bin/tsc');
    await run(tsc, ['-p', customer?.folder ?? '']).catch(({ stdout }: { stdout: string }) => {
      throw new Error(stdout);
    });
  });

  it('runs the library example of the README', async () => {
    const printed = await output(write('library.mts', blockWith('README.md', 'ts', 'upah/core')));
    expect(printed).to.contain('{ wallet: 45000n, hold: 0n }');
  });

  it('runs the short examples of the documents', async () => {
    const short = blockWith('README.md', 'ts', 'sandbox.client.say');
    expect(await output(write('short.mts', short))).to.match(
      /^http:\/\/127\.0\.0\.1:\d+ \d+:SANDBOX-/,
    );
    await output(write('host.mts', blockWith('docs/sandbox.md', 'ts', 'SandboxHost')));
  });

  it('runs the echo bot of docs/sandbox.md: it says what it is told', async () => {
    const code = blockWith('docs/sandbox.md', 'ts', "botName: 'Echo'");
    expect(code.trim().split('\n').length).to.be.at.most(40);
    const echo = runNode([write('echo.mts', code)], {});
    const [, url = ''] = await echo.finds(/(http:\/\/127\.0\.0\.1:\d+)/);
    const client = new SandboxClient(url);
    await client.say(1, 'halo');
    await client.waitForMessage(1, ({ text }) => text === 'halo');
    echo.signal('SIGINT');
    expect((await echo.ended).code).to.equal(0);
  });

  it('passes the example test of docs/sandbox.md', async () => {
    const printed = await output(
      write('count.test.mts', blockWith('docs/sandbox.md', 'ts', 'a bot that counts')),
    );
    expect(printed)
      .to.match(/\bpass 2\b/)
      .and.to.match(/\bfail 0\b/);
  });

  it('is used from a shell as docs/sandbox.md shows it', async function () {
    const lines = blockWith('docs/sandbox.md', 'bash', '/sandbox/people');
    const version = await run('curl', ['--version']).catch(() => ({ stdout: '' }));
    if (!/^curl (?:7\.8[2-9]|7\.9|[89]|\d\d)/.test(version.stdout)) {
      console.warn('SKIPPED: the shell example needs curl 7.82 or newer.');
      return this.skip();
    }
    const sandbox = await startSandbox();
    const env = { ...process.env, SANDBOX: sandbox.url, TOKEN: sandbox.token };
    const script = lines.replaceAll('curl ', 'curl --no-progress-meter --fail ');
    after(() => sandbox.stop());
    const { stdout } = await run('sh', ['-ec', script], { env });
    expect(stdout).to.contain('"text":"halo"').and.to.contain('Halo, Cici!');
  });
});
