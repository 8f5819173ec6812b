import { expect } from 'chai';
import { createCore } from '../../core/index.ts';
import { freshHash } from '../support/builders.ts';
import { aMarket, refusal } from '../support/market.ts';

const bytes = (...parts: readonly (readonly number[] | string)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));
const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0], 'a picture');
const PNG = bytes([0x89], 'PNG\r\n', [0x1a, 0x0a], 'a picture');
const WEBP = bytes('RIFF', [1, 0, 0, 0], 'WEBPVP8 a picture');
const PDF = bytes('%PDF-1.7 a receipt');
const IMAGES = ['image/jpeg', 'image/png', 'image/webp'];

const STRANGE: readonly (readonly [string, Uint8Array])[] = [
  ['nothing', bytes()],
  ['HTML', bytes('<html><script>alert(1)</script>')],
  ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['ZIP', bytes('PK\u0003\u0004')],
  ['EXE', bytes('MZ')],
  ['GIF', bytes('GIF89a')],
  ['a sound in RIFF', bytes('RIFF', [1, 0, 0, 0], 'WAVE')],
  ['half a signature', bytes([0xff, 0xd8])],
];

describe('Files that people send', () => {
  it('PRF-1 a screenshot is JPEG, PNG or WebP by its bytes', async () => {
    const { core } = aMarket();
    const types = [];
    for (const picture of [JPEG, PNG, WEBP]) {
      types.push((await core.files.storeScreenshot({ bytes: picture, maxBytes: 1_000 })).type);
    }
    expect(types).to.deep.equal(IMAGES);
  });

  it('PRF-1 SEC-A50 anything else is refused with what is allowed, a PDF too', async () => {
    const { core } = aMarket();
    for (const [name, strange] of [...STRANGE, ['PDF', PDF] as const]) {
      const storing = core.files.storeScreenshot({ bytes: strange, maxBytes: 1_000 });
      expect(await refusal(storing), name).to.deep.equal({
        code: 'file.wrong-type',
        details: { allowed: IMAGES },
      });
    }
  });

  it('PRF-1 DEP-1 SEC-A57 a file above the bound is refused before it is looked at', async () => {
    const { core } = aMarket();
    for (const store of [core.files.storeScreenshot, core.files.storeTransferProof]) {
      for (const big of [JPEG, PDF, bytes('x'.repeat(1_000))]) {
        const maxBytes = big.length - 1;
        expect(await refusal(store({ bytes: big, maxBytes }))).to.deep.equal({
          code: 'file.too-large',
          details: { maxBytes },
        });
      }
      expect((await store({ bytes: JPEG, maxBytes: JPEG.length })).size).to.equal(JPEG.length);
    }
  });

  it('PRF-1 a refused file leaves the task taken', async () => {
    const market = aMarket();
    const worker = await market.worker();
    const take = await market.take(worker, await market.campaign(await market.client()));
    const { storeScreenshot } = market.core.files;
    await refusal(storeScreenshot({ bytes: PDF, maxBytes: 1_000 }));
    expect((await market.takeNow(take)).status).to.equal('taken');
    expect((await market.submit(worker, take)).status).to.equal('pending');
  });

  it('PRF-2 SEC-A56 a file is stored under the hash of its content', async () => {
    const { core, ports } = aMarket();
    const stored = await core.files.storeScreenshot({ bytes: JPEG, maxBytes: 1_000 });
    const sha256 = ports.byteDigest.sha256OfBytes(JPEG);
    expect(stored).to.deep.include({ sha256Received: sha256, sha256Stored: sha256 });
    expect(stored.path).to.match(/^[0-9a-f]{2}\/[0-9a-f]{64}\.jpg$/);
    expect(stored.perceptualHash).to.match(/^[0-9a-f]{64}$/);
    expect(await ports.proofStorage.read(stored.path)).to.deep.equal(new Uint8Array(JPEG));
  });

  it('PRF-2 the bytes sent and the clean picture have a hash each', async () => {
    const { ports } = aMarket();
    const inspect = ports.imageInspector.inspect.bind(ports.imageInspector);
    const cleaning = {
      inspect: async (dirty: Uint8Array) => ({ ...(await inspect(dirty)), clean: PNG }),
    };
    const cleaned = createCore({ ...ports, imageInspector: cleaning });
    const stored = await cleaned.files.storeScreenshot({ bytes: JPEG, maxBytes: 1_000 });
    expect(stored.sha256Received).to.equal(ports.byteDigest.sha256OfBytes(JPEG));
    expect(stored.sha256Stored).to.equal(ports.byteDigest.sha256OfBytes(PNG));
    expect(stored.size).to.equal(PNG.length);
  });

  it('PRF-2 SEC-A59 a guessed path reads as nothing', async () => {
    const { ports } = aMarket();
    for (const path of [`ab/${freshHash()}.jpg`, '../../etc/passwd', '/etc/passwd', '']) {
      expect((await refusal(ports.proofStorage.read(path))).code).to.equal('not-found');
    }
  });

  it('DEP-1 a transfer proof may also be a PDF, stored as it came', async () => {
    const { core, ports } = aMarket();
    const stored = await core.files.storeTransferProof({ bytes: PDF, maxBytes: 1_000 });
    expect(stored).to.include({ type: 'application/pdf', perceptualHash: null });
    expect(await ports.proofStorage.read(stored.path)).to.deep.equal(new Uint8Array(PDF));
    const picture = await core.files.storeTransferProof({ bytes: PNG, maxBytes: 1_000 });
    expect(picture.type).to.equal('image/png');
  });

  it('DEP-1 SEC-A50 the refusal of any other transfer proof says that a PDF would do', async () => {
    const { core } = aMarket();
    for (const [name, strange] of STRANGE) {
      const storing = core.files.storeTransferProof({ bytes: strange, maxBytes: 1_000 });
      expect(await refusal(storing), name).to.deep.equal({
        code: 'file.wrong-type',
        details: { allowed: [...IMAGES, 'application/pdf'] },
      });
    }
  });
});
