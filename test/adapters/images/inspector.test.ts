import { expect } from 'chai';
import { performance } from 'node:perf_hooks';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { createImageInspector } from '../../../adapters/images/index.ts';
import { Refusal } from '../../../core/kernel/index.ts';
import {
  animated,
  animatedPng,
  aScreen,
  pngClaiming,
  withJpegSegment,
  withPngChunks,
} from './pictures.ts';

const { inspect } = createImageInspector();

const refusalOf = async (bytes: Uint8Array): Promise<string> => {
  const outcome = await inspect(bytes).catch((error: unknown) => error);
  if (!(outcome instanceof Refusal)) throw new Error(`not refused: ${String(outcome)}`);
  return outcome.code;
};
const padded = (text: string) => Buffer.from(text.padEnd(400, '\n'), 'latin1');

describe('Image inspector', () => {
  it('PRF-1 JPEG, PNG and WebP stay what they are, by their bytes', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const { type, clean } = await inspect(await aScreen().toFormat(format).toBuffer());
      expect(type).to.equal(`image/${format}`);
      const { format: stored, width, height } = await sharp(clean).metadata();
      expect([stored, width, height]).to.deep.equal([format, 400, 800]);
    }
  });

  it('PRF-1 a lossless picture loses no pixel', async () => {
    const png = await aScreen().png().toBuffer();
    const { clean } = await inspect(png);
    const pixels = await sharp(clean).raw().toBuffer();
    expect(pixels.equals(await sharp(png).raw().toBuffer())).to.equal(true);
  });

  it('PRF-1 a picture with transparency or in grey is accepted', async () => {
    const clear = { width: 300, height: 300, channels: 4, background: '#ff000080' } as const;
    expect((await inspect(await sharp({ create: clear }).png().toBuffer())).type).to.equal(
      'image/png',
    );
    const grey = await aScreen().greyscale().jpeg().toBuffer();
    expect((await inspect(grey)).type).to.equal('image/jpeg');
  });

  it('SEC-A50 what is not JPEG, PNG or WebP by its bytes is refused', async () => {
    const impostors: Record<string, Uint8Array> = {
      empty: new Uint8Array(0),
      'one byte': new Uint8Array([0xff]),
      text: padded('hello'),
      HTML: padded('<!doctype html><script>alert(1)</script>'),
      SVG: padded('<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>'),
      'SVG as XML': padded('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
      PDF: padded('%PDF-1.7\n1 0 obj\n'),
      ZIP: padded('PK\u0003\u0004\u0014\0\0\0\0\0'),
      EXE: padded('MZ\u0090\0\u0003\0\0\0'),
      BMP: padded('BM\u0090\0\0\0\0\0\0\0'),
      TIFF: padded('II*\0\b\0\0\0'),
      'HTML, then a JPEG': Buffer.concat([padded('<html>'), await aScreen().jpeg().toBuffer()]),
      GIF: await animated('gif', 1),
      'real TIFF': await aScreen().tiff().toBuffer(),
      'real AVIF': await aScreen(200, 200).avif({ effort: 0 }).toBuffer(),
    };
    for (const [name, bytes] of Object.entries(impostors)) {
      expect(await refusalOf(bytes), name).to.equal('file.wrong-type');
    }
  });

  it('SEC-A50 the right first bytes before anything else do not make a picture', async () => {
    const magic = [
      [0xff, 0xd8, 0xff, 0xe0],
      [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
      [0x52, 0x49, 0x46, 0x46, 0x24, 0, 0, 0, 0x57, 0x45, 0x42, 0x50],
    ];
    for (const start of magic) {
      const svg = padded('<svg xmlns="http://www.w3.org/2000/svg"/>');
      const bytes = Buffer.concat([Buffer.from(start), svg]);
      expect(await refusalOf(bytes)).to.be.oneOf(['file.unreadable', 'file.wrong-type']);
    }
  });

  it('SEC-A50 the libraries of the process decode nothing else, even if asked to', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const input of [svg, await animated('gif'), '/etc/hostname']) {
      const outcome = await sharp(input)
        .png()
        .toBuffer()
        .catch(() => 'refused');
      expect(outcome).to.equal('refused');
    }
  });

  it('SEC-A51 what hides behind the end of a picture is gone from what is stored', async () => {
    const tails = ['<html><script>alert(1)</script>', 'PK\u0003\u0004a zip archive'];
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const picture = await aScreen().toFormat(format).toBuffer();
      for (const tail of tails) {
        const { clean } = await inspect(Buffer.concat([picture, Buffer.from(tail)]));
        expect(Buffer.from(clean).includes(tail), `${format} ${tail}`).to.equal(false);
        expect((await sharp(clean).metadata()).width).to.equal(400);
      }
    }
  });

  it('SEC-A52 a header that claims a huge picture is refused undecoded, in no time', async () => {
    const bombs = {
      '60,000 × 60,000': pngClaiming(60_000, 60_000),
      '20,000 × 20,000 with a body': pngClaiming(20_000, 20_000, 20_000),
      '1 × 500,000': pngClaiming(1, 500_000, 500_000),
      '10,001 × 300': pngClaiming(10_001, 300, 300),
      '5,001 × 5,000': pngClaiming(5_001, 5_000, 5_000),
    };
    const memoryBefore = process.memoryUsage().rss;
    for (const [name, bytes] of Object.entries(bombs)) {
      const started = performance.now();
      const code = await refusalOf(bytes);
      const took = performance.now() - started;
      expect(code, name).to.be.oneOf(['file.wrong-dimensions', 'file.unreadable']);
      if (bytes.length >= 100) expect(code, name).to.equal('file.wrong-dimensions');
      expect(took, name).to.be.below(1_000);
    }
    expect(process.memoryUsage().rss - memoryBefore).to.be.below(50_000_000);
  });

  it('PRF-1 a side under 200 pixels is refused, 200 and 25 megapixels are not', async () => {
    expect(await refusalOf(await aScreen(199, 400).png().toBuffer())).to.equal(
      'file.wrong-dimensions',
    );
    expect((await inspect(await aScreen(200, 200).png().toBuffer())).type).to.equal('image/png');
    expect((await inspect(pngClaiming(5_000, 5_000, 5_000))).type).to.equal('image/png');
    expect((await inspect(pngClaiming(10_000, 200, 200))).type).to.equal('image/png');
  });

  it('SEC-A53 GIF, animated WebP and animated PNG are refused', async () => {
    expect(await refusalOf(await animated('gif', 200))).to.equal('file.wrong-type');
    expect(await refusalOf(await animated('webp'))).to.equal('file.unreadable');
    expect(await refusalOf(await animatedPng(200))).to.equal('file.unreadable');
  });

  it('SEC-A53 an animated WebP that claims a huge canvas costs nothing', async () => {
    const webp = await animated('webp');
    webp.fill(0xff, 24, 30);
    expect(await refusalOf(webp)).to.equal('file.unreadable');
  });

  it('SEC-A54 a picture cut short or damaged is refused, in each format', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const whole = await aScreen().toFormat(format).toBuffer();
      for (const share of [0.1, 0.5, 0.9, 0.99]) {
        const part = whole.subarray(0, Math.floor(whole.length * share));
        expect(await refusalOf(part), `${format} ${share}`).to.equal('file.unreadable');
      }
    }
    const png = await aScreen().png().toBuffer();
    png.fill(0x55, png.length / 2, png.length / 2 + 400);
    expect(await refusalOf(png)).to.equal('file.unreadable');
  });

  it('SEC-A55 place, device, thumbnail, XMP and colour profile are stripped', async () => {
    const exif = {
      IFD0: { Make: 'SECRET-MAKER', Copyright: 'SECRET-OWNER' },
      IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '6/1 12/1 30/1' },
    };
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><SECRET-XMP/></x:xmpmeta>';
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const dressed = aScreen().withExif(exif).withXmp(xmp).withIccProfile('p3');
      const bytes = await dressed.toFormat(format).toBuffer();
      const before = await sharp(bytes).metadata();
      expect([before.exif, before.icc, before.xmp], format).not.to.include(undefined);
      const { clean } = await inspect(bytes);
      const { exif: exifAfter, icc, xmp: xmpAfter, iptc } = await sharp(clean).metadata();
      expect([exifAfter, icc, xmpAfter, iptc], format).to.deep.equal(Array(4).fill(undefined));
      expect(Buffer.from(clean).includes('SECRET'), format).to.equal(false);
    }
  });

  it('SEC-A55 a broken profile, a bomb of text or a comment do no harm', async () => {
    const jpeg = await aScreen().jpeg().toBuffer();
    const profile = Buffer.concat([
      Buffer.from('ICC_PROFILE\0\u0001\u0001'),
      Buffer.alloc(60_000, 7),
    ]);
    const withProfile = await inspect(withJpegSegment(jpeg, 0xe2, profile));
    expect(withProfile.clean.length).to.be.below(jpeg.length * 2);
    const commented = await inspect(withJpegSegment(jpeg, 0xfe, Buffer.from('SECRET-COMMENT')));
    expect(Buffer.from(commented.clean).includes('SECRET')).to.equal(false);
    const png = await aScreen().png().toBuffer();
    const { clean } = await inspect(withPngChunks(png, [['tEXt', Buffer.from('k\0SECRET-TEXT')]]));
    expect(Buffer.from(clean).includes('SECRET')).to.equal(false);
    const bomb = Buffer.concat([Buffer.from('k\0\0'), deflateSync(Buffer.alloc(100_000_000, 65))]);
    const memoryBefore = process.memoryUsage().rss;
    for (const chunk of ['zTXt', 'iCCP']) {
      const outcome = await inspect(withPngChunks(png, [[chunk, bomb]])).catch(() => null);
      expect(outcome?.clean.length ?? 0, chunk).to.be.below(png.length * 2);
    }
    expect(process.memoryUsage().rss - memoryBefore).to.be.below(60_000_000);
  });

  it('PRF-2 a picture lying on its side by its orientation tag is stored upright', async () => {
    const lying = await aScreen(400, 800).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { width, height, orientation } = await sharp((await inspect(lying)).clean).metadata();
    expect([width, height, orientation]).to.deep.equal([800, 400, undefined]);
  });

  it('PRF-1 many pictures at once are all inspected, refused ones among them', async () => {
    const good = await aScreen(300, 300).jpeg().toBuffer();
    const broken = good.subarray(0, good.length - 40);
    const work = Array.from({ length: 12 }, (_, at) => inspect(at % 2 === 0 ? good : broken));
    const outcomes = (await Promise.allSettled(work)).map(({ status }) => status);
    expect(outcomes.filter((status) => status === 'fulfilled')).to.have.length(6);
  });
});
