import { BarChart, LineChart } from 'echarts/charts';
import {
  GraphicComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
} from 'echarts/components';
import { init, setPlatformAPI, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Chart } from '../../core/figures/index.ts';
import { HEIGHT, optionOf, WIDTH } from './look.ts';
import { textWidth } from './words.ts';

use([
  BarChart,
  LineChart,
  GraphicComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  SVGRenderer,
]);
// Its own guess is for a narrower font.
setPlatformAPI({
  measureText: (text, font = '') => {
    const size = Number(/(\d+)px/.exec(font)?.[1] ?? 12);
    return { width: textWidth(text, size) };
  },
});

/** The chart as an SVG; every word in it is escaped by the library that draws it. */
export const draw = (chart: Chart): string => {
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    drawing.setOption(optionOf(chart));
    return drawing.renderToSVGString();
  } finally {
    drawing.dispose();
  }
};
