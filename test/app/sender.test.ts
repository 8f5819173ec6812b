import { expect } from 'chai';
import { DAY_MS, type OutboxMessage, type UserId } from '../../core/index.ts';
import { aMessage, later } from '../support/builders.ts';
import { NO_PACE } from '../support/unhurried.ts';
import { aPost } from './sender-post.ts';

const some = (to: UserId, howMany: number) =>
  Array.from({ length: howMany }, () => aMessage({ to }));

const ids = (messages: readonly OutboxMessage[]) => messages.map(({ id }) => id);

describe('the sender', () => {
  it('NTF-2 sends everything that is owed, to each person in order', async () => {
    const post = aPost();
    const [one, two] = [some(await post.person(), 3), some(await post.person(), 3)];
    await post.owe(...one, ...two);
    post.sender.start();
    await post.pass(0);
    const sent = post.notifier.ids();
    expect(sent).to.have.length(6);
    for (const row of [one, two]) {
      const own = new Set(ids(row));
      expect(sent.filter((id) => own.has(id))).to.deep.equal(ids(row));
    }
    await post.sender.stop();
  });

  it('NTF-3 a chat that hangs delays nobody but its own person', async () => {
    const post = aPost({ atOnce: 2 });
    const [hung, after] = some(await post.person(), 2) as [OutboxMessage, OutboxMessage];
    const others = [...some(await post.person(), 5), ...some(await post.person(), 5)];
    post.notifier.hold(hung);
    await post.owe(hung, after, ...others);
    post.sender.start();
    await post.pass(30_000);
    expect(post.notifier.ids()).to.have.members(ids([hung, ...others]));
    post.notifier.end(hung);
    await post.pass(0);
    expect(post.notifier.ids().at(-1)).to.equal(after.id);
    await post.sender.stop();
  });

  it('NTF-3 so many are on their way at most, and the end of one lets the next go', async () => {
    const post = aPost({ atOnce: 3 });
    const messages: OutboxMessage[] = [];
    for (let count = 0; count < 5; count += 1) messages.push(...some(await post.person(), 1));
    messages.forEach(post.notifier.hold);
    await post.owe(...messages);
    post.sender.start();
    await post.pass(10_000);
    const first = [...post.notifier.delivered];
    expect(first).to.have.length(3);
    post.notifier.end(first[1] as OutboxMessage);
    await post.pass(0);
    expect(post.notifier.delivered).to.have.length(4);
    messages.forEach((message) => post.notifier.end(message));
    await post.pass(0);
    expect(post.notifier.delivered).to.have.length(5);
    await post.sender.stop();
  });

  it('NTF-2 what takes long stays with its sender, however long it takes', async () => {
    const post = aPost({ atOnce: 1 });
    const [message] = some(await post.person(), 1) as [OutboxMessage];
    post.notifier.hold(message);
    await post.owe(message);
    post.sender.start();
    for (let second = 0; second < 40; second += 1) {
      await post.pass(1_000);
      const other = await post.core.outbox.claimDue({ limit: 9, leaseMs: 1, pace: NO_PACE });
      expect(other.messages).to.deep.equal([]);
    }
    post.notifier.end(message);
    await post.sender.stop();
    expect(post.notifier.delivered).to.have.length(1);
    expect(post.states()).to.deep.equal(['sent']);
    expect(post.waiting.size, 'timers left behind').to.equal(0);
  });

  it('NTF-2 what a killed process was sending goes out within five seconds', async () => {
    const post = aPost();
    const [message] = some(await post.person(), 1) as [OutboxMessage];
    await post.owe(message);
    await post.core.outbox.claimDue({ limit: 1, leaseMs: 5_000, pace: NO_PACE });
    post.sender.start();
    await post.pass(4_999);
    expect(post.notifier.delivered).to.deep.equal([]);
    await post.pass(1);
    expect(post.notifier.ids()).to.deep.equal([message.id]);
    await post.sender.stop();
  });

  it('NTF-2 while no lease can be renewed, nothing is sent twice at once', async () => {
    const post = aPost();
    const [message] = some(await post.person(), 1) as [OutboxMessage];
    post.notifier.hold(message);
    post.faults.add('renew');
    await post.owe(message);
    post.sender.start();
    await post.pass(12_000);
    expect(post.notifier.delivered).to.have.length(1);
    expect(post.lines).to.include('renewing leases failed');
    post.notifier.end(message);
    await post.sender.stop();
    expect(post.states()).to.deep.equal(['sent']);
  });

  it('NTF-2 a database that is away while claiming costs time and no message', async () => {
    const post = aPost();
    const messages = some(await post.person(), 2);
    post.faults.add('claimDue');
    await post.owe(...messages);
    post.sender.start();
    await post.pass(5_000);
    expect(post.lines).to.include('claiming messages failed');
    expect(post.notifier.delivered).to.deep.equal([]);
    post.faults.clear();
    await post.pass(1_000);
    expect(post.notifier.ids()).to.deep.equal(ids(messages));
    await post.sender.stop();
  });

  it('NTF-2 what was sent is recorded as soon as it can be, and not sent again', async () => {
    const post = aPost();
    const [message] = some(await post.person(), 1) as [OutboxMessage];
    post.faults.add('settle').add('renew'); // not even its lease can be kept
    await post.owe(message);
    post.sender.start();
    await post.pass(30_000);
    expect(post.states()).to.deep.equal(['leased']);
    post.faults.clear();
    await post.pass(1_000);
    expect(post.states()).to.deep.equal(['sent']);
    expect(post.notifier.ids()).to.deep.equal([message.id]);
    const told = post.lines.filter((line) => line !== 'renewing leases failed');
    expect(told).to.deep.equal(['how a delivery ended cannot be recorded yet']);
    await post.sender.stop();
    expect(post.waiting.size, 'timers left behind').to.equal(0);
  });

  it('NTF-2 while it cannot be recorded, no other process gets the message', async () => {
    const post = aPost({ atOnce: 1 });
    await post.owe(...some(await post.person(), 1));
    post.faults.add('settle');
    post.sender.start();
    for (let second = 0; second < 20; second += 1) {
      await post.pass(1_000);
      const other = await post.core.outbox.claimDue({ limit: 9, leaseMs: 1, pace: NO_PACE });
      expect(other.messages).to.deep.equal([]);
    }
    post.faults.clear();
    await post.pass(1_000);
    await post.sender.stop();
    expect(post.states()).to.deep.equal(['sent']);
  });

  it('NTF-2 a lease of ours that ran out is ours again: the outcome counts for it', async () => {
    const post = aPost();
    const [message] = some(await post.person(), 1) as [OutboxMessage];
    post.notifier.hold(message);
    post.faults.add('settle').add('renew');
    await post.owe(message);
    post.sender.start();
    await post.pass(0);
    post.notifier.end(message, { outcome: 'later', afterMs: 300, scope: 'message', why: '502' });
    await post.pass(5_900);
    post.faults.clear();
    await post.pass(2_000);
    expect(post.notifier.delivered.map(({ attempt }) => attempt)).to.deep.equal([1, 3]);
    expect(post.states()).to.deep.equal(['sent']);
    await post.sender.stop();
  });

  it('NTF-2 tries again at the very moment that was asked for', async () => {
    const post = aPost();
    const [message] = some(await post.person(), 1) as [OutboxMessage];
    post.notifier.hold(message);
    await post.owe(message);
    post.sender.start();
    await post.pass(0);
    post.notifier.end(message, { outcome: 'later', afterMs: 300, scope: 'chat', why: '429' });
    await post.pass(299);
    expect(post.notifier.delivered).to.have.length(1);
    await post.pass(1);
    expect(post.notifier.delivered).to.have.length(2);
    await post.sender.stop();
  });

  it('NTF-3 keeps to the pace, to each person and to all', async () => {
    const post = aPost({ pace: { perSecond: 4, perChatPerSecond: 1 } });
    const rows = [some(await post.person(), 10), some(await post.person(), 10)];
    await post.owe(...rows.flat());
    post.sender.start();
    const counts: number[] = [];
    for (const ms of [0, 250, 500, 250, 2_000, 1_000]) {
      await post.pass(ms);
      counts.push(post.notifier.delivered.length);
    }
    expect(counts).to.deep.equal([4, 5, 7, 8, 16, 18]);
    await post.sender.stop();
  });

  it('NTF-3 a wake-up sends what is new at once', async () => {
    const post = aPost();
    post.sender.start();
    await post.pass(1_500);
    const [message] = some(await post.person(), 1) as [OutboxMessage];
    await post.owe(message);
    await post.pass(0);
    expect(post.notifier.delivered).to.deep.equal([]);
    post.sender.wake();
    await post.pass(0);
    expect(post.notifier.ids()).to.deep.equal([message.id]);
    await post.sender.stop();
  });

  it('NTF-2 without any wake-up it looks once a second', async () => {
    const post = aPost();
    await post.owe(aMessage({ to: await post.person(), notBefore: later(DAY_MS, post.at()) }));
    post.sender.start();
    await post.pass(10_500);
    const [message] = some(await post.person(), 1) as [OutboxMessage];
    await post.owe(message);
    await post.pass(500);
    expect(post.notifier.ids()).to.deep.equal([message.id]);
    await post.sender.stop();
  });

  it('OPS-3 stopping waits for what is on its way, and begins nothing new', async () => {
    const post = aPost();
    const [message, next] = some(await post.person(), 2) as [OutboxMessage, OutboxMessage];
    post.notifier.hold(message);
    await post.owe(message, next);
    post.sender.start();
    await post.pass(0);
    let stopped = false;
    const stopping = post.sender.stop().then(() => (stopped = true));
    await post.pass(7_000);
    expect(stopped).to.equal(false);
    post.notifier.end(message);
    await stopping;
    post.sender.wake();
    await post.pass(2_000);
    expect(post.notifier.ids()).to.deep.equal([message.id]);
    expect(post.states()).to.deep.equal(['sent', 'waiting']);
  });

  it('OPS-3 stopping waits until what was sent is recorded, up to three seconds', async () => {
    for (const [backAfterMs, state] of [
      [2_500, 'sent'],
      [4_500, 'leased'],
    ] as const) {
      const post = aPost();
      await post.owe(...some(await post.person(), 1));
      post.faults.add('settle');
      post.sender.start();
      await post.pass(10_000);
      let stopped = false;
      const stopping = post.sender.stop().then(() => (stopped = true));
      await post.pass(backAfterMs);
      expect(stopped).to.equal(state === 'leased');
      post.faults.clear();
      await post.pass(1_000);
      await stopping;
      expect(post.states()).to.deep.equal([state]);
      expect(post.lines.includes('how a delivery ended is not recorded')).to.equal(
        state === 'leased',
      );
      expect(post.notifier.delivered).to.have.length(1);
    }
  });
});
