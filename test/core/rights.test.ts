import { expect } from 'chai';
import { asRefusal, PERMISSIONS, type Permission, type Role } from '../../core/index.ts';
import { aMarket, OPERATOR, refusal, type Market, type Person } from '../support/market.ts';
import { EVERY_USE_CASE } from './every-use-case.ts';
import { aScene, isForAdmins, NOBODY, permissionsFor, unknown, type Scene } from './scene.ts';

const CASES = Object.entries(EVERY_USE_CASE).flatMap(([feature, useCases]) =>
  Object.entries(useCases).map(
    ([name, [allowed, call]]) => ({ name: `${feature}.${name}`, allowed, call }) as const,
  ),
);
const GUARDED = CASES.filter(({ allowed }) => !['no actor', 'anybody'].includes(allowed));
const ROLES: readonly Role[] = ['client', 'worker', 'admin'];

const suspended = async (market: Market, role: Role): Promise<Person> => {
  const who = await market[role]();
  await market.see(async (tx) => {
    const user = await tx.users.find(who.id);
    const suspension = { reason: 'fake proofs', by: 'operator:test', at: market.clock.now() };
    if (user) await tx.users.save({ ...user, status: 'suspended', suspension });
  });
  return who;
};

/** Everything that a refused request must leave as it was. */
const whole = async (market: Market, scene: Scene) => [
  market.ports.auditLog().length,
  market.ports.outboxMessages().length,
  await market.trialBalance(),
  await market.wallet(scene.client),
  await market.hold(scene.client),
  await market.campaignNow(scene.campaign),
  await market.progress(scene.campaign),
  await market.takeNow(scene.take),
  await market.proofNow(scene.proof),
  await market.proofNow(scene.decided),
];

describe('Rights', () => {
  it('ACC-6 every use case of the façade is in the table of rights', () => {
    const { core } = aMarket();
    const { within: _within, ...features } = core;
    const facade = Object.entries(features).flatMap(([feature, useCases]) =>
      Object.keys(useCases).map((name) => `${feature}.${name}`),
    );
    expect(CASES.map(({ name }) => name).toSorted()).to.deep.equal(facade.toSorted());
  });

  for (const { name, allowed, call } of GUARDED) {
    const role = isForAdmins(allowed) ? 'admin' : allowed;
    const wrong = ROLES.filter((other) => allowed !== 'own' && other !== role);

    it(`ACC-6 SEC-A11 ${name} refuses who has not the right, and changes nothing`, async () => {
      const market = aMarket();
      const scene = await aScene(market);
      const people = await Promise.all(wrong.map((other) => market[other]()));
      const before = await whole(market, scene);
      for (const { actor } of people) {
        expect(await refusal(call(market.core, actor, scene))).to.deep.equal(
          allowed === 'operator'
            ? { code: 'user.operator-required', details: null }
            : { code: 'user.role-required', details: { role } },
        );
      }
      expect(await whole(market, scene)).to.deep.equal(before);
    });

    if (allowed === 'operator') continue;

    it(`ACC-5 ACC-6 ${name} refuses the suspended, with the reason`, async () => {
      const market = aMarket();
      const scene = await aScene(market);
      const people = await Promise.all(ROLES.map((one) => suspended(market, one)));
      const before = await whole(market, scene);
      for (const { actor } of people) {
        expect(await refusal(call(market.core, actor, scene))).to.deep.equal({
          code: 'user.suspended',
          details: { reason: 'fake proofs' },
        });
      }
      expect(await whole(market, scene)).to.deep.equal(before);
    });

    it(`ACC-6 ACC-8 ${name} refuses strangers, and who has no role or terms`, async () => {
      const market = aMarket();
      const scene = await aScene(market);
      const [newcomer, noRole] = [await market.newcomer(), await market.person()];
      const codeFor = async ({ actor }: Pick<Person, 'actor'>) =>
        (await refusal(call(market.core, actor, scene))).code;
      expect(await codeFor({ actor: NOBODY })).to.equal('not-found');
      expect(await codeFor(newcomer)).to.equal('user.terms-not-accepted');
      if (name !== 'users.chooseRole') expect(await codeFor(noRole)).to.equal('user.role-missing');
    });
  }
});

/** What everybody does with their own, and admins who may with what is others'. */
const OWN_OR: readonly (readonly [string, readonly Permission[]])[] = [
  ['campaigns.pause', ['review']],
  ['campaigns.resume', ['review']],
  ['campaigns.delete', ['review']],
  ['withdrawals.show', ['money']],
];

const PERMITTED = [
  ...CASES.map(({ name, allowed }) => [name, permissionsFor(allowed)] as const),
  ...OWN_OR,
].filter(([, oneOf]) => oneOf.length > 0);

const callOf = (name: string) => {
  const call = CASES.find((one) => one.name === name)?.call;
  if (!call) throw new Error(`no such use case: ${name}`);
  return call;
};

describe('Permissions', () => {
  for (const [name, oneOf] of PERMITTED) {
    const named = oneOf.join('” or “');

    it(`ADM-1 ${name} needs “${named}”: every other right is not enough, and changes nothing`, async () => {
      const market = aMarket();
      const scene = await aScene(market);
      const { actor, telegramId } = await market.admin();
      const permissions = PERMISSIONS.filter((other) => !oneOf.includes(other));
      await market.core.users.setPermissions({ actor: OPERATOR, telegramId, permissions });
      const before = await whole(market, scene);
      expect(await refusal(callOf(name)(market.core, actor, scene))).to.deep.equal({
        code: 'user.permission-required',
        details: { oneOf },
      });
      expect(await whole(market, scene)).to.deep.equal(before);
    });

    for (const permission of oneOf) {
      it(`ADM-1 ${name} needs “${permission}” and no other right`, async () => {
        const market = aMarket();
        const scene = await aScene(market);
        const { actor, telegramId } = await market.admin();
        const permissions = [permission];
        await market.core.users.setPermissions({ actor: OPERATOR, telegramId, permissions });
        const [tried] = await Promise.allSettled([callOf(name)(market.core, actor, scene)]);
        const code = tried.status === 'rejected' ? asRefusal(tried.reason)?.code : null;
        expect(code).not.to.equal('user.permission-required');
      });
    }
  }
});

const OTHERS_THINGS: readonly (readonly [string, Role])[] = [
  ['campaigns.pause', 'client'],
  ['campaigns.resume', 'client'],
  ['campaigns.delete', 'client'],
  ['campaigns.raise', 'client'],
  ['campaigns.show', 'client'],
  ['campaigns.show', 'worker'],
  ['campaigns.days', 'client'],
  ['campaigns.days', 'worker'],
  ['tasks.show', 'worker'],
  ['tasks.release', 'worker'],
  ['proofs.submit', 'worker'],
  ['deposits.cancel', 'client'],
  ['deposits.cancel', 'worker'],
  ['withdrawals.cancel', 'client'],
  ['withdrawals.cancel', 'admin'],
  ['withdrawals.show', 'client'],
  ['withdrawals.show', 'worker'],
];

describe("Other people's things", () => {
  for (const [name, role] of OTHERS_THINGS) {
    it(`ACC-6 SEC-A13 SEC-A14 ${name} reads as nothing to a strange ${role}`, async () => {
      const market = aMarket();
      const scene = await aScene(market);
      const { actor } = await market[role]();
      const call = callOf(name);
      const before = await whole(market, scene);
      const refused = await refusal(call(market.core, actor, scene));
      expect(refused.code).to.equal('not-found');
      expect(refused).to.deep.equal(await refusal(call(market.core, actor, unknown(scene))));
      expect(await whole(market, scene)).to.deep.equal(before);
    });
  }
});
