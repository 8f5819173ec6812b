import { expect } from 'chai';
import { Telegraf } from 'telegraf';
import { CITRA, INLINE, greeted, png, poll, stage, type Stage } from './world.ts';

const DAY = 24 * 3_600_000;

const texts = (updates: Awaited<ReturnType<typeof poll>>) =>
  updates.map(({ message }) => message?.text);

/** A stage on which three updates wait: satu, dua, tiga. */
async function counting(): Promise<Stage> {
  const on = await stage();
  for (const text of ['satu', 'dua', 'tiga']) await on.sandbox.client.say(CITRA, text);
  return on;
}

describe('sandbox: updates by long polling', () => {
  it('numbers updates in a row', async () => {
    await using on = await counting();
    const [one = 0, two, three] = (await poll(on)).map(({ update_id: id }) => id);
    expect([two, three]).to.deep.equal([one + 1, one + 2]);
  });

  it('gives the same updates again until an offset confirms them', async () => {
    await using on = await counting();
    const first = await poll(on);
    expect(await poll(on)).to.deep.equal(first);
  });

  it('forgets every update below the offset', async () => {
    await using on = await counting();
    const [, , last] = await poll(on);
    expect(texts(await poll(on, { offset: last?.update_id }))).to.deep.equal(['tiga']);
    expect(texts(await poll(on))).to.deep.equal(['tiga']);
  });

  it('takes an offset for nonsense if it is more than 10 beyond the next id', async () => {
    await using on = await counting();
    const [, , last] = await poll(on);
    const next = (last?.update_id ?? 0) + 1;
    expect(await poll(on, { offset: next + 11 })).to.have.length(3);
    expect(await poll(on, { offset: next + 10 })).to.deep.equal([]);
  });

  it('keeps only the tail for a negative offset', async () => {
    await using on = await counting();
    expect(texts(await poll(on, { offset: -2 }))).to.deep.equal(['dua', 'tiga']);
    expect(texts(await poll(on))).to.deep.equal(['dua', 'tiga']);
  });

  it('gives at most as many updates as the limit', async () => {
    await using on = await counting();
    expect(texts(await poll(on, { limit: 2 }))).to.deep.equal(['satu', 'dua']);
  });

  it('takes a limit below 1 for 1', async () => {
    await using on = await counting();
    expect(await poll(on, { limit: 0 })).to.have.length(1);
  });

  it('gives no more than 100 updates at once', async () => {
    await using on = await stage();
    for (let count = 0; count < 101; count += 1) await on.sandbox.client.pressData(CITRA, 1, 'x');
    expect(await poll(on, { limit: 500 })).to.have.length(100);
  });

  it('answers at once, with nothing, without a timeout', async () => {
    await using on = await stage();
    expect(await poll(on)).to.deep.equal([]);
    expect(await poll(on, { timeout: -5 })).to.deep.equal([]);
  });

  it('holds a long poll until somebody speaks', async () => {
    await using on = await stage();
    const waiting = poll(on, { timeout: 30 });
    await on.sandbox.client.say(CITRA, 'halo');
    const [update] = await waiting;
    expect(update?.message?.text).to.equal('halo');
  });

  it('gives what comes together in one answer', async () => {
    await using on = await stage();
    const waiting = poll(on, { timeout: 30 });
    const picture = await png(60, 40);
    await on.sandbox.client.album(CITRA, [picture, picture, picture]);
    expect(await waiting).to.have.length(3);
  });

  it('loses nothing when the bot hangs up while it waits', async () => {
    await using on = await stage();
    const hangUp = new AbortController();
    const url = `${on.sandbox.url}/bot${on.sandbox.token}/getUpdates?timeout=30`;
    const waiting = fetch(url, { signal: hangUp.signal }).catch(() => 'hung up');
    await on.sandbox.client.people();
    hangUp.abort();
    expect(await waiting).to.equal('hung up');
    await on.sandbox.client.say(CITRA, 'halo');
    expect(texts(await poll(on))).to.deep.equal(['halo']);
  });

  it('ends a waiting poll with 409 when another one comes', async () => {
    await using on = await greeted();
    const [hello] = await poll(on);
    const offset = (hello?.update_id ?? 0) + 1;
    const racers = [1, 2].map(() => on.call('getUpdates', { offset, timeout: 30 }));
    const loser = await Promise.race(racers);
    expect(loser.status).to.equal(409);
    expect(loser.body.description).to.equal(
      'Conflict: terminated by other getUpdates request; ' +
        'make sure that only one bot instance is running',
    );
    await on.sandbox.client.say(CITRA, 'lagi');
    const answers = await Promise.all(racers);
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
  });

  it('remembers allowed_updates from one poll to the next', async () => {
    await using on = await stage();
    await poll(on, { allowed_updates: ['callback_query'] });
    await poll(on);
    await on.sandbox.client.say(CITRA, 'tidak didengar');
    expect(await poll(on)).to.deep.equal([]);
  });

  it('still gives what had come before allowed_updates excluded it', async () => {
    await using on = await greeted();
    expect(await poll(on, { allowed_updates: ['callback_query'] })).to.have.length(1);
  });

  it('takes an empty list of allowed_updates for the default', async () => {
    await using on = await stage();
    await poll(on, { allowed_updates: ['callback_query'] });
    await poll(on, { allowed_updates: [] });
    await on.sandbox.client.say(CITRA, 'didengar');
    expect(await poll(on)).to.have.length(1);
  });

  it('forgets a button press after 150 seconds', async () => {
    await using on = await stage();
    await on.sandbox.client.pressData(CITRA, 1, 'x');
    await on.sandbox.client.advance(149_000);
    expect(await poll(on)).to.have.length(1);
    await on.sandbox.client.advance(1000);
    expect(await poll(on)).to.deep.equal([]);
  });

  it('forgets a message after 24 hours', async () => {
    await using on = await greeted();
    await on.sandbox.client.advance(24 * 3_600_000 - 1);
    expect(await poll(on)).to.have.length(1);
    await on.sandbox.client.advance(1);
    expect(await poll(on)).to.deep.equal([]);
  });

  it('goes on with any id after a week without updates', async () => {
    await using on = await stage();
    const { updateId: first = 0 } = await on.sandbox.client.say(CITRA, 'satu');
    await on.sandbox.client.advance(7 * DAY);
    const { updateId: second } = await on.sandbox.client.say(CITRA, 'dua');
    expect(second).to.equal(first + 1);
    await on.sandbox.client.advance(7 * DAY + 1);
    const { updateId: third } = await on.sandbox.client.say(CITRA, 'tiga');
    expect(third).not.to.equal(first + 2);
    expect(texts(await poll(on, { offset: third }))).to.deep.equal(['tiga']);
  });

  it('delivers a confirmed update once more on request', async () => {
    await using on = await stage();
    const { updateId = 0 } = await on.sandbox.client.say(CITRA, 'halo');
    await poll(on, { offset: updateId + 1 });
    await on.sandbox.client.redeliver(updateId);
    const [again] = await poll(on, { offset: updateId + 1 });
    expect(again?.update_id).to.equal(updateId);
    expect(await poll(on, { offset: updateId + 1 })).to.deep.equal([]);
  });

  it('tells of an edit', async () => {
    await using on = await stage();
    const { messageId } = await on.sandbox.client.say(CITRA, 'hallo');
    await on.sandbox.client.edit(CITRA, messageId, 'halo');
    const [, edited] = await poll(on);
    expect(edited?.edited_message).to.include({ message_id: messageId, text: 'halo' });
  });

  it('tells of blocking and unblocking', async () => {
    await using on = await stage();
    await on.sandbox.client.block(CITRA);
    await on.sandbox.client.unblock(CITRA);
    const [blocked, unblocked] = await poll(on);
    expect(blocked?.my_chat_member?.new_chat_member.status).to.equal('kicked');
    expect(unblocked?.my_chat_member?.new_chat_member.status).to.equal('member');
  });

  it('marks commands in what people type, so that telegraf routes them', async () => {
    await using on = await stage();
    await on.sandbox.client.say(CITRA, '/start ref_12');
    const [update] = await poll(on);
    const command = { type: 'bot_command', offset: 0, length: 6 };
    expect(update?.message?.entities).to.deep.equal([command]);
  });

  it('drives telegraf from launch() to stop(): commands, buttons and what stop() confirms', async () => {
    await using on = await stage();
    const bot = new Telegraf(on.sandbox.token, { telegram: { apiRoot: on.sandbox.url } });
    bot.start((context) => context.reply('Pilih', INLINE('ya')));
    bot.action('ya', (context) => context.answerCbQuery('Baik', { show_alert: true }));
    const running = bot.launch();
    await on.sandbox.client.say(CITRA, '/start');
    const { id } = await on.sandbox.client.waitForMessage(CITRA, ({ text }) => text === 'Pilih');
    await on.sandbox.client.click(CITRA, id, 'Ya');
    const { toasts } = await on.sandbox.client.waitFor(CITRA, (chat) => chat.toasts.length > 0);
    expect(toasts[0]).to.include({ text: 'Baik', showAlert: true });
    bot.stop();
    await running;
    expect(await poll(on)).to.deep.equal([]);
  });
});
