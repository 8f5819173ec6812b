import { expect } from 'chai';
import type { Proof, ReversalPreview, Rupiah } from '../../core/index.ts';
import { withBooks } from '../support/broken-books.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, refusal, type Market } from '../support/market.ts';

const DAY = 86_400_000;

const preview = async (market: Market, { id: proofId }: Pick<Proof, 'id'>) =>
  market.core.proofs.previewReversal({ actor: (await market.house()).actor, proofId });

const reverse = async (market: Market, { id: proofId }: Proof, shown?: Rupiah) => {
  const { actor } = await market.house();
  return market.core.proofs.reverse({
    actor,
    proofId,
    reason: 'looked again',
    ...(shown !== undefined && { shown }),
  });
};

/** A campaign at 20.000 with 10 % fee and one proof, already judged. */
const aJudgedProof = async (verdict: 'approve' | 'reject', target = 3) => {
  const market = aMarket({ settings: { feeBasisPoints: 1_000 } });
  const [client, worker] = [await market.client(), await market.worker()];
  const campaign = await market.campaign(client, { pricePerTask: rupiahs(20_000), target });
  const proof = await market.proof(worker, campaign);
  await market[verdict](proof);
  return { market, client, worker, campaign, proof };
};

const workersPart = (shown: ReversalPreview): Rupiah =>
  shown.turns === 'approval' ? shown.returned : shown.reward;

describe('The money of a reversal, before it is confirmed', () => {
  it('REV-7 of an approval: what comes back, the fee, and what the wallet lacks', async () => {
    const { market, worker, proof } = await aJudgedProof('approve');
    await market.withdraw(worker, 15_000);
    const before = await market.trialBalance();
    const moves = { returned: 5_000n, feeReturned: 2_000n, shortfall: 15_000n };
    expect(await preview(market, proof)).to.deep.equal({ turns: 'approval', ...moves });
    expect(await market.trialBalance()).to.deep.equal(before);
    expect((await market.proofNow(proof)).status).to.equal('approved');
    expect(await reverse(market, proof, rupiahs(5_000))).to.deep.include(moves);
    await market.ledgerIsSound();
  });

  it('REV-7 of a rejection: reward and fee, and no slot is taken yet', async () => {
    const { market, campaign, proof } = await aJudgedProof('reject');
    const moves = { turns: 'rejection', reward: 20_000n, fee: 2_000n };
    expect(await preview(market, proof)).to.deep.equal(moves);
    expect(await market.progress(campaign)).to.include({ available: 3, approved: 0 });
    expect(await reverse(market, proof, rupiahs(20_000))).to.include({ reward: 20_000n });
    await market.ledgerIsSound();
  });

  it('REV-7 a wallet that emptied meanwhile: nothing moves, the admin is told', async () => {
    const { market, client, worker, proof } = await aJudgedProof('approve');
    const shown = workersPart(await preview(market, proof));
    await market.withdraw(worker, 15_000);
    const before = await market.trialBalance();
    expect(await refusal(reverse(market, proof, shown))).to.deep.equal({
      code: 'proof.reversal-changed',
      details: { moves: 5_000n },
    });
    expect(await market.trialBalance()).to.deep.equal(before);
    expect((await market.proofNow(proof)).status).to.equal('approved');
    const again = workersPart(await preview(market, proof));
    expect(await reverse(market, proof, again)).to.deep.include({ returned: 5_000n });
    expect(await market.wallet(client)).to.equal(7_000n);
    await market.ledgerIsSound();
  });

  it('REV-7 a wallet that filled meanwhile: nothing moves, the admin is told', async () => {
    const { market, client, worker, proof } = await aJudgedProof('approve');
    await market.withdraw(worker, 20_000);
    const shown = workersPart(await preview(market, proof));
    expect(shown).to.equal(0n);
    await market.approve(await market.proof(worker, await market.campaign(client)));
    expect(await refusal(reverse(market, proof, shown))).to.deep.equal({
      code: 'proof.reversal-changed',
      details: { moves: 500n },
    });
  });

  it('REV-7 ACC-7 WAL-13 it is refused exactly as the reversal is', async () => {
    const code = async (market: Market, proof: Proof, expected: string) => {
      expect((await refusal(preview(market, proof))).code).to.equal(expected);
      expect((await refusal(reverse(market, proof))).code).to.equal(expected);
    };
    const late = await aJudgedProof('approve');
    late.market.clock.advance(30 * DAY + 1);
    await code(late.market, late.proof, 'proof.reversal-too-late');
    const full = await aJudgedProof('reject', 1);
    await full.market.proof(await full.market.worker(), full.campaign);
    await code(full.market, full.proof, 'proof.no-slot-left');
    const busy = await aJudgedProof('reject');
    await busy.market.take(busy.worker, busy.campaign);
    await code(busy.market, busy.proof, 'task.already-done');
    const twice = await aJudgedProof('approve');
    await reverse(twice.market, twice.proof);
    await code(twice.market, twice.proof, 'proof.already-reversed');
    const waiting = await twice.market.proof(await twice.market.worker(), twice.campaign);
    await code(twice.market, waiting, 'proof.not-decided');
    const frozen = await aJudgedProof('approve');
    await withBooks(frozen.market).freeze();
    await code(frozen.market, frozen.proof, 'freeze.in-force');
    const own = await aJudgedProof('approve');
    await own.market.forceRole(own.worker, 'admin');
    const asked = { actor: own.worker.actor, proofId: own.proof.id };
    const mine = own.market.core.proofs.previewReversal(asked);
    expect((await refusal(mine)).code).to.equal('proof.own');
  });
});
