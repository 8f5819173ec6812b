import { expect } from 'chai';
import { UNMETERED, type InboxUpdate } from '../../core/channel/index.ts';
import type { Json } from '../../core/kernel/index.ts';
import { anUpdate, freshNumber, later } from '../support/builders.ts';
import { waitingIn } from '../support/waiting-in.ts';
import { race, type Stage } from './harness.ts';

const NOW = later(60_000);

/** What an inbox promises of what preparing an update has found (PRF-1). */
export const preparing = (stage: Stage): void => {
  const peek = (update: InboxUpdate) => waitingIn(stage.ports, update, NOW);
  const note = ({ botId, updateId }: InboxUpdate, prepared: Json, seen?: Json) =>
    stage.ports.inbox.notePrepared({
      botId,
      updateId,
      prepared,
      ...(seen !== undefined && { seen }),
    });

  it('PRF-1 remembers what preparing an update brought to light', async () => {
    const update = anUpdate({ botId: freshNumber() });
    await stage.ports.inbox.receive([update]);
    const prepared = { file: { path: 'ab/cd.jpg', size: 7 }, list: [1, 'two', null, true] };
    expect(await note(update, prepared)).to.equal(true);
    const found = { ...update, tries: 0, prepared };
    expect(await peek(update)).to.deep.equal(found);
    const { botId, lane } = update;
    const taken = await stage.run((tx) => tx.inbox.take(botId, lane, NOW));
    expect(taken).to.deep.include({ ...found, tempo: UNMETERED });
  });

  it('PRF-1 notes what was found only where what was seen still stands, if that is asked', async () => {
    const update = anUpdate({ botId: freshNumber() });
    await stage.ports.inbox.receive([update]);
    const stands = async () => (await peek(update))?.prepared;
    const [first, found] = [{ retrying: 1 }, { ok: true, list: [{ b: 'x\0y', a: null }] }];
    expect(await note(update, first, null)).to.equal(true);
    expect(await note(update, { retrying: 2 }, null), 'another one came first').to.equal(false);
    expect(await stands()).to.deep.equal(first);
    expect(await note(update, found, await stands())).to.equal(true);
    expect(await note(update, { retrying: 2 }, first)).to.equal(false);
    expect(await stands()).to.deep.equal(found);
    expect(await note(update, found, await stands())).to.equal(true);
    expect(await note(update, first), 'not asked').to.equal(true);
    expect(await stands()).to.deep.equal(first);
  });

  it('PRF-1 of twenty that saw the same one notes what it found', async () => {
    const update = anUpdate({ botId: freshNumber() });
    await stage.ports.inbox.receive([update]);
    const { won, lost } = await race((index) => note(update, { retrying: index }, null));
    expect(lost).to.deep.equal([]);
    expect(won.filter((noted) => noted)).to.have.length(1);
  });

  it('PRF-1 notes nothing with what was handled meanwhile', async () => {
    const update = anUpdate({ botId: freshNumber() });
    await stage.ports.inbox.receive([update]);
    const { botId, updateId } = update;
    await stage.run((tx) => tx.inbox.done({ botId, updateId, at: NOW }));
    expect(await note(update, { retrying: 1 })).to.equal(false);
    expect(await note(update, { retrying: 1 }, null)).to.equal(false);
  });
};
