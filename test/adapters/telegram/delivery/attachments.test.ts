import { expect } from 'chai';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { DamagedFile } from '../../../../core/index.ts';
import { aPostOffice, named, refusal } from './post-office.ts';

const { common, refusals } = textsIn('id');
const GONE = refusals.say({ code: 'not-found', details: { what: 'file' } });
const SENT = { outcome: 'sent' } as const;

/** A post office whose storage answers every read with this error. */
const withoutStorage = async (error: Error) => {
  const post = await aPostOffice();
  post.proofStorage.read = async () => {
    throw error;
  };
  return { post, person: post.person() };
};

describe('Telegram: a message whose file cannot be had', () => {
  it('NTF-2 of a file that was never there is told, and the rest of the message', async () => {
    const post = await aPostOffice();
    const person = post.person();
    expect(await person.paid('no/such/file.jpg')).to.deep.equal(SENT);
    expect(person.texts()[0]).to.contain(GONE).and.to.contain('R1');
    expect(post.told).to.deep.equal(['file lost: no/such/file.jpg']);
  });

  it('NTF-2 a damaged file comes back at no later try: the message goes without', async () => {
    const { post, person } = await withoutStorage(new DamagedFile('stored file is damaged'));
    expect(await person.paid(post.picture)).to.deep.equal(SENT);
    expect(person.texts()[0]).to.contain(GONE).and.to.contain('R1');
    expect(post.told).to.deep.equal([`file lost: ${post.picture}`]);
  });

  for (const code of ['EIO', 'EMFILE', 'ENOSPC', 'EACCES']) {
    it(`NTF-2 a disk that says ${code} is asked again, up to the tenth try`, async () => {
      const error = Object.assign(new Error(code), { code });
      const { post, person } = await withoutStorage(error);
      for (const attempt of [1, 9]) {
        const outcome = await person.paid(post.picture, { attempt, defects: attempt - 1 });
        expect(outcome).to.include({ outcome: 'later', scope: 'message' });
      }
      expect(person.texts()).to.deep.equal([]);
      expect(await person.paid(post.picture, { attempt: 10, defects: 9 })).to.deep.equal(SENT);
      expect(person.texts()[0]).to.contain(common.fileLeftOut).and.to.contain('R1');
    });
  }
});

describe('Telegram: a file that does not get through', () => {
  const SLOW = named('TimeoutError');

  it('NTF-2 is tried nine times', async () => {
    const post = await aPostOffice();
    const person = post.person();
    post.fail('sendPhoto', SLOW);
    expect(await person.paid(post.picture, { attempt: 9 })).to.include({ outcome: 'later' });
    expect(person.texts()).to.deep.equal([]);
  });

  for (const error of [SLOW, refusal(500, 'Internal Server Error')]) {
    it(`NTF-2 is left out from the tenth try on: ${error.message}`, async () => {
      const post = await aPostOffice();
      const person = post.person();
      post.fail('sendPhoto', error, error);
      for (const attempt of [10, 70]) {
        expect(await person.paid(post.picture, { attempt })).to.deep.equal(SENT);
      }
      expect(person.messages()).to.have.length(2);
      for (const text of person.texts()) {
        expect(text).to.contain(common.fileLeftOut).and.to.contain('R1');
      }
      expect(post.told).to.deep.equal(Array(2).fill(`file lost: ${post.picture}`));
    });
  }

  it('NTF-2 is not left out because Telegram was away for long', async () => {
    const post = await aPostOffice();
    const person = post.person();
    post.fail('sendPhoto', SLOW);
    post.fail('sendMessage', SLOW);
    expect(await person.paid(post.picture, { attempt: 10 })).to.include({ outcome: 'later' });
    expect(await person.paid(post.picture, { attempt: 11 })).to.deep.equal(SENT);
    expect(person.messages()).to.have.length(1);
    expect(person.messages()[0]).to.include({ attachment: 'photo' });
  });

  it('NTF-2 a 429 or a block leaves no file out', async () => {
    const post = await aPostOffice();
    const person = post.person();
    post.fail('sendPhoto', refusal(429, 'Too Many Requests', 2), refusal(403, 'blocked'));
    const paid = () => person.paid(post.picture, { attempt: 30 });
    expect(await paid()).to.include({ outcome: 'later', scope: 'chat' });
    expect(await paid()).to.deep.equal({ outcome: 'unreachable' });
    expect(person.texts()).to.deep.equal([]);
  });

  it('UX-2 a screen goes without its picture, in place or anew', async () => {
    const post = await aPostOffice();
    const person = post.person();
    await person.show({}, true);
    const attachment = { path: post.picture, as: 'photo' } as const;
    post.fail('editMessageMedia', SLOW);
    post.fail('sendPhoto', SLOW);
    expect(await person.show({ attachment }, false, { attempt: 10 })).to.deep.equal(SENT);
    expect(await person.show({ attachment }, true, { attempt: 10 })).to.deep.equal(SENT);
    expect(person.texts()).to.have.length(1);
    expect(person.texts()[0]).to.contain(common.fileLeftOut).and.to.contain('Beranda');
    expect(person.screen()).to.equal(person.messages()[0]?.messageId);
  });
});
