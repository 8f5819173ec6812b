import { request as httpRequest } from 'node:http';
import { expect } from 'chai';
import { CITRA, INLINE, greeted, stage, type Stage } from './world.ts';

const base = (on: Stage): string => `${on.sandbox.url}/bot${on.sandbox.token}`;

const lastText = async (on: Stage): Promise<string | undefined> =>
  (await on.sandbox.client.chat(CITRA)).messages.at(-1)?.text;

describe('sandbox: transport', () => {
  it('takes parameters from the address of a GET', async () => {
    await using on = await greeted();
    await fetch(`${base(on)}/sendMessage?chat_id=${CITRA}&text=lewat+alamat`);
    expect(await lastText(on)).to.equal('lewat alamat');
  });

  it('takes an urlencoded body', async () => {
    await using on = await greeted();
    const body = new URLSearchParams({ chat_id: String(CITRA), text: 'urlencoded' });
    await fetch(`${base(on)}/sendMessage`, { method: 'POST', body });
    expect(await lastText(on)).to.equal('urlencoded');
  });

  it('takes a multipart body', async () => {
    await using on = await greeted();
    const body = new FormData();
    body.set('chat_id', String(CITRA));
    body.set('text', 'multipart');
    await fetch(`${base(on)}/sendMessage`, { method: 'POST', body });
    expect(await lastText(on)).to.equal('multipart');
  });

  it('merges the address with the body', async () => {
    await using on = await greeted();
    const body = new URLSearchParams({ text: 'separuh' });
    await fetch(`${base(on)}/sendMessage?chat_id=${CITRA}`, { method: 'POST', body });
    expect(await lastText(on)).to.equal('separuh');
  });

  it('takes what is said twice as it was said first: in the address before the body', async () => {
    await using on = await greeted();
    const address = `${base(on)}/sendMessage?chat_id=${CITRA}&chat_id=5`;
    const form = new FormData();
    for (const text of ['satu', 'dua']) form.append('text', text);
    form.append('chat_id', '5');
    await fetch(address, { method: 'POST', body: form });
    expect(await lastText(on)).to.equal('satu');
    await fetch(address, { method: 'POST', body: new URLSearchParams('text=tiga&text=empat') });
    expect(await lastText(on)).to.equal('tiga');
  });

  it('answers 400 to a multipart body that it cannot read', async () => {
    await using on = await greeted();
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const answer = await fetch(`${base(on)}/getMe`, {
      method: 'POST',
      headers,
      body: '--x\r\nrusak',
    });
    expect(answer.status).to.equal(400);
    expect(await answer.json()).to.deep.include({ ok: false, error_code: 400 });
  });

  it('takes numbers and objects as text', async () => {
    await using on = await greeted();
    const { reply_markup: keyboard } = INLINE('y');
    const params = { chat_id: `${CITRA}`, text: 'teks', reply_markup: JSON.stringify(keyboard) };
    const { body } = await on.call('sendMessage', params);
    expect(body.result).to.deep.include({ text: 'teks', reply_markup: keyboard });
  });

  it("does not mind the case of a method's name", async () => {
    await using on = await greeted();
    expect((await on.call('GETME')).body.ok).to.equal(true);
    expect((await on.call('sendmessage', { chat_id: CITRA, text: 'x' })).status).to.equal(200);
  });

  it('gives a refusal the HTTP status of its error code', async () => {
    await using on = await stage();
    const { status, body } = await on.call('sendMessage', { chat_id: CITRA, text: 'x' });
    expect(status).to.equal(400);
    const description = 'Bad Request: chat not found';
    expect(body).to.deep.equal({ ok: false, error_code: 400, description });
  });

  it('refuses a token that is not its own', async () => {
    await using on = await stage();
    const stranger = await fetch(`${on.sandbox.url}/bot1:wrong/getMe`);
    expect(stranger.status).to.equal(401);
    const envelope = { ok: false, error_code: 401, description: 'Unauthorized' };
    expect(await stranger.json()).to.deep.equal(envelope);
  });

  it('gives no file to a token that is not its own', async () => {
    await using on = await stage();
    const stranger = await fetch(`${on.sandbox.url}/file/bot1:wrong/photos/file_1.jpg`);
    expect(stranger.status).to.equal(401);
  });

  it('answers 404 to a method that Telegram may have and the sandbox has not', async () => {
    await using on = await stage();
    const unknown = await on.call('sendVenue');
    expect(unknown.status).to.equal(404);
    expect(unknown.body.description).to.equal('Not Found: method not found');
  });

  it("answers 404 in Telegram's envelope where an address names no method", async () => {
    await using on = await stage();
    const answer = await fetch(base(on));
    expect(answer.status).to.equal(404);
    const envelope = { ok: false, error_code: 404, description: 'Not Found' };
    expect(await answer.json()).to.deep.equal(envelope);
  });

  it('refuses a parameter that the method does not have, so that a typo shows', async () => {
    await using on = await greeted();
    const typo = await on.call('sendMessage', { chat_id: CITRA, text: 'x', parsemode: 'HTML' });
    expect(typo.status).to.equal(400);
    expect(typo.body.description).to.contain('parameter "parsemode" of sendMessage');
  });

  for (const body of ['{"chat_id":', '[1]', 'null', '"teks"']) {
    it(`refuses the JSON body ${body}`, async () => {
      await using on = await stage();
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${base(on)}/getMe`, { method: 'POST', headers, body });
      expect(answer.status).to.equal(400);
      expect(await answer.json())
        .to.have.property('description')
        .that.contains('JSON object');
    });
  }

  it('ignores a body of a type that Telegram does not know', async () => {
    await using on = await stage();
    const answer = await fetch(`${base(on)}/getMe`, { method: 'POST', body: 'halo' });
    expect(answer.status).to.equal(200);
  });

  it('introduces the bot and the person', async () => {
    await using on = await greeted({ botUsername: 'upah_bot', botName: 'Upah' });
    const me = await on.telegram.getMe();
    expect(me).to.include({ is_bot: true, username: 'upah_bot', first_name: 'Upah' });
    expect(on.sandbox.token).to.match(new RegExp(`^${me.id}:SANDBOX-`));
    const chat = await on.telegram.getChat(CITRA);
    expect(chat).to.include({ id: CITRA, type: 'private', username: 'citra_client' });
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
    const paths = html.match(/\/page\/[\w./-]+/g) ?? [];
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
