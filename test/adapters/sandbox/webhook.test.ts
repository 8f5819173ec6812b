import { createServer, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import { Telegraf } from 'telegraf';
import { hook, listening } from './hook.ts';
import { CITRA, START, WAHYU, greeted, poll, refusal, stage, type Stage } from './world.ts';

const seen = (on: Stage, person: number, nth = 0) =>
  on.sandbox.client.waitFor(person, ({ messages }) => messages[nth]?.seen === true);

const ASKED_MAX = 5000;

/** Resolves when the newest failure that Telegram tells of has this in it. */
async function failed(on: Stage, reason: string): Promise<void> {
  let told = '';
  for (let asked = 0; asked < ASKED_MAX && !told.includes(reason); asked += 1) {
    told = (await on.telegram.getWebhookInfo()).last_error_message ?? '';
  }
  expect(told).to.contain(reason);
}

describe('sandbox: updates by webhook', () => {
  it('posts an update as JSON, with the secret in a header of its own', async () => {
    await using on = await stage();
    await using web = await hook();
    await on.telegram.setWebhook(web.url, { secret_token: 'rahasia' });
    const { updateId } = await on.sandbox.client.say(CITRA, 'halo');
    const { headers, body } = await web.called(1);
    expect(headers['content-type']).to.equal('application/json');
    expect(headers['x-telegram-bot-api-secret-token']).to.equal('rahasia');
    expect(body.update_id).to.equal(updateId);
  });

  it('sends no such header where no secret was set', async () => {
    await using on = await stage();
    await using web = await hook();
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'halo');
    expect((await web.called(1)).headers).not.to.have.property('x-telegram-bot-api-secret-token');
  });

  it('takes any 2xx as the acknowledgement', async () => {
    await using on = await stage();
    await using web = await hook((_call, response) => response.writeHead(204).end());
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'halo');
    await seen(on, CITRA);
    expect((await on.telegram.getWebhookInfo()).pending_update_count).to.equal(0);
  });

  it('repeats at once what was not acknowledged, then after pauses that double to a minute', async () => {
    await using on = await stage({ webhookBackoffMs: 20_000 });
    await using web = await hook((call, response) => response.writeHead(500 + call).end());
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'halo');
    for (const [index, seconds] of [20, 40, 60, 60].entries()) {
      await failed(on, String(501 + index));
      await on.sandbox.client.advance(seconds * 1000 - 1);
      expect(web.calls).to.have.length(2 + index);
      await on.sandbox.client.advance(1);
      await web.called(3 + index);
    }
  });

  it('waits as long as a Retry-After of the bot asks', async () => {
    await using on = await stage();
    await using web = await hook((call, response) => {
      if (call === 0) response.writeHead(503, { 'retry-after': '100' });
      response.end();
    });
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'halo');
    await failed(on, '503');
    await on.sandbox.client.advance(99_000);
    expect(web.calls).to.have.length(1);
    await on.sandbox.client.advance(1000);
    await seen(on, CITRA);
  });

  it('keeps the order of one chat while its first update fails', async () => {
    await using on = await stage({ webhookBackoffMs: 1 });
    await using web = await hook((call, response) => {
      response.writeHead(call < 3 ? 500 : 200).end();
    });
    await on.telegram.setWebhook(web.url);
    const { updateId: first } = await on.sandbox.client.say(CITRA, 'satu');
    const { updateId: second } = await on.sandbox.client.say(CITRA, 'dua');
    await seen(on, CITRA, 1);
    const ids = web.calls.map(({ body }) => body.update_id);
    expect(ids).to.deep.equal([first, first, first, first, second]);
  });

  it('delivers another person while one is stuck', async () => {
    await using on = await stage();
    await using web = await hook((call, response) => {
      if (call > 0) response.end();
    });
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'macet');
    await on.sandbox.client.say(WAHYU, 'lancar');
    await seen(on, WAHYU);
    expect((await on.sandbox.client.chat(CITRA)).messages[0]?.seen).to.equal(false);
  });

  it('delivers the button press of a person whose message is stuck: two queues', async () => {
    await using on = await stage();
    await using web = await hook((call, response) => {
      if (call > 0) response.end();
    });
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'macet');
    const { updateId } = await on.sandbox.client.pressData(CITRA, 1, 'x');
    expect((await web.called(2)).body.update_id).to.equal(updateId);
  });

  it('tells of the blocking by a person whose message is stuck: a queue of its own', async () => {
    await using on = await stage();
    await using web = await hook((call, response) => {
      if (call > 0) response.end();
    });
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'macet');
    await on.sandbox.client.block(CITRA);
    expect((await web.called(2)).body).to.have.property('my_chat_member');
  });

  it('opens no more than max_connections at a time', async () => {
    await using on = await stage();
    const held: (() => void)[] = [];
    await using web = await hook((_call, response) => held.push(() => response.end()));
    await on.telegram.setWebhook(web.url, { max_connections: 1 });
    await on.sandbox.client.say(CITRA, 'satu');
    await on.sandbox.client.say(WAHYU, 'dua');
    await web.called(1);
    await on.telegram.getMe();
    expect(web.calls).to.have.length(1);
    held[0]?.();
    await web.called(2);
  });

  it('keeps no connection for what waits to be repeated', async () => {
    await using on = await stage({ webhookBackoffMs: 60_000 });
    await using web = await hook((call, response) => {
      response.writeHead(call < 2 ? 500 : 200).end();
    });
    await on.telegram.setWebhook(web.url, { max_connections: 1 });
    await on.sandbox.client.say(CITRA, 'gagal');
    await web.called(2);
    await on.sandbox.client.say(WAHYU, 'lancar');
    await seen(on, WAHYU);
  });

  it('gives up what grew too old while it failed, and goes on with the next', async () => {
    await using on = await stage({ webhookBackoffMs: 60_000 });
    await using web = await hook((call, response) => {
      response.writeHead(call < 2 ? 500 : 200).end();
    });
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.pressData(CITRA, 1, 'basi');
    await failed(on, '500');
    await web.called(2);
    await on.sandbox.client.advance(151_000);
    const { updateId } = await on.sandbox.client.pressData(CITRA, 1, 'segar');
    expect((await web.called(3)).body.update_id).to.equal(updateId);
  });

  it('tells in getWebhookInfo what the bot answered, when, and what still waits', async () => {
    await using on = await stage({ webhookBackoffMs: 60_000 });
    await using web = await hook((_call, response) => response.writeHead(500).end());
    await on.telegram.setWebhook(web.url, { max_connections: 7, allowed_updates: ['message'] });
    await on.sandbox.client.say(CITRA, 'halo');
    await failed(on, '500');
    const info = await on.telegram.getWebhookInfo();
    expect(info).to.deep.include({
      url: web.url,
      pending_update_count: 1,
      max_connections: 7,
      allowed_updates: ['message'],
      last_error_date: START / 1000,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    });
  });

  it('tells refused and broken connections apart', async () => {
    await using on = await stage({ webhookBackoffMs: 60_000 });
    const nobody = createServer();
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((resolve) => nobody.close(resolve));
    await on.telegram.setWebhook(`http://127.0.0.1:${port}/`);
    await on.sandbox.client.say(CITRA, 'halo');
    await failed(on, 'Connection refused');
    await using rude = await listening((request) => request.socket.destroy());
    await on.telegram.setWebhook(rude.url);
    await failed(on, 'Webhook connection closed');
  });
});

describe('sandbox: setting a webhook', () => {
  it('lets telegraf take updates, check the secret and answer', async () => {
    await using on = await stage();
    const bot = new Telegraf(on.sandbox.token, { telegram: { apiRoot: on.sandbox.url } });
    bot.start((context) => context.reply(`Halo ${context.from.first_name}`));
    await using web = await listening(bot.webhookCallback('/hook', { secretToken: 'rahasia' }));
    await bot.telegram.setWebhook(web.url, { secret_token: 'rahasia' });
    await on.sandbox.client.say(CITRA, '/start');
    await on.sandbox.client.waitForMessage(CITRA, ({ text }) => text === 'Halo Citra');
  });

  it('refuses polling while a webhook is set', async () => {
    await using on = await stage();
    await using web = await hook();
    await on.telegram.setWebhook(web.url);
    const answer = await on.call('getUpdates');
    expect(answer.status).to.equal(409);
    expect(answer.body.description).to.equal(
      "Conflict: can't use getUpdates method while webhook is active; " +
        'use deleteWebhook to delete the webhook first',
    );
  });

  it('ends a poll that waits', async () => {
    await using on = await stage();
    await using web = await hook();
    const waiting = on.call('getUpdates', { timeout: 50 });
    await on.sandbox.client.people();
    await on.telegram.setWebhook(web.url);
    const { status, body } = await waiting;
    expect(status).to.equal(409);
    expect(body.description).to.match(/^Conflict: (terminated by setWebhook|can't use getUpdates)/);
  });

  it('delivers what was waiting before', async () => {
    await using on = await greeted();
    await using web = await hook();
    await on.telegram.setWebhook(web.url);
    await seen(on, CITRA);
  });

  it('forgets what was waiting before, with drop_pending_updates', async () => {
    await using on = await greeted();
    await using web = await hook();
    await on.telegram.setWebhook(web.url, { drop_pending_updates: true });
    const { updateId } = await on.sandbox.client.say(CITRA, 'lagi');
    expect((await web.called(1)).body.update_id).to.equal(updateId);
  });

  it('polls again after deleteWebhook, and nothing was lost', async () => {
    await using on = await stage({ webhookBackoffMs: 60_000 });
    await using web = await hook((_call, response) => response.writeHead(500).end());
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'halo');
    await failed(on, '500');
    await on.telegram.deleteWebhook();
    expect((await poll(on)).map(({ message }) => message?.text)).to.deep.equal(['halo']);
  });

  it('takes an empty address for deleteWebhook', async () => {
    await using on = await stage();
    await using web = await hook();
    await on.telegram.setWebhook(web.url);
    await on.telegram.setWebhook('');
    expect((await on.telegram.getWebhookInfo()).url).to.equal('');
  });

  it('refuses an address beyond this machine', async () => {
    await using on = await stage();
    const text = await refusal(on.telegram.setWebhook('https://example.com/x'));
    expect(text).to.contain('bad webhook: the sandbox calls http on this machine only');
  });

  it('refuses a secret that does not fit into a header', async () => {
    await using on = await stage();
    const setting = on.telegram.setWebhook('http://127.0.0.1:1/', { secret_token: 'tidak boleh!' });
    expect(await refusal(setting)).to.contain('secret token contains unallowed characters');
  });
});
