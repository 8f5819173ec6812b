import { expect } from 'chai';
import { SandboxClient } from '../../../adapters/sandbox/index.ts';
import { CITRA, INLINE, WAHYU, greeted, png, poll, refusal, stage, type Stage } from './world.ts';

describe('sandbox: control plane', () => {
  it('describes the bot, the people, the clock, the limits and what goes wrong', async () => {
    await using on = await stage({ botName: 'Upah', botUsername: 'upah_bot' });
    await on.call('setMyDescription', { description: 'Kerja kecil, upah nyata' });
    await on.call('setMyShortDescription', { short_description: 'Upah' });
    const state = await on.sandbox.client.state();
    expect(state.bot).to.deep.equal({
      name: 'Upah',
      username: 'upah_bot',
      description: 'Kerja kecil, upah nyata',
      shortDescription: 'Upah',
    });
    expect(state.people.map(({ caption }) => caption)).to.deep.equal(['Client', 'Worker', 'Admin']);
    expect(state.limits).to.include({ on: false });
    expect(state.faults).to.deep.equal([]);
    expect(state.can).to.deep.equal({ ledger: false, advance: false, tour: false });
  });

  it("says what the bot's own program offers", async () => {
    await using on = await stage({ host: { advance: () => Promise.resolve() } });
    const { can } = await on.sandbox.client.state();
    expect(can).to.deep.equal({ ledger: false, advance: true, tour: false });
  });

  it('adds a person', async () => {
    await using on = await stage();
    const dewi = { id: 7, firstName: 'Dewi', username: 'dewi', caption: 'Worker 2' };
    await on.sandbox.client.addPerson({ ...dewi, languageCode: 'en' });
    expect((await on.sandbox.client.people()).at(-1)).to.deep.equal(dewi);
    await on.sandbox.client.say(7, 'hello');
    const [update] = await poll(on);
    expect(update?.message).to.have.property('from').that.includes({ language_code: 'en' });
  });

  it('refuses a second person of the same id', async () => {
    await using on = await stage();
    const again = on.sandbox.client.addPerson({ id: CITRA, firstName: 'Citra' });
    expect(await refusal(again)).to.equal(`sandbox: person ${CITRA} is there`);
  });

  it('lets nobody speak who has blocked the bot', async () => {
    await using on = await greeted();
    await on.sandbox.client.block(CITRA);
    const text = await refusal(on.sandbox.client.say(CITRA, 'halo?'));
    expect(text).to.equal('sandbox: this person has blocked the bot: unblock it first');
  });
});

describe('sandbox: a person who deletes their account', () => {
  async function gone(): Promise<Stage> {
    const on = await greeted();
    await on.sandbox.client.deactivate(CITRA);
    return on;
  }

  it('is no longer shown', async () => {
    await using on = await gone();
    expect((await on.sandbox.client.people()).map(({ id }) => id)).not.to.include(CITRA);
  });

  it('does nothing any more', async () => {
    await using on = await gone();
    const text = await refusal(on.sandbox.client.say(CITRA, 'halo'));
    expect(text).to.equal(`sandbox: person ${CITRA} deleted their account`);
  });

  it('had sent what still waits for the bot', async () => {
    await using on = await gone();
    expect((await poll(on)).map(({ message }) => message?.text)).to.deep.equal(['halo']);
  });

  it('leaves an id that nobody gets, until the sandbox starts over', async () => {
    await using on = await gone();
    const citra = { id: CITRA, firstName: 'Citra' };
    const text = await refusal(on.sandbox.client.addPerson(citra));
    expect(text).to.equal(`sandbox: person ${CITRA} deleted their account`);
    await on.sandbox.client.reset();
    await on.sandbox.client.addPerson(citra);
    expect((await on.sandbox.client.people()).map(({ id }) => id)).to.include(CITRA);
  });
});

describe('sandbox: watching the bot', () => {
  it('logs every call with its parameters and its answer', async () => {
    await using on = await greeted();
    await on.telegram.sendChatAction(CITRA, 'typing');
    const [action] = await on.sandbox.client.requests('sendChatAction');
    expect(action?.params).to.deep.equal({ chat_id: CITRA, action: 'typing' });
    expect(action?.answer).to.deep.equal({ ok: true, result: true });
    expect(action?.at).to.equal('2026-11-21T08:00:00.000Z');
  });

  it('logs how long a call took, with what a fault held it up', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ method: 'sendChatAction', delayMs: 40 });
    await on.telegram.sendChatAction(CITRA, 'typing');
    const [action] = await on.sandbox.client.requests('sendChatAction');
    expect(action?.ms).to.be.within(35, 10_000);
  });

  it('logs a file as its name and size', async () => {
    await using on = await greeted();
    const source = await png(60, 40);
    await on.telegram.sendPhoto(CITRA, { source, filename: 'bukti.png' });
    const [sent] = await on.sandbox.client.requests('sendphoto');
    expect(sent?.params['photo']).to.deep.equal({ file: 'bukti.png', bytes: source.length });
  });

  it('waits for a call of the bot', async () => {
    await using on = await greeted();
    const waiting = on.sandbox.client.waitForRequest(({ answer }) => answer['ok'] === false);
    await on.telegram.sendMessage(CITRA, 'x');
    await refusal(on.telegram.sendMessage(WAHYU, 'x'));
    const { sequence, params } = await waiting;
    expect(params['chat_id']).to.equal(WAHYU);
    await on.telegram.sendMessage(CITRA, 'y');
    const next = await on.sandbox.client.waitForRequest(() => true, { after: sequence });
    expect(next.params['text']).to.equal('y');
    expect(await on.sandbox.client.requests('sendMessage', { after: sequence })).to.eql([next]);
  });

  it('waits for a chat to become as wanted, from any process that knows the address', async () => {
    await using on = await greeted();
    const elsewhere = new SandboxClient(on.sandbox.url);
    const waiting = elsewhere.waitForMessage(CITRA, ({ text }) => text === 'tiga');
    for (const text of ['satu', 'dua', 'tiga']) await on.telegram.sendMessage(CITRA, text);
    expect((await waiting).text).to.equal('tiga');
  });

  it('prints the end of the chat when the wait was in vain', async () => {
    await using on = await greeted();
    await on.telegram.sendMessage(CITRA, 'Pilih peran', INLINE('c', 'Client'));
    const wait = on.sandbox.client.waitFor(CITRA, () => false, { timeoutMs: 20 });
    expect(await refusal(wait))
      .to.contain('Pilih peran')
      .and.to.contain('[Client]');
  });

  it('stops at once although somebody polls and watches', async () => {
    const on = await stage();
    const polling = on.call('getUpdates', { timeout: 50 }).catch(() => 'cut');
    const watching = on.sandbox.client
      .waitFor(CITRA, () => false, { timeoutMs: 600_000 })
      .catch(() => 'cut');
    await on.sandbox.client.people();
    await on.sandbox.stop();
    await Promise.all([polling, watching]);
    await on.sandbox.stop();
  });
});

describe('sandbox: reset', () => {
  it('empties the chats, so that the bot cannot write first again', async () => {
    await using on = await greeted();
    await on.sandbox.client.reset();
    expect((await on.sandbox.client.chat(CITRA)).messages).to.deep.equal([]);
    expect(await refusal(on.telegram.sendMessage(CITRA, 'x'))).to.contain('chat not found');
  });

  it('forgets waiting updates, faults and the log of calls', async () => {
    await using on = await greeted();
    await on.telegram.getMe();
    await on.sandbox.client.fault({ errorCode: 500 });
    await on.sandbox.client.reset();
    expect(await on.sandbox.client.requests()).to.deep.equal([]);
    expect(await on.sandbox.client.faults()).to.deep.equal([]);
    expect(await poll(on)).to.deep.equal([]);
  });

  it('keeps the people, also those that were added', async () => {
    await using on = await stage();
    await on.sandbox.client.addPerson({ id: 7, firstName: 'Dewi' });
    await on.sandbox.client.reset();
    expect((await on.sandbox.client.people()).map(({ id }) => id)).to.include.members([CITRA, 7]);
  });
});

describe('sandbox: what is kept in memory', () => {
  it('frees the files at a reset', async () => {
    await using on = await greeted();
    await on.sandbox.client.document(CITRA, Buffer.from('x'), { filename: 'a.txt' });
    const sent = (await on.sandbox.client.chat(CITRA)).messages.at(-1);
    const url = new URL(sent?.document?.url ?? 'nowhere', on.sandbox.url);
    expect((await fetch(url)).status).to.equal(200);
    await on.sandbox.client.reset();
    expect((await fetch(url)).status).to.equal(404);
  });

  it('keeps the beginning of what a call says at great length', async () => {
    await using on = await stage();
    await on.call('sendMessage', { chat_id: CITRA, text: 'x'.repeat(100_000) });
    const [call] = await on.sandbox.client.requests('sendMessage');
    expect(call?.params).to.deep.equal({
      chat_id: CITRA,
      text: `${'x'.repeat(20_000)}… (100000 letters)`,
    });
  });
});

describe('sandbox: what the control plane refuses', () => {
  const SENTENCES: readonly (readonly [path: string, body: unknown, sentence: string])[] = [
    ['people', { id: 7 }, '"firstName" is missing'],
    ['people', { id: 1.5, firstName: 'x' }, '"id" must be a whole number'],
    ['people', { id: 7, firstName: '' }, '"firstName" must not be empty'],
    ['people', null, 'the body must be a JSON object, not null'],
    ['people', [], 'the body must be a JSON object, not an array'],
    ['people/5/say', { text: 'x' }, 'there is no person 5'],
    ['people/Citra/say', { text: 'x' }, '"id" must be a number, not NaN'],
    [`people/${CITRA}/say`, { txt: 'x' }, '"text" is missing; "txt" is not known here'],
    [`people/${CITRA}/say`, { text: 7 }, '"text" must be a string, not a number'],
    [`people/${CITRA}/photos`, { photos: ['%'] }, '"photos.0" must be base64'],
    [`people/${CITRA}/photos`, { photos: [] }, 'an album has 1-10 photos'],
    ['faults', { errorCode: 200 }, '"errorCode" must be a whole number from 400 to 599'],
    ['faults', { method: 'sendMesage', errorCode: 500 }, '"method" names no method of the sandbox'],
    ['faults', {}, 'the body needs an errorCode, a delayMs, dropBefore or dropAfter'],
    ['faults', { delayMs: 3e9 }, '"delayMs" must be an hour (3600000) at most'],
    ['limits', { on: 'yes' }, '"on" must be a boolean, not a string'],
    ['tour', { language: 'fr' }, '"language" must be "id" or "en"'],
    ['tour', { patienceMs: 3e9 }, '"patienceMs" must be an hour at most'],
    [`people/${CITRA}/block`, { a: 1, b: 2 }, '"a", "b" are not known here'],
    [`people/${CITRA}/contact`, { phone: 1 }, '"phone" is not known here'],
    [
      `people/${CITRA}/location`,
      { location: { latitude: 91, longitude: 0 } },
      '"location.latitude" must be from -90 to 90',
    ],
    ['redeliver', { updateId: 1 }, 'no update 1'],
    ['nothing', {}, 'there is no POST /sandbox/nothing'],
  ];
  let on: Stage;
  before(async () => {
    on = await stage();
  });
  after(() => on.sandbox.stop());

  for (const [path, body, sentence] of SENTENCES) {
    it(`${path} ${JSON.stringify(body)}: ${sentence}`, async () => {
      const response = await fetch(`${on.sandbox.url}/sandbox/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(response.status).to.be.within(400, 499);
      expect(await response.json()).to.deep.equal({ error: sentence });
    });
  }

  it('a body that is not JSON', async () => {
    const response = await fetch(`${on.sandbox.url}/sandbox/limits`, {
      method: 'POST',
      body: 'on',
    });
    expect(response.status).to.equal(415);
    expect(await response.json()).to.deep.equal({ error: 'send JSON, as application/json' });
  });
});
