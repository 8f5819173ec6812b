import { expect } from 'chai';
import { DAY_MS } from '../../core/index.ts';
import { broadcastsBy, SAID } from '../support/broadcasts.ts';
import { deliverDue } from '../support/deliver.ts';
import { ofKind, refusal, together } from '../support/market.ts';
import { NO_PACE } from '../support/unhurried.ts';
import { aScene, NONE, sendAll } from './broadcast-scene.ts';

describe('Broadcasts: who gets one', () => {
  it('ADM-5 everybody, clients, workers, or who did nothing for long; never who is suspended', async () => {
    const { market, admin, preview, start, progress } = await aScene(2);
    const client = await market.client();
    await market.person();
    const suspended = await market.worker();
    const { actor } = admin;
    await market.core.users.suspend({ actor, userId: suspended.id, reason: 'fraud' });
    expect(await preview('all')).to.deep.equal({ recipients: 5, blocked: 0 });
    expect(await preview('clients')).to.deep.equal({ recipients: 1, blocked: 0 });
    expect(await preview('workers')).to.deep.equal({ recipients: 2, blocked: 0 });
    expect(await preview('inactive')).to.deep.equal({ recipients: 0, blocked: 0 });
    market.clock.advance(14 * DAY_MS + 1);
    const { telegramId } = client;
    const names = { username: null, displayName: 'Siti', languageCode: 'id' };
    await market.core.users.register({ telegramId, ...names });
    await market.worker();
    expect(await preview('inactive')).to.deep.equal({ recipients: 4, blocked: 0 });
    const report = await start({ audience: 'inactive' });
    expect(await progress(report)).to.deep.equal({ ...NONE, recipients: 4, waiting: 4 });
  });

  it('ADM-5 who is who is fixed when it starts', async () => {
    const scene = await aScene(2);
    const report = await scene.start({ audience: 'workers' });
    const newcomer = await scene.market.worker();
    await sendAll(scene);
    expect(scene.people.map(scene.got)).to.deep.equal([1, 1]);
    expect(scene.got(newcomer)).to.equal(0);
    expect(await scene.progress(report)).to.deep.equal({ ...NONE, recipients: 2, sent: 2 });
  });

  it('ADM-5 who cannot be reached counts at once, and so does who blocks the bot meanwhile', async () => {
    const scene = await aScene(3);
    const [gone, leaving] = scene.people;
    if (!gone || !leaving) throw new Error('too few people');
    const away = { telegramId: gone.telegramId, reachable: false };
    await scene.market.core.users.noteReach(away);
    expect(await scene.preview('workers')).to.deep.equal({ recipients: 3, blocked: 1 });
    const report = await scene.start({ audience: 'workers' });
    expect(await scene.progress(report)).to.deep.include({ blocked: 1, waiting: 2 });
    await scene.feed();
    await scene.market.core.users.noteReach({ telegramId: leaving.telegramId, reachable: false });
    const { messages } = await scene.market.core.outbox.claimDue({
      limit: 50,
      leaseMs: 60_000,
      pace: NO_PACE,
    });
    for (const tried of messages) {
      const outcome = tried.to === leaving.id ? 'unreachable' : 'sent';
      await scene.market.core.outbox.settle({ tried, outcome: { outcome } });
    }
    await scene.feed();
    expect(await scene.progress(report)).to.deep.equal({
      ...NONE,
      recipients: 3,
      sent: 1,
      blocked: 2,
    });
  });

  it('ADM-5 ACC-5 whoever is suspended meanwhile hears nothing, and cannot be reached', async () => {
    const scene = await aScene(3);
    const { market, admin, people, got, start, feed, progress, show } = scene;
    const report = await start({ audience: 'workers' });
    for (const { id: userId } of people.slice(0, 2)) {
      await market.core.users.suspend({ actor: admin.actor, userId, reason: 'fraud' });
    }
    expect(await feed(1)).to.be.above(0);
    await sendAll(scene, 1);
    expect(people.map(got)).to.deep.equal([0, 0, 1]);
    expect(await progress(report)).to.deep.equal({ ...NONE, recipients: 3, sent: 1, blocked: 2 });
    expect((await show(report)).broadcast.status).to.equal('done');
  });

  it('ADM-5 what Telegram will not take counts as failed', async () => {
    const scene = await aScene(1);
    const report = await scene.start({ audience: 'workers' });
    await scene.feed();
    const { core } = scene.market;
    const { messages } = await core.outbox.claimDue({ limit: 9, leaseMs: 9, pace: NO_PACE });
    for (const tried of messages) {
      await core.outbox.settle({ tried, outcome: { outcome: 'failed', why: 'refused' } });
    }
    await scene.feed();
    expect(await scene.progress(report)).to.deep.equal({ ...NONE, recipients: 1, failed: 1 });
  });
});

describe('Broadcasts: on their way', () => {
  it('ADM-5 NTF-3 little stands in the outbox at a time, and answers overtake it', async () => {
    const { market, start, feed, progress } = await aScene(7);
    await deliverDue(market);
    const report = await start({ audience: 'workers' });
    expect(await feed(3)).to.equal(3);
    expect(await feed(3), 'the outbox is full').to.equal(0);
    const { messages } = await market.core.outbox.claimDue({
      limit: 2,
      leaseMs: 60_000,
      pace: NO_PACE,
    });
    expect(messages.map(({ kind }) => kind)).to.deep.equal(['broadcast-progress', 'broadcast']);
    for (const tried of messages) {
      await market.core.outbox.settle({ tried, outcome: { outcome: 'sent' } });
    }
    expect(await feed(3), 'one outcome, one more message').to.equal(2);
    expect(await progress(report)).to.deep.include({ sent: 1, waiting: 6 });
  });

  it('ADM-5 the last one ends it: done, told once, all in the log', async () => {
    const scene = await aScene(2);
    const { market, admin, start, show } = scene;
    const report = await start({ audience: 'workers' });
    await sendAll(scene, 1);
    expect((await show(report)).broadcast).to.deep.include({ status: 'done', text: SAID });
    const told = ofKind(market.noticesTo(admin), 'broadcast.done');
    expect(told).to.deep.equal(
      [{ kind: 'broadcast.done', broadcastId: report.broadcast.id, ...NONE, sent: 2 }].map(
        ({ waiting: _none, ...notice }) => notice,
      ),
    );
    expect(market.auditOf(report.broadcast.id).map(({ action }) => action)).to.deep.equal([
      'broadcast.start',
      'broadcast.done',
    ]);
    expect(await scene.feed(), 'nothing is left to do').to.equal(0);
  });

  it('ADM-5 a pause takes back what waits; what is on its way goes out; going on sends the rest', async () => {
    const scene = await aScene(4);
    const { market, people, got, start, pause, resume, progress, show } = scene;
    const report = await start({ audience: 'workers' });
    await scene.feed();
    const claim = { limit: 2, leaseMs: 60_000, pace: NO_PACE };
    const { messages } = await market.core.outbox.claimDue(claim);
    expect((await pause(report)).broadcast.status).to.equal('paused');
    const waiting = market.ports.outboxMessages().filter(({ kind, state }) => {
      return kind === 'broadcast' && state === 'waiting';
    });
    expect(waiting, 'still waiting to be sent').to.deep.equal([]);
    for (const tried of messages) {
      await market.ports.notifier.deliver(tried);
      await market.core.outbox.settle({ tried, outcome: { outcome: 'sent' } });
    }
    await sendAll(scene);
    expect(await progress(report)).to.deep.include({ sent: 1, waiting: 3 });
    await resume(report);
    await sendAll(scene);
    expect(people.map(got)).to.deep.equal([1, 1, 1, 1]);
    expect((await show(report)).broadcast.status).to.equal('done');
  });

  it('ADM-5 canceling leaves out who is left, and ends when what is on its way has arrived', async () => {
    const scene = await aScene(4);
    const { market, admin, people, got, start, cancel, show } = scene;
    const report = await start({ audience: 'workers' });
    await scene.feed(2);
    const claim = { limit: 2, leaseMs: 60_000, pace: NO_PACE };
    const { messages } = await market.core.outbox.claimDue(claim);
    const canceled = await cancel(report);
    expect(canceled.broadcast).to.deep.include({ status: 'canceled', endedAt: null });
    expect(canceled.progress).to.deep.include({ canceled: 3, waiting: 1 });
    for (const tried of messages) {
      await market.ports.notifier.deliver(tried);
      await market.core.outbox.settle({ tried, outcome: { outcome: 'sent' } });
    }
    await sendAll(scene);
    const { broadcast, progress } = await show(report);
    expect(broadcast).to.deep.include({ status: 'canceled', endedAt: market.clock.now() });
    expect(progress).to.deep.equal({ ...NONE, recipients: 4, sent: 1, canceled: 3 });
    expect(people.map(got)).to.have.members([0, 0, 0, 1]);
    expect(ofKind(market.noticesTo(admin), 'broadcast.done')).to.have.length(1);
  });

  it('ADM-5 what Telegram puts off after a pause waits for the resume, after a cancel it is left out', async () => {
    const scene = await aScene(2);
    const { market, people, got, start, pause, resume, cancel, feed, progress, show } = scene;
    const putOff = async () => {
      const claim = { limit: 9, leaseMs: 60_000, pace: NO_PACE };
      const { messages } = await market.core.outbox.claimDue(claim);
      const sent = messages.filter(({ kind }) => kind === 'broadcast');
      const outcome = { outcome: 'later', afterMs: 1_000, scope: 'chat', why: '429' } as const;
      return async () => {
        for (const tried of sent) await market.core.outbox.settle({ tried, outcome });
        market.clock.advance(2_000);
      };
    };
    const report = await start({ audience: 'workers' });
    await deliverDue(market);
    await feed();
    const [afterPause] = [await putOff()];
    await pause(report);
    await afterPause();
    await sendAll(scene);
    await deliverDue(market);
    expect(people.map(got), 'while it is paused').to.deep.equal([0, 0]);
    await resume(report);
    await feed();
    const [afterCancel] = [await putOff()];
    await cancel(report);
    await afterCancel();
    await sendAll(scene);
    await deliverDue(market);
    expect(people.map(got)).to.deep.equal([0, 0]);
    expect(await progress(report)).to.deep.equal({ ...NONE, recipients: 2, canceled: 2 });
    expect((await show(report)).broadcast.endedAt).not.to.equal(null);
  });

  it('ADM-5 what has ended stays so; asking twice does no harm', async () => {
    const scene = await aScene(1);
    const { start, pause, resume, cancel } = scene;
    const first = await start({ audience: 'workers' });
    await together(3, () => pause(first));
    await together(3, () => resume(first));
    await together(3, () => cancel(first));
    const actions = scene.market.auditOf(first.broadcast.id).map(({ action }) => action);
    expect(actions).to.deep.equal([
      'broadcast.start',
      'broadcast.pause',
      'broadcast.resume',
      'broadcast.cancel',
      'broadcast.done',
    ]);
    for (const steer of [pause, resume]) {
      expect(await refusal(steer(first))).to.deep.equal({
        code: 'broadcast.ended',
        details: { status: 'canceled' },
      });
    }
    const second = await start({ audience: 'workers' });
    await sendAll(scene);
    expect((await refusal(cancel(second))).details).to.deep.equal({ status: 'done' });
  });

  it('ADM-5 a cancel that comes too late for everybody leaves it done', async () => {
    const scene = await aScene(2);
    const { market, admin, start, cancel } = scene;
    const report = await start({ audience: 'workers' });
    await scene.feed();
    await deliverDue(market);
    const { broadcast, progress } = await cancel(report);
    expect(broadcast.status).to.equal('done');
    expect(progress).to.deep.include({ sent: 2, canceled: 0 });
    expect(ofKind(market.noticesTo(admin), 'broadcast.done')).to.have.length(1);
  });

  it('ADM-5 another admin who interfered hears the end too', async () => {
    const { market, admin, start } = await aScene(1);
    const other = await market.admin();
    await broadcastsBy(market, other).cancel(await start());
    for (const who of [admin, other]) {
      expect(ofKind(market.noticesTo(who), 'broadcast.done')).to.have.length(1);
    }
  });

  it('ADM-5 the ordering admin is shown how far it is, not more often than every five seconds', async () => {
    const scene = await aScene(3);
    const { market, admin, start, feed } = scene;
    const shown = () =>
      market.ports.notifier.delivered.filter(({ kind }) => kind === 'broadcast-progress');
    await start({ audience: 'workers' });
    await deliverDue(market);
    expect(shown().map(({ to }) => to)).to.deep.equal([admin.id]);
    await feed(1);
    await deliverDue(market);
    expect(shown(), 'right after').to.have.length(1);
    market.clock.advance(5_000);
    await feed(1);
    await deliverDue(market);
    expect(shown(), 'five seconds later').to.have.length(2);
    await sendAll(scene, 1);
    expect(shown(), 'at its end in any case').to.have.length(3);
  });

  it('ADM-5 what the outbox has forgotten counts as failed, and is not sent again', async () => {
    const scene = await aScene(1);
    const report = await scene.start({ audience: 'workers' });
    await scene.feed();
    await deliverDue(scene.market);
    scene.market.clock.advance(15 * DAY_MS);
    await scene.market.core.outbox.prune({ actor: { kind: 'system', job: 'test' }, limit: 99 });
    await sendAll(scene);
    expect(await scene.progress(report)).to.deep.include({ failed: 1, waiting: 0 });
    expect(scene.people.map(scene.got)).to.deep.equal([1]);
  });
});
