import { expect } from 'chai';
import sharp from 'sharp';
import { createImageInspector } from '../../../adapters/images/index.ts';
import { aScreen } from './pictures.ts';

const { inspect } = createImageInspector();
const hashOf = async (bytes: Uint8Array) => (await inspect(bytes)).perceptualHash;
const distance = (a: string, b: string): number =>
  (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '').length;
/** What `reliability.md` 3.1 measured for one picture sent again. */
const SAME_PICTURE_MAX = 41;

describe('Difference hash', () => {
  it('PRF-3 a hash is 64 hex digits, the same each time, also for a blank picture', async () => {
    const png = await aScreen().png().toBuffer();
    expect(await hashOf(png)).to.match(/^[\da-f]{64}$/);
    expect(await hashOf(png)).to.equal(await hashOf(png));
    const blank = await aScreen().linear(0, 255).png().toBuffer();
    expect(await hashOf(blank)).to.equal('0'.repeat(64));
  });

  it('PRF-3 bits go row by row: one where a pixel is darker than its right neighbour', async () => {
    const brighter = Buffer.alloc(340 * 320, 0).map((_, at) => Math.floor((at % 340) / 20) * 15);
    const raw = { width: 340, height: 320, channels: 1 } as const;
    const rising = sharp(brighter, { raw });
    expect(await hashOf(await rising.clone().png().toBuffer())).to.equal('f'.repeat(64));
    expect(await hashOf(await rising.clone().flop().png().toBuffer())).to.equal('0'.repeat(64));
    const half = Buffer.from(brighter).fill(0, 340 * 160);
    const hash = await hashOf(await sharp(half, { raw }).png().toBuffer());
    // The resampling rings for three rows about the edge.
    expect(hash.slice(0, 20)).to.equal('f'.repeat(20));
    expect(hash.slice(44)).to.equal('0'.repeat(20));
  });

  it('PRF-3 the same picture recompressed, resized or in another format stays near', async () => {
    const original = await hashOf(await aScreen().png().toBuffer());
    const again = [
      await aScreen().jpeg({ quality: 50 }).toBuffer(),
      await aScreen().webp({ quality: 60 }).toBuffer(),
      await aScreen().resize(250).jpeg({ quality: 70 }).toBuffer(),
      await aScreen().resize(900).png().toBuffer(),
      await aScreen().modulate({ brightness: 1.1 }).jpeg().toBuffer(),
    ];
    for (const bytes of again) {
      expect(distance(original, await hashOf(bytes))).to.be.at.most(SAME_PICTURE_MAX);
    }
  });

  it('PRF-3 another picture is far', async () => {
    const one = await hashOf(await aScreen().png().toBuffer());
    const other = await hashOf(await aScreen(400, 800, 2).png().toBuffer());
    expect(distance(one, other)).to.be.above(SAME_PICTURE_MAX);
  });
});
