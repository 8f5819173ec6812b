import { expect } from 'chai';
import { createMeters } from '../../adapters/metrics/index.ts';
import { readMarket } from '../../app/health/market.ts';
import { asFigures } from '../../app/health/readiness.ts';
import { MINUTE_MS } from '../../core/index.ts';
import { freshId } from '../support/builders.ts';
import { aMarket } from '../support/market.ts';

type Looked = Parameters<ReturnType<typeof createMeters>['report']>[0];

const OURS = /^upah_(?:desk|users?|campaigns|broadcast|ready|disk)/;

/** The lines of these gauges, as `meters` shows them. */
const gauges = async (now: Looked, meters = createMeters()): Promise<readonly string[]> =>
  (await meters.report(now)).text.split('\n').filter((line) => OURS.test(line));

describe('What metrics say of the marketplace', () => {
  it('OPS-2 RPT-1 what waits on each desk with its age, people, campaigns', async () => {
    const market = aMarket();
    const client = await market.client();
    const campaign = await market.campaign(client);
    await market.proof(await market.worker(), campaign);
    market.clock.advance(2 * MINUTE_MS);
    await market.proof(await market.worker(), campaign);
    await market.request(client, 50_000);
    market.clock.advance(MINUTE_MS);
    const now = await readMarket(market.ports);
    expect(await gauges({ market: now })).to.deep.equal([
      'upah_desk_waiting{desk="proofs"} 2',
      'upah_desk_waiting{desk="deposits"} 1',
      'upah_desk_waiting{desk="withdrawals"} 0',
      'upah_desk_oldest_seconds{desk="proofs"} 180',
      'upah_desk_oldest_seconds{desk="deposits"} 60',
      'upah_desk_oldest_seconds{desk="withdrawals"} 0',
      `upah_users_active ${now?.activeUsers}`,
      'upah_users 4',
      'upah_campaigns_running 1',
    ]);
  });

  it('OPS-2 ADM-5 how far the broadcast under way is, and nothing of one without any', async () => {
    const market = aMarket();
    const admin = await market.admin();
    await market.worker();
    const meters = createMeters();
    const of = async (): Promise<readonly string[]> =>
      (await gauges({ market: await readMarket(market.ports) }, meters)).filter((line) =>
        line.startsWith('upah_broadcast'),
      );
    expect(await of()).to.deep.equal([]);
    const broadcastId = freshId<never>();
    const message = { audience: 'workers', text: 'Halo', photo: null } as const;
    await market.core.broadcasts.start({ actor: admin.actor, key: broadcastId, ...message });
    expect(await of()).to.include.members([
      'upah_broadcast_recipients{state="waiting"} 1',
      'upah_broadcast_recipients{state="sent"} 0',
    ]);
    await market.core.broadcasts.cancel({ actor: admin.actor, broadcastId });
    expect(await of()).to.deep.equal([]);
  });

  it('OPS-2 nothing of it while the database does not say', async () => {
    const meters = createMeters();
    const market = { activeUsers: 1, users: 2, runningCampaigns: 3, desks: {}, broadcast: null };
    expect(await gauges({ market }, meters)).to.have.length(3);
    expect(await gauges({}, meters)).to.deep.equal([]);
  });
});

describe('What metrics say of readiness', () => {
  it('OPS-2 as /readyz says: each check that can fail, and the disk', async () => {
    const meters = createMeters();
    const looked = asFigures({
      ready: false,
      checks: {
        database: { ok: true },
        disk: { ok: false, freePercent: 7 },
        payments: { state: 'go on' },
      },
    });
    expect(await gauges({ readiness: looked }, meters)).to.deep.equal([
      'upah_ready 0',
      'upah_ready_check{check="database"} 1',
      'upah_ready_check{check="disk"} 0',
      'upah_disk_free_percent 7',
    ]);
    const unknown = asFigures({ ready: true, checks: { disk: { ok: false, freePercent: null } } });
    expect(await gauges({ readiness: unknown }, meters)).to.deep.equal([
      'upah_ready 1',
      'upah_ready_check{check="disk"} 0',
    ]);
  });
});
