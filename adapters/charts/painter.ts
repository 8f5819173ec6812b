import sharp from 'sharp';
import type { Chart, ChartPainter } from '../../core/figures/index.ts';
import { bringFonts } from './fonts.ts';

const SECONDS_MAX = 8;
const OUR_SVG = { operation: ['VipsForeignLoadSvgBuffer'] };

/**
 * Paints one picture after the other: each takes a processor wholly for a moment. The picture library
 * is closed to SVG but while it decodes ours, whatever else in the process opened or closed it; who
 * decodes strangers' pictures looks at their first bytes and never hands it an SVG.
 */
export const createChartPainter = (): ChartPainter => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    paint: (chart) => {
      const picture = last.then(() => paint(chart));
      last = picture.catch(() => undefined);
      return picture;
    },
  };
};

const paint = async (chart: Chart): Promise<Uint8Array> => {
  bringFonts();
  // Large, and most processes never paint: loaded with the first chart.
  const { draw } = await import('./draw.ts');
  const svg = Buffer.from(draw(chart));
  sharp.unblock(OUR_SVG);
  try {
    return await sharp(svg).timeout({ seconds: SECONDS_MAX }).png({ palette: true }).toBuffer();
  } finally {
    sharp.block(OUR_SVG);
  }
};
