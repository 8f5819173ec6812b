import { expect } from 'chai';
import { Telegraf } from 'telegraf';
import { hook, listening } from './hook.ts';
import { CITRA, png, stage, type Stage } from './world.ts';

const seen = (on: Stage) =>
  on.sandbox.client.waitFor(CITRA, ({ messages }) => messages[0]?.seen === true);

const HALO = { method: 'sendMessage', chat_id: CITRA, text: 'dari balasan' };

describe('sandbox: methods in the reply to a webhook', () => {
  it('runs one given as JSON', async () => {
    await using on = await stage();
    await using web = await hook((_call, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(HALO));
    });
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'halo');
    await on.sandbox.client.waitForMessage(CITRA, ({ text }) => text === 'dari balasan');
  });

  it('runs one given urlencoded', async () => {
    await using on = await stage();
    await using web = await hook((_call, response) => {
      response.setHeader('content-type', 'application/x-www-form-urlencoded');
      response.end(new URLSearchParams({ ...HALO, chat_id: String(CITRA) }).toString());
    });
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'halo');
    await on.sandbox.client.waitForMessage(CITRA, ({ text }) => text === 'dari balasan');
  });

  it("runs telegraf's webhookReply with a picture in it: multipart", async () => {
    await using on = await stage();
    const bot = new Telegraf(on.sandbox.token, {
      telegram: { apiRoot: on.sandbox.url, webhookReply: true },
    });
    const source = await png(300, 200);
    bot.on('message', (context) => context.replyWithPhoto({ source }, { caption: 'Bukti' }));
    await using web = await listening(bot.webhookCallback('/hook'));
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'halo');
    const photo = await on.sandbox.client.waitForMessage(CITRA, ({ kind }) => kind === 'photo');
    expect(photo.text).to.equal('Bukti');
    expect(photo.photo).to.include({ width: 300, height: 200 });
  });

  it('ignores JSON that does not say so in its content type', async () => {
    await using on = await stage();
    await using web = await hook((_call, response) => response.end(JSON.stringify(HALO)));
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'halo');
    await seen(on);
    expect(await on.sandbox.client.requests('sendMessage')).to.deep.equal([]);
  });

  for (const method of ['getMe', 'setWebhook', 'deleteWebhook']) {
    it(`does not run ${method}`, async () => {
      await using on = await stage();
      await using web = await hook((_call, response) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ method, url: '' }));
      });
      await on.telegram.setWebhook(web.url);
      await on.sandbox.client.say(CITRA, 'halo');
      await seen(on);
      expect((await on.telegram.getWebhookInfo()).url).to.equal(web.url);
      expect(await on.sandbox.client.requests('getMe')).to.deep.equal([]);
    });
  }

  it('does not repeat an update because its method was refused', async () => {
    await using on = await stage();
    await using web = await hook((_call, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ...HALO, text: '' }));
    });
    await on.telegram.setWebhook(web.url);
    await on.sandbox.client.say(CITRA, 'halo');
    await seen(on);
    expect(web.calls).to.have.length(1);
    const [refused] = await on.sandbox.client.requests('sendMessage');
    expect(refused?.answer).to.include({ error_code: 400 });
  });
});
