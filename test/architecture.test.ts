import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';

const ROOT = join(import.meta.dirname, '..');
const ADR = 'see docs/adr/0001-hexagon.md';

/** One import, as it stands in the source. */
interface Import {
  /** Path from the root, e.g. `core/wallet/index.ts`. */
  readonly from: string;
  /** Path from the root; of a package or a node: module its name. */
  readonly to: string;
  readonly isPackage: boolean;
  readonly typesOnly: boolean;
}

const STATED = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/;
const STATEMENT = new RegExp(`${STATED.source}|${DYNAMIC.source}`, 'gm');

const filesIn = (folder: string, ending = '.ts'): readonly string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('node_modules'));

/** What `source` imports, as if it were the file `from`. */
const importsOf = (from: string, source: string): readonly Import[] => {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...code.matchAll(STATEMENT)].map(([, type, stated, dynamic]) => {
    const name = stated ?? dynamic ?? '';
    const isPackage = !name.startsWith('.');
    const to = isPackage ? name : join(dirname(from), name);
    return { from, to, isPackage, typesOnly: type !== undefined };
  });
};

const read = (file: string) => ({
  file,
  imports: importsOf(file, readFileSync(join(ROOT, file), 'utf8')),
});

const GRAPH = ['core', 'adapters', 'app'].flatMap((folder) => filesIn(folder)).map(read);

const inside = (folder: string) => GRAPH.filter(({ file }) => file.startsWith(`${folder}/`));

/** None of the imports may break the rule; fails where there is nothing to judge. */
const judge = (
  files: readonly (typeof GRAPH)[number][],
  which: (one: Import) => boolean,
  isAllowed: (one: Import) => boolean,
): void => {
  const judged = files.flatMap(({ imports }) => imports).filter(which);
  expect(judged.length, 'imports that this rule is about: a rule about nothing').to.be.above(0);
  const broken = judged.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} → ${to}`);
  expect(broken, ADR).to.deep.equal([]);
};

const everything = (): boolean => true;
const partOf = (path: string): string => path.split('/')[1] ?? '';

/** What not every runtime has, and time or chance that came by no port. */
const GLOBALS = /\b(?:process\.|Buffer\b|console\.|fetch\(|set(?:Timeout|Interval)\()/;
const TIME_OR_CHANCE = /\b(?:Date\.now|new Date\(\)|Math\.random)/;

/** Files of core that stand above all features and bind them together. */
const ROOF = new Set(['ports.ts', 'create-core.ts', 'refusals.ts', 'index.ts']);

const GROUND = ['kernel'];
const MIDDLE = [...GROUND, 'users', 'audit', 'outbox', 'owner', 'files', 'settings'];
const MONEY = [...MIDDLE, 'wallet'];
const PAYING = [...MONEY, 'freeze'];

/** What each feature of core may know. */
const KNOWS: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  audit: [...GROUND, 'outbox', 'users'],
  outbox: GROUND,
  channel: [...GROUND, 'outbox', 'users'],
  files: GROUND,
  settings: [...GROUND, 'owner'],
  owner: [...GROUND, 'users'],
  users: [...GROUND, 'outbox', 'owner'],
  wallet: MIDDLE,
  freeze: MONEY,
  campaigns: MONEY,
  deposits: MONEY,
  withdrawals: PAYING,
  tasks: [...MONEY, 'campaigns'],
  proofs: [...PAYING, 'campaigns', 'tasks'],
  approvals: [...PAYING, 'campaigns', 'tasks', 'proofs'],
  broadcasts: MONEY,
  reports: MONEY,
  wellbeing: PAYING,
  figures: [],
};

/** Folders of core. */
const FEATURES = Object.keys(KNOWS);
const featureFiles = (feature: string) => inside(`core/${feature}`);

describe('The architecture: core', () => {
  it('every folder of core has its place in the order', () => {
    const folders = inside('core')
      .map(({ file }) => partOf(file))
      .filter((part) => !part.endsWith('.ts'));
    expect([...new Set(folders)].toSorted(), ADR).to.deep.equal(FEATURES.toSorted());
    const loose = inside('core').filter(({ file }) => file.split('/').length === 2);
    expect(loose.map(({ file }) => partOf(file)).toSorted(), ADR).to.deep.equal(
      [...ROOF].toSorted(),
    );
  });

  it('core imports core and nothing else: no package, no node: module, no adapter, no app', () => {
    judge(inside('core'), everything, ({ to, isPackage }) => !isPackage && to.startsWith('core/'));
  });

  it('core uses nothing that only one runtime has', () => {
    const used = inside('core').filter(({ file }) => {
      const source = readFileSync(join(ROOT, file), 'utf8');
      const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$|'(?:[^'\\\n]|\\.)*'/gm, '');
      return GLOBALS.test(code) || TIME_OR_CHANCE.test(code);
    });
    expect(inside('core').length).to.be.above(50);
    expect(
      used.map(({ file }) => file),
      ADR,
    ).to.deep.equal([]);
  });

  for (const feature of FEATURES) {
    const known = KNOWS[feature] ?? [];
    const named = known.length === 0 ? 'nothing' : known.join(', ');

    it(`core/${feature} knows ${named}`, () => {
      const own = ({ to }: Import) => partOf(to) === feature;
      judge(featureFiles(feature), everything, (one) => {
        const { to, typesOnly } = one;
        return own(one) || known.includes(partOf(to)) || (to === 'core/ports.ts' && typesOnly);
      });
    });
  }

  it('the kernel stands on nothing: not even on the types of the ports', () => {
    judge(featureFiles('kernel'), everything, ({ to }) => to.startsWith('core/kernel/'));
  });

  it('a feature sees of another its index.ts only', () => {
    const acrossFeatures = ({ from, to }: Import) =>
      !ROOF.has(partOf(from)) && !ROOF.has(partOf(to)) && partOf(from) !== partOf(to);
    judge(inside('core'), acrossFeatures, ({ to }) => to === `core/${partOf(to)}/index.ts`);
  });

  it('the roof sees index.ts of the features, core/ports.ts their ports too', () => {
    const downwards = ({ from, to }: Import) => ROOF.has(partOf(from)) && !ROOF.has(partOf(to));
    judge(
      inside('core'),
      downwards,
      ({ from, to, typesOnly }) =>
        to === `core/${partOf(to)}/index.ts` ||
        (from === 'core/ports.ts' && typesOnly && to === `core/${partOf(to)}/ports.ts`),
    );
  });

  it('no feature imports from the roof but the types of core/ports.ts', () => {
    const upwards = ({ from, to }: Import) => !ROOF.has(partOf(from)) && ROOF.has(partOf(to));
    judge(inside('core'), upwards, ({ to, typesOnly }) => to === 'core/ports.ts' && typesOnly);
  });

  it('nobody in core imports the channel but the roof', () => {
    const ofChannel = ({ from, to }: Import) =>
      partOf(to) === 'channel' && partOf(from) !== 'channel';
    judge(inside('core'), ofChannel, ({ from }) => ROOF.has(partOf(from)));
  });
});

/** Folders of the bot from the ground up. */
const ROOMS = ['texts', 'delivery', 'dialogue', 'features', 'updates'].map(
  (room) => `adapters/telegram/${room}/`,
);

describe('The architecture: adapters and app', () => {
  const adapters = inside('adapters');

  it('adapters import core, packages and themselves: neither each other nor app', () => {
    const local = ({ isPackage }: Import) => !isPackage;
    judge(
      adapters,
      local,
      ({ from, to }) => to.startsWith('core/') || to.startsWith(`adapters/${partOf(from)}/`),
    );
  });

  it('the sandbox is for any bot: it imports nothing of core either', () => {
    const local = ({ isPackage }: Import) => !isPackage;
    judge(inside('adapters/sandbox'), local, ({ to }) => to.startsWith('adapters/sandbox/'));
  });

  it('the page of the sandbox imports its own files only; everything else it asks for by HTTP', () => {
    const page = 'adapters/sandbox/page';
    judge(filesIn(page, '.js').map(read), everything, ({ to }) => to.startsWith(`${page}/`));
  });

  it('adapters see of core index.ts, a feature’s index.ts, or the types of ports.ts', () => {
    const intoCore = ({ to }: Import) => to.startsWith('core/');
    judge(
      adapters,
      intoCore,
      ({ to, typesOnly }) =>
        to === 'core/index.ts' ||
        FEATURES.some((feature) => to === `core/${feature}/index.ts`) ||
        (to === 'core/ports.ts' && typesOnly),
    );
  });

  it('only app imports Inversify and reflect-metadata', () => {
    const isContainer = ({ to }: Import) => /^(?:inversify|reflect-metadata)(?:\/|$)/.test(to);
    const files = [...inside('core'), ...adapters];
    judge(
      files,
      ({ isPackage }) => isPackage,
      (one) => !isContainer(one),
    );
  });

  it('a room of the bot knows what lies below it only: what goes out knows no feature', () => {
    const roomOf = (path: string): number => ROOMS.findIndex((room) => path.startsWith(room));
    const betweenRooms = ({ from, to }: Import) => roomOf(from) >= 0 && roomOf(to) >= 0;
    judge(inside('adapters/telegram'), betweenRooms, ({ from, to }) => roomOf(to) <= roomOf(from));
  });

  it('every technology stays in its adapter', () => {
    const homes: Readonly<Record<string, readonly string[]>> = {
      telegraf: ['telegram'],
      sharp: ['images', 'sandbox', 'charts'],
      echarts: ['charts'],
      'echarts/core': ['charts'],
      winston: ['logging'],
      fastify: ['http', 'sandbox'],
      'prom-client': ['metrics'],
      '@mikro-orm/postgresql': ['postgres'],
      '@mikro-orm/core': ['postgres'],
      '@mikro-orm/migrations': ['postgres'],
      'pg-boss': ['pg-boss'],
    };
    judge(
      adapters,
      ({ to }) => to in homes,
      ({ from, to }) => homes[to]?.includes(partOf(from)) ?? true,
    );
  });
});

describe('The architecture test itself', () => {
  it('reads every way of importing, and tells types from values', () => {
    const source = [
      "import { a } from '../wallet/index.ts';",
      "import type { B } from '../ports.ts';",
      "import {\n  c,\n  type D,\n} from './c.ts';",
      "export * from './d.ts';",
      "export type { E } from '../users/user.ts';",
      "import 'reflect-metadata';",
      "const f = await import('node:fs');",
      "// import { g } from 'g';",
      "/** import { h } from 'h'; */",
    ].join('\n');
    const found = importsOf('core/proofs/x.ts', source);
    expect(found.map(({ to, typesOnly }) => [to, typesOnly])).to.deep.equal([
      ['core/wallet/index.ts', false],
      ['core/ports.ts', true],
      ['core/proofs/c.ts', false],
      ['core/proofs/d.ts', false],
      ['core/users/user.ts', true],
      ['reflect-metadata', false],
      ['node:fs', false],
    ]);
    expect(found.filter(({ isPackage }) => isPackage)).to.have.length(2);
  });

  it('has read as many imports as the sources name files', () => {
    const named = inside('core').flatMap(({ file }) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/from '\.[^']*\.ts'/g)].map(() => file),
    );
    const found = inside('core').flatMap(({ imports }) => imports);
    expect(named.length).to.be.above(200);
    expect(found.length).to.be.at.least(named.length);
  });
});
