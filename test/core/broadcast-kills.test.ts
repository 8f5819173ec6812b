import { expect } from 'chai';
import fc from 'fast-check';
import {
  asRefusal,
  createCore,
  MINUTE_MS,
  type ClaimedMessage,
  type DeliveryOutcome,
  type Ports,
  type UserId,
} from '../../core/index.ts';
import { broadcastsBy } from '../support/broadcasts.ts';
import { aMarket, type Market, type Person } from '../support/market.ts';
import { NO_PACE } from '../support/unhurried.ts';

const LEASE_MS = MINUTE_MS;

class Killed extends Error {}

/** As the ports, but the process dies before or after the commit of the next transaction. */
const dyingPorts = (ports: Ports, when: 'before' | 'after'): Ports => ({
  ...ports,
  unitOfWork: {
    run: async (work) => {
      await ports.unitOfWork.run(async (tx) => {
        const result = await work(tx);
        if (when === 'before') throw new Killed();
        return result;
      });
      throw new Killed();
    },
  },
});

type Step =
  | {
      readonly do: 'feed' | 'pause' | 'resume' | 'cancel';
      readonly dies: 'before' | 'after' | null;
    }
  | { readonly do: 'send'; readonly many: number; readonly ends: readonly End[] }
  | { readonly do: 'wait' };

/** How a delivery ends: as the outbox knows it, or the process dies before or after it. */
type End = 'sent' | 'unreachable' | 'failed' | 'later' | 'never-sent' | 'sent-unrecorded';

const end = fc.constantFrom<End>(
  'sent',
  'sent',
  'sent',
  'unreachable',
  'failed',
  'later',
  'never-sent',
  'sent-unrecorded',
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('feed' as const), dies: dying() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      many: fc.integer({ min: 1, max: 4 }),
      ends: fc.array(end, { minLength: 4, maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('pause' as const, 'resume' as const),
      dies: dying(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), dies: dying() }) },
  { weight: 2, arbitrary: fc.constant({ do: 'wait' as const }) },
);

function dying(): fc.Arbitrary<'before' | 'after' | null> {
  return fc.constantFrom(null, null, null, 'before', 'after');
}

const OUTCOMES: Readonly<Record<'sent' | 'unreachable' | 'failed' | 'later', DeliveryOutcome>> = {
  sent: { outcome: 'sent' },
  unreachable: { outcome: 'unreachable' },
  failed: { outcome: 'failed', why: 'refused' },
  later: { outcome: 'later', afterMs: 1_000, scope: 'message', why: 'no answer' },
};

/** What people have really got, and how often nobody could know of it. */
const aPost = ({ core, ports }: Market) => {
  const got = new Map<UserId, number>();
  const unknown = new Map<UserId, number>();
  const more = (counts: Map<UserId, number>, { to }: ClaimedMessage) =>
    counts.set(to, (counts.get(to) ?? 0) + 1);
  const carry = async (tried: ClaimedMessage, how: End): Promise<void> => {
    const isIt = tried.kind === 'broadcast';
    if (isIt && (how === 'sent' || how === 'sent-unrecorded')) more(got, tried);
    if (how === 'sent-unrecorded') return void (isIt && more(unknown, tried));
    if (how !== 'never-sent') await core.outbox.settle({ tried, outcome: OUTCOMES[how] });
  };
  return {
    got: (who: Person) => got.get(who.id) ?? 0,
    unknown: (who: Person) => unknown.get(who.id) ?? 0,
    send: async (many: number, ends: readonly End[]) => {
      const claim = { limit: many, leaseMs: LEASE_MS, pace: NO_PACE };
      const { messages } = await core.outbox.claimDue(claim);
      for (const [at, tried] of messages.entries()) await carry(tried, ends[at] ?? 'sent');
      ports.clock.advance(1);
      return messages.length;
    },
  };
};

const aScene = async (workers: number) => {
  const market = aMarket();
  const admin = await market.admin();
  const people: Person[] = [];
  for (let made = 0; made < workers; made += 1) people.push(await market.worker());
  const report = await broadcastsBy(market, admin).start({ audience: 'workers' });
  const post = aPost(market);
  const perform = async (one: Step): Promise<void> => {
    if (one.do === 'wait') return market.clock.advance(LEASE_MS + 1);
    if (one.do === 'send') return void (await post.send(one.many, one.ends));
    const core = one.dies ? createCore(dyingPorts(market.ports, one.dies)) : market.core;
    const acting = broadcastsBy({ core }, admin);
    const [done] = await Promise.allSettled([
      one.do === 'feed' ? acting.feed(3) : acting[one.do](report),
    ]);
    if (done.status === 'fulfilled' || done.reason instanceof Killed) return;
    expect(asRefusal(done.reason)?.code).to.equal('broadcast.ended');
  };
  const finish = async (): Promise<void> => {
    const acting = broadcastsBy(market, admin);
    await acting
      .resume(report)
      .catch((error: unknown) => expect(asRefusal(error)).not.to.equal(undefined));
    for (let still = true; still;) {
      market.clock.advance(LEASE_MS + 1);
      const fed = await acting.feed(3);
      const sent = await post.send(50, []);
      still = fed + sent > 0;
    }
  };
  return {
    market,
    people,
    post,
    perform,
    finish,
    show: () => broadcastsBy(market, admin).show(report),
  };
};

describe('Broadcasts: processes that die', () => {
  it('ADM-5 NTF-2 whatever dies when: nobody gets it twice but after a lost reply, nobody is forgotten, counts add up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 7 }),
        fc.array(step, { maxLength: 25 }),
        async (workers, steps) => {
          const { people, post, perform, finish, show } = await aScene(workers);
          for (const one of steps) {
            await perform(one);
            const { recipients, waiting, sent, blocked, failed, canceled } = (await show())
              .progress;
            expect(sent + blocked + failed + canceled + waiting).to.equal(recipients);
          }
          await finish();
          const { broadcast, progress } = await show();
          expect(progress.waiting, 'still waiting').to.equal(0);
          expect(broadcast.endedAt).not.to.equal(null);
          expect(progress.recipients).to.equal(workers);
          for (const who of people) {
            expect(post.got(who), 'how often').to.be.at.most(1 + post.unknown(who));
          }
          const surely = people.filter((who) => post.got(who) > post.unknown(who)).length;
          expect(surely).to.be.at.most(progress.sent);
          const reached = people.filter((who) => post.got(who) > 0).length;
          expect(reached).to.be.at.least(progress.sent);
        },
      ),
      { numRuns: 300 },
    );
  });
});
