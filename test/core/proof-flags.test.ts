import { expect } from 'chai';
import {
  bitsApart,
  SIMILAR_BITS_MAX,
  type Campaign,
  type Proof,
  type ReceivedFile,
  type TakeId,
} from '../../core/index.ts';
import { aFile } from '../support/builders.ts';
import { aMarket, refusal, type Market, type Person } from '../support/market.ts';

const aScene = async () => {
  const market = aMarket();
  const [client, worker] = [await market.client(), await market.worker()];
  const campaign = () => market.campaign(client);
  return { market, client, worker, campaign };
};

/** Takes a task of the campaign and sends this file for it. */
const send = async (market: Market, who: Person, file: ReceivedFile, of: Pick<Campaign, 'id'>) => {
  const take = await market.take(who, of);
  return submit(market, who, { takeId: take.id, file });
};

const submit = (
  market: Market,
  { actor }: Person,
  sent: { readonly takeId: TakeId; readonly file: ReceivedFile },
): Promise<Proof> => market.core.proofs.submit({ actor, sentAt: market.clock.now(), ...sent });

const flagsOf = async (market: Market, { id: proofId }: Proof) => {
  const { actor } = await market.house();
  return (await market.core.proofs.case({ actor, proofId })).flags;
};

/** A hash that differs from this one in so many bits, the first ones. */
const changed = (hash: string, bits: number): string =>
  (BigInt(`0x${hash}`) ^ ((1n << 256n) - (1n << BigInt(256 - bits))))
    .toString(16)
    .padStart(64, '0');

const HASH = 'a5'.repeat(32);

describe('The same file again', () => {
  for (const [what, again] of [
    ['the same bytes', { sha256Received: 'f'.repeat(64) }],
    ['the same file of Telegram', { channelFileId: 'AQAD' }],
  ] as const) {
    it(`PRF-3 ${what} from the same person for another task is refused`, async () => {
      const { market, worker, campaign } = await aScene();
      await send(market, worker, aFile(again), await campaign());
      const sentAt = market.clock.now();
      market.clock.advance(60_000);
      const take = await market.take(worker, await campaign());
      const refused = await refusal(
        submit(market, worker, { takeId: take.id, file: aFile(again) }),
      );
      expect(refused).to.deep.equal({ code: 'proof.same-file', details: { sentAt } });
      expect((await market.takeNow(take)).status).to.equal('taken');
      await submit(market, worker, { takeId: take.id, file: aFile() });
      expect((await market.takeNow(take)).status).to.equal('pending_review');
    });

    it(`PRF-3 ${what} from somebody else is flagged with the first case`, async () => {
      const { market, worker, campaign } = await aScene();
      const one = await campaign();
      const first = await send(market, await market.worker(), aFile(again), one);
      market.clock.advance(60_000);
      const second = await send(market, await market.worker(), aFile(again), one);
      const third = await send(market, worker, aFile(again), await campaign());
      const flag = { kind: 'same-file', earlierProofId: first.id, distance: 0 };
      expect(await flagsOf(market, first)).to.deep.equal([]);
      expect(await flagsOf(market, second)).to.deep.equal([flag]);
      expect(await flagsOf(market, third)).to.deep.equal([flag]);
      expect(third.status).to.equal('pending');
    });
  }

  it('PRF-3 it stays refused after a rejection, for the same campaign too', async () => {
    const { market, worker, campaign } = await aScene();
    const [one, file] = [await campaign(), aFile()];
    await market.reject(await send(market, worker, file, one));
    expect((await refusal(send(market, worker, file, one))).code).to.equal('proof.same-file');
  });

  it('PRF-3 of twenty tasks that get one picture at once, one goes to review', async () => {
    const market = aMarket({ settings: { takenAtOnceMax: 20 } });
    const [client, worker] = [await market.client(), await market.worker()];
    const takes = [];
    for (let count = 0; count < 20; count += 1) {
      takes.push(await market.take(worker, await market.campaign(client)));
    }
    const file = aFile();
    const ended = await Promise.allSettled(
      takes.map(({ id: takeId }) => submit(market, worker, { takeId, file })),
    );
    expect(ended.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
  });

  it('TSK-5 PRF-3 a late proof is called late, whatever the file', async () => {
    const { market, worker, campaign } = await aScene();
    const file = aFile();
    await send(market, worker, file, await campaign());
    const take = await market.take(worker, await campaign());
    market.clock.advance(31 * 60_000);
    const late = submit(market, worker, { takeId: take.id, file });
    expect((await refusal(late)).code).to.equal('take.late');
  });
});

describe('Nearly the same picture', () => {
  const picture = (bits: number) => aFile({ perceptualHash: changed(HASH, bits) });

  it('PRF-3 of the same person for another link is flagged, up to 41 of 256 bits', async () => {
    for (const [bits, flags] of [
      [0, 1],
      [SIMILAR_BITS_MAX, 1],
      [SIMILAR_BITS_MAX + 1, 0],
    ] as const) {
      const { market, worker, campaign } = await aScene();
      const first = await send(market, worker, picture(0), await campaign());
      const second = await send(market, worker, picture(bits), await campaign());
      const flag = { kind: 'similar', earlierProofId: first.id, distance: bits };
      expect(await flagsOf(market, second)).to.deep.equal(flags ? [flag] : []);
    }
  });

  it('PRF-3 the nearest one is named, of equally near ones the newest', async () => {
    const { market, worker, campaign } = await aScene();
    await send(market, worker, picture(30), await campaign());
    market.clock.advance(60_000);
    await send(market, worker, picture(20), await campaign());
    market.clock.advance(60_000);
    const near = await send(market, worker, picture(20), await campaign());
    market.clock.advance(60_000);
    await market.approve(near);
    const last = await send(market, worker, picture(0), await campaign());
    expect(await flagsOf(market, last)).to.deep.include({
      kind: 'similar',
      earlierProofId: near.id,
      distance: 20,
    });
  });

  it('PRF-3 of others, or for the same link, it says nothing: one post looks like itself', async () => {
    const { market, client, worker, campaign } = await aScene();
    const one = await campaign();
    const { target: link } = one.link;
    await send(market, await market.worker(), picture(0), one);
    await market.reject(await send(market, worker, picture(1), one));
    const sameLink = await market.campaign(client, { kind: 'comment', link });
    const again = await send(market, worker, picture(2), sameLink);
    expect(await flagsOf(market, again)).to.deep.equal([]);
  });

  it('PRF-3 one picture can have both flags, the same file first', async () => {
    const { market, worker, campaign } = await aScene();
    const file = picture(0);
    const other = await send(market, await market.worker(), file, await campaign());
    const own = await send(market, worker, picture(3), await campaign());
    const last = await send(market, worker, file, await campaign());
    expect(await flagsOf(market, last)).to.deep.equal([
      { kind: 'same-file', earlierProofId: other.id, distance: 0 },
      { kind: 'similar', earlierProofId: own.id, distance: 3 },
    ]);
  });

  it('PRF-3 bits are counted over the whole hash', () => {
    for (const bits of [0, 1, 31, 32, 33, 64, 200, 256]) {
      expect(bitsApart(HASH, changed(HASH, bits))).to.equal(bits);
      expect(bitsApart(changed(HASH, bits), HASH)).to.equal(bits);
    }
    expect(bitsApart('0'.repeat(64), `${'0'.repeat(63)}1`)).to.equal(1);
    expect(bitsApart('f'.repeat(64), '0'.repeat(64))).to.equal(256);
  });
});
