import { expect } from 'chai';
import { asSystem, type Slice, type TimelineEvent, type Tx } from '../../core/index.ts';
import { anUpdate, freshNumber } from '../support/builders.ts';
import type { Person } from '../support/market.ts';
import { at, crewOn, FORTNIGHT, playFortnight, type Crew } from './fortnight.ts';
import { failureOf, onStage, type OpenHarness, type Stage } from './harness.ts';

const JOB = asSystem('test');

/** What every reader of figures, and every book of days, promises; on a marketplace of its own. */
export const reportsContract = (name: string, open: OpenHarness) =>
  describe(`reports: ${name}`, function () {
    this.timeout(20_000);
    const stage = onStage(open);
    let crew: Crew;
    let cast: Awaited<ReturnType<typeof playFortnight>>;
    before('plays a fortnight', async () => {
      await stage.run(async (tx) => {
        await tx.settings.save('feeBasisPoints', { from: 0, to: 500 });
        await tx.settings.save('withdrawFee', { from: '0', to: '500' });
      });
      crew = crewOn(stage);
      cast = await playFortnight(crew);
    });
    const story = {
      get crew() {
        return crew;
      },
      get cast() {
        return cast;
      },
    };
    timelines(story);
    figures(stage, story);
    closing(stage);
    tooEarly(stage, story);
    once(stage);
    activity(stage, story);
  });

interface Story {
  readonly crew: Crew;
  readonly cast: Awaited<ReturnType<typeof playFortnight>>;
}

const figures = (stage: Stage, story: Story): void => {
  const ask = () => story.crew.core.reports.figures({ actor: story.cast.admin.actor });
  const close = () => story.crew.core.reports.closeDays({ actor: JOB });

  it('RPT-1 a scripted fortnight comes to these figures, day by day', async () => {
    const { days, ...now } = await ask();
    expect(days).to.deep.equal(FORTNIGHT);
    expect(now).to.deep.include({ users: 7, activeUsers: 1, runningCampaigns: 2 });
    expect(now.rewardsPaid).to.equal(2_000n);
    expect(now.proofs).to.deep.equal({ count: 1, oldest: at(7, 600) });
    expect(now.deposits.count).to.equal(1);
    expect(now.withdrawals).to.deep.equal({ count: 0, oldest: null });
  });

  it('RPT-1 WAL-11 days that were closed say what they said before, and so do the sums', async () => {
    const [before, balance] = [await ask(), await stage.run((tx) => tx.reports.balance())];
    expect(await close()).to.equal(13);
    expect(await close()).to.equal(0);
    expect(await ask()).to.deep.equal(before);
    expect(await stage.run((tx) => tx.reports.balance())).to.deep.equal(balance);
    expect(balance).to.deep.equal(await stage.ports.ledgerReader.trialBalance());
  });

  it('WAL-11 what comes after the last closed day is in the balance and the sums at once', async () => {
    const { crew, cast } = story;
    const proof = await crew.proof(await crew.worker(), cast.campaign);
    await crew.approve(proof);
    expect((await ask()).rewardsPaid).to.equal(3_000n);
    expect((await ask()).days.at(-1)).to.deep.include({ approved: 1, rewards: 1_000n, fees: 50n });
    const balance = await stage.run((tx) => tx.reports.balance());
    expect(balance).to.deep.equal(await stage.ports.ledgerReader.trialBalance());
  });
};

const closing = (stage: Stage): void => {
  const close = (tx: Tx, day: number) => tx.dayBook.close(at(day), at(day));

  it('RPT-1 a day is closed once, also by two at once, and not by what rolls back', async () => {
    const failed = stage.run(async (tx) => {
      await close(tx, 13);
      throw new Error('no');
    });
    expect(await failureOf(failed)).to.be.an('error');
    expect(await stage.run((tx) => tx.dayBook.lastClosed())).to.deep.equal(at(12));
    await Promise.all([stage.run((tx) => close(tx, 13)), stage.run((tx) => close(tx, 13))]);
    expect(await stage.run((tx) => tx.dayBook.lastClosed())).to.deep.equal(at(13));
  });

  it('RPT-1 a day stays open while an update of it waits to be handled', async () => {
    const receivedAt = new Date(at(15).getTime() - 1);
    await stage.ports.inbox.receive([{ ...anUpdate({ botId: freshNumber() }), receivedAt }]);
    expect(await stage.run((tx) => tx.dayBook.close(at(14), at(14)))).to.equal(false);
    expect(await stage.run((tx) => tx.dayBook.lastClosed())).to.deep.equal(at(13));
    expect(await stage.run((tx) => tx.dayBook.close(at(14), receivedAt))).to.equal(true);
    expect(await stage.run((tx) => tx.dayBook.lastClosed())).to.deep.equal(at(14));
  });
};

const tooEarly = (stage: Stage, story: Story): void => {
  it('WAL-11 money that moved on a day which a clock ahead had closed is in the balance', async () => {
    const { crew, cast } = story;
    await stage.run((tx) => tx.dayBook.close(at(15), at(15)));
    expect(await stage.run((tx) => tx.dayBook.lastClosed())).to.be.above(crew.clock.now());
    await crew.topUp(cast.client, 12_000);
    const balance = await stage.run((tx) => tx.reports.balance());
    expect(balance).to.deep.equal(await stage.ports.ledgerReader.trialBalance());
  });
};

const once = (stage: Stage): void => {
  it('RPT-2 of many who tell of a morning one does, and nobody whose transaction fails', async () => {
    const tell = (tx: Tx) => tx.dayBook.tellOnce(at(20), at(20, 480));
    const failed = stage.run(async (tx) => {
      await tell(tx);
      throw new Error('no');
    });
    expect(await failureOf(failed)).to.be.an('error');
    const told = await Promise.all([stage.run(tell), stage.run(tell), stage.run(tell)]);
    expect(told.filter(Boolean)).to.have.length(1);
  });
};

const activity = (stage: Stage, story: Story): void => {
  it('RPT-1 notes who was there, which no later change of the person undoes', async () => {
    const { id } = story.cast.budi;
    const seen = await stage.run((tx) => tx.users.find(id));
    await stage.run((tx) => tx.dayBook.noteActive(id, at(16, 60)));
    await stage.run((tx) => tx.dayBook.noteActive(id, at(16, 60)));
    if (seen) await stage.run((tx) => tx.users.save({ ...seen, displayName: 'Budi' }));
    expect((await stage.run((tx) => tx.users.find(id)))?.actedAt).to.deep.equal(at(16, 60));
    const [day] = await stage.run((tx) => tx.reports.days(at(16), at(16, 60)));
    expect(day?.activeUsers).to.equal(1);
  });

  it('RPT-1 forgets who was there long ago, so many at a time, oldest first', async () => {
    const prune = (limit: number) => stage.run((tx) => tx.dayBook.pruneActive(at(2), limit));
    expect([await prune(3), await prune(3), await prune(3)]).to.deep.equal([3, 1, 0]);
    const [day] = await stage.run((tx) => tx.reports.days(at(0), at(0)));
    expect(day?.activeUsers).to.equal(4);
  });
};

const kinds = (events: readonly TimelineEvent[]): readonly string[] =>
  events.map((event) => {
    if (event.kind === 'money') return `${event.type} ${event.amount}`;
    if (event.kind === 'proof-decided') return `${event.verdict} ${event.isReversal}`;
    return event.kind === 'role' ? `${event.from} → ${event.to}` : event.kind;
  });

const timelines = (story: Story): void => {
  const read = (
    who: Person,
    size: number,
    from: Slice<unknown>['older'],
    towards: 'older' | 'newer',
  ) =>
    story.crew.core.reports.timeline({
      actor: story.cast.admin.actor,
      userId: who.id,
      slice: { from: from === null ? null : { key: from, towards }, size },
    });

  it('ADM-3 a worker’s timeline tells all that happened, newest first', async () => {
    const { ani, dewi } = story.cast;
    expect(kinds((await read(ani, 50, null, 'older')).items)).to.deep.equal([
      'task_reward 1000',
      'approved true',
      'task-taken',
      'reversal -1000',
      'rejected true',
      'rejected false',
      'proof-sent',
      'task-taken',
      'task_reward 1000',
      'approved false',
      'proof-sent',
      'task-taken',
      'null → worker',
      'registered',
    ]);
    const [lost] = (await read(dewi, 1, null, 'older')).items;
    expect(lost).to.deep.include({ kind: 'task-lost', how: 'released', at: at(7, 600) });
  });

  it('ADM-3 a client’s timeline tells top-ups, campaigns, withdrawals and what moved', async () => {
    expect(kinds((await read(story.cast.client, 50, null, 'older')).items)).to.deep.equal([
      'withdrawal-decided',
      'deposit-asked',
      'deposit 30000',
      'withdraw -10500',
      'withdrawal-asked',
      'deposit-decided',
      'deposit-asked',
      'reversal 1050',
      'deposit 10500',
      'campaign_funding -10500',
      'deposit-decided',
      'deposit-asked',
      'campaign-made',
      'deposit 10500',
      'campaign_funding -10500',
      'deposit-decided',
      'deposit-asked',
      'campaign-made',
      'null → client',
      'registered',
    ]);
  });

  it('ADM-3 pages of any size, read either way, hold each event once and in order', async () => {
    const { client } = story.cast;
    const whole = (await read(client, 50, null, 'older')).items;
    for (const size of [2, 7]) {
      const down: TimelineEvent[] = [];
      let page = await read(client, size, null, 'older');
      expect(page.newer).to.equal(null);
      for (;;) {
        down.push(...page.items);
        if (page.older === null) break;
        expect(page.older).to.match(/^[A-Za-z0-9_-]{1,40}$/);
        page = await read(client, size, page.older, 'older');
      }
      expect(down, `${size} at a time`).to.deep.equal(whole);
      const up: TimelineEvent[] = [...page.items];
      while (page.newer !== null) {
        page = await read(client, size, page.newer, 'newer');
        up.unshift(...page.items);
      }
      // the newest page is a whole one: what it shares with the one before stands there twice
      expect(up.slice(-whole.length)).to.deep.equal(whole);
    }
  });

  it('ADM-3 the profile sums up what a person did, and when they were there last', async () => {
    const { client, ani, admin } = story.cast;
    const profile = ({ id: userId }: Person) =>
      story.crew.core.reports.profile({ actor: admin.actor, userId });
    const { work, earned, lastActive } = await profile(ani);
    expect({ work, earned, lastActive }).to.deep.equal({
      work: { approved: 1, rejected: 1, waiting: 0 },
      earned: 1_000n,
      lastActive: at(3, 480),
    });
    const { user: _user, ...facts } = await profile(client);
    expect(facts).to.deep.equal({
      balances: { wallet: 20_550n, hold: 0n },
      open: { campaigns: 2, takenTasks: 0, proofsUnderReview: 0, deposits: 1, withdrawals: 0 },
      work: { approved: 0, rejected: 0, waiting: 0 },
      earned: 0n,
      toppedUp: 51_000n,
      withdrawn: 10_000n,
      campaigns: 2,
      inEscrow: 17_850n,
      lastActive: at(0, 540),
      suspendedBy: null,
    });
  });
};
