import { expect } from 'chai';
import { TelegramError } from 'telegraf';
import { CITRA, WAHYU, greeted, refusal, type Stage } from './world.ts';

const textsOf = async (on: Stage) =>
  (await on.sandbox.client.chat(CITRA)).messages.map(({ text }) => text);

describe('sandbox: faults', () => {
  it('plays a flood: 429 with the seconds in text, parameters and header', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ method: 'sendMessage', errorCode: 429, retryAfter: 7 });
    const answer = await on.call('sendMessage', { chat_id: CITRA, text: 'x' });
    expect(answer.status).to.equal(429);
    expect(answer.headers.get('retry-after')).to.equal('7');
    expect(answer.body).to.deep.equal({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    });
  });

  it('lets telegraf read how long to wait', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ errorCode: 429, retryAfter: 7 });
    const error: unknown = await on.telegram.sendMessage(CITRA, 'x').catch((thrown) => thrown);
    expect(error).to.be.instanceOf(TelegramError);
    expect((error as TelegramError).parameters).to.deep.equal({ retry_after: 7 });
  });

  it('hits as many calls as told, once if not told', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ errorCode: 500, count: 2 });
    await on.sandbox.client.fault({ errorCode: 500 });
    for (let call = 0; call < 3; call += 1) await refusal(on.telegram.sendMessage(CITRA, 'x'));
    await on.telegram.sendMessage(CITRA, 'sampai');
    expect(await textsOf(on)).to.deep.equal(['halo', 'sampai']);
  });

  it('hits the calls about one chat', async () => {
    await using on = await greeted();
    await on.sandbox.client.say(WAHYU, 'halo');
    await on.sandbox.client.fault({ chatId: CITRA, errorCode: 403 });
    await on.telegram.sendMessage(WAHYU, 'x');
    const text = await refusal(on.telegram.sendMessage(CITRA, 'x'));
    expect(text).to.equal('403: Forbidden: bot was blocked by the user');
  });

  it('hits one method, whatever the case of its name', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ method: 'SENDPHOTO', errorCode: 400, description: 'Bad' });
    await on.telegram.sendMessage(CITRA, 'x');
    expect(await refusal(on.telegram.sendPhoto(CITRA, 'id'))).to.equal('400: Bad');
  });

  it('leaves getUpdates alone unless it is named', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ errorCode: 500 });
    expect((await on.call('getUpdates')).status).to.equal(200);
    await on.sandbox.client.fault({ method: 'getUpdates', errorCode: 502 });
    expect((await on.call('getUpdates')).status).to.equal(502);
  });

  it('answers as a gateway in front of Telegram would: with a page', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ method: 'sendMessage', errorCode: 502, asPage: true });
    const call = `${on.sandbox.url}/bot${on.sandbox.token}/sendMessage`;
    const response = await fetch(`${call}?chat_id=${CITRA}&text=hilang`);
    expect(response.status).to.equal(502);
    expect(response.headers.get('content-type')).to.match(/^text\/html/);
    expect(await response.text()).to.contain('<h1>502</h1>');
    const [logged] = await on.sandbox.client.requests('sendMessage');
    expect(logged?.answer).to.include({ error_code: 502 });
    expect(await textsOf(on)).to.deep.equal(['halo']);
  });

  it('cuts the connection before the call took effect', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ method: 'sendMessage', dropBefore: true });
    await refusal(on.telegram.sendMessage(CITRA, 'hilang'));
    expect(await textsOf(on)).to.deep.equal(['halo']);
  });

  it('cuts the connection after the call took effect', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ method: 'sendMessage', dropAfter: true });
    await refusal(on.telegram.sendMessage(CITRA, 'sampai'));
    expect(await textsOf(on)).to.deep.equal(['halo', 'sampai']);
  });

  it('delays a call, and then does it', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ method: 'sendMessage', delayMs: 1 });
    await on.telegram.sendMessage(CITRA, 'lambat');
    expect(await textsOf(on)).to.deep.equal(['halo', 'lambat']);
  });

  it('does nothing of a delayed call until its time, and what comes after it meanwhile', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ method: 'sendMessage', delayMs: 600_000 });
    void on.telegram.sendMessage(CITRA, 'lambat').catch(() => 'cut off at the end');
    let left = 1;
    while (left > 0) left = (await on.sandbox.client.faults()).length;
    await on.telegram.sendMessage(CITRA, 'cepat');
    expect(await textsOf(on)).to.deep.equal(['halo', 'cepat']);
  });

  it('lists what still waits, the oldest first, with the calls that are left', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ method: 'sendMessage', errorCode: 500, count: 3 });
    await on.sandbox.client.fault({ errorCode: 403, chatId: CITRA });
    await refusal(on.telegram.sendMessage(CITRA, 'x'));
    expect(await on.sandbox.client.faults()).to.deep.equal([
      { method: 'sendMessage', errorCode: 500, count: 3, left: 2 },
      { errorCode: 403, chatId: CITRA, left: 1 },
    ]);
  });

  it('forgets them all at once', async () => {
    await using on = await greeted();
    await on.sandbox.client.fault({ errorCode: 500, count: 9 });
    await on.sandbox.client.clearFaults();
    expect(await on.sandbox.client.faults()).to.deep.equal([]);
    await on.telegram.sendMessage(CITRA, 'x');
  });
});
