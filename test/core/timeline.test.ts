import { expect } from 'chai';
import fc from 'fast-check';
import { asOperator, MINUTE_MS, type Slice, type TimelineEvent } from '../../core/index.ts';
import { placeKey, readPlaceKey, TIMELINE_SOURCES } from '../../core/reports/timeline.ts';
import { freshId } from '../support/builders.ts';
import { aMarket, refusal, type Market, type Person } from '../support/market.ts';

describe('A person’s timeline', () => {
  const aLife = async () => {
    const market = aMarket({ settings: { takenAtOnceMax: 50 } });
    const [admin, client, worker] = [
      await market.admin(),
      await market.client(),
      await market.worker(),
    ];
    const read = (slice: {
      from: null | { key: string; towards: 'older' | 'newer' };
      size: number;
    }) => market.core.reports.timeline({ actor: admin.actor, userId: worker.id, slice });
    return { market, admin, client, worker, read };
  };

  it('ADM-3 pages put together are the whole in order, in both directions, whatever happened', async () => {
    const step = fc.constantFrom('take', 'lose', 'approve', 'reject', 'suspend', 'wait');
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 12 }),
        fc.integer({ min: 1, max: 6 }),
        async (steps, size) => {
          const { market, admin, client, worker, read } = await aLife();
          for (const now of steps) await act(now, { market, admin, client, worker });
          const whole = (await read({ from: null, size: 50 })).items;
          const down = await walk((from) => read({ from, size }), null, 'older');
          expect(down.events).to.deep.equal(whole);
          const { last } = down;
          if (last.newer === null) return;
          const up = await walk((from) => read({ from, size }), last.newer, 'newer');
          const seen = [...up.events.toReversed(), ...last.items];
          expect(seen.slice(-whole.length)).to.deep.equal(whole);
          const times = whole.map(({ at }) => at.getTime());
          expect(times).to.deep.equal(times.toSorted((a, b) => b - a));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('ADM-3 tells who suspended them and of each change of their role', async () => {
    const { market, admin, worker, read } = await aLife();
    const about = { actor: admin.actor, userId: worker.id };
    await market.core.users.suspend({ ...about, reason: 'fraud' });
    market.clock.advance(MINUTE_MS);
    await market.core.users.unsuspend(about);
    const [last, first, role] = (await read({ from: null, size: 3 })).items;
    expect(last).to.include({ kind: 'unsuspended', by: 'Siti' });
    expect(first).to.include({ kind: 'suspended', by: 'Siti' });
    expect(role).to.include({ kind: 'role', from: null, to: 'worker' });
  });

  it('ADM-3 whoever comes back to the newest part finds a whole one', async () => {
    const { market, client, worker, read } = await aLife();
    for (let count = 0; count < 2; count += 1) {
      await market.proof(worker, await market.campaign(client));
    }
    const newest = await read({ from: null, size: 3 });
    const back = { key: newest.older ?? '', towards: 'newer' } as const;
    expect(await read({ from: back, size: 3 })).to.deep.equal(newest);
  });

  it('SEC-2 a forged key counts as none, and a key of any place is read back as it was', async () => {
    const { read } = await aLife();
    const newest = await read({ from: null, size: 2 });
    const forged = ['', '0', 'x'.repeat(40), 'z00000000010', '0-zzzzzzzz1', `1${'z'.repeat(34)}`];
    for (const key of forged) {
      expect(await read({ from: { key, towards: 'older' }, size: 2 }), key).to.deep.equal(newest);
    }
    fc.assert(
      fc.property(
        fc.constantFrom(...TIMELINE_SOURCES),
        fc.uuid(),
        fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
        fc.date({ min: new Date(0), max: new Date('5000-01-01'), noInvalidDate: true }),
        (source, uuid, number, at) => {
          const place = { at, source, id: source === 'standing' ? number.toString() : uuid };
          const key = placeKey(place);
          expect(key).to.match(/^[A-Za-z0-9_-]{1,40}$/);
          expect(readPlaceKey(key)).to.deep.equal(place);
        },
      ),
    );
  });

  it('ADM-3 a profile names the admin who suspended them, and says so where nobody did', async () => {
    const { market, admin, worker, read } = await aLife();
    const { users, reports } = market.core;
    const about = { actor: admin.actor, userId: worker.id };
    const suspender = async () => (await reports.profile(about)).suspendedBy?.id ?? null;
    expect(await suspender()).to.equal(null);
    await users.suspend({ ...about, reason: 'fraud' });
    expect(await suspender()).to.equal(admin.id);
    const { user } = await reports.profile(about);
    expect(await users.show(about))
      .to.deep.equal(user)
      .and.to.include({ status: 'suspended' });
    expect((await read({ from: null, size: 1 })).user).to.deep.equal(user);
    await users.unsuspend(about);
    await users.suspend({ ...about, actor: asOperator('test'), reason: 'fraud' });
    expect(await suspender(), 'the operator').to.equal(null);
  });

  it('ADM-3 somebody who does not exist has neither profile nor timeline', async () => {
    const { market, admin } = await aLife();
    const request = { actor: admin.actor, userId: freshId<never>() };
    const missing = { code: 'not-found', details: { what: 'user' } };
    const { reports, users } = market.core;
    expect(await refusal(users.show(request))).to.deep.equal(missing);
    expect(await refusal(reports.profile(request))).to.deep.equal(missing);
    const slice = { from: null, size: 5 };
    expect(await refusal(reports.timeline({ ...request, slice }))).to.deep.equal(missing);
  });
});

interface Life {
  readonly market: Market;
  readonly admin: Person;
  readonly client: Person;
  readonly worker: Person;
}

/** One thing that happens; only `wait` lets time pass, so that much happens at one moment. */
const act = async (step: string, { market, admin, client, worker }: Life): Promise<void> => {
  if (step === 'wait') return market.clock.advance(MINUTE_MS);
  if (step === 'suspend') {
    const about = { actor: admin.actor, userId: worker.id };
    await market.core.users.suspend({ ...about, reason: 'fraud' });
    await market.core.users.unsuspend(about);
    return;
  }
  const take = await market.take(worker, await market.campaign(client));
  if (step === 'take') return;
  if (step === 'lose') {
    await market.core.tasks.release({ actor: worker.actor, takeId: take.id });
    return;
  }
  const proof = await market.submit(worker, take);
  await (step === 'approve' ? market.approve(proof) : market.reject(proof));
};

type From = { readonly key: string; readonly towards: 'older' | 'newer' } | null;

/** Page after page, in the direction of reading. */
const walk = async (
  read: (from: From) => Promise<Slice<TimelineEvent>>,
  start: string | null,
  towards: 'older' | 'newer',
): Promise<{ events: TimelineEvent[]; last: Slice<TimelineEvent> }> => {
  const events: TimelineEvent[] = [];
  for (let key = start; ;) {
    const last = await read(key === null ? null : { key, towards });
    events.push(...(towards === 'older' ? last.items : last.items.toReversed()));
    key = last[towards];
    if (key === null) return { events, last };
  }
};
