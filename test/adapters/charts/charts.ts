import sharp from 'sharp';
import type { Chart } from '../../../core/index.ts';

/** Fourteen days of earnings, with one thing or the other changed. */
export const aChart = (change: Partial<Chart> = {}): Chart => ({
  title: 'Penghasilan',
  subtitle: null,
  labels: Array.from({ length: 14 }, (_, day) => `${day + 8} Nov`),
  series: [
    { name: 'Upah', as: 'bars', values: [5, 0, 3, 8, 0, 0, 2, 9, 4, 4, 1, 0, 7, 6].map(thousand) },
  ],
  unit: 'rupiah',
  scaleWords: [' rb', ' jt', ' M'],
  goal: null,
  ...change,
});

const thousand = (value: number): number => value * 1_000;

interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where titles stand. */
export const TITLE: Part = { left: 40, top: 30, width: 1_000, height: 60 };
/** Where the words below the bars stand. */
export const DAYS: Part = { left: 40, top: 645, width: 1_000, height: 70 };

/** A part of a picture as grey dots, dark 0 to white 255. */
export const dots = async (png: Uint8Array, part: Part): Promise<Buffer> =>
  sharp(png).extract(part).greyscale().raw().toBuffer();

/** How many of them are dark: written on. */
export const ink = async (png: Uint8Array, part: Part): Promise<number> =>
  (await dots(png, part)).filter((dot) => dot < 140).length;
