import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { aDoorbell, head, JSON_HEADERS, PATH, SECRET, type Doorbell } from './doorbell.ts';
import { heldCommits } from './held-commits.ts';

const MIB = 1024 * 1024;
const CRLF = Buffer.from('\r\n');

const anUpdate = (updateId: number, text = 'halo'): object => ({
  update_id: updateId,
  message: { text },
});

describe('The webhook: who may knock', () => {
  let bell: Doorbell;
  before(async () => {
    bell = await aDoorbell();
  });
  afterEach(() => expect(bell.batches, 'nothing may be stored').to.deep.equal([]));
  after(() => bell.server.stop());

  it('SEC-4 SEC-A1 without the secret token an update is refused and not stored', async () => {
    const { port } = bell;
    const answer = await fetch(`http://127.0.0.1:${port}${PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(anUpdate(1)),
    });
    expect(answer.status).to.equal(403);
    expect(await answer.text()).to.equal('');
  });

  it('SEC-4 SEC-A2 a wrong secret, of equal length or not, is refused before the body is read', async () => {
    for (const wrong of [SECRET.replace('r', 'R'), 'x', `${SECRET}x`, '']) {
      // The body never comes: whoever waits for it hangs.
      const { status, headers } = await bell.raw(
        head({ 'x-telegram-bot-api-secret-token': wrong, 'content-length': 1_000 }),
      );
      expect(status, wrong).to.equal(403);
      expect(headers).to.match(/^connection: close$/im);
    }
  });

  it('SEC-4 SEC-A3 the right secret with a wrong path, method or type of content is refused', async () => {
    const url = `http://127.0.0.1:${bell.port}`;
    const body = JSON.stringify(anUpdate(1));
    const send = (path: string, method: string, type?: string) =>
      fetch(url + path, {
        method,
        headers: { ...JSON_HEADERS, ...(type !== undefined && { 'content-type': type }) },
        ...(method !== 'GET' && { body }),
      });
    for (const path of ['/', `${PATH}/`, `${PATH}x`, PATH.toUpperCase(), '/healthz', '/metrics']) {
      expect((await send(path, 'POST')).status, path).to.equal(404);
    }
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const { status, headers } = await send(PATH, method);
      expect([status, headers.get('allow')], method).to.deep.equal([405, 'POST']);
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx']) {
      expect((await send(PATH, 'POST', type)).status, type).to.equal(415);
    }
  });

  it('SEC-4 SEC-A4 60 MiB are refused before they are read', async () => {
    const { status } = await bell.raw(head({ 'content-length': 60 * MIB }));
    expect(status).to.equal(413);
  });

  it('SEC-4 SEC-A4 in chunks, of a length nobody told, it is refused where it passes 1 MiB', async () => {
    const chunk = Buffer.alloc(MIB / 16, ' ');
    const asChunk = Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, CRLF]);
    const beginning = Array.from({ length: 17 }, () => asChunk); // its end never comes
    const { status } = await bell.raw(head({ 'transfer-encoding': 'chunked' }), ...beginning);
    expect(status).to.equal(413);
  });

  it('SEC-4 SEC-A5 invalid JSON, what is no object, __proto__ and 10,000 levels get 400', async () => {
    const rogue = [
      '',
      '{',
      '{"update_id":1',
      '[{"update_id":1}]',
      '"x"',
      '1',
      'null',
      '{"update_id":1,"__proto__":{"isAdmin":true}}',
      '{"update_id":1,"message":{"constructor":{"prototype":{"isAdmin":true}}}}',
      `{"update_id":1,"message":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      `{"update_id":1,"message":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
    ];
    for (const body of rogue) {
      expect((await bell.post(body)).status, body.slice(0, 50)).to.equal(400);
    }
    expect(Reflect.get({}, 'isAdmin')).to.equal(undefined);
  });
});

describe('The webhook: what is stored', () => {
  it('OPS-3 it answers 200 with nothing in it, and only after the commit', async () => {
    const { nth, receive } = heldCommits();
    await using bell = await aDoorbell(receive);
    let isAnswered = false;
    const answer = bell.post(anUpdate(1)).finally(() => (isAnswered = true));
    const commit = await nth(1);
    expect(isAnswered).to.equal(false);
    commit.finish();
    const { status, headers } = await answer;
    expect([status, headers.get('content-length')]).to.deep.equal([200, '0']);
    expect(bell.stored()).to.deep.equal([anUpdate(1)]);
  });

  it('SEC-A5 of a key that is there twice the last one counts', async () => {
    await using bell = await aDoorbell();
    expect((await bell.post('{"update_id":1,"update_id":2}')).status).to.equal(200);
    expect(bell.stored()).to.deep.equal([{ update_id: 2 }]);
  });

  it('SEC-1 a text with emoji arrives whole wherever the network cuts it', async () => {
    const update = anUpdate(1, 'Lunas 🦊👩‍👩‍👧‍👦 — terima kasih 🙏🏽');
    const body = Buffer.from(JSON.stringify(update));
    await using bell = await aDoorbell();
    const { status } = await bell.raw(
      head({ 'content-length': body.length }),
      ...[...body].map((byte) => Buffer.of(byte)),
    );
    expect(status).to.equal(200);
    const fox = body.indexOf(Buffer.from('🦊')) + 2;
    for (const piece of [body.subarray(0, fox), body.subarray(fox)]) {
      expect(piece.toString()).to.contain('\ufffd'); // each alone is no whole text
    }
    const parts = [body.subarray(0, fox), body.subarray(fox)].flatMap((piece) => [
      `${piece.length.toString(16)}\r\n`,
      piece,
      '\r\n',
    ]);
    const chunked = await bell.raw(head({ 'transfer-encoding': 'chunked' }), ...parts, '0\r\n\r\n');
    expect(chunked.status).to.equal(200);
    expect(bell.stored()).to.deep.equal([update, update]);
  });

  it('OPS-3 while the database is away everything gets 503 and a time to come again', async () => {
    let isAway = true;
    await using bell = await aDoorbell(async () => {
      if (isAway) throw new Error('connection refused');
    });
    const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => bell.post(anUpdate(n))));
    for (const { status, headers } of answers) {
      expect([status, headers.get('retry-after')]).to.deep.equal([503, '5']);
    }
    expect(bell.stored()).to.deep.equal([]);
    expect(bell.troubles).not.to.have.length(0);
    isAway = false;
    expect((await bell.post(anUpdate(1))).status).to.equal(200);
    expect(bell.stored()).to.deep.equal([anUpdate(1)]);
  });

  it('SEC-A3 a path that is none tells nothing of who answers', async () => {
    await using bell = await aDoorbell();
    const answer = await bell.raw('POST /%zz HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n');
    expect([answer.status, answer.body]).to.deep.equal([400, '']);
  });

  it('SEC-4 what is no update gets 400, and nobody is told to send it again', async () => {
    await using bell = await aDoorbell(async () => {
      throw Object.assign(new Error('no update_id'), { malformed: true });
    });
    const { status, headers } = await bell.post({ message: {} });
    expect([status, headers.get('retry-after')]).to.deep.equal([400, null]);
    expect(bell.troubles).to.deep.equal([]);
  });
});

describe('The webhook: when it stops', () => {
  it('OPS-3 what is under way is stored and answered 200; what comes then gets 503', async () => {
    const { nth, receive } = heldCommits();
    const bell = await aDoorbell(receive);
    const underWay = bell.post(anUpdate(1));
    const commit = await nth(1);
    const stopped = bell.server.stop();
    const late = await bell.raw(...asRequest(anUpdate(2)));
    expect(late.status).to.equal(503);
    expect(late.headers).to.match(/^retry-after: 5$/im);
    expect(late.headers).to.match(/^connection: close$/im);
    commit.finish();
    const { status, headers } = await underWay;
    expect([status, headers.get('connection')]).to.deep.equal([200, 'close']);
    await stopped;
    expect(bell.stored()).to.deep.equal([anUpdate(1)]);
    const refused = await bell.raw('').catch((error: NodeJS.ErrnoException) => error.code);
    expect(refused).to.equal('ECONNREFUSED');
  });

  it('OPS-3 a request that never ends, and one that rests, do not hold it up', async () => {
    const bell = await aDoorbell();
    const trickling = connect(bell.port, '127.0.0.1');
    trickling.on('error', () => undefined);
    await once(trickling, 'connect');
    trickling.write(`${head({ 'content-length': 100 })}{`);
    await bell.post(anUpdate(1)); // its connection is kept alive
    const closed = once(trickling, 'close');
    await bell.server.stop();
    await closed;
  });
});

const asRequest = (update: object): string[] => {
  const body = JSON.stringify(update);
  return [head({ 'content-length': Buffer.byteLength(body) }), body];
};
