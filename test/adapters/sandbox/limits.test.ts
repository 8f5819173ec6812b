import { expect } from 'chai';
import { CITRA, INLINE, WAHYU, greeted, png, poll, refusal, stage, type Stage } from './world.ts';

/** Sends into one chat until the sandbox refuses; answers how many went through. */
async function sendUntilRefused(on: Stage, chatId: number): Promise<number> {
  for (let sent = 0; sent < 100; sent += 1) {
    const { status } = await on.call('sendMessage', { chat_id: chatId, text: String(sent) });
    if (status === 429) return sent;
  }
  return Infinity;
}

const limited = (): Promise<Stage> => greeted({ limits: true });

describe("sandbox: Telegram's limits", () => {
  it('does not mind any pace until they are switched on', async () => {
    await using on = await greeted();
    expect(await sendUntilRefused(on, CITRA)).to.equal(Infinity);
  });

  it('lets three messages into a chat at once, and then says how long to wait', async () => {
    await using on = await limited();
    expect(await sendUntilRefused(on, CITRA)).to.equal(3);
    const { status, headers, body } = await on.call('sendMessage', { chat_id: CITRA, text: 'x' });
    expect(status).to.equal(429);
    expect(headers.get('retry-after')).to.equal('1');
    expect(body).to.deep.equal({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
  });

  it('lets one more in for every second', async () => {
    await using on = await limited();
    await sendUntilRefused(on, CITRA);
    await on.sandbox.client.advance(999);
    expect(await sendUntilRefused(on, CITRA)).to.equal(0);
    await on.sandbox.client.advance(1);
    expect(await sendUntilRefused(on, CITRA)).to.equal(1);
    await on.sandbox.client.advance(2000);
    expect(await sendUntilRefused(on, CITRA)).to.equal(2);
  });

  it('saves up no more than the first three', async () => {
    await using on = await limited();
    await on.telegram.sendMessage(CITRA, 'x');
    await on.sandbox.client.advance(60_000);
    expect(await sendUntilRefused(on, CITRA)).to.equal(3);
  });

  it('leaves the other chats alone', async () => {
    await using on = await limited();
    await on.sandbox.client.say(WAHYU, 'halo');
    await sendUntilRefused(on, CITRA);
    await on.telegram.sendMessage(WAHYU, 'x');
  });

  it('lets thirty messages a second into all chats together', async () => {
    const people = Array.from({ length: 31 }, (_, index) => ({ id: index + 1, firstName: 'P' }));
    await using on = await stage({ people, limits: true });
    for (const { id } of people) await on.sandbox.client.say(id, 'halo');
    for (const { id } of people.slice(0, 30)) await on.telegram.sendMessage(id, 'x');
    const text = await refusal(on.telegram.sendMessage(31, 'x'));
    expect(text).to.equal('429: Too Many Requests: retry after 1');
  });

  it('counts an album by its pictures', async () => {
    await using on = await limited();
    const source = await png(60, 40);
    const album = [1, 2, 3, 4].map(() => ({ type: 'photo' as const, media: { source } }));
    await on.telegram.sendMediaGroup(CITRA, album);
    const text = await refusal(on.telegram.sendMessage(CITRA, 'x'));
    expect(text).to.equal('429: Too Many Requests: retry after 2');
  });

  it('counts an edit as a message', async () => {
    await using on = await limited();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, '0');
    await on.telegram.editMessageText(CITRA, id, undefined, '1');
    await on.telegram.editMessageText(CITRA, id, undefined, '2');
    const text = await refusal(on.telegram.editMessageText(CITRA, id, undefined, '3'));
    expect(text).to.equal('429: Too Many Requests: retry after 1');
  });

  it('counts neither answers to presses, nor chat actions, nor deletions', async () => {
    await using on = await limited();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, '0', INLINE('y'));
    for (let press = 0; press < 4; press += 1) await on.sandbox.client.click(CITRA, id, 'Ya');
    const presses = (await poll(on)).flatMap((update) => update.callback_query ?? []);
    expect(presses).to.have.length(4);
    await sendUntilRefused(on, CITRA);
    for (const press of presses) await on.telegram.answerCbQuery(press.id);
    await on.telegram.sendChatAction(CITRA, 'typing');
    await on.telegram.deleteMessage(CITRA, id);
  });

  it('does not count what is refused for other reasons', async () => {
    await using on = await limited();
    for (let call = 0; call < 5; call += 1) await refusal(on.telegram.sendMessage(CITRA, ''));
    expect(await sendUntilRefused(on, CITRA)).to.equal(3);
  });

  it('can be switched at any time, and starts afresh', async () => {
    await using on = await greeted();
    expect(await on.sandbox.client.limit(true)).to.include({ on: true, perSecond: 30 });
    expect(await sendUntilRefused(on, CITRA)).to.equal(3);
    expect(await on.sandbox.client.limit(false)).to.include({ on: false });
    await on.telegram.sendMessage(CITRA, 'x');
    await on.sandbox.client.limit(true);
    expect(await sendUntilRefused(on, CITRA)).to.equal(3);
  });
});
