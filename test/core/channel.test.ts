import { expect } from 'chai';
import fc from 'fast-check';
import {
  admit,
  asSystem,
  DAY_MS,
  UNMETERED,
  type Action,
  type Tempo,
  type TempoLimits,
} from '../../core/index.ts';
import { anUpdate, freshNumber } from '../support/builders.ts';
import { aMarket, type Market, type Person } from '../support/market.ts';
import { waitingIn } from '../support/waiting-in.ts';

const START = Date.parse('2026-01-05T02:00:00Z');
const at = (ms: number): Date => new Date(START + ms);
const instant = (ms: number): Action => ({ at: at(ms), seenAt: at(ms) });
const TWO: TempoLimits = { actionsPerSecond: 2, actionsBurst: 3 };

/** What becomes of actions, one after the other. */
const run = (actions: readonly Action[], limits: TempoLimits, tempo: Tempo = UNMETERED) => {
  let now = tempo;
  return actions.map((action) => {
    const admission = admit(now, action, limits);
    now = admission.tempo;
    return { ...admission, action };
  });
};

const admitted = (actions: readonly Action[], limits: TempoLimits): readonly Action[] =>
  run(actions, limits)
    .filter((one) => one.admitted)
    .map(({ action }) => action);

const aLimit = fc.record({
  actionsPerSecond: fc.integer({ min: 1, max: 1_000 }),
  actionsBurst: fc.integer({ min: 1, max: 20 }),
});

/** Actions as they reach us; each was done up to a minute before. */
const someActions = fc
  .array(
    fc.record({
      pauseMs: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 3_000 })),
      lateMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60_000 })),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let seen = 0;
    return steps.map(({ pauseMs, lateMs }): Action => {
      seen += pauseMs;
      return { at: at(seen - lateMs), seenAt: at(seen) };
    });
  });

describe('Tempo', () => {
  it('SEC-3 in no while is more let through than the burst and the rate times the while', () => {
    fc.assert(
      fc.property(someActions, aLimit, (actions, limits) => {
        const passed = admitted(actions, limits);
        for (const [from, first] of passed.entries()) {
          let earliest = first.at.getTime();
          for (const [place, last] of passed.slice(from).entries()) {
            earliest = Math.min(earliest, last.at.getTime());
            const seconds = (last.seenAt.getTime() - earliest) / 1_000;
            const most = limits.actionsBurst + limits.actionsPerSecond * seconds;
            expect(place + 1).to.be.at.most(most + 1e-9);
          }
        }
      }),
    );
  });

  it('SEC-3 after a rest the whole burst is let through at once, and not one more', () => {
    fc.assert(
      fc.property(aLimit, fc.integer({ min: 0, max: DAY_MS }), (limits, restMs) => {
        const rested = limits.actionsBurst * Math.ceil(1_000 / limits.actionsPerSecond);
        const flood = Array.from({ length: limits.actionsBurst + 3 }, () => instant(0));
        const again = flood.map(() => instant(rested + restMs));
        const passed = run([...flood, ...again], limits).map((one) => one.admitted);
        const whole = flood.map((_, place) => place < limits.actionsBurst);
        expect(passed).to.deep.equal([...whole, ...whole]);
      }),
    );
  });

  it('SEC-3 whoever keeps to the rate is never refused', () => {
    fc.assert(
      fc.property(aLimit, fc.array(fc.nat(100), { maxLength: 50 }), (limits, extra) => {
        let ms = 0;
        const actions = extra.map((more) => {
          ms += Math.ceil(1_000 / limits.actionsPerSecond) + more;
          return instant(ms);
        });
        expect(admitted(actions, limits)).to.have.length(actions.length);
      }),
    );
  });

  it('SEC-3 the first refusal is told, and no other until something is let through', () => {
    const flood = Array.from({ length: 6 }, () => instant(0));
    const told = run([...flood, instant(500), instant(500), instant(500)], TWO);
    expect(told.map(({ tell }) => tell)).to.deep.equal(
      [false, false, false, true, false, false, false, true, false], //
    );
  });

  it('SEC-3 what piled up during a downtime counts by when it was done', () => {
    const backlog = [0, 1, 2, 3, 4, 5, 6, 7].map((second) => ({
      at: at(second * 1_000),
      seenAt: at(60_000),
    }));
    expect(admitted(backlog, TWO)).to.have.length(backlog.length);
    expect(
      admitted(
        backlog.map(({ seenAt }) => ({ at: seenAt, seenAt })),
        TWO,
      ),
    ).to.have.length(3);
  });

  it('SEC-3 a clock of ours that is ahead of the channel’s refuses nobody', () => {
    const taps = [0, 1_000, 2_000].map((ms) => instant(ms + 30_000));
    const words = [2_500, 3_500].map((ms) => ({ at: at(ms), seenAt: at(ms + 30_000) }));
    expect(admitted([...taps, ...words], TWO)).to.have.length(5);
  });

  it('SEC-3 a clock that was set back shuts nobody out for longer than a burst', () => {
    const tempo = { usedUntil: at(DAY_MS), told: false };
    const passed = run([instant(0), instant(500), instant(1_000)], TWO, tempo);
    expect(passed.map((one) => one.admitted)).to.deep.equal([false, true, true]);
  });

  it('SEC-3 a rate of 0 is no limit', () => {
    const limits = { actionsPerSecond: 0, actionsBurst: 1 };
    const flood = Array.from({ length: 100 }, () => instant(0));
    expect(admitted(flood, limits)).to.have.length(100);
  });
});

const BOT = 7;
const JOB = asSystem('test');

const anUpdateOf = async (market: Market, lane: number) => {
  const update = anUpdate({ botId: BOT, lane, receivedAt: market.clock.now() });
  await market.ports.inbox.receive([update]);
  return update;
};

const park = (market: Market, updateId: number, telegramId: number) =>
  market.core.channel.park({
    actor: JOB,
    botId: BOT,
    updateId,
    telegramId,
    error: 'a defect',
  });

/** What somebody hears of updates that were given up. */
const heard = (market: Market, who: Person) =>
  market.noticesTo(who).filter(({ kind }) => kind.startsWith('update.'));
const kinds = (market: Market, who: Person) => heard(market, who).map(({ kind }) => kind);

describe('Updates that are given up', () => {
  it('UX-4 the person gets an apology, every admin hears of it, and the lane goes on', async () => {
    const market = aMarket();
    const [one, two] = [await market.admin(), await market.admin()];
    const worker = await market.worker();
    const { updateId, lane } = await anUpdateOf(market, worker.telegramId);
    const next = await anUpdateOf(market, worker.telegramId);
    expect(await park(market, updateId, lane)).to.deep.equal({ parked: true, told: true });
    expect(kinds(market, worker)).to.deep.equal(['update.failed']);
    for (const admin of [one, two]) {
      expect(heard(market, admin)).to.deep.equal([{ kind: 'update.parked', updateId }]);
    }
    const head = await waitingIn(market.ports, { botId: BOT, lane }, market.clock.now());
    expect(head?.updateId).to.equal(next.updateId);
  });

  it('OPS-3 somebody unknown cannot be told here, but admins hear of it', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const { updateId, lane } = await anUpdateOf(market, freshNumber());
    expect(await park(market, updateId, lane)).to.deep.equal({ parked: true, told: false });
    expect(kinds(market, admin)).to.deep.equal(['update.parked']);
  });

  it('OPS-3 of several that are given up an admin hears of each, and not of the last only', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const gaveUp = [];
    for (const lane of [freshNumber(), freshNumber()]) {
      const { updateId } = await anUpdateOf(market, lane);
      await park(market, updateId, lane);
      gaveUp.push({ kind: 'update.parked', updateId });
    }
    expect(heard(market, admin)).to.deep.equal(gaveUp);
  });

  it('OPS-3 what was given up already is not told again', async () => {
    const market = aMarket();
    const [admin, worker] = [await market.admin(), await market.worker()];
    const { updateId, lane } = await anUpdateOf(market, worker.telegramId);
    await park(market, updateId, lane);
    expect(await park(market, updateId, lane)).to.deep.equal({ parked: false, told: false });
    expect(kinds(market, admin)).to.deep.equal(['update.parked']);
    expect(kinds(market, worker)).to.deep.equal(['update.failed']);
  });

  it('OPS-4 what ended more than six days ago is forgotten, within Telegram’s quiet week', async () => {
    const market = aMarket();
    const { updateId, lane } = await anUpdateOf(market, freshNumber());
    await park(market, updateId, lane);
    const prune = () => market.core.channel.prune({ actor: JOB, limit: 10 });
    market.clock.advance(6 * DAY_MS);
    expect(await prune()).to.equal(0);
    market.clock.advance(1);
    expect(await prune()).to.equal(1);
  });
});
