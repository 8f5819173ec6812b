import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { ApiRequest, SandboxClient } from '../../../adapters/sandbox/index.ts';
import { SCHEMA_FILE, checkAnswers, checkUpdate } from './schema/check.ts';
import { CITRA, INLINE, greeted, png, poll, refusal, type Stage } from './world.ts';

/** A client whose log has one call, answered like this. */
const answering = (method: string, answer: object): SandboxClient =>
  ({
    requests: () => Promise.resolve([{ method, answer } as unknown as ApiRequest]),
  }) as unknown as SandboxClient;

const result = (value: unknown) => ({ ok: true, result: value });

async function realMessage(on: Stage): Promise<object> {
  const { body } = await on.call('sendMessage', {
    chat_id: CITRA,
    text: '<b>x</b>',
    ...INLINE('y'),
  });
  return body.result as object;
}

describe("sandbox: every answer against Telegram's types", () => {
  it('the schema was made from the installed @grammyjs/types; else: npm run schema', () => {
    const { version } = createRequire(import.meta.url)('@grammyjs/types/package.json') as {
      version: string;
    };
    const { $comment } = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as { $comment: string };
    expect($comment).to.equal(`npm run schema: from @grammyjs/types ${version}`);
  });

  it('takes what the sandbox answers and tells', async () => {
    await using on = await greeted();
    await on.sandbox.client.photo(CITRA, await png(60, 40), { caption: 'Bukti' });
    const message = await realMessage(on);
    await checkAnswers(answering('sendMessage', result(message)));
    for (const update of await poll(on)) checkUpdate(update);
  });

  it('refuses an invented field', async () => {
    await using on = await greeted();
    const message = { ...(await realMessage(on)), seen: true };
    const text = await refusal(checkAnswers(answering('sendMessage', result(message))));
    expect(text).to.contain('answer of sendMessage is not Telegram').and.to.contain('(seen)');
  });

  it('refuses an answer in which a field is missing', async () => {
    await using on = await greeted();
    const { date: _, ...message } = (await realMessage(on)) as { date: number };
    const text = await refusal(checkAnswers(answering('sendMessage', result(message))));
    expect(text).to.contain('(date)');
  });

  it('refuses a field of another type, deep inside', async () => {
    await using on = await greeted();
    const message = { ...(await realMessage(on)), entities: [{ type: 'bold', offset: 0 }] };
    const text = await refusal(checkAnswers(answering('sendMessage', result(message))));
    expect(text).to.contain('/entities/0').and.to.contain('(length)');
  });

  it('refuses a refusal without its code', async () => {
    const text = await refusal(checkAnswers(answering('getMe', { ok: false, description: 'x' })));
    expect(text).to.contain('refusal of getMe').and.to.contain('(error_code)');
  });

  it('refuses a method that nobody has described', async () => {
    const text = await refusal(checkAnswers(answering('sendVenue', result(true))));
    expect(text).to.contain('sendVenue').and.to.contain('schema/answers.ts');
  });

  it('refuses an update that is none', () => {
    expect(() => checkUpdate({ update_id: 1, poll: {} })).to.throw('(poll)');
  });

  it('turns a test red whose answers left the log unchecked', async () => {
    const on = await greeted();
    await on.telegram.getMe();
    await fetch(`${on.sandbox.url}/sandbox/reset`, { method: 'POST' });
    await on.telegram.getMe();
    const text = await refusal(on.sandbox.stop());
    expect(text).to.equal('1 answers left the log before anybody checked them');
  });

  it('turns the test red in which the sandbox answered so', async () => {
    const on = await greeted();
    on.sandbox.client.requests = () => answering('getMe', result({})).requests();
    const text = await refusal(on.sandbox.stop());
    expect(text).to.contain('answer of getMe');
  });
});
