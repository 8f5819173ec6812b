import type { Chart } from './chart.ts';

/** Draws figures. A channel asks for it when the picture goes out, never inside a transaction. */
export interface ChartPainter {
  /** A PNG, 1080 × 720 pixels, readable on a phone. */
  paint(chart: Chart): Promise<Uint8Array>;
}
