import { expect } from 'chai';
import { UNMETERED, type InboxUpdate, type Tempo } from '../../core/channel/index.ts';
import { anUpdate, freshNumber, later, MONDAY } from '../support/builders.ts';
import { waitingIn } from '../support/waiting-in.ts';
import {
  abandoned,
  abandonedStep,
  failureOf,
  onStage,
  race,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import { conversations } from './conversations.ts';
import { knowing } from './inbox-person.ts';
import { preparing } from './inbox-preparing.ts';

/** What every inbox and every memory of dialogues promises. */
export const channelContract = (name: string, open: OpenHarness) =>
  describe(`channel: ${name}`, () => {
    const stage = onStage(open);
    receiving(stage);
    preparing(stage);
    knowing(stage);
    failing(stage);
    handling(stage);
    parking(stage);
    remembering(stage);
    conversations(stage);
  });

const NOW = later(60_000);

const receive = (stage: Stage, ...updates: readonly InboxUpdate[]) =>
  stage.ports.inbox.receive(updates);

const peek = (stage: Stage, update: InboxUpdate, now = NOW) => waitingIn(stage.ports, update, now);

const finish = (stage: Stage, { botId, updateId }: InboxUpdate) =>
  stage.run((tx) => tx.inbox.done({ botId, updateId, at: NOW }));

const park = (stage: Stage, { botId, updateId }: InboxUpdate, at = NOW) =>
  stage.run((tx) => tx.inbox.park({ botId, updateId, error: 'poison', at }));

const take = (stage: Stage, { botId, lane }: InboxUpdate) =>
  stage.run((tx) => tx.inbox.take(botId, lane, NOW));

/** An update as it is handed out before anything was tried. */
const fresh = (update: InboxUpdate) => ({ ...update, tries: 0, prepared: null });
const freshlyTaken = (update: InboxUpdate, tempo: Tempo = UNMETERED, hasMore = false) => ({
  ...fresh(update),
  tempo,
  person: undefined,
  hasMore,
});

const receiving = (stage: Stage): void => {
  it('WAL-7 stores an update once per bot and number', async () => {
    const update = anUpdate({ botId: freshNumber() });
    expect(await receive(stage, update)).to.deep.equal([update.lane]);
    expect(await receive(stage, { ...update, payload: { text: 'again' } })).to.deep.equal([]);
    expect(await peek(stage, update)).to.deep.equal({ ...update, tries: 0, prepared: null });
    const otherBot = { ...update, botId: freshNumber() };
    expect(await receive(stage, otherBot)).to.deep.equal([update.lane]);
  });

  it('WAL-7 an update that was handled is not new when it comes again', async () => {
    const update = anUpdate({ botId: freshNumber() });
    await receive(stage, update);
    await finish(stage, update);
    expect(await receive(stage, update)).to.deep.equal([]);
    expect(await peek(stage, update)).to.equal(undefined);
  });

  it('WAL-7 of twenty deliveries of one update at the same time one stores it', async () => {
    const update = anUpdate({ botId: freshNumber() });
    const { won, lost } = await race(() => receive(stage, update));
    expect(lost).to.deep.equal([]);
    expect(won.flat()).to.deep.equal([update.lane]);
  });

  it('tells each lane that has something new once', async () => {
    const botId = freshNumber();
    const [a, b] = [freshNumber(), freshNumber()];
    const old = anUpdate({ botId, lane: b });
    await receive(stage, old);
    const [one, two] = [anUpdate({ botId, lane: a }), anUpdate({ botId, lane: a })];
    expect(await receive(stage, one, old, two)).to.deep.equal([a]);
  });

  it('keeps the order given within a lane, whatever the numbers say', async () => {
    const botId = freshNumber();
    const lane = freshNumber();
    const at = [later(3), later(1), later(2)];
    const updates = at.map((receivedAt, index) =>
      anUpdate({ botId, lane, receivedAt, updateId: 1_000 - index }),
    );
    await receive(stage, ...updates.slice(0, 2));
    await receive(stage, ...updates.slice(2));
    for (const update of updates) {
      expect((await peek(stage, update))?.updateId).to.equal(update.updateId);
      await finish(stage, update);
    }
  });

  it('names the waiting lanes of one bot', async () => {
    const botId = freshNumber();
    const [one, two] = [anUpdate({ botId }), anUpdate({ botId })];
    const lanes = () => stage.ports.inbox.waitingLanes(botId, NOW);
    expect(await lanes()).to.deep.equal([]);
    await receive(stage, one, two, anUpdate({ botId: freshNumber() }));
    expect(await lanes()).to.have.members([one.lane, two.lane]);
    await finish(stage, one);
    expect(await lanes()).to.deep.equal([two.lane]);
  });
};

const failing = (stage: Stage): void => {
  const fail = ({ botId, updateId }: InboxUpdate, retryAt: Date, counts = true) =>
    stage.ports.inbox.noteFailure({ botId, updateId, error: 'no answer', retryAt, counts });

  it('OPS-3 a failed update waits for its next try and holds up its lane', async () => {
    const botId = freshNumber();
    const first = anUpdate({ botId });
    await receive(stage, first, anUpdate({ botId, lane: first.lane }));
    const retryAt = later(1_000, NOW);
    await fail(first, retryAt);
    expect(await peek(stage, first)).to.equal(undefined);
    expect(await stage.ports.inbox.waitingLanes(botId, NOW)).to.deep.equal([]);
    expect(await take(stage, first)).to.equal(undefined);
    const again = await peek(stage, first, retryAt);
    expect(again).to.deep.equal({ ...fresh(first), tries: 1 });
    expect(await stage.ports.inbox.waitingLanes(botId, retryAt)).to.deep.equal([first.lane]);
  });

  it('OPS-3 a try that failed for no fault of the update is not counted', async () => {
    const update = anUpdate({ botId: freshNumber() });
    await receive(stage, update);
    const retryAt = later(1_000, NOW);
    await fail(update, retryAt, false);
    expect(await peek(stage, update)).to.equal(undefined);
    expect(await peek(stage, update, retryAt)).to.deep.equal(fresh(update));
    await fail(update, NOW, true);
    await fail(update, NOW, false);
    expect((await peek(stage, update))?.tries).to.equal(1);
  });

  it('OPS-3 what was handled meanwhile is not put off', async () => {
    const update = anUpdate({ botId: freshNumber() });
    await receive(stage, update);
    await finish(stage, update);
    await fail(update, NOW);
    expect(await peek(stage, update, later(1e9))).to.equal(undefined);
    expect(await receive(stage, update)).to.deep.equal([]);
  });
};

const handling = (stage: Stage): void => {
  it('takes the oldest waiting update of a lane, and nothing from an empty one', async () => {
    const update = anUpdate({ botId: freshNumber() });
    expect(await take(stage, update)).to.equal(undefined);
    await receive(stage, update);
    expect(await take(stage, update)).to.deep.equal(freshlyTaken(update));
  });

  it('SEC-3 keeps the meter of a lane with what was handled, for each bot', async () => {
    const [botId, lane] = [freshNumber(), freshNumber()];
    const anOther = () => anUpdate({ botId, lane });
    const [first, second, third] = [anOther(), anOther(), anOther()];
    const elsewhere = anUpdate({ botId: freshNumber(), lane });
    await receive(stage, first, second, third, elsewhere);
    const tempo = { usedUntil: later(1_234, NOW), told: true };
    const { updateId } = first;
    await stage.run((tx) => tx.inbox.done({ botId, updateId, at: NOW, tempo }));
    expect(await take(stage, second)).to.deep.equal(freshlyTaken(second, tempo, true));
    await finish(stage, second);
    expect(await take(stage, third)).to.deep.equal(freshlyTaken(third, tempo));
    expect(await take(stage, elsewhere)).to.deep.equal(freshlyTaken(elsewhere));
  });

  it('OPS-3 an update handled in a run or savepoint that throws waits as before', async () => {
    const update = anUpdate({ botId: freshNumber() });
    const { botId, updateId } = update;
    await receive(stage, update);
    const done = { botId, updateId, at: NOW, tempo: { usedUntil: NOW, told: true } };
    await abandoned(stage, (tx) => tx.inbox.done(done));
    await stage.run((tx) => abandonedStep(tx, (step) => step.inbox.done(done)));
    expect(await take(stage, update)).to.deep.equal(freshlyTaken(update));
  });

  it('WAL-7 nothing is handled twice', async () => {
    const update = anUpdate({ botId: freshNumber() });
    await receive(stage, update);
    await finish(stage, update);
    expect(String(await failureOf(finish(stage, update)))).to.match(/does not wait/);
    const { botId, updateId } = update;
    const tempo = { usedUntil: NOW, told: true };
    const again = stage.run((tx) => tx.inbox.done({ botId, updateId, at: NOW, tempo }));
    expect(String(await failureOf(again))).to.match(/does not wait/);
    expect(await park(stage, update)).to.equal(false);
  });

  it('OPS-4 of twenty workers at one lane one handles its update', async () => {
    const update = anUpdate({ botId: freshNumber() });
    const { botId, lane, updateId } = update;
    await receive(stage, update);
    const { won, lost } = await race(() =>
      stage.run(async (tx) => {
        const taken = await tx.inbox.take(botId, lane, NOW);
        if (taken === undefined || taken === 'in-hand') return false;
        await tx.inbox.done({ botId, updateId, at: NOW });
        return true;
      }),
    );
    expect(lost).to.deep.equal([]);
    expect(won.filter((handled) => handled)).to.have.length(1);
  });
};

const parking = (stage: Stage): void => {
  it('OPS-3 a parked update is out of the way for good', async () => {
    const botId = freshNumber();
    const first = anUpdate({ botId });
    const next = anUpdate({ botId, lane: first.lane });
    await receive(stage, first, next);
    expect(await park(stage, first)).to.equal(true);
    expect(await take(stage, first)).to.deep.equal(freshlyTaken(next));
    expect(await receive(stage, first)).to.deep.equal([]);
    expect(await park(stage, first)).to.equal(false);
    expect(await park(stage, anUpdate({ botId }))).to.equal(false);
  });

  it('OPS-3 what is parked in a run that throws still waits', async () => {
    const update = anUpdate({ botId: freshNumber() });
    const { botId, updateId } = update;
    await receive(stage, update);
    const parked = { botId, updateId, error: 'poison', at: NOW };
    await abandoned(stage, (tx) => tx.inbox.park(parked));
    expect(await take(stage, update)).to.deep.equal(freshlyTaken(update));
  });

  it('OPS-4 of twenty that give up one update one does', async () => {
    const update = anUpdate({ botId: freshNumber() });
    await receive(stage, update);
    const { won, lost } = await race(() => park(stage, update));
    expect(lost).to.deep.equal([]);
    expect(won.filter((parked) => parked)).to.have.length(1);
  });
};

const remembering = (stage: Stage): void => {
  it('OPS-2 tells how much waits in the inbox of one bot, since when, and what is parked', async () => {
    const botId = freshNumber();
    const depth = () => stage.ports.inbox.depth(botId);
    expect(await depth()).to.deep.equal({ waiting: 0, oldestReceivedAt: null, parked: 0 });
    const oldest = anUpdate({ botId, receivedAt: MONDAY });
    const newer = anUpdate({ botId, receivedAt: later(1) });
    const poison = anUpdate({ botId, receivedAt: later(2) });
    const elsewhere = anUpdate({ botId: freshNumber(), receivedAt: later(-1) });
    await receive(stage, newer, oldest, poison, elsewhere);
    expect(await depth()).to.deep.equal({ waiting: 3, oldestReceivedAt: MONDAY, parked: 0 });
    await park(stage, poison);
    await finish(stage, oldest);
    expect(await depth()).to.deep.equal({ waiting: 1, oldestReceivedAt: later(1), parked: 1 });
  });

  it('OPS-4 forgets what ended before, the longest ago first, and nothing that waits', async () => {
    const botId = freshNumber();
    const longAgo = (ms: number) => later(ms - 1e11);
    const anOther = () => anUpdate({ botId, receivedAt: longAgo(0) });
    const [first, second, third, waiting] = [anOther(), anOther(), anOther(), anOther()];
    await receive(stage, first, second, third, waiting);
    const done = ({ updateId }: InboxUpdate, at: Date) =>
      stage.run((tx) => tx.inbox.done({ botId, updateId, at }));
    await done(second, longAgo(2));
    await park(stage, first, longAgo(1));
    await done(third, longAgo(3));
    const prune = (before: Date, limit: number) => stage.ports.inbox.prune(before, limit);
    const isKnown = async (update: InboxUpdate) => (await receive(stage, update)).length === 0;
    expect(await prune(longAgo(1), 10)).to.equal(0);
    expect(await prune(longAgo(3), 1)).to.equal(1);
    expect(await isKnown(first)).to.equal(false);
    expect(await prune(longAgo(3), 10)).to.equal(1);
    expect(await isKnown(second)).to.equal(false);
    expect(await prune(longAgo(3), 10)).to.equal(0);
    expect(await isKnown(third)).to.equal(true);
    expect(await peek(stage, waiting)).to.deep.equal(fresh(waiting));
  });
};
