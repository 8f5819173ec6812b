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
import { isEmpty, scaleOf, spoken } from './scale.ts';
import { fitted, textWidth } from './words.ts';

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

const topOf = ({ subtitle }: Chart): number => (subtitle === null ? 150 : 190);

const gridOf = (chart: Chart): GridComponentOption => ({
  left: leftOf(chart),
  right: EDGE,
  top: topOf(chart),
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

const lineOf = (shared: Shared, { series }: Chart, color: string): LineSeriesOption => ({
  ...shared,
  type: 'line',
  z: 3,
  symbol: 'circle',
  showAllSymbol: true,
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
  const told = as === 'line' ? newest(values) : values.indexOf(highest(values));
  return values.map((value, at) => ({
    value,
    ...(as === 'bars' && {
      itemStyle: { borderRadius: (value ?? 0) < 0 ? [0, 0, 8, 8] : [8, 8, 0, 0] },
    }),
    ...(as === 'line' && { symbolSize: dotOf(values, at) }),
    label: {
      show: hasRoom && value !== null && (value > 0 || chart.unit === 'percent') && at === told,
      position: 'top' as const,
      distance: 10,
      ...sideways(at, last),
      ...(as === 'line' && apart(chart, values, at)),
      fontSize: SIZE.small,
      fontWeight: 'bold' as const,
      color,
      textBorderColor: COLORS.paper,
      textBorderWidth: 8,
      formatter: value === null ? '' : spoken(chart, value),
    },
  }));
};

type Values = ChartSeries['values'];

const newest = (values: Values): number => values.findLastIndex((value) => value !== null);

const highest = (values: Values): number => Math.max(...values.map((value) => value ?? 0));

/** Where there are many, only a point that no line leads to has a dot: it would not be seen. */
const dotOf = (values: Values, at: number): number => {
  const isAlone = (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
  return isAlone || values.length <= 2 * LABELS_MAX ? 14 : 0;
};

/** Room that a number needs between a line and the axis. */
const NUMBER_ROOM = 70;

/** A line that falls to its end would run through a number above it. */
const apart = (chart: Chart, values: Values, at: number) => {
  const { min, max } = scaleOf(chart);
  const perUnit = (baseOf(chart) - topOf(chart)) / (max - min);
  const value = values[at] ?? 0;
  const before = Math.max(...values.slice(Math.max(0, at - 2), at).map((one) => one ?? min));
  if (before <= value) return {};
  const hasRoomBelow = (value - min) * perUnit > NUMBER_ROOM;
  if (hasRoomBelow) return { position: 'bottom' as const, distance: 14 };
  return { distance: 10 + (before - value) * perUnit };
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
