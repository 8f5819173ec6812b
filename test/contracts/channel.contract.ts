import { expect } from 'chai';
import type { Conversation, InboxUpdate } from '../../core/channel/index.ts';
import { anUpdate, freshNumber, later, MONDAY } from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  onStage,
  race,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import { enterUser } from './scenes.ts';

/** What every inbox and every memory of dialogues promises. */
export const channelContract = (name: string, open: OpenHarness) =>
  describe(`channel: ${name}`, () => {
    const stage = onStage(open);
    receiving(stage);
    preparing(stage);
    handling(stage);
    conversations(stage);
  });

const NOW = later(60_000);

const receive = (stage: Stage, ...updates: readonly InboxUpdate[]) =>
  stage.ports.inbox.receive(updates);

const peek = (stage: Stage, { botId, lane }: InboxUpdate, now = NOW) =>
  stage.ports.inbox.peek(botId, lane, now);

const finish = (stage: Stage, { botId, updateId }: InboxUpdate) =>
  stage.run((tx) => tx.inbox.done(botId, updateId, NOW));

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

const preparing = (stage: Stage): void => {
  it('PRF-1 remembers what preparing an update brought to light', async () => {
    const update = anUpdate({ botId: freshNumber() });
    await receive(stage, update);
    const prepared = { file: { path: 'ab/cd.jpg', size: 7 }, list: [1, 'two', null, true] };
    await stage.ports.inbox.notePrepared(update.botId, update.updateId, prepared);
    expect(await peek(stage, update)).to.deep.equal({ ...update, tries: 0, prepared });
    const { botId, lane } = update;
    const taken = await stage.run((tx) => tx.inbox.take(botId, lane, NOW));
    expect(taken).to.deep.equal({ ...update, tries: 0, prepared });
  });

  it('OPS-3 a failed update waits for its next try and holds up its lane', async () => {
    const botId = freshNumber();
    const [first, second] = [anUpdate({ botId }), anUpdate({ botId })];
    const next = { ...second, lane: first.lane };
    await receive(stage, first, next);
    const retryAt = later(1_000, NOW);
    await stage.ports.inbox.noteFailure({
      botId,
      updateId: first.updateId,
      error: 'no answer',
      retryAt,
    });
    expect(await peek(stage, first)).to.equal(undefined);
    expect(await stage.ports.inbox.waitingLanes(botId, NOW)).to.deep.equal([]);
    const took = await stage.run((tx) => tx.inbox.take(botId, first.lane, NOW));
    expect(took).to.equal(undefined);
    const again = await peek(stage, first, retryAt);
    expect(again).to.deep.equal({ ...first, tries: 1, prepared: null });
    expect(await stage.ports.inbox.waitingLanes(botId, retryAt)).to.deep.equal([first.lane]);
  });

  it('OPS-3 a parked update is out of the way for good', async () => {
    const botId = freshNumber();
    const first = anUpdate({ botId });
    const next = anUpdate({ botId, lane: first.lane });
    await receive(stage, first, next);
    await stage.ports.inbox.noteFailure({
      botId,
      updateId: first.updateId,
      error: 'poison',
      retryAt: null,
    });
    expect((await peek(stage, first, later(1e9)))?.updateId).to.equal(next.updateId);
    expect(await receive(stage, first)).to.deep.equal([]);
  });
};

const handling = (stage: Stage): void => {
  const take = ({ botId, lane }: InboxUpdate) => stage.run((tx) => tx.inbox.take(botId, lane, NOW));

  it('takes the oldest waiting update of a lane, and nothing from an empty one', async () => {
    const update = anUpdate({ botId: freshNumber() });
    expect(await take(update)).to.equal(undefined);
    await receive(stage, update);
    expect(await take(update)).to.deep.equal({ ...update, tries: 0, prepared: null });
  });

  it('OPS-3 an update handled in a run or savepoint that throws waits as before', async () => {
    const update = anUpdate({ botId: freshNumber() });
    const { botId, updateId } = update;
    await receive(stage, update);
    await abandoned(stage, (tx) => tx.inbox.done(botId, updateId, NOW));
    await stage.run((tx) => abandonedStep(tx, (step) => step.inbox.done(botId, updateId, NOW)));
    expect(await take(update)).to.deep.equal({ ...update, tries: 0, prepared: null });
  });

  it('OPS-4 of twenty workers at one lane one handles its update', async () => {
    const update = anUpdate({ botId: freshNumber() });
    const { botId, lane, updateId } = update;
    await receive(stage, update);
    const { won, lost } = await race(() =>
      stage.run(async (tx) => {
        const taken = await tx.inbox.take(botId, lane, NOW);
        if (taken) await tx.inbox.done(botId, updateId, NOW);
        return taken !== undefined;
      }),
    );
    expect(lost).to.deep.equal([]);
    expect(won.filter((handled) => handled)).to.have.length(1);
  });
};

const conversations = (stage: Stage): void => {
  const find = (userId: Conversation['userId']) => stage.run((tx) => tx.conversations.find(userId));

  const begin = async (change: Partial<Conversation> = {}): Promise<Conversation> => ({
    userId: (await enterUser(stage)).id,
    flow: 'top-up',
    step: 'amount',
    version: 2,
    data: { amount: '10000', nested: [{ deep: null }] },
    screenMessageId: null,
    revision: 7,
    expiresAt: MONDAY,
    ...change,
  });

  it('UX-3 stores a dialogue and replaces it', async () => {
    const dialogue = await begin();
    const { userId } = dialogue;
    expect(await find(userId)).to.equal(undefined);
    await stage.run((tx) => tx.conversations.save(dialogue));
    expect(await find(userId)).to.deep.equal(dialogue);
    const plain: Conversation = {
      ...dialogue,
      flow: null,
      step: null,
      data: null,
      revision: 8,
      expiresAt: null,
    };
    await stage.run((tx) => tx.conversations.save(plain));
    expect(await find(userId)).to.deep.equal(plain);
  });

  it('UX-2 notes which message is the screen, and nothing else', async () => {
    const dialogue = await begin();
    await stage.run((tx) => tx.conversations.save(dialogue));
    for (const screenMessageId of [4_000_000_000, null]) {
      await stage.run((tx) => tx.conversations.noteScreen(dialogue.userId, screenMessageId));
      expect(await find(dialogue.userId)).to.deep.equal({ ...dialogue, screenMessageId });
    }
  });

  it('UX-2 a dialogue that moves on does not undo which message is the screen', async () => {
    const dialogue = await begin();
    await stage.run((tx) => tx.conversations.noteScreen(dialogue.userId, 99));
    await stage.run((tx) => tx.conversations.save({ ...dialogue, screenMessageId: 7 }));
    expect(await find(dialogue.userId)).to.deep.equal({ ...dialogue, screenMessageId: 99 });
  });

  it('UX-3 forgets what a run or savepoint did that throws', async () => {
    const dialogue = await begin();
    await stage.run((tx) => tx.conversations.save(dialogue));
    const lost = { ...dialogue, step: 'lost' };
    await abandoned(stage, (tx) => tx.conversations.save(lost));
    await stage.run((tx) => abandonedStep(tx, (step) => step.conversations.save(lost)));
    expect(await find(dialogue.userId)).to.deep.equal(dialogue);
  });

  it('UX-3 twenty first words at the same time leave one dialogue', async () => {
    const dialogue = await begin();
    const { lost } = await race((index) =>
      stage.run((tx) => tx.conversations.save({ ...dialogue, step: `step ${index}` })),
    );
    expect(lost).to.deep.equal([]);
    expect((await find(dialogue.userId))?.step).to.match(/^step \d+$/);
  });
};
