import { expect } from 'chai';
import sinon from 'sinon';
import {
  createTapAnswers,
  NO_ANSWER,
  type TapAnswers,
} from '../../../../adapters/telegram/updates/tap-answers.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { aLaneRig } from '../../../support/lane-rig.ts';

const DONE = { text: 'Tersimpan', alert: false };
const EMPTY = ['tap', undefined, { show_alert: false }];

describe('Telegram: answers to taps', () => {
  let time: sinon.SinonFakeTimers;
  let sent: unknown[][];
  let reply: () => Promise<true>;
  let answers: TapAnswers;
  beforeEach(() => {
    time = sinon.useFakeTimers();
    sent = [];
    reply = async () => true;
    const answerCbQuery = (...call: unknown[]) => {
      sent.push(call);
      return reply();
    };
    answers = createTapAnswers({ telegram: { answerCbQuery } as never });
  });
  afterEach(() => time.restore());

  it('UX-4 a tap is answered with its result when that comes in time', async () => {
    answers.expect('tap');
    await time.tickAsync(1_400);
    expect(answers.claim('tap')).to.equal(true);
    await time.tickAsync(300);
    expect(sent).to.deep.equal([]);
    await answers.give('tap', DONE);
    expect(sent).to.deep.equal([['tap', 'Tersimpan', { show_alert: false }]]);
  });

  it('UX-4 after 1.5 s it is answered empty, and its result goes elsewhere', async () => {
    answers.expect('tap');
    await time.tickAsync(1_499);
    expect(sent).to.deep.equal([]);
    await time.tickAsync(1);
    expect(sent).to.deep.equal([EMPTY]);
    expect(answers.claim('tap')).to.equal(false);
    await answers.give('tap', NO_ANSWER);
    await answers.give('tap', DONE);
    expect(sent).to.have.length(1);
  });

  it('UX-4 a transaction that runs again gets the same word, however long it takes', async () => {
    answers.expect('in time');
    expect(answers.claim('in time')).to.equal(true);
    await time.tickAsync(10_000);
    expect(answers.claim('in time')).to.equal(true);
  });

  it('UX-4 what another process received is answered empty; the screen has the result', async () => {
    expect(answers.claim('tap')).to.equal(false);
    answers.expect('tap');
    expect(answers.claim('tap'), 'also where it is delivered here again').to.equal(false);
    expect(sent).to.deep.equal([]);
    await answers.give('tap', NO_ANSWER);
    await answers.give('tap', DONE);
    expect(sent).to.deep.equal([EMPTY]);
  });

  it('UX-4 of two processes one answers, whichever handles the tap', async () => {
    const calls: unknown[][] = [];
    const answerCbQuery = async (...call: unknown[]) => calls.push(call);
    const other = createTapAnswers({ telegram: { answerCbQuery } as never });
    answers.expect('tap');
    await time.tickAsync(950);
    const inTime = other.claim('tap');
    await time.tickAsync(700); // a slow commit
    await other.give('tap', inTime ? DONE : NO_ANSWER);
    expect(inTime).to.equal(false);
    expect([...sent, ...calls].every(([, text]) => text === undefined)).to.equal(true);
  });

  it('UX-4 after a failure it is answered empty; the next try speaks on screen', async () => {
    answers.expect('tap');
    expect(answers.claim('tap')).to.equal(true);
    await answers.give('tap', NO_ANSWER);
    expect(sent).to.deep.equal([EMPTY]);
    expect(answers.claim('tap')).to.equal(false);
  });

  it('UX-4 a tap that comes again is not waited for twice', async () => {
    answers.expect('tap');
    await time.tickAsync(1_000);
    answers.expect('tap');
    await time.tickAsync(500);
    answers.expect('tap');
    await time.tickAsync(5_000);
    expect(sent).to.have.length(1);
  });

  it('UX-4 a Telegram that refuses or hangs holds nobody up for more than 3 s', async () => {
    reply = () => Promise.reject(new Error('query is too old'));
    await answers.give('refused', DONE);
    reply = () => new Promise(() => undefined);
    let free = false;
    const given = answers.give('hung', DONE).then(() => {
      free = true;
    });
    await time.tickAsync(2_999);
    expect(free).to.equal(false);
    await time.tickAsync(1);
    await given;
    expect(free).to.equal(true);
  });

  it('UX-4 a long answer is cut by whole characters, where Telegram would refuse it', async () => {
    await answers.give('tap', { text: `${'x'.repeat(199)}😀`, alert: true });
    expect(sent).to.deep.equal([['tap', 'x'.repeat(199), { show_alert: true }]]);
  });

  it('OPS-3 when we stop, what still waits is answered empty', async () => {
    answers.expect('tap');
    answers.expect('claimed');
    answers.claim('claimed');
    await answers.stop();
    expect(sent).to.deep.equal([EMPTY]);
    expect(time.countTimers()).to.equal(0);
  });

  it('OPS-3 when we stop, answers on their way are waited for', async () => {
    const telegram = Promise.withResolvers<true>();
    reply = () => telegram.promise;
    answers.expect('tap');
    answers.claim('tap');
    void answers.give('tap', DONE);
    let stopped = false;
    const stop = answers.stop().then(() => {
      stopped = true;
    });
    await time.tickAsync(0);
    expect(stopped).to.equal(false);
    telegram.resolve(true);
    await stop;
    expect(sent).to.have.length(1);
  });

  it('nothing is kept of an answered tap, and of others no longer than a minute', async () => {
    answers.expect('given');
    answers.claim('given');
    await answers.give('given', DONE);
    expect(time.countTimers()).to.equal(0);
    answers.expect('empty');
    answers.claim('claimed');
    await time.tickAsync(61_500);
    expect(time.countTimers()).to.equal(0);
  });
});

const { common } = textsIn('id');
const onTheSide = { claim: () => false };

describe('Telegram: a result that comes too late for the answer', () => {
  it('UX-4 stands above the screen that is shown', async () => {
    const rig = aLaneRig(onTheSide);
    const ani = await rig.person('client');
    await ani.send(ani.tap('tu'), ani.tap('d@1:cancel'));
    expect(rig.given.every(({ text }) => text === '')).to.equal(true);
    expect(rig.given).to.have.length(2);
    expect(ani.screens().at(-1)).to.match(new RegExp(`^${common.canceled}\n\n`));
    expect((await ani.dialogue())?.flow).to.equal(null);
  });

  it('UX-4 goes without saying where an old button does nothing: its successor is there', async () => {
    const rig = aLaneRig(onTheSide);
    const ani = await rig.person('client');
    await ani.send(ani.tap('no-such-button'));
    expect(ani.screens()).to.deep.equal([]);
    expect(ani.notes()).to.deep.equal([]);
    expect(rig.given).to.deep.equal([NO_ANSWER]);
  });

  it('UX-4 stands above the question of the dialogue, which goes on', async () => {
    const rig = aLaneRig(onTheSide);
    const ani = await rig.person('client');
    await ani.send(ani.tap('tu'), ani.tap('no-such-button'));
    expect(ani.screens().at(-1)).to.match(new RegExp(`^${common.staleNothing}`));
    expect(ani.screens().at(-1)).to.contain('Langkah 1 dari 2');
    expect((await ani.dialogue())?.flow).to.equal('top-up');
  });

  it('UX-4 of a refusal stands in a message of its own: the screen may hold a result', async () => {
    const rig = aLaneRig(onTheSide);
    const ani = await rig.person('worker');
    await ani.send(ani.tap('tu'));
    expect(ani.notes()).to.have.length(1);
    expect(ani.notes().at(-1)).to.match(/^⚠️ /);
    expect(ani.screens()).to.deep.equal([]);
    expect(rig.given).to.deep.equal([NO_ANSWER]);
  });

  it('UX-4 in time it is in the answer, and the screen says nothing of it', async () => {
    const rig = aLaneRig();
    const ani = await rig.person('client');
    await ani.send(ani.tap('no-such-button'));
    expect(ani.screens()).to.deep.equal([]);
    expect(rig.given).to.deep.equal([{ text: common.staleNothing, alert: false }]);
  });
});
