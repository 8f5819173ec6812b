import { expect } from 'chai';
import sharp from 'sharp';
import { samplePicture, type TourStep } from '../../../adapters/sandbox/index.ts';
import { Leisure, paceOf } from '../../../adapters/sandbox/tour/pace.ts';

describe('The pace of a guided tour', () => {
  it('gives long captions longer, repeated ones a moment, and all together the time asked for', () => {
    const step = (caption: string): TourStep => ({ caption, person: 'Sari' });
    const long = 'Sari mengirim bukti transfer, lalu menunggu admin.';
    const [short = 0, first = 0, repeated = 0] = paceOf(
      [step('Halo.'), step(long), step(long)],
      60,
    );
    expect(first).to.be.above(short);
    expect(short).to.be.above(repeated);
    expect(short + first + repeated).to.be.closeTo(60_000, 0.001);
    expect(paceOf([step('Halo.')], 0)).to.deep.equal([0]);
  });

  it('spreads the acts of one person where the bot refuses haste', () => {
    const leisure = new Leisure({ perSecond: 2, burst: 3 });
    const waits = Array.from({ length: 4 }, () => leisure.waitMs('Sari', 1_000));
    expect(waits).to.deep.equal([0, 0, 525, 1_050]);
    expect(leisure.waitMs('Budi', 1_000), 'each has a pace of their own').to.equal(0);
    expect(leisure.waitMs('Sari', 60_000), 'after a rest').to.equal(0);
    expect(new Leisure(undefined).waitMs('Sari', 0), 'any haste').to.equal(0);
  });
});

describe('The ready-made pictures of the sandbox', () => {
  for (const kind of ['screenshot', 'receipt'] as const) {
    it(`has a ${kind} of its own for each time, small enough to be looked at quickly`, async () => {
      const made = await Promise.all([1, 2, 3, 4].map(() => samplePicture(kind)));
      expect(new Set(made.map((bytes) => bytes.toString('base64'))).size).to.equal(4);
      for (const bytes of made) {
        expect(await sharp(bytes).metadata()).to.include({
          format: 'jpeg',
          width: 720,
          height: 1480,
        });
        expect(bytes.length).to.be.below(60_000);
      }
    });
  }
});
