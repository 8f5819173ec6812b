import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { CITRA, WAHYU, greeted, poll, refusal, stage } from './world.ts';

describe('sandbox: updates by long polling', () => {
  it('numbers updates in a row and repeats them until an offset confirms them', async () => {
    await using on = await stage();
    await on.sandbox.client.say(CITRA, 'satu');
    await on.sandbox.client.say(CITRA, 'dua');
    const first = await poll(on);
    const again = await poll(on);
    expect(again).to.deep.equal(first);
    const [one, two] = first.map(({ update_id: id }) => id);
    expect(two).to.equal((one ?? 0) + 1);
    expect(await poll(on, { offset: two })).to.have.length(1);
    expect(await poll(on, { offset: (two ?? 0) + 1 })).to.deep.equal([]);
  });

  it('ignores an offset far beyond the next id; a negative one keeps the tail', async () => {
    await using on = await stage();
    for (const text of ['satu', 'dua', 'tiga']) await on.sandbox.client.say(CITRA, text);
    const all = await poll(on, { offset: 2_000_000_000 });
    expect(all).to.have.length(3);
    const tail = await poll(on, { offset: -1 });
    expect(tail.map(({ message }) => message?.text)).to.deep.equal(['tiga']);
    expect(await poll(on)).to.have.length(1);
  });

  it('gives at most as many updates as the limit', async () => {
    await using on = await stage();
    for (const text of ['satu', 'dua', 'tiga']) await on.sandbox.client.say(CITRA, text);
    expect(await poll(on, { limit: 2 })).to.have.length(2);
  });

  it('holds a long poll until somebody speaks', async () => {
    await using on = await stage();
    const waiting = poll(on, { timeout: 30 });
    await on.sandbox.client.say(CITRA, 'halo');
    const [update] = await waiting;
    expect(update?.message?.text).to.equal('halo');
  });

  it('ends a waiting poll with 409 when another one comes', async () => {
    await using on = await greeted();
    const [hello] = await poll(on);
    const offset = (hello?.update_id ?? 0) + 1;
    const racers = [1, 2].map(() => on.call('getUpdates', { offset, timeout: 30 }));
    const loser = await Promise.race(racers);
    expect(loser.status).to.equal(409);
    expect(loser.body.description).to.contain('terminated by other getUpdates request');
    await on.sandbox.client.say(CITRA, 'lagi');
    const answers = await Promise.all(racers);
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
  });

  it('remembers allowed_updates until told otherwise; an empty list is the default', async () => {
    await using on = await greeted();
    await poll(on, { offset: -1, allowed_updates: ['callback_query'] });
    const [greeting] = await poll(on);
    await poll(on, { offset: (greeting?.update_id ?? 0) + 1 });
    await on.sandbox.client.say(CITRA, 'tidak didengar');
    expect(await poll(on)).to.deep.equal([]);
    await poll(on, { allowed_updates: [] });
    await on.sandbox.client.say(CITRA, 'didengar');
    expect(await poll(on)).to.have.length(1);
  });

  it('forgets a button press after 150 seconds and a message after 24 hours', async () => {
    await using on = await greeted();
    await on.sandbox.client.pressData(CITRA, 1, 'x');
    expect(await poll(on)).to.have.length(2);
    on.pass(151_000);
    expect(await poll(on)).to.have.length(1);
    on.pass(24 * 3_600_000);
    expect(await poll(on)).to.deep.equal([]);
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

  it('tells of edits, blocking and unblocking', async () => {
    await using on = await stage();
    const { messageId } = await on.sandbox.client.say(CITRA, 'hallo');
    await on.sandbox.client.edit(CITRA, messageId, 'halo');
    await on.sandbox.client.block(CITRA);
    await on.sandbox.client.unblock(CITRA);
    const [, edited, blocked, unblocked] = await poll(on);
    expect(edited?.edited_message).to.include({ message_id: messageId, text: 'halo' });
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
});

interface Hook extends AsyncDisposable {
  readonly url: string;
  readonly calls: { readonly secret: unknown; readonly body: { readonly update_id: number } }[];
}

/** A webhook that answers the n-th call (from 0) as told. */
async function hook(answer: (call: number, response: ServerResponse) => void): Promise<Hook> {
  const calls: Hook['calls'] = [];
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as { update_id: number };
    calls.push({ secret: request.headers['x-telegram-bot-api-secret-token'], body });
    answer(calls.length - 1, response);
  };
  const server = createServer((request, response) => void receive(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    calls,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

describe('sandbox: updates by webhook', () => {
  it('posts an update with the secret, and a 2xx is its acknowledgement', async () => {
    await using on = await stage();
    await using web = await hook((_call, response) => response.end());
    await on.telegram.setWebhook(web.url, { secret_token: 'rahasia' });
    await on.sandbox.client.say(CITRA, 'halo');
    await on.sandbox.client.waitFor(CITRA, ({ messages }) => messages[0]?.seen === true);
    expect(web.calls.map(({ secret }) => secret)).to.deep.equal(['rahasia']);
    expect((await on.telegram.getWebhookInfo()).pending_update_count).to.equal(0);
  });

  it('repeats a delivery that was not acknowledged and keeps the order of one chat', async () => {
    await using on = await stage({ webhookBackoffMs: 1 });
    await using web = await hook((call, response) => {
      response.statusCode = call < 3 ? 500 : 200;
      response.end();
    });
    await on.telegram.setWebhook(web.url);
    const { updateId: first } = await on.sandbox.client.say(CITRA, 'satu');
    const { updateId: second } = await on.sandbox.client.say(CITRA, 'dua');
    await on.sandbox.client.waitFor(CITRA, ({ messages }) => messages[1]?.seen === true);
    const ids = web.calls.map(({ body }) => body.update_id);
    expect(ids).to.deep.equal([first, first, first, first, second]);
    expect((await on.telegram.getWebhookInfo()).last_error_message).to.contain('500');
  });

  it('delivers another person while one is stuck', async () => {
    await using on = await stage();
    await using web = await hook((call, response) => {
      if (call > 0) response.end();
    });
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'macet');
    await on.sandbox.client.say(WAHYU, 'lancar');
    const chat = await on.sandbox.client.waitFor(WAHYU, ({ messages }) => !!messages[0]?.seen);
    expect(chat.messages).to.have.length(1);
  });

  it('runs a method that the webhook puts into its reply', async () => {
    await using on = await stage();
    await using web = await hook((_call, response) => {
      response.end(JSON.stringify({ method: 'sendMessage', chat_id: CITRA, text: 'dari balasan' }));
    });
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'halo');
    await on.sandbox.client.waitForMessage(CITRA, ({ text }) => text === 'dari balasan');
  });

  it('refuses polling while a webhook is set, and addresses beyond this machine', async () => {
    await using on = await stage();
    await using web = await hook((_call, response) => response.end());
    await on.telegram.setWebhook(web.url);
    const answer = await on.call('getUpdates');
    expect(answer.status).to.equal(409);
    expect(answer.body.description).to.contain('webhook is active');
    await on.telegram.deleteWebhook();
    expect(await poll(on)).to.deep.equal([]);
    expect(await refusal(on.telegram.setWebhook('https://example.com/x'))).to.contain(
      'bad webhook',
    );
  });
});
