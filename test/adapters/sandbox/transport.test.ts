import { request as httpRequest } from 'node:http';
import { expect } from 'chai';
import { SandboxClient } from '../../../adapters/sandbox/index.ts';
import { CITRA, WAHYU, greeted, refusal, stage } from './world.ts';

describe('sandbox: transport', () => {
  it('takes query, urlencoded and multipart parameters, numbers and objects as text', async () => {
    await using on = await greeted();
    const base = `${on.sandbox.url}/bot${on.sandbox.token}`;
    await fetch(`${base}/SENDMESSAGE?chat_id=${CITRA}&text=query`);
    const keyboard = JSON.stringify({ inline_keyboard: [[{ text: 'Ya', callback_data: 'y' }]] });
    const fields = { chat_id: String(CITRA), text: 'urlencoded', reply_markup: keyboard };
    await fetch(`${base}/sendMessage`, { method: 'POST', body: new URLSearchParams(fields) });
    const form = new FormData();
    form.set('chat_id', String(CITRA));
    form.set('text', 'multipart');
    await fetch(`${base}/sendmessage`, { method: 'POST', body: form });
    const { messages } = await on.sandbox.client.chat(CITRA);
    const sent = messages.slice(1);
    expect(sent.map(({ text }) => text)).to.deep.equal(['query', 'urlencoded', 'multipart']);
    expect(sent[1]?.buttons).to.deep.equal([[{ text: 'Ya', data: 'y' }]]);
  });

  it('refuses a wrong token, an unknown method and an unknown parameter', async () => {
    await using on = await greeted();
    const stranger = await fetch(`${on.sandbox.url}/bot1:wrong/getMe`);
    expect(stranger.status).to.equal(401);
    expect(await stranger.json()).to.include({ ok: false, description: 'Unauthorized' });
    const unknown = await on.call('sendVenue');
    expect(unknown.status).to.equal(404);
    expect(unknown.body.description).to.equal('Not Found: method not found');
    const typo = await on.call('sendMessage', { chat_id: CITRA, text: 'x', parsemode: 'HTML' });
    expect(typo.status).to.equal(400);
    expect(typo.body.description).to.contain('parameter "parsemode" of sendMessage');
  });

  it('introduces the bot and the person', async () => {
    await using on = await greeted({ botUsername: 'upah_bot', botName: 'Upah' });
    const me = await on.telegram.getMe();
    expect(me).to.include({ is_bot: true, username: 'upah_bot', first_name: 'Upah' });
    expect(on.sandbox.token).to.match(new RegExp(`^${me.id}:SANDBOX-`));
    const chat = await on.telegram.getChat(CITRA);
    expect(chat).to.include({ id: CITRA, type: 'private', username: 'citra_client' });
  });

  it('shows the command menu of the narrowest scope', async () => {
    await using on = await greeted();
    await on.sandbox.client.say(WAHYU, 'halo');
    const help = [{ command: 'help', description: 'Bantuan' }];
    const audit = [{ command: 'audit', description: 'Audit' }];
    await on.telegram.setMyCommands(help);
    await on.telegram.setMyCommands(audit, { scope: { type: 'chat', chat_id: CITRA } });
    expect((await on.sandbox.client.chat(CITRA)).commands).to.deep.equal(audit);
    expect((await on.sandbox.client.chat(WAHYU)).commands).to.deep.equal(help);
    expect(await on.telegram.getMyCommands()).to.deep.equal(help);
    await on.telegram.deleteMyCommands({ scope: { type: 'chat', chat_id: CITRA } });
    expect((await on.sandbox.client.chat(CITRA)).commands).to.deep.equal(help);
    const bad = on.telegram.setMyCommands([{ command: 'Buruk!', description: 'x' }]);
    expect(await refusal(bad)).to.contain('BOT_COMMAND_INVALID');
  });

  it('answers this machine only: no foreign Host, no foreign Origin', async () => {
    await using on = await stage();
    const status = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const request = httpRequest(on.sandbox.url, { headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        request.on('error', reject).end();
      });
    expect(await status({})).to.equal(200);
    expect(await status({ host: 'evil.example' })).to.equal(403);
    expect(await status({ origin: 'https://evil.example' })).to.equal(403);
  });

  it('serves the page under a strict policy and with fixed types', async () => {
    await using on = await stage();
    const page = await fetch(on.sandbox.url);
    expect(page.headers.get('content-security-policy')).to.contain("script-src 'self'");
    expect(page.headers.get('x-content-type-options')).to.equal('nosniff');
    const html = await page.text();
    expect(html).to.contain('bukan Telegram sungguhan');
    const paths = html.match(/\/page\/[\w.-]+/g) ?? [];
    expect(paths).not.to.deep.equal([]);
    for (const path of paths) expect((await fetch(on.sandbox.url + path)).status).to.equal(200);
    expect((await fetch(`${on.sandbox.url}/page/..%2findex.ts`)).status).to.equal(404);
  });

  it('downloads documents instead of showing them, whatever they claim to be', async () => {
    await using on = await stage();
    const html = { filename: 'x.html', mimeType: 'text/html' };
    await on.sandbox.client.document(CITRA, Buffer.from('<script>1</script>'), html);
    const { messages } = await on.sandbox.client.chat(CITRA);
    const response = await fetch(on.sandbox.url + (messages[0]?.document?.url ?? ''));
    expect(response.headers.get('content-type')).to.equal('application/octet-stream');
    expect(response.headers.get('content-disposition')).to.equal('attachment');
  });
});

describe('sandbox: faults and control', () => {
  it('plays a flood with retry_after, as often as told and for one chat', async () => {
    await using on = await greeted();
    await on.sandbox.client.say(WAHYU, 'halo');
    const fault = { method: 'sendMessage', chatId: CITRA, errorCode: 429, retryAfter: 7 };
    await on.sandbox.client.fault({ ...fault, count: 2 });
    await on.telegram.sendMessage(WAHYU, 'x');
    const answer = await on.call('sendMessage', { chat_id: CITRA, text: 'x' });
    expect(answer.status).to.equal(429);
    expect(answer.headers.get('retry-after')).to.equal('7');
    expect(answer.body.parameters).to.deep.equal({ retry_after: 7 });
    const second = await refusal(on.telegram.sendMessage(CITRA, 'x'));
    expect(second).to.equal('429: Too Many Requests: retry after 7');
    await on.telegram.sendMessage(CITRA, 'x');
  });

  it('answers as a gateway in front of Telegram would: with a page, and without effect', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ method: 'sendMessage', errorCode: 502, asPage: true });
    const call = `${on.sandbox.url}/bot${on.sandbox.token}/sendMessage`;
    const response = await fetch(`${call}?chat_id=${CITRA}&text=hilang`);
    expect(response.status).to.equal(502);
    expect(response.headers.get('content-type')).to.match(/^text\/html/);
    expect(await response.text()).to.contain('<h1>502</h1>');
    const [logged] = await on.sandbox.client.requests('sendMessage');
    expect(logged?.answer).to.include({ error_code: 502 });
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.map(({ text }) => text)).to.deep.equal(['halo']);
  });

  it('cuts the connection before or after the call took effect', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ method: 'sendMessage', dropBefore: true });
    await on.sandbox.client.fault({ method: 'sendMessage', dropAfter: true });
    await refusal(on.telegram.sendMessage(CITRA, 'hilang'));
    await refusal(on.telegram.sendMessage(CITRA, 'sampai'));
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.map(({ text }) => text)).to.deep.equal(['halo', 'sampai']);
  });

  it('keeps a log of calls with parameters and answers', async () => {
    await using on = await greeted();
    await on.telegram.sendChatAction(CITRA, 'typing');
    await refusal(on.telegram.sendMessage(WAHYU, 'x'));
    const [action] = await on.sandbox.client.requests('sendChatAction');
    expect(action?.params).to.deep.equal({ chat_id: CITRA, action: 'typing' });
    expect(action?.answer).to.deep.equal({ ok: true, result: true });
    const found = await on.sandbox.client.waitForRequest(({ answer }) => answer['ok'] === false);
    expect(found.method).to.equal('sendMessage');
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
    await on.telegram.sendMessage(CITRA, 'Pilih peran', {
      reply_markup: { inline_keyboard: [[{ text: 'Client', callback_data: 'c' }]] },
    });
    const wait = on.sandbox.client.waitFor(CITRA, () => false, { timeoutMs: 20 });
    const text = await refusal(wait);
    expect(text).to.contain('Pilih peran').and.to.contain('[Client]');
  });

  it('adds people, and starts over on reset without losing them', async () => {
    await using on = await greeted();
    const { client } = on.sandbox;
    await client.addPerson({ id: 7, firstName: 'Dewi', caption: 'Worker 2' });
    await client.say(7, 'halo');
    await client.reset();
    expect((await client.people()).map(({ id }) => id)).to.include(7);
    expect((await client.chat(7)).messages).to.deep.equal([]);
    expect(await refusal(on.telegram.sendMessage(7, 'x'))).to.contain('chat not found');
  });

  it('stops at once although somebody polls', async () => {
    const on = await stage();
    const polling = on.call('getUpdates', { timeout: 50 }).catch(() => 'cut');
    const watching = on.sandbox.client.waitFor(CITRA, () => false).catch(() => 'cut');
    await on.sandbox.client.people();
    await on.sandbox.stop();
    await Promise.all([polling, watching]);
    await on.sandbox.stop();
  });
});
