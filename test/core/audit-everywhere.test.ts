import { expect } from 'chai';
import { createMemoryPorts } from '../../adapters/memory/index.ts';
import { textsIn } from '../../adapters/telegram/texts/index.ts';
import { createCore } from '../../core/index.ts';
import { READING, REQUESTS } from '../failing/requests.ts';
import { peopleOn } from '../support/market.ts';

/** What changes something and leaves no record, and why. */
const UNTOLD: Readonly<Record<string, string>> = {
  'users.noteReach': 'whether Telegram reaches somebody is no act of anybody',
  'users.noteReach, again': 'as above',
  'users.register, who was away': 'as above',
  'users.setLanguage': 'a choice of how to read, neither role nor status',
  'proofs.next': 'who looks at a proof until when; the decision is told',
  'proofs.open': 'as above',
  'proofs.release': 'as above',
  'tasks.remindDue': 'a message, and that it was sent',
  'outbox.claimDue': 'delivery of messages',
  'outbox.renew': 'delivery of messages',
  'outbox.settle': 'delivery of messages',
  'outbox.settle, later': 'delivery of messages',
  'outbox.settle, unreachable': 'delivery of messages',
  'outbox.prune': 'delivery of messages',
  'channel.park': 'an update that could not be handled; it stays in the inbox',
  'channel.prune': 'updates that were handled long ago',
  'freeze.check': 'how far the books were looked through',
  'freeze.noteOwnerTold': 'that a message went out',
  'owner.noteTold': 'that a message went out',
  'wellbeing.noteTold': 'that a message went out',
  'reports.daily': 'messages with figures',
  'reports.closeDays': 'sums of what is told already',
  'reports.pruneActivity': 'that somebody did something that day',
  'broadcasts.feed': 'messages; the start and the end of a broadcast are told',
  'broadcasts.noteShown': 'where its progress is shown',
  'audit.seal': 'the seals themselves',
  'audit.announceHead': 'messages with the newest seal',
};

/** Their digits are chance. */
const ID_OR_HASH = /[0-9a-f-]{32,}/g;
/** Names, @usernames, DANA numbers and links of the scenes, and what was written to a person. */
const PERSONAL =
  /Siti|Budi|budi|@|u\d{9}|\+62|081|instagram|https?:|fake proofs|fraud|wrong number/;

const done = async (name: string) => {
  const ports = createMemoryPorts();
  const prepare = REQUESTS.get(name);
  if (!prepare) throw new Error(`no such request: ${name}`);
  const send = await prepare(peopleOn(ports), ports);
  const stored = () =>
    JSON.stringify(ports.everything(), (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
  const [before, told] = [stored(), ports.auditLog().length];
  await send({ ports, core: createCore(ports) });
  return { isChanged: stored() !== before, records: ports.auditLog().slice(told) };
};

describe('AUD-1: who did what', () => {
  const actions = new Set<string>();

  for (const name of REQUESTS.keys()) {
    if (READING.has(name)) continue;
    it(`AUD-1 ${name} ${name in UNTOLD ? 'needs no record' : 'leaves a record'}`, async () => {
      const { isChanged, records } = await done(name);
      if (isChanged || name in UNTOLD) {
        expect(records.length === 0, UNTOLD[name] ?? 'no record').to.equal(name in UNTOLD);
      }
      for (const { action } of records) actions.add(action);
      const told = JSON.stringify(records.map(({ before, after }) => ({ before, after })));
      expect(told.replaceAll(ID_OR_HASH, '')).to.not.match(PERSONAL);
    });
  }

  it('AUD-1 nothing is excused that is not asked for', () => {
    const changing = [...REQUESTS.keys()].filter((name) => !READING.has(name));
    expect(Object.keys(UNTOLD).filter((name) => !changing.includes(name))).to.deep.equal([]);
  });

  it('AUD-3 every action that leaves a record has plain words in both languages', () => {
    const word = (action: string, language: 'id' | 'en') =>
      textsIn(language).audit.card({
        id: '1',
        at: new Date(0),
        actor: 'operator:x',
        actorDisplayName: null,
        action,
        subject: 'user',
        subjectId: 'x',
        concerns: null,
        campaign: null,
        before: null,
        after: null,
        sealed: true,
      });
    expect(actions.size).to.be.greaterThan(30);
    const speechless = [...actions].filter(
      (action) =>
        word(action, 'id').includes(`<b>${action}</b>`) ||
        word(action, 'en').includes(`<b>${action}</b>`),
    );
    expect(speechless).to.deep.equal([]);
    expect(word('no.such', 'id')).to.contain('<b>no.such</b>');
  });
});
