import { expect } from 'chai';
import { lineKey, readLineKey } from '../../core/index.ts';
import { aMarket, OPERATOR, refusal, type Market, type Person } from '../support/market.ts';

const LIST = { filter: {}, slice: { from: null, size: 6 } };

const browse = ({ core }: Market, { actor }: Pick<Person, 'actor'>, change: object = {}) =>
  core.audit.browse({ actor, ...LIST, ...change });

describe('The audit log as admins read it', () => {
  it('AUD-3 ADM-1 every admin reads it, whatever else they may do', async () => {
    const market = aMarket();
    const { actor, telegramId } = await market.admin();
    const permissions = ['settings'] as const;
    await market.core.users.setPermissions({ actor: OPERATOR, telegramId, permissions });
    const [newest] = (await browse(market, { actor })).items;
    expect(newest?.action).to.equal('admin.permissions');
  });

  it('AUD-3 a person finds what they did and what was done about them, and nothing else', async () => {
    const market = aMarket();
    const [admin, worker, other] = [
      await market.admin(),
      await market.worker(),
      await market.worker(),
    ];
    const campaign = await market.campaign(await market.client());
    const proof = await market.proof(worker, campaign);
    await market.approve(proof, admin);
    await market.reject(await market.proof(other, campaign), admin);
    const { items } = await browse(market, admin, {
      filter: { userId: worker.id },
      slice: { from: null, size: 50 },
    });
    expect(items.map(({ action }) => action)).to.deep.equal([
      'proof.approve',
      'proof.submit',
      'take.take',
      'user.role',
      'user.accept-terms',
      'user.register',
    ]);
    const byAdmin = await browse(market, admin, {
      filter: { actorId: admin.id, userId: worker.id },
    });
    expect(byAdmin.items.map(({ action }) => action)).to.deep.equal(['proof.approve']);
  });

  it('AUD-3 a day is one of Jakarta', async () => {
    const market = aMarket();
    const admin = await market.admin();
    market.clock.advance(15 * 3_600_000 - 1); // 23.59.59 WIB
    await market.worker();
    const today = market.clock.now();
    const slice = { from: null, size: 50 };
    const ofToday = async () =>
      (await browse(market, admin, { filter: { day: today }, slice })).items.length;
    const before = await ofToday();
    market.clock.advance(1);
    await market.worker();
    expect(await ofToday()).to.equal(before);
    const tomorrow = await browse(market, admin, { filter: { day: market.clock.now() } });
    expect(tomorrow.items.map(({ action }) => action)).to.deep.equal([
      'user.role',
      'user.accept-terms',
      'user.register',
    ]);
  });

  it('AUD-3 whoever comes back to the newest part reads a whole one, with what is new', async () => {
    const market = aMarket();
    const admin = await market.admin();
    await market.campaign(await market.client());
    const first = await browse(market, admin);
    const key = first.older ?? '';
    const second = await browse(market, admin, {
      slice: { from: { key, towards: 'older' }, size: 6 },
    });
    await market.worker();
    const back = { key: second.newer ?? '', towards: 'newer' } as const;
    const between = await browse(market, admin, { slice: { from: back, size: 6 } });
    const top = { key: between.newer ?? '', towards: 'newer' } as const;
    const newest = await browse(market, admin, { slice: { from: top, size: 6 } });
    expect(newest).to.deep.equal(await browse(market, admin));
    expect(newest.items).to.have.length(6);
    expect(newest.newer).to.equal(null);
  });

  it('AUD-3 a part has 50 records at most, of an export 1,000', async () => {
    const market = aMarket();
    const admin = await market.admin();
    for (let at = 0; at < 18; at += 1) await market.worker();
    const slice = { from: null, size: 5_000 };
    expect((await browse(market, admin, { slice })).items).to.have.length(50);
    const part = await market.core.audit.exportPart({ actor: admin.actor, filter: {}, slice });
    expect(part.items).to.have.length(market.ports.auditLog().length);
  });

  it('AUD-1 AUD-3 an export is told with its filter, also that of the operator', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const day = market.clock.now();
    const filter = { userId: admin.id, subject: 'proof', day, actorId: null } as const;
    await market.core.audit.orderExport({ actor: admin.actor, filter });
    await market.core.audit.orderExport({ actor: OPERATOR, filter: {} });
    const told = market.ports.auditLog().slice(-2);
    expect(told.map(({ actor, action, after }) => [actor, action, after])).to.deep.equal([
      [admin.actor, 'audit.export', { userId: admin.id, subject: 'proof', day: day.toISOString() }],
      [OPERATOR, 'audit.export', {}],
    ]);
  });

  it('SEC-2 a record that is not there reads as nothing, and no key but ours is read', async () => {
    const market = aMarket();
    const { actor } = await market.admin();
    for (const id of ['', '0', '999999', 'x']) {
      expect((await refusal(market.core.audit.show({ actor, id }))).code).to.equal('not-found');
    }
    const place = { at: 1_795_282_681_000_000, id: 4_711 };
    expect(readLineKey(lineKey(place))).to.deep.equal(place);
    for (const key of ['', '-', 'a', 'a-', '-a', 'A-1', 'zzzzzzzzzzz-1', `${lineKey(place)}x-1`]) {
      expect(readLineKey(key), key).to.equal(undefined);
    }
  });
});
