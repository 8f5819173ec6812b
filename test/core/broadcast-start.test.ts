import { expect } from 'chai';
import { BROADCAST_CAPTION_MAX, BROADCAST_TEXT_MAX } from '../../core/index.ts';
import { broadcastsBy } from '../support/broadcasts.ts';
import { freshId } from '../support/builders.ts';
import { FIRST_PAGE, ofKind, OPERATOR, refusal, together } from '../support/market.ts';
import { aScene, sendAll } from './broadcast-scene.ts';

describe('Broadcasts: starting one', () => {
  it('ADM-5 the same key starts once, and is refused for anything else', async () => {
    const { market, start } = await aScene();
    const key = freshId<never>();
    const [first, ...others] = await together(5, () => start({ key }));
    expect(others.every((one) => one.broadcast.id === first?.broadcast.id)).to.equal(true);
    expect(market.auditOf(key).map(({ action }) => action)).to.deep.equal(['broadcast.start']);
    for (const change of [{ text: 'Lain' }, { audience: 'clients' }, { photo: 'x.jpg' }] as const) {
      const { code } = await refusal(start({ key, ...change }));
      expect(code).to.equal('wallet.key-reused');
    }
    const other = broadcastsBy(market, await market.admin());
    expect((await refusal(other.start({ key }))).code).to.equal('wallet.key-reused');
  });

  it('ADM-5 one at a time, also of many started at once', async () => {
    const scene = await aScene();
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => scene.start()));
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect((await refusal(scene.start())).code).to.equal('broadcast.another-running');
    await sendAll(scene);
    expect((await scene.start()).broadcast.status).to.equal('running');
  });

  it('ADM-5 the owner hears once of what was started: to whom, how it begins, by whom', async () => {
    const { market, admin, start } = await aScene();
    const heard = async () =>
      (await market.core.owner.untold({ actor: OPERATOR }))
        .map(({ news }) => news)
        .filter(({ kind }) => kind === 'broadcast-started');
    await refusal(start({ audience: 'clients' }));
    const key = freshId<never>();
    const text = `Bayar ke <BCA 1>${'a'.repeat(300)}`;
    for (let times = 0; times < 2; times += 1) await start({ key, audience: 'workers', text });
    const { displayName: by } = await market.userOf(admin);
    const begins = `${text.slice(0, 300)}…`;
    const news = { kind: 'broadcast-started', audience: 'workers', recipients: 3, by };
    expect(await heard()).to.deep.equal([{ ...news, text: begins }]);
  });

  it('ADM-5 to nobody is refused, and leaves nothing', async () => {
    const { market, start, admin } = await aScene();
    expect((await refusal(start({ audience: 'clients' }))).code).to.equal('broadcast.nobody');
    const list = { actor: admin.actor, page: FIRST_PAGE };
    expect((await market.core.broadcasts.list(list)).total).to.equal(0);
  });

  it('ADM-5 texts have their length, as Telegram counts it: less below a picture', async () => {
    const { start } = await aScene();
    const emoji = '😀'.repeat(BROADCAST_TEXT_MAX / 2 + 1);
    for (const [change, code] of [
      [{ text: 'a'.repeat(BROADCAST_TEXT_MAX + 1) }, 'text.too-long'],
      [{ text: emoji }, 'text.too-long'],
      [{ text: 'a'.repeat(BROADCAST_CAPTION_MAX + 1), photo: 'a.jpg' }, 'text.too-long'],
      [{ text: ' \n ' }, 'text.empty'],
    ] as const) {
      expect((await refusal(start(change))).code).to.equal(code);
    }
    const { broadcast } = await start({ text: 'a'.repeat(BROADCAST_TEXT_MAX) });
    expect(broadcast.text).to.have.length(BROADCAST_TEXT_MAX);
  });

  it('ADM-5 where nobody can be reached it is over at once, and its admin hears so', async () => {
    const { market, admin, people, start } = await aScene(1);
    for (const { telegramId } of people) {
      await market.core.users.noteReach({ telegramId, reachable: false });
    }
    const { broadcast } = await start({ audience: 'workers' });
    expect(broadcast).to.deep.include({ status: 'done', endedAt: market.clock.now() });
    const [told] = ofKind(market.noticesTo(admin), 'broadcast.done');
    expect(told).to.deep.include({ sent: 0, blocked: 1 });
  });
});
