import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { installedFolder } from './installed.ts';

/** Drawn beforehand: a bare server has no font to write with. */
const FOLDER = installedFolder('samples');

const SCREENSHOTS = ['screenshot-1.jpg', 'screenshot-2.jpg', 'screenshot-3.jpg'];
const RECEIPTS = ['receipt-1.jpg', 'receipt-2.jpg'];

/** Where the post shows its picture, and how fine that is painted, in pixels. */
const POST = { left: 0, top: 200, width: 720, height: 720 };
const PAINTED = 120;
const SPOTS = 9;
/** Where the receipt has its bar code, and how many bars that is. */
const BARS = { left: 84, top: 1130, width: 552, height: 66 };
const BAR_COUNT = 92;

/**
 * A made-up picture, another one at every call, as a JPEG of 720 × 1480: the screenshot of a liked
 * post, or the receipt of a transfer of Rp 100.000.
 */
export async function samplePicture(kind: 'screenshot' | 'receipt'): Promise<Buffer> {
  if (FOLDER === undefined) throw new Error('the sample pictures of the sandbox are not installed');
  const names = kind === 'screenshot' ? SCREENSHOTS : RECEIPTS;
  const [place, input] =
    kind === 'screenshot' ? [POST, await paintPost()] : [BARS, await paintBars()];
  return sharp(await readFile(join(FOLDER, names[randomInt(names.length)] ?? '')))
    .composite([{ input, left: place.left, top: place.top }])
    .jpeg({ quality: 82 })
    .toBuffer();
}

/** Soft spots of light on a sky between two hues. */
async function paintPost(): Promise<Buffer> {
  const hue = randomInt(360);
  const [top, bottom] = [colour(hue, 70, 66), colour(hue + 70, 68, 44)];
  const spots = Array.from({ length: SPOTS }, () => ({
    x: randomInt(PAINTED),
    y: randomInt(PAINTED),
    radius: 7 + randomInt(24),
    light: colour(hue + randomInt(120), 80, 80),
  }));
  const pixels = Buffer.alloc(PAINTED * PAINTED * 3);
  for (let at = 0; at < PAINTED * PAINTED; at += 1) {
    const [x, y] = [at % PAINTED, Math.floor(at / PAINTED)];
    let shade = mix(top, bottom, (x + y) / (2 * PAINTED));
    for (const spot of spots) {
      const inside = spot.radius - Math.hypot(x - spot.x, y - spot.y);
      if (inside > 0) shade = mix(shade, spot.light, 0.28 * Math.min(1, inside));
    }
    pixels.set(shade, at * 3);
  }
  const raw = { width: PAINTED, height: PAINTED, channels: 3 } as const;
  return sharp(pixels, { raw }).resize(POST.width, POST.height).png().toBuffer();
}

/** Bars that no other receipt has. */
async function paintBars(): Promise<Buffer> {
  const bars = Buffer.from(Array.from({ length: BAR_COUNT }, () => (randomInt(2) ? 27 : 255)));
  return sharp(bars, { raw: { width: BAR_COUNT, height: 1, channels: 1 } })
    .resize(BARS.width, BARS.height, { fit: 'fill', kernel: 'nearest' })
    .png()
    .toBuffer();
}

type Colour = readonly [red: number, green: number, blue: number];

/** From hue (degrees), saturation and lightness (percent) to bytes. */
function colour(hue: number, saturation: number, lightness: number): Colour {
  const span = (saturation / 100) * Math.min(lightness / 100, 1 - lightness / 100);
  const part = (turn: number): number => {
    const k = (turn + hue / 30) % 12;
    return Math.round(255 * (lightness / 100 - span * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
}

const mix = ([r, g, b]: Colour, [red, green, blue]: Colour, share: number): Colour => [
  Math.round(r + (red - r) * share),
  Math.round(g + (green - g) * share),
  Math.round(b + (blue - b) * share),
];
