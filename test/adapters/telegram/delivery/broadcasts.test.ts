import { expect } from 'chai';
import type { BroadcastPorts } from '../../../../adapters/telegram/delivery/send-broadcast.ts';
import { minutesFor } from '../../../../adapters/telegram/delivery/send-broadcast.ts';
import type { BroadcastId, BroadcastReport } from '../../../../core/index.ts';
import { freshId, MONDAY } from '../../../support/builders.ts';
import { aPostOffice, refusal } from './post-office.ts';

const SENT = { outcome: 'sent' } as const;

/** The core's side of one broadcast, of which so many are sent. */
const aBroadcast = () => {
  const broadcastId = freshId<BroadcastId>();
  let [sent, shownIn]: [number, number | null] = [0, null];
  const report = (): BroadcastReport => ({
    broadcast: {
      id: broadcastId,
      adminId: freshId(),
      audience: 'all',
      text: 'Halo',
      photo: null,
      status: 'running',
      createdAt: MONDAY,
      endedAt: null,
      changedBy: null,
      toldAt: null,
      shownIn,
    },
    by: { id: freshId(), displayName: 'Dewi' },
    progress: { recipients: 10, sent, blocked: 0, failed: 0, canceled: 0, waiting: 10 - sent },
  });
  const ports: BroadcastPorts = {
    find: async () => report(),
    noteShown: async ({ messageId }) => void (shownIn = messageId),
    messagesPerSecond: 30,
  };
  return {
    ports,
    payload: { broadcastId },
    send: (many: number) => {
      sent += many;
    },
    shownIn: () => shownIn,
  };
};

/** A post office whose person is the ordering admin. */
const aScene = async () => {
  const broadcast = aBroadcast();
  const post = await aPostOffice(broadcast.ports);
  const person = post.person();
  const tell = () => person.deliver('broadcast-progress', broadcast.payload);
  return { broadcast, post, person, tell };
};

describe('Telegram: broadcasts on their way', () => {
  it('ADM-5 SEC-1 plain text stays plain, whatever it looks like', async () => {
    const post = await aPostOffice();
    const person = post.person();
    await person.deliver('broadcast', { text: '<b>Halo</b> & {{number}}', photo: null });
    expect(person.texts()).to.deep.equal([
      '📣 Pengumuman dari admin Upah\n\n<b>Halo</b> & {{number}}',
    ]);
    expect(post.told).to.deep.equal([]);
  });

  it('ADM-5 a picture travels once, however many get it', async () => {
    const post = await aPostOffice();
    const people = Array.from({ length: 5 }, () => post.person());
    for (const one of people) {
      expect(await one.deliver('broadcast', { text: 'Halo', photo: post.picture })).to.deep.equal(
        SENT,
      );
    }
    expect(post.pocket.uploads()).to.have.length(1);
    expect(people.map((one) => one.messages()[0]?.attachment)).to.deep.equal(
      Array.from({ length: 5 }, () => 'photo'),
    );
  });

  it('NTF-3 a picture travels once, though many are to get it at the same moment', async () => {
    const post = await aPostOffice();
    const people = Array.from({ length: 5 }, () => post.person());
    const payload = { text: 'Halo', photo: post.picture };
    const outcomes = await Promise.all(people.map((one) => one.deliver('broadcast', payload)));
    expect(outcomes).to.deep.equal(people.map(() => SENT));
    expect(post.pocket.uploads()).to.have.length(1);
    expect(post.calls.filter((call) => call === 'sendPhoto')).to.have.length(5);
  });

  it('NTF-3 where the first upload fails the others go all the same, and each try is its own', async () => {
    const post = await aPostOffice();
    const [first, ...others] = Array.from({ length: 3 }, () => post.person());
    const payload = { text: 'Halo', photo: post.picture };
    post.fail('sendPhoto', refusal(500, 'Internal Server Error'));
    const outcomes = await Promise.all([
      first?.deliver('broadcast', payload),
      ...others.map((one) => one.deliver('broadcast', payload)),
    ]);
    expect(outcomes.map((one) => one?.outcome)).to.deep.equal(['later', 'sent', 'sent']);
  });

  it('ADM-5 who blocked the bot is unreachable, and nobody else', async () => {
    const post = await aPostOffice();
    const [gone, there] = [post.person(), post.person()];
    post.fail('sendMessage', refusal(403, 'Forbidden: bot was blocked by the user'));
    const payload = { text: 'Halo', photo: null };
    expect(await gone.deliver('broadcast', payload)).to.deep.equal({ outcome: 'unreachable' });
    expect(await there.deliver('broadcast', payload)).to.deep.equal(SENT);
  });

  it('ADM-5 the progress is one message, edited in place; unchanged it is a success', async () => {
    const { broadcast, person, tell } = await aScene();
    await tell();
    broadcast.send(5);
    expect([await tell(), await tell()]).to.deep.equal([SENT, SENT]);
    expect(person.messages()).to.have.length(1);
    expect(person.texts()[0]).to.contain('▰▰▰▰▰▱▱▱▱▱ 50% (5 dari 10)');
    expect(person.screen(), 'it is no screen').to.equal(undefined);
  });

  it('ADM-5 where the admin deleted it a new one follows from then on', async () => {
    const { broadcast, post, person, tell } = await aScene();
    await tell();
    const first = broadcast.shownIn();
    await post.telegram.deleteMessage(person.chatId, first ?? 0);
    broadcast.send(1);
    await tell();
    broadcast.send(1);
    await tell();
    expect(person.messages().map(({ messageId }) => messageId)).to.deep.equal([
      broadcast.shownIn(),
    ]);
    expect(broadcast.shownIn()).not.to.equal(first);
    expect(person.texts()[0]).to.contain('2 dari 10');
  });

  it('ADM-5 a Telegram that fails delays it; whoever may not see it gets nothing', async () => {
    const { post, tell, person } = await aScene();
    post.fail('sendMessage', refusal(500, 'Internal Server Error'));
    expect(await tell()).to.deep.include({ outcome: 'later', scope: 'message' });
    expect(await tell()).to.deep.equal(SENT);
    expect(await person.deliver('broadcast-progress', { broadcastId: freshId() })).to.deep.equal(
      SENT,
    );
    const stranger = (await aPostOffice()).person();
    expect(await stranger.deliver('broadcast-progress', { broadcastId: freshId() })).to.deep.equal(
      SENT,
    );
    expect(stranger.messages()).to.deep.equal([]);
  });

  it('ADM-5 the time left follows from the pace; without one nobody knows', () => {
    expect([10, 1_799, 1_800, 1_801, 30_000].map((many) => minutesFor(many, 30))).to.deep.equal([
      0, 0, 1, 2, 17,
    ]);
    expect(minutesFor(10_000, 0)).to.equal(null);
  });
});
