import type {
  BarSeriesOption,
  EChartsOption,
  GraphicComponentOption,
  GridComponentOption,
  LegendComponentOption,
  LineSeriesOption,
  TitleComponentOption,
  XAXisComponentOption,
  YAXisComponentOption,
} from 'echarts';
import type { Chart, ChartSeries } from '../../core/figures/index.ts';
import { FONT } from './fonts.ts';
import { fitted, shortRupiah, textWidth, wholeNumber } from './words.ts';

export const [WIDTH, HEIGHT] = [1_080, 720];

/** Sizes that are read at a third of their size, on a phone. */
const SIZE = { title: 44, subtitle: 32, text: 30, small: 28 } as const;
const EDGE = 48;
const COLORS = {
  paper: '#fbfcfd',
  ink: '#1d2b3a',
  quiet: '#66758a',
  rule: '#e3e8ee',
  ghost: '#e9eef3',
  goal: '#c7791b',
  series: ['#15896f', '#4a79c9', '#db6a55'],
} as const;
/** More labels than this do not stand side by side. */
const LABELS_MAX = 6;

/** How a chart looks: calm, and nothing on it that is not read. */
export const optionOf = (chart: Chart): EChartsOption => {
  const isBare = chart.labels.length === 0;
  return {
    animation: false,
    backgroundColor: COLORS.paper,
    textStyle: { fontFamily: FONT, color: COLORS.ink },
    title: titleOf(chart),
    ...(isEmpty(chart) && { graphic: ghost(chart) }),
    ...(!isBare && framed(chart)),
  };
};

const isEmpty = ({ series, goal }: Chart): boolean =>
  goal === null && series.every(({ values }) => values.every((value) => value === 0));

const framed = (chart: Chart) => ({
  legend: legendOf(chart),
  grid: gridOf(chart),
  xAxis: dayAxis(chart),
  yAxis: valueAxis(chart),
  series: chart.series.map((one, at) => seriesOf(chart, one, at)),
});

const titleOf = ({ title, subtitle }: Chart): TitleComponentOption => {
  const width = WIDTH - 2 * EDGE;
  return {
    text: fitted(title, { width, size: SIZE.title * 1.08 }),
    subtext: fitted(subtitle ?? '', { width, size: SIZE.subtitle }),
    left: EDGE,
    top: 36,
    padding: 0,
    itemGap: 14,
    textStyle: { fontSize: SIZE.title, fontWeight: 'bold', color: COLORS.ink },
    subtextStyle: { fontSize: SIZE.subtitle, color: COLORS.quiet },
  };
};

/** One curve needs no name beside its title. */
const hasLegend = ({ series }: Chart): boolean => series.length > 1;

const legendOf = (chart: Chart): LegendComponentOption => ({
  show: hasLegend(chart),
  left: EDGE,
  bottom: 30,
  padding: 0,
  itemGap: 40,
  itemWidth: 28,
  itemHeight: 28,
  icon: 'roundRect',
  textStyle: { fontSize: SIZE.text, color: COLORS.ink, padding: [0, 0, 0, 6] },
  formatter: (name) =>
    fitted(name, { width: (WIDTH - 2 * EDGE) / chart.series.length - 80, size: SIZE.text }),
});

const leftOf = (chart: Chart): number => {
  const { min, max } = scaleOf(chart);
  const widths = [min, max].map((value) => textWidth(spoken(chart, value), SIZE.small));
  return EDGE + Math.max(48, ...widths);
};

const baseOf = (chart: Chart): number => HEIGHT - (hasLegend(chart) ? 142 : 84);

const gridOf = (chart: Chart): GridComponentOption => ({
  left: leftOf(chart),
  right: EDGE,
  top: chart.subtitle === null ? 150 : 190,
  bottom: HEIGHT - baseOf(chart),
});

const dayAxis = ({ labels }: Chart): XAXisComponentOption => {
  const every = Math.ceil(labels.length / LABELS_MAX);
  return {
    type: 'category',
    data: labels.map((label) => fitted(label, { width: 190, size: SIZE.small })),
    axisLine: { onZero: false, lineStyle: { color: COLORS.rule, width: 3 } },
    axisTick: { show: false },
    axisLabel: {
      fontSize: SIZE.small,
      color: COLORS.quiet,
      margin: 18,
      // The newest is always named.
      interval: (index) => (labels.length - 1 - index) % every === 0,
    },
  };
};

const valueAxis = (chart: Chart): YAXisComponentOption => ({
  type: 'value',
  ...scaleOf(chart),
  axisLabel: {
    fontSize: SIZE.small,
    color: COLORS.quiet,
    margin: 18,
    // Where nothing is, the axis measures nothing.
    formatter: (value: number) => (value > 0 && isEmpty(chart) ? '' : spoken(chart, value)),
  },
  splitLine: { lineStyle: { color: COLORS.rule, width: 2 } },
});

const spoken = ({ unit, scaleWords }: Chart, value: number): string =>
  unit === 'rupiah' ? shortRupiah(value, scaleWords) : wholeNumber(value);

/** Room above the highest value, for what is written there. */
const AIR = 1.08;
const PARTS = 4;
/** Steps between two lines that are said in a few digits, times any power of ten. */
const ROUND = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

interface Scale {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
}

/** Round numbers around everything shown; it begins at zero unless something is below (TSK-6). */
const scaleOf = ({ series, goal, unit }: Chart): Scale => {
  const values = series.flatMap((one) => one.values);
  const highest = Math.max(0, goal?.value ?? 0, ...values) * AIR;
  const lowest = Math.min(0, ...values);
  const least = unit === 'rupiah' ? 1_000 : PARTS;
  const interval = roundStep(Math.max(highest - lowest, least) / PARTS, unit === 'count');
  return {
    min: Math.floor(lowest / interval) * interval,
    max: Math.ceil(Math.max(highest, least + lowest) / interval) * interval,
    interval,
  };
};

const roundStep = (atLeast: number, isWhole: boolean): number => {
  const size = 10 ** Math.floor(Math.log10(atLeast));
  const steps = ROUND.map((factor) => factor * size).filter((step) => step >= atLeast);
  return steps.find((step) => !isWhole || Number.isInteger(step)) ?? size * 10;
};

const seriesOf = (
  chart: Chart,
  one: ChartSeries,
  at: number,
): LineSeriesOption | BarSeriesOption => {
  const { name, as } = one;
  const color = COLORS.series[at % COLORS.series.length] ?? COLORS.ink;
  const data = labelled(chart, one, color);
  const shared = { name, data, itemStyle: { color }, ...(at === 0 && goalLine(chart)) };
  return as === 'line' ? lineOf(shared, chart, color) : barsOf(shared);
};

type Shared = ReturnType<typeof goalLine> & {
  readonly name: string;
  readonly data: ReturnType<typeof labelled>;
  readonly itemStyle: { readonly color: string };
};

const lineOf = (shared: Shared, { labels, series }: Chart, color: string): LineSeriesOption => ({
  ...shared,
  type: 'line',
  z: 3,
  symbol: 'circle',
  symbolSize: labels.length > 2 * LABELS_MAX ? 0 : 14,
  lineStyle: { width: 6, color, cap: 'round', join: 'round' },
  areaStyle: { color, opacity: series.length > 1 ? 0 : 0.12 },
});

const barsOf = (shared: Shared): BarSeriesOption => ({
  ...shared,
  type: 'bar',
  barMaxWidth: 72,
  barGap: '12%',
  barCategoryGap: '32%',
});

/** A number is written where the eye looks for one: above the highest bar, or at a line's newest. */
const labelled = (chart: Chart, { as, values }: ChartSeries, color: string) => {
  const last = values.length - 1;
  const alike = chart.series.filter((one) => as === 'bars' || one.as === 'line');
  const hasRoom = alike.length === 1 && chart.series.length < 3;
  const told = as === 'line' ? last : values.indexOf(Math.max(...values));
  return values.map((value, at) => ({
    value,
    ...(as === 'bars' && { itemStyle: { borderRadius: value < 0 ? [0, 0, 8, 8] : [8, 8, 0, 0] } }),
    label: {
      show: hasRoom && value > 0 && at === told,
      position: 'top' as const,
      distance: 10,
      ...sideways(at, last),
      fontSize: SIZE.small,
      fontWeight: 'bold' as const,
      color,
      textBorderColor: COLORS.paper,
      textBorderWidth: 8,
      formatter: spoken(chart, value),
    },
  }));
};

/** Near the picture's right end a number ends above its point, or it would be cut. */
const sideways = (at: number, last: number) =>
  last > LABELS_MAX && at > last - 2 ? { align: 'right' as const, offset: [20, 0] } : {};

const goalLine = ({ goal }: Chart) => {
  if (goal === null) return {};
  const label = {
    position: 'insideStartTop' as const,
    distance: 8,
    fontSize: SIZE.small,
    fontWeight: 'bold' as const,
    color: COLORS.goal,
    formatter: fitted(goal.label, { width: 420, size: SIZE.small }),
  };
  const lineStyle = { color: COLORS.goal, width: 4, type: [14, 10] };
  const data = [{ yAxis: goal.value }];
  return { markLine: { silent: true, symbol: 'none', data, lineStyle, label } };
};

const GHOSTS = [90, 150, 120, 210];
const [GHOST_WIDTH, GHOST_GAP] = [72, 36];

/** Pale bars where figures will stand: nothing is broken, there is nothing yet. */
const ghost = (chart: Chart): GraphicComponentOption => {
  const isBare = chart.labels.length === 0;
  const middle = ((isBare ? EDGE : leftOf(chart)) + WIDTH - EDGE) / 2;
  const step = GHOST_WIDTH + GHOST_GAP;
  const left = middle - (GHOSTS.length * step - GHOST_GAP) / 2;
  const base = isBare ? 540 : baseOf(chart);
  return {
    type: 'group',
    silent: true,
    z: -1,
    children: GHOSTS.map((height, at) => ({
      type: 'rect' as const,
      shape: { x: left + at * step, y: base - height, width: GHOST_WIDTH, height, r: 8 },
      style: { fill: COLORS.ghost },
    })),
  };
};
