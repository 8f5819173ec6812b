import { expect } from 'chai';
import type { ReceivedFile } from '../../core/index.ts';
import { aFile, rupiahs } from '../support/builders.ts';
import {
  aMarket,
  FIRST_PAGE,
  ofKind,
  refusal,
  type Market,
  type Person,
} from '../support/market.ts';

let asked = 0;
const send = (market: Market, { actor }: Person, file: ReceivedFile, amount = 10_000) => {
  asked += 1;
  const key = `deposit ${asked}`;
  return market.core.deposits.request({ actor, amount: rupiahs(amount), key, file });
};

const aScene = async () => {
  const market = aMarket();
  const [client, admin] = [await market.client(), await market.admin()];
  return { market, client, admin, ...market.core.deposits };
};

describe('Asking for a top-up', () => {
  it('DEP-1 the row exists with its proof, moves no money, and the admins hear of it', async () => {
    const { market, client, admin } = await aScene();
    const deposit = await market.request(client, 10_000);
    expect(deposit).to.deep.include({ status: 'pending', claimed: 10_000n, userId: client.id });
    expect(await market.wallet(client)).to.equal(0n);
    const shown = await market.core.deposits.show({ actor: admin.actor, depositId: deposit.id });
    expect(shown.deposit.file).to.deep.equal(deposit.file);
    expect(ofKind(market.noticesTo(admin), 'desk.waiting').at(-1)).to.deep.equal({
      kind: 'desk.waiting',
      desk: 'deposits',
      waiting: 1,
    });
  });

  it('DEP-1 the amount is from 10.000 to 50.000.000, also when asked before', async () => {
    const { market, client, check } = await aScene();
    const { actor } = client;
    for (const [amount, refused] of [
      [9_999, { code: 'money.too-small', details: { min: 10_000n } }],
      [50_000_001, { code: 'money.too-large', details: { max: 50_000_000n } }],
    ] as const) {
      expect(await refusal(check({ actor, amount: rupiahs(amount) }))).to.deep.equal(refused);
      expect(await refusal(market.request(client, amount))).to.deep.equal(refused);
    }
    for (const amount of [10_000, 50_000_000]) {
      await check({ actor, amount: rupiahs(amount) });
      expect((await market.request(client, amount)).status).to.equal('pending');
    }
  });

  it('DEP-1 at most three are pending, also when twenty come at once', async () => {
    const { market, client, admin, cancel, check } = await aScene();
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, () => market.request(client, 10_000)),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).to.have.length(3);
    const { actor } = client;
    expect(await refusal(check({ actor, amount: rupiahs(10_000) }))).to.deep.equal({
      code: 'deposit.too-many-pending',
      details: { max: 3 },
    });
    const [first] = await market.core.deposits.mine({ actor });
    if (first) await cancel({ actor, depositId: first.id });
    expect((await market.request(client, 10_000)).status).to.equal('pending');
    const other = await market.client();
    expect((await market.request(other, 10_000)).status).to.equal('pending');
    const list = await market.core.deposits.waiting({ actor: admin.actor, page: FIRST_PAGE });
    expect(list.total).to.equal(4);
  });

  it('DEP-3 SEC-A29 the same file from the same person is refused', async () => {
    const { market, client, admin, reject } = await aScene();
    const file = aFile();
    const { id: depositId } = await send(market, client, file);
    await reject({ actor: admin.actor, depositId, reason: 'nothing arrived' });
    const sameBytes = aFile({ sha256Received: file.sha256Received });
    const sameInChannel = aFile({ channelFileId: file.channelFileId });
    for (const again of [file, sameBytes, sameInChannel]) {
      const refused = await refusal(send(market, client, again, 20_000));
      expect(refused.code).to.equal('deposit.same-file');
    }
    const withoutChannel = aFile({ channelFileId: null });
    await send(market, client, withoutChannel);
    expect((await send(market, client, aFile({ channelFileId: null }))).status).to.equal('pending');
  });

  it('DEP-3 the file of a top-up that the client canceled may be sent again', async () => {
    const { market, client, cancel } = await aScene();
    const file = aFile();
    const { id: depositId } = await send(market, client, file);
    await cancel({ actor: client.actor, depositId });
    expect((await send(market, client, file, 20_000)).status).to.equal('pending');
  });

  it('DEP-3 SEC-A29 the same file from another person is flagged, not refused', async () => {
    const { market, client, admin } = await aScene();
    const file = aFile();
    await send(market, client, file);
    market.clock.advance(1);
    const other = await market.client();
    const { id: depositId } = await send(market, other, file);
    const shown = await market.core.deposits.show({ actor: admin.actor, depositId });
    expect(shown.sameFile).to.equal(1);
  });

  it('DEP-3 the newest three earlier ones are shown, each with who sent it', async () => {
    const { market, admin, waiting } = await aScene();
    const [file, { actor }] = [aFile(), admin];
    const sent = [];
    for (let count = 0; count < 5; count += 1) {
      market.clock.advance(60_000);
      sent.push(await send(market, await market.client(), file));
    }
    const [, two, three, four, five] = await Promise.all(
      sent.map(({ id: depositId }) => market.core.deposits.show({ actor, depositId })),
    );
    expect(five?.sameFile).to.equal(4);
    const plain = (shown: typeof two) => ({ deposit: shown?.deposit, user: shown?.user });
    expect(five?.earlier).to.deep.equal([four, three, two].map(plain));
    const { items } = await waiting({ actor, page: FIRST_PAGE });
    expect(items.map(({ sameFile, earlier }) => [sameFile, earlier.length])).to.deep.equal([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 3],
    ]);
  });
});

describe('Deciding a top-up', () => {
  it('DEP-2 ACC-7 after each one comes the next: the oldest that is not the admin’s own', async () => {
    const { market, client, admin, reject, next } = await aScene();
    const clerk = await market.client();
    const own = await market.request(clerk, 10_000);
    await market.forceRole(clerk, 'admin');
    const { actor } = clerk;
    expect(await next({ actor })).to.equal(null);
    expect((await next({ actor: admin.actor }))?.deposit.id).to.equal(own.id);
    market.clock.advance(1);
    const first = await market.request(client, 10_000);
    market.clock.advance(1);
    const second = await market.request(client, 20_000);
    expect((await next({ actor }))?.deposit.id).to.equal(first.id);
    await reject({ actor, depositId: first.id, reason: 'nothing arrived' });
    expect((await next({ actor }))?.deposit.id).to.equal(second.id);
    await reject({ actor, depositId: second.id, reason: 'nothing arrived' });
    expect(await next({ actor })).to.equal(null);
  });

  it('DEP-2 approving credits what was claimed, once, and tells the client', async () => {
    const { market, client, admin, approve } = await aScene();
    const { id: depositId } = await market.request(client, 25_000);
    const approval = { actor: admin.actor, depositId, credited: rupiahs(25_000), reason: null };
    const done = { outcome: 'approved', credited: 25_000n, balance: 25_000n };
    expect(await approve(approval)).to.deep.equal(done);
    expect(await market.wallet(client)).to.equal(25_000n);
    expect(ofKind(market.noticesTo(client), 'deposit.approved')).to.deep.equal([
      {
        kind: 'deposit.approved',
        claimed: 25_000n,
        credited: 25_000n,
        reason: null,
        balance: 25_000n,
      },
    ]);
    await market.ledgerIsSound();
  });

  it('DEP-2 another amount needs a reason; claimed and credited are both kept', async () => {
    const { market, client, admin, approve, show } = await aScene();
    const { id: depositId } = await market.request(client, 25_000);
    const { actor } = admin;
    const approval = { actor, depositId, credited: rupiahs(20_000) };
    for (const reason of [null, '', ' ']) {
      const refused = await refusal(approve({ ...approval, reason }));
      expect(refused.code).to.equal('reason.required');
    }
    await approve({ ...approval, reason: 'only 20.000 arrived' });
    expect((await show({ actor, depositId })).deposit).to.deep.include({
      status: 'approved',
      claimed: 25_000n,
      credited: 20_000n,
      reason: 'only 20.000 arrived',
      decidedBy: admin.id,
    });
    expect(ofKind(market.noticesTo(client), 'deposit.approved')[0]).to.deep.include({
      claimed: 25_000n,
      credited: 20_000n,
      reason: 'only 20.000 arrived',
    });
    expect(await market.wallet(client)).to.equal(20_000n);
    await market.ledgerIsSound();
  });

  it('DEP-2 WAL-1 SEC-A27 nothing below 1 or above the bound is credited', async () => {
    const { market, client, admin, approve } = await aScene();
    const { id: depositId } = await market.request(client, 25_000);
    for (const amount of [0, -25_000, 1_000_000_001]) {
      const credited = rupiahs(amount);
      const approval = { actor: admin.actor, depositId, credited, reason: 'x' };
      expect((await refusal(approve(approval))).code).to.match(/^money\.too-/);
    }
    expect(await market.wallet(client)).to.equal(0n);
  });

  it('DEP-2 rejecting needs a reason, moves nothing and tells the client', async () => {
    const { market, client, admin, reject } = await aScene();
    const { id: depositId } = await market.request(client, 25_000);
    const { actor } = admin;
    expect((await refusal(reject({ actor, depositId, reason: '' }))).code).to.equal(
      'reason.required',
    );
    await reject({ actor, depositId, reason: 'nothing arrived' });
    expect(await market.wallet(client)).to.equal(0n);
    expect(ofKind(market.noticesTo(client), 'deposit.rejected')).to.deep.equal([
      { kind: 'deposit.rejected', claimed: 25_000n, reason: 'nothing arrived' },
    ]);
  });

  it('DEP-2 SEC-A30 the second admin is told who decided what and when', async () => {
    const { market, client, admin, approve, reject } = await aScene();
    const { id: depositId } = await market.request(client, 25_000);
    const approval = { actor: admin.actor, depositId, credited: rupiahs(25_000), reason: null };
    await approve(approval);
    const [at, by] = [market.clock.now(), await market.userOf(admin)];
    market.clock.advance(60_000);
    const { actor } = await market.admin();
    const told = { outcome: 'already-decided', status: 'approved', by, at };
    expect(await approve({ ...approval, actor })).to.deep.equal(told);
    expect(await reject({ actor, depositId, reason: 'x' })).to.deep.equal(told);
    expect(await market.wallet(client)).to.equal(25_000n);
  });

  it('DEP-2 the client may cancel while it is pending, and not after', async () => {
    const { market, client, admin, approve, cancel } = await aScene();
    const { id: depositId } = await market.request(client, 25_000);
    const own = { actor: client.actor, depositId };
    expect((await cancel(own)).status).to.equal('canceled');
    expect(await refusal(cancel(own))).to.deep.equal({
      code: 'deposit.not-pending',
      details: { status: 'canceled' },
    });
    const approval = { actor: admin.actor, depositId, credited: rupiahs(25_000), reason: null };
    const at = market.clock.now();
    const told = { outcome: 'already-decided', status: 'canceled', by: null, at };
    expect(await approve(approval)).to.deep.equal(told);
    expect(await market.wallet(client)).to.equal(0n);
    const approved = await market.request(client, 25_000);
    await approve({ ...approval, depositId: approved.id });
    const late = await refusal(cancel({ ...own, depositId: approved.id }));
    expect(late.code).to.equal('deposit.not-pending');
    await market.ledgerIsSound();
  });
});
