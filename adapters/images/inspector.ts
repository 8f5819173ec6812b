import { fileTypeFromBuffer } from 'file-type';
import type { Sharp } from 'sharp';
import { refuseFile, type ImageInspector, type InspectedImage } from '../../core/files/index.ts';
import { atMost } from './at-most.ts';
import { differenceHash } from './difference-hash.ts';
import { sharp } from './sharp.ts';

type ImageType = InspectedImage['type'];

const BYTES_MIN = 100;
const PIXELS_MAX = 25_000_000;
const SIDE_MIN = 200;
const SIDE_MAX = 10_000;
const DECODE_SECONDS_MAX = 8;
/** A picture of 25 megapixels takes up to 200 MB while it is turned. */
const PICTURES_AT_ONCE = 2;
const QUALITY = 90;

const ENCODERS: Readonly<Record<ImageType, (picture: Sharp) => Sharp>> = {
  'image/jpeg': (picture) => picture.jpeg({ quality: QUALITY }),
  'image/png': (picture) => picture.png(),
  'image/webp': (picture) => picture.webp({ quality: QUALITY }),
};
const IMAGE_TYPES = Object.keys(ENCODERS) as readonly ImageType[];

/**
 * Decodes strangers' pictures with sharp and writes them anew, upright and without any metadata
 * (PRF-1, PRF-2). Its settings are those that were measured against hostile files; see `./sharp.ts`
 * for what they change in the whole process.
 */
export const createImageInspector = (): ImageInspector => {
  const inTurn = atMost(PICTURES_AT_ONCE);
  return {
    inspect: async (bytes) => {
      const type = await typeByContent(bytes);
      if (bytes.length < BYTES_MIN) throw refuseFile('file.unreadable');
      await requireOneDecentPicture(bytes);
      return inTurn(async () => {
        const clean = await orUnreadable(reencode(bytes, type));
        return { type, clean, perceptualHash: await orUnreadable(differenceHash(clean)) };
      });
    },
  };
};

const typeByContent = async (bytes: Uint8Array): Promise<ImageType> => {
  // The detector may trip over a crafted archive; whatever it is then, it is no picture of ours.
  const mime = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime;
  if (mime === 'image/apng') throw refuseFile('file.unreadable');
  const type = IMAGE_TYPES.find((known) => known === mime);
  if (!type) throw refuseFile('file.wrong-type', { allowed: IMAGE_TYPES });
  return type;
};

/** Looks at the header alone: nothing is decoded before its claims are known to be modest. */
const requireOneDecentPicture = async (bytes: Uint8Array): Promise<void> => {
  const header = sharp(bytes, { limitInputPixels: false, failOn: 'error' });
  const { width, height, pages = 1 } = await orUnreadable(header.metadata());
  if (pages > 1) throw refuseFile('file.unreadable');
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  if (shorter < SIDE_MIN || longer > SIDE_MAX || width * height > PIXELS_MAX) {
    throw refuseFile('file.wrong-dimensions');
  }
};

const reencode = (bytes: Uint8Array, type: ImageType): Promise<Uint8Array> => {
  const picture = sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: 'error', pages: 1 });
  const upright = picture.rotate().timeout({ seconds: DECODE_SECONDS_MAX });
  return ENCODERS[type](upright).toBuffer();
};

/** What a decoder says about a stranger's bytes is no defect of ours. */
const orUnreadable = <T>(work: Promise<T>): Promise<T> =>
  work.catch(() => {
    throw refuseFile('file.unreadable');
  });
