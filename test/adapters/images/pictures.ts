import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** A picture with enough in it to compress and hash like a screenshot. */
export const aScreen = (width = 400, height = 800, shift = 0): Sharp => {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      pixels[at] = 128 + 100 * Math.sin(((x / width) * 9 + shift) * (1 + y / height));
      pixels[at + 1] = 128 + 100 * Math.cos((y / height) * 13 + shift * 2);
      pixels[at + 2] = (x * 255) / width;
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
};

const pngChunk = (type: string, data: Buffer): Buffer => {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(typed.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  typed.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(typed), chunk.length - 4);
  return chunk;
};

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const AFTER_PNG_HEADER = 33;

/** A PNG that claims a size; its body is `rows` of 1-bit black, or next to nothing. */
export const pngClaiming = (width: number, height: number, rows = 0): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const body = deflateSync(Buffer.alloc(rows * (1 + Math.ceil(width / 8))));
  return Buffer.concat([
    PNG_SIGNATURE,
    pngChunk('IHDR', header),
    pngChunk('IDAT', body),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
};

/** Puts chunks behind a PNG's header. */
export const withPngChunks = (png: Buffer, chunks: readonly [type: string, data: Buffer][]) =>
  Buffer.concat([
    png.subarray(0, AFTER_PNG_HEADER),
    ...chunks.map(([type, data]) => pngChunk(type, data)),
    png.subarray(AFTER_PNG_HEADER),
  ]);

/** An animated PNG as its header tells it: `acTL` with so many frames. */
export const animatedPng = async (frames: number): Promise<Buffer> => {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(frames, 0);
  return withPngChunks(await aScreen().png().toBuffer(), [['acTL', control]]);
};

/** Puts a segment (APP1 = 0xe1, APP2 = 0xe2 …) behind a JPEG's first two bytes. */
export const withJpegSegment = (jpeg: Buffer, marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
};

/** Three frames in one file, as WebP or GIF. */
export const animated = (format: 'webp' | 'gif', frames = 3): Promise<Buffer> => {
  const [width, height] = [240, 240];
  const pixels = Buffer.alloc(width * height * frames * 3);
  for (let frame = 0; frame < frames; frame += 1) {
    const size = width * height * 3;
    pixels.fill((frame * 40) % 256, frame * size, (frame + 1) * size);
  }
  const raw = { width, height: height * frames, channels: 3, pageHeight: height } as const;
  return sharp(pixels, { raw }).toFormat(format).toBuffer();
};
