import { expect } from 'chai';
import type { ImageInspector } from '../../core/files/index.ts';
import { refusalOf } from './harness.ts';

/** Real pictures, made by whoever runs the suite. */
export interface Pictures {
  readonly 'image/jpeg': Uint8Array;
  readonly 'image/png': Uint8Array;
  readonly 'image/webp': Uint8Array;
}

export interface ImageInspectorHarness {
  readonly imageInspector: ImageInspector;
  readonly pictures: Pictures;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text.padEnd(200, ' '));

/** What every inspector of pictures promises; what only decoding can refuse is its own tests' matter. */
export const imageInspectorContract = (name: string, open: () => Promise<ImageInspectorHarness>) =>
  describe(`image inspector: ${name}`, () => {
    it('PRF-1 knows JPEG, PNG and WebP by their bytes', async () => {
      const { imageInspector, pictures } = await open();
      for (const [type, bytes] of Object.entries(pictures)) {
        expect((await imageInspector.inspect(bytes)).type).to.equal(type);
      }
    });

    it('PRF-2 PRF-3 gives a picture that can be inspected again, and a hash of 256 bits', async () => {
      const { imageInspector, pictures } = await open();
      for (const bytes of Object.values(pictures)) {
        const { clean, perceptualHash, type } = await imageInspector.inspect(bytes);
        expect(perceptualHash).to.match(/^[0-9a-f]{64}$/);
        expect((await imageInspector.inspect(clean)).type).to.equal(type);
      }
    });

    for (const text of ['%PDF-1.7', 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg">', 'MZ']) {
      it(`PRF-1 SEC-A50 refuses what begins with ${text}`, async () => {
        const { imageInspector } = await open();
        const { code, details } = await refusalOf(imageInspector.inspect(bytesOf(text)));
        expect(code).to.equal('file.wrong-type');
        expect(details).to.deep.equal({ allowed: ['image/jpeg', 'image/png', 'image/webp'] });
      });
    }

    it('PRF-1 refuses no bytes at all', async () => {
      const { imageInspector } = await open();
      const { code } = await refusalOf(imageInspector.inspect(new Uint8Array()));
      expect(code).to.be.oneOf(['file.wrong-type', 'file.unreadable']);
    });
  });
