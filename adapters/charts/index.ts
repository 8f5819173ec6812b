export { createChartPainter } from './painter.ts';
