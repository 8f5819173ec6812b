import { expect } from 'chai';
import { html, trusted, user } from '../../../../adapters/telegram/html.ts';
import { aPostOffice, named, Outage, refusal } from './post-office.ts';

const BROKEN = trusted('<b>Saldo</i> 5 < 6');
const UNPARSABLE = "Bad Request: can't parse entities: Unclosed start tag at byte offset 3";

describe('Telegram: what came of a delivery', () => {
  it('NTF-2 what arrived is sent', async () => {
    const post = await aPostOffice();
    const person = post.person();
    expect(await person.notice()).to.deep.equal({ outcome: 'sent' });
    expect(person.texts()[0]).to.contain('tidak ada');
    expect(post.told).to.deep.equal([]);
  });

  it('NTF-2 a 429 pauses this chat for as long as Telegram says', async () => {
    const post = await aPostOffice();
    post.fail('sendMessage', refusal(429, 'Too Many Requests: retry after 7', 7));
    expect(await post.person().notice()).to.deep.equal({
      outcome: 'later',
      afterMs: 7_000,
      scope: 'chat',
      why: 'Too Many Requests: retry after 7',
    });
    post.fail('sendMessage', refusal(429, 'Too Many Requests'));
    expect(await post.person().notice()).to.include({ afterMs: 1_000 });
  });

  it('NTF-2 a 429 of three chats within the time of the first pauses everybody', async () => {
    const post = await aPostOffice();
    const people = [post.person(), post.person(), post.person(), post.person()] as const;
    const refuse = async (which: 0 | 1 | 2 | 3, seconds: number) => {
      post.fail('sendMessage', refusal(429, 'Too Many Requests', seconds));
      const outcome = await people[which].notice();
      return outcome.outcome === 'later' ? outcome.scope : outcome.outcome;
    };
    expect(await refuse(0, 10)).to.equal('chat');
    expect(await refuse(0, 10), 'the same chat again').to.equal('chat');
    post.clock.advance(4_000);
    expect(await refuse(1, 10)).to.equal('chat');
    post.clock.advance(5_999);
    expect(await refuse(2, 3)).to.equal('all');
    post.clock.advance(4_001);
    expect(await refuse(3, 3), 'the others are over').to.equal('chat');
  });

  for (const [name, error] of [
    ['a 500', refusal(500, 'Internal Server Error')],
    ['a 502 with a page of HTML', refusal(502, 'Bad Gateway')],
    ['a dropped connection', named('FetchError')],
    ['a call that hangs', named('AbortError')],
  ] as const) {
    it(`NTF-2 after ${name} only this message waits, up to a minute`, async () => {
      const post = await aPostOffice();
      const person = post.person();
      const waits: number[] = [];
      for (const attempt of [1, 2, 3, 4, 5, 6, 7, 8, 500]) {
        post.fail('sendMessage', error);
        const outcome = await person.notice({ attempt });
        expect(outcome).to.include({ outcome: 'later', scope: 'message' });
        if (outcome.outcome === 'later') waits.push(outcome.afterMs / 1_000);
      }
      expect(waits).to.deep.equal([1, 2, 4, 8, 16, 32, 60, 60, 60]);
      expect(post.told).to.deep.equal([]);
    });

    it(`NTF-2 ${name}, however often, loses no message, and is told at the tenth time`, async () => {
      const post = await aPostOffice();
      const person = post.person();
      for (const attempt of [9, 10, 11, 20, 10_000]) {
        post.fail('sendMessage', error);
        const outcome = await person.notice({ attempt, defects: 19 });
        expect(outcome).to.include({ outcome: 'later' }).and.not.have.property('defect');
      }
      expect(post.told).to.have.length(1);
      expect(post.told[0]).to.match(/^struggling: 10 /);
    });
  }

  it('NTF-2 an outage of ours, however often and after whatever, loses no message', async () => {
    const post = await aPostOffice();
    const person = post.person();
    for (const attempt of [1, 19, 20, 10_000]) {
      post.fail('sendMessage', new Outage('the database is away'));
      const outcome = await person.notice({ attempt, defects: 19 });
      expect(outcome).to.include({ outcome: 'later', scope: 'message' });
      expect(outcome).not.to.have.property('defect');
    }
  });

  for (const description of ['bot was blocked by the user', 'user is deactivated']) {
    it(`NTF-2 a person is unreachable: ${description}`, async () => {
      const post = await aPostOffice();
      post.fail('sendMessage', refusal(403, `Forbidden: ${description}`));
      expect(await post.person().notice()).to.deep.equal({ outcome: 'unreachable' });
    });
  }

  it('NTF-2 a chat that is not there is nobody who could read it', async () => {
    const post = await aPostOffice();
    post.fail('sendMessage', refusal(400, 'Bad Request: chat not found'));
    expect(await post.person().notice()).to.deep.equal({ outcome: 'unreachable' });
  });

  for (const code of [401, 404, 409]) {
    it(`NTF-2 a ${code} is about the bot and loses no message`, async () => {
      const post = await aPostOffice();
      post.fail('sendMessage', refusal(code, 'Unauthorized'));
      expect(await post.person().notice()).to.include({ outcome: 'later', scope: 'message' });
    });
  }

  it('NTF-2 what Telegram will never take is given up, and told', async () => {
    const post = await aPostOffice();
    const why = 'Bad Request: BUTTON_DATA_INVALID';
    post.fail('sendMessage', refusal(400, why));
    expect(await post.person().notice()).to.deep.equal({ outcome: 'failed', why });
    expect(post.told).to.deep.equal([`failed: ${why}`]);
  });

  it('NTF-2 a defect of ours is told, tried again, and given up at the twentieth', async () => {
    const post = await aPostOffice();
    const person = post.person();
    const riddle = (defects: number, attempt = defects + 1) =>
      person.deliver('riddle', {}, { attempt, defects });
    expect(await riddle(0)).to.include({ outcome: 'later', defect: true });
    expect(await riddle(18)).to.include({ outcome: 'later', defect: true });
    expect(await riddle(18, 500), 'tries that met no defect').to.include({ outcome: 'later' });
    expect(await riddle(19)).to.include({ outcome: 'failed' });
    expect(post.told.filter((line) => line.startsWith('trouble'))).to.have.length(4);
    expect(post.told.filter((line) => line.startsWith('failed'))).to.have.length(1);
  });

  it('UX-5 a command menu that Telegram will not take costs nobody the keyboard', async () => {
    const post = await aPostOffice();
    const person = post.person();
    const menu = () => person.deliver('menu', {});
    const why = 'Bad Request: can’t set commands in this chat';
    post.fail('setMyCommands', refusal(400, why));
    expect(await menu()).to.deep.equal({ outcome: 'sent' });
    expect(person.texts()).to.have.length(1);
    expect(post.told).to.deep.equal([`menu: ${why}`]);
    post.fail('setMyCommands', refusal(502, 'Bad Gateway'), refusal(429, 'Too Many Requests', 3));
    expect(await menu()).to.include({ outcome: 'later', scope: 'message' });
    expect(await menu()).to.include({ outcome: 'later', scope: 'chat' });
    expect(person.texts()).to.have.length(1);
  });
});

describe('Telegram: the screen', () => {
  it('UX-2 is edited in place; the same again is a success', async () => {
    const post = await aPostOffice();
    const person = post.person();
    await person.show({}, true);
    const first = person.screen();
    expect(await person.show({ text: html`<b>Saldo</b>` })).to.deep.equal({ outcome: 'sent' });
    expect(await person.show({ text: html`<b>Saldo</b>` })).to.deep.equal({ outcome: 'sent' });
    expect(person.texts()).to.deep.equal(['Saldo']);
    expect(person.screen()).to.equal(first);
  });

  it('UX-2 that is gone is sent anew', async () => {
    const post = await aPostOffice();
    const person = post.person();
    await person.show({}, true);
    await person.forgetScreen();
    expect(await person.show({})).to.deep.equal({ outcome: 'sent' });
    expect(person.texts()).to.deep.equal(['Beranda']);
    expect(person.screen()).to.equal(person.messages()[0]?.messageId);
  });

  it("UX-2 that can't be edited is sent anew, and the old one goes", async () => {
    const post = await aPostOffice();
    const person = post.person();
    await person.show({}, true);
    post.fail('editMessageText', refusal(400, "Bad Request: message can't be edited"));
    expect(await person.show({ text: html`Saldo` })).to.deep.equal({ outcome: 'sent' });
    expect(person.texts()).to.deep.equal(['Saldo']);
  });

  it('NTF-2 whose edit meets a 429 or a 502 waits, and no second one is sent', async () => {
    const post = await aPostOffice();
    const person = post.person();
    await person.show({}, true);
    post.fail('editMessageText', refusal(429, 'Too Many Requests', 2), refusal(502, 'Bad Gateway'));
    expect(await person.show({ text: html`Saldo` })).to.include({ scope: 'chat', afterMs: 2_000 });
    expect(await person.show({ text: html`Saldo` })).to.include({ scope: 'message' });
    expect(person.texts()).to.deep.equal(['Beranda']);
  });
});

describe('Telegram: markup that cannot be read', () => {
  const alarms = (told: readonly string[]) => told.filter((line) => line.startsWith('defect'));

  it('NTF-2 a notice goes out as plain text, and an alarm is raised', async () => {
    const post = await aPostOffice();
    const person = post.person();
    post.fail('sendMessage', refusal(400, UNPARSABLE));
    expect(await person.notice()).to.deep.equal({ outcome: 'sent' });
    expect(person.messages()).to.have.length(1);
    expect(person.messages()[0]?.html)
      .to.contain('tidak ada')
      .and.not.match(/<\/?b>/);
    expect(post.told).to.deep.equal([`defect: ${UNPARSABLE}`]);
  });

  it('NTF-2 a new screen keeps its buttons and every sign that a person would read', async () => {
    const post = await aPostOffice();
    const person = post.person();
    const keyboard = [[{ label: 'Saldo', data: 'b' }]];
    expect(await person.show({ text: BROKEN, keyboard }, true)).to.deep.equal({ outcome: 'sent' });
    expect(person.messages()[0]).to.deep.include({ text: 'Saldo 5 < 6' });
    expect(person.messages()[0]?.buttons).to.have.length(1);
    expect(alarms(post.told)).to.have.length(1);
  });

  it('NTF-2 an edited screen stays in its place', async () => {
    const post = await aPostOffice();
    const person = post.person();
    await person.show({}, true);
    const first = person.screen();
    expect(await person.show({ text: BROKEN })).to.deep.equal({ outcome: 'sent' });
    expect(person.texts()).to.deep.equal(['Saldo 5 < 6']);
    expect(person.screen()).to.equal(first);
    expect(alarms(post.told)).to.have.length(1);
  });

  for (const as of ['photo', 'document'] as const) {
    it(`NTF-2 the caption of a ${as} is sent, and edited, as plain text`, async () => {
      const post = await aPostOffice();
      const person = post.person();
      const attachment = { path: post.picture, as };
      await person.show({ text: BROKEN, attachment }, true);
      expect(person.messages()[0]).to.deep.include({ text: 'Saldo 5 < 6', attachment: as });
      await person.show({ text: trusted('<b>Lunas</i>'), attachment });
      expect(person.messages()).to.have.length(1);
      expect(person.messages()[0]).to.deep.include({ text: 'Lunas', attachment: as });
      expect(alarms(post.told)).to.have.length(2);
      expect(post.calls).not.to.include('deleteMessage');
    });
  }

  it('NTF-2 a picture that Telegram will not show goes as a document', async () => {
    const post = await aPostOffice();
    const person = post.person();
    post.fail('sendPhoto', refusal(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS'));
    await person.show({ attachment: { path: post.picture, as: 'photo' } }, true);
    expect(person.messages()[0]).to.deep.include({ text: 'Beranda', attachment: 'document' });
    expect(post.told).to.deep.equal([]);
  });

  it('NTF-2 no text is too long as plain text that fitted as markup', async () => {
    const post = await aPostOffice();
    const person = post.person();
    const text = trusted(`<b>x</i>${'&foo;'.repeat(2_000)}`);
    expect(await person.show({ text }, true)).to.deep.equal({ outcome: 'sent' });
    expect(person.texts()[0]).to.have.length(4_096);
    expect(await person.show({ text: user('😀'.repeat(2_100), 9_999) }, true)).to.include({
      outcome: 'sent',
    });
  });
});
