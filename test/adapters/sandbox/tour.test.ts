import { expect } from 'chai';
import type { Telegraf } from 'telegraf';
import {
  startSandbox,
  type Sandbox,
  type SandboxClient,
  type Tour,
  type TourProgress,
  type TourStep,
} from '../../../adapters/sandbox/index.ts';
import { checked } from './schema/check.ts';
import { aBot } from './tour-bot.ts';
import { START as NOW } from './world.ts';

const HOUR_MS = 3_600_000;

let nextId = 500_000;
const aTour = (steps: readonly Partial<TourStep>[], names = ['Sari']): Tour => ({
  title: 'Cerita',
  people: names.map((firstName) => ({ key: firstName, seed: { id: nextId++, firstName } })),
  steps: steps.map((step, index) => ({ caption: `Bagian ${index + 1}`, person: 'Sari', ...step })),
});
const LIST: Partial<TourStep> = { act: { say: '/list' }, sees: 'Daftar 1' };
const START: Partial<TourStep> = { act: { say: '/start' }, sees: 'Selamat datang' };

describe('The guided tour of the sandbox', () => {
  let sandbox: Sandbox;
  let client: SandboxClient;
  let bot: Telegraf;
  let polling: Promise<void>;
  let tour: () => Promise<Tour>;

  before(async () => {
    sandbox = checked(
      await startSandbox({
        people: [],
        now: () => new Date(NOW),
        host: { tour: () => tour() },
      }),
    );
    ({ client } = sandbox);
    bot = aBot(sandbox);
    polling = bot.launch().catch(() => undefined);
  });
  after(async () => {
    bot.stop();
    await polling;
    await sandbox.stop();
  });
  afterEach(() => client.tour('stop'));

  const begin = (
    steps: readonly Partial<TourStep>[],
    order: { pace?: number; patienceMs?: number; language?: 'id' | 'en' } = {},
  ): Promise<TourProgress> => {
    tour = async () => aTour(steps);
    return client.startTour({ pace: 0, ...order });
  };
  const play = async (...given: Parameters<typeof begin>): Promise<TourProgress> => {
    await begin(...given);
    return (await client.tourEnd()) as TourProgress;
  };
  const refusal = async (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'not refused',
      (error: unknown) => String(error),
    );

  /** What the page is told over the feed, from now until the tour ends. */
  const listen = async (): Promise<() => Promise<readonly TourProgress[]>> => {
    const gone = new AbortController();
    const { body } = await fetch(`${sandbox.url}/sandbox/feed`, { signal: gone.signal });
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    return async () => {
      let text = '';
      while (!/"state":"(?:done|stopped|failed)"/.test(text)) {
        text += decoder.decode((await reader.read()).value, { stream: true });
      }
      gone.abort();
      return [...text.matchAll(/^data: (.*)$/gm)]
        .map(([, json]) => JSON.parse(json ?? '') as TourProgress & { type: string })
        .filter(({ type }) => type === 'tour');
    };
  };

  it('says, presses and sends pictures as the person, and waits for what the bot shows', async () => {
    const end = await play([
      START,
      { act: { press: 'Mulai' }, sees: 'Sudah mulai' },
      { act: { picture: 'screenshot' }, sees: 'Foto diterima' },
    ]);
    expect(end).to.include({ state: 'done', step: 3, steps: 3, title: 'Cerita' });
    const { messages, person } = await client.chat(end.personId);
    expect(person.firstName).to.equal('Sari');
    expect(messages.map(({ text, kind }) => `${kind} ${text}`)).to.deep.equal([
      'text /start',
      'text Sudah mulai',
      'photo ',
      'text Foto diterima',
    ]);
  });

  it('tells the page each step, and before each act what is about to be said or pressed', async () => {
    const told = await listen();
    await begin([START, { act: { press: 'Mulai' }, sees: 'Sudah mulai' }]);
    const events = await told();
    const [, , , pressing] = events;
    expect(events.map(({ step, state, caption }) => `${step} ${state} ${caption}`)).to.deep.equal([
      '1 playing Bagian 1',
      '1 playing Bagian 1',
      '2 playing Bagian 2',
      '2 playing Bagian 2',
      '2 done Bagian 2',
    ]);
    expect(events[1]?.target).to.deep.equal({ say: '/start' });
    const { messages } = await client.chat(pressing?.personId ?? 0);
    expect(pressing?.target).to.deep.equal({ messageId: messages[1]?.id, data: 'go' });
    expect(events[0]?.people).to.deep.equal([pressing?.personId]);
  });

  it('turns the pages of a list until the button is there, and takes the last of several', async () => {
    const end = await play([
      LIST,
      { act: { press: 'Kasus', orElse: '»' }, sees: 'Dibuka: Kasus C' },
    ]);
    expect(end).to.include({ state: 'done' });
  });

  it('fails where the last page has no such button either', async () => {
    const end = await play([LIST, { act: { press: 'Lain', orElse: '»' } }], { patienceMs: 300 });
    expect(end.state).to.equal('failed');
    expect(end.reason).to.contain('tombol “Lain” tidak muncul').and.to.contain('Kasus B, Kasus C');
  });

  it('waits before an act where the bot refuses haste', async () => {
    tour = async () => ({ ...aTour([START, {}, START]), haste: { perSecond: 0.01, burst: 1 } });
    await client.startTour({ pace: 0 });
    const { personId } = (await client.tour()) as TourProgress;
    await client.waitForMessage(personId, ({ text }) => text === 'Selamat datang');
    expect(await refusal(client.tourEnd({ timeoutMs: 200 }))).to.contain('the tour is at step 3');
    expect((await client.chat(personId)).messages).to.have.length(2);
  });

  it('rests before an act as long as its step says, once the button is there', async () => {
    await begin([START, { act: { press: 'Mulai' }, afterMs: 60_000 }]);
    const { personId } = (await client.tour()) as TourProgress;
    await client.waitForMessage(personId, ({ text }) => text === 'Selamat datang');
    expect(await refusal(client.tourEnd({ timeoutMs: 200 }))).to.contain('the tour is at step 2');
    expect((await client.chat(personId)).messages.map(({ text }) => text)).to.contain(
      'Selamat datang',
    );
  });

  it('moves the clock', async () => {
    const { clock } = await client.state();
    await play([START, { act: { advance: HOUR_MS } }]);
    expect((await client.state()).clock.aheadMs).to.equal(clock.aheadMs + HOUR_MS);
  });

  it('brings people of its own, and sends those of the tour before away', async () => {
    const { people: first } = await play([START]);
    expect((await client.people()).map(({ id }) => id)).to.deep.equal(first);
    const { people: second } = await play([START]);
    expect((await client.people()).map(({ id }) => id)).to.deep.equal(second);
    expect(second).not.to.deep.equal(first);
  });

  it('lets somebody watch what has come while others acted', async () => {
    const { act } = START;
    const steps = [{ act }, { ...START, person: 'Budi' }, { sees: 'Selamat datang' }];
    tour = async () => aTour(steps as Partial<TourStep>[], ['Sari', 'Budi']);
    await client.startTour({ pace: 0 });
    expect(await client.tourEnd()).to.include({ state: 'done', step: 3 });
  });

  it('does not take an older message for the answer to an act', async () => {
    const end = await play([START, { act: { say: 'diam' }, sees: 'Selamat datang' }], {
      patienceMs: 40,
    });
    expect(end).to.include({
      state: 'failed',
      step: 2,
      reason:
        'Langkah 2 dari 2: bot belum menampilkan “Selamat datang” kepada Sari. ' +
        'Pesan terakhirnya: “Selamat datang”.',
    });
  });

  it('fails with a sentence that names the step and the button that never came', async () => {
    const steps = [START, { act: { press: 'Bayar' } }];
    const end = await play(steps, { patienceMs: 40, language: 'en' });
    expect(end).to.include({
      state: 'failed',
      reason: 'Step 2 of 2: the button “Bayar” did not come up for Sari. There are: ▶️ Mulai.',
    });
    expect((await play(steps, { patienceMs: 40 })).reason).to.equal(
      'Langkah 2 dari 2: tombol “Bayar” tidak muncul di layar Sari. Yang ada: ▶️ Mulai.',
    );
  });

  it('fails with the reason where a person cannot act', async () => {
    const end = await play([{ act: { say: ' ' } }]);
    expect(end.reason).to.match(/^Langkah 1 dari 1: Sari tidak dapat melanjutkan\. Sebabnya: .+/);
  });

  it('can be held, goes on, and is stopped at once, even in the middle of a long step', async () => {
    const first = await begin([START, {}], { pace: 3600 });
    expect(first).to.include({ state: 'playing', step: 1, steps: 2 });
    expect(await client.tour('pause')).to.include({ state: 'paused', step: 1 });
    expect(await client.tour()).to.include({ state: 'paused' });
    expect(await client.tour('resume')).to.include({ state: 'playing', step: 1 });
    const ending = client.tourEnd();
    expect(await client.tour('stop')).to.include({ state: 'stopped', step: 1 });
    expect(await ending).to.include({ state: 'stopped' });
    expect((await client.chat(first.personId)).messages).to.deep.equal([]);
  });

  it('does nothing while it is held', async () => {
    const waiting = { act: { say: 'satu' }, sees: 'Selamat datang' };
    const { personId } = await begin([waiting, { act: { say: 'dua' } }]);
    await client.tour('pause');
    await client.say(personId, '/start');
    await client.waitForMessage(personId, ({ text }) => text === 'Selamat datang');
    expect((await client.chat(personId)).messages.at(-1)?.text).to.equal('Selamat datang');
    expect(await client.tour()).to.include({ state: 'paused', step: 1 });
    await client.tour('resume');
    expect(await client.tourEnd()).to.include({ state: 'done' });
    expect((await client.chat(personId)).messages.at(-1)?.text).to.equal('dua');
  });

  it('is played one at a time', async () => {
    await begin([START], { pace: 3600 });
    expect(await refusal(client.startTour())).to.contain('a tour is being played; stop it first');
    await client.tour('stop');
    expect(await refusal(client.tour('pause'))).to.contain('no tour is being played');
  });

  it('ends with a reset', async () => {
    await begin([START], { pace: 3600 });
    await client.reset();
    expect(await client.tour()).to.include({ state: 'stopped' });
  });

  it('refuses a story that cannot be played, and says why', async () => {
    const begun = async (given: Partial<Tour> | Error): Promise<string> => {
      tour = async () => {
        if (given instanceof Error) throw given;
        return { ...aTour([START]), ...given };
      };
      return refusal(client.startTour({ pace: 0 }));
    };
    expect(await begun(new Error('the bot sleeps'))).to.contain('has no tour now: the bot sleeps');
    expect(await begun({ steps: [] })).to.contain('cannot be played: it has no steps');
    expect(await begun({ steps: [{ caption: 'x', person: 'Joko' }] })).to.contain(
      'nobody in it is called "Joko"',
    );
    const [known] = await client.people();
    const taken = { key: 'Sari', seed: { id: known?.id ?? 0, firstName: 'Sari' } };
    expect(await begun({ people: [taken] })).to.contain(`person ${known?.id} is there already`);
  });

  it('is not there where the host has none, and null before the first', async () => {
    const plain = await startSandbox();
    expect(await refusal(plain.client.startTour())).to.contain('has no tour');
    expect(await plain.client.tour()).to.equal(null);
    expect((await plain.client.state()).can.tour).to.equal(false);
    await plain.stop();
  });

  it('does not hold up the end of the sandbox', async () => {
    const other = await startSandbox({ people: [], host: { tour: async () => aTour([START]) } });
    await other.client.startTour({ pace: 3600 });
    await other.stop();
  });
});
