import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BarSeriesOption, EChartsOption, LineSeriesOption } from 'echarts';
import type { Day } from './run.ts';

export interface MarketChart {
  readonly file: string;
  readonly days: readonly Day[];
  readonly title: string;
}

const [WIDTH, HEIGHT] = [1_400, 1_680];
const FONT = 'DejaVu Sans';
const HOUR_MS = 3_600_000;

/**
 * Makes the fonts of the package known to the picture library, so that it draws the same where no
 * font is installed. Before that library is loaded for the first time.
 */
const bringFonts = async (): Promise<() => Promise<void>> => {
  const fonts = join(
    dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')),
    'ttf',
  );
  const folder = await mkdtemp(join(tmpdir(), 'upah-fonts-'));
  const config = join(folder, 'fonts.conf');
  const xml = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${folder}</cachedir></fontconfig>`;
  await writeFile(config, xml);
  process.env['FONTCONFIG_FILE'] = config;
  return () => rm(folder, { recursive: true, force: true });
};

const COLORS = {
  wallets: '#2f6fed',
  holds: '#f2a33a',
  escrows: '#3aa76d',
  revenue: '#8a5cd1',
  bad: '#d64545',
  quiet: '#9aa5b1',
  dark: '#1f2933',
} as const;

/** `Rp 12 jt`, as people say it. */
const inMillions = (amount: number): string =>
  amount === 0 ? 'Rp 0' : `Rp ${(amount / 1_000_000).toLocaleString('id-ID')} jt`;

const inCount = (count: number): string => count.toLocaleString('id-ID');
const inTime = (hours: number): string => {
  if (hours < 1 / 60) return `${Math.round(hours * 3_600)} s`;
  return hours < 0.9 ? `${Math.round(hours * 60)} min` : `${inCount(hours)} h`;
};

type Curve = LineSeriesOption | BarSeriesOption;

/** One of the pictures in the picture. */
interface Panel {
  readonly title: string;
  readonly axis: (value: number) => string;
  readonly curves: readonly Curve[];
  /** Each step is ten times the one before; nothing is 0 then. */
  readonly isLogarithmic?: boolean;
}

interface Look {
  readonly color: string;
  readonly isDashed?: boolean;
}

const curve = (name: string, data: number[], { color, isDashed = false }: Look): Curve => ({
  type: 'line',
  name,
  data,
  color,
  showSymbol: data.length < 2,
  lineStyle: { width: 2.5, type: isDashed ? 'dashed' : 'solid' },
});

const layer = (name: string, data: number[], color: string): Curve => ({
  type: 'line',
  name,
  data,
  color,
  showSymbol: data.length < 2,
  stack: 'money',
  lineStyle: { width: 1 },
  areaStyle: { opacity: 0.8 },
});

const bars = (name: string, data: number[], color: string): Curve => ({
  type: 'bar',
  name,
  data,
  color,
  stack: 'decided',
  barCategoryGap: '20%',
});

type Days = readonly Day[];

const moneyPanel = (days: Days): Panel => {
  const money = (kind: 'wallets' | 'holds' | 'escrows' | 'revenue') =>
    days.map((day) => Number(day.money[kind]));
  return {
    title: 'Money at the end of each day, stacked by kind of account',
    axis: inMillions,
    curves: [
      layer('wallets', money('wallets'), COLORS.wallets),
      layer('escrows', money('escrows'), COLORS.escrows),
      layer('holds', money('holds'), COLORS.holds),
      layer('revenue', money('revenue'), COLORS.revenue),
    ],
  };
};

const countsOf = (days: Days, kind: 'approved' | 'rejected' | 'expired' | 'users' | 'active') =>
  days.map((day) => day[kind]);

const workPanel = (days: Days): Panel => ({
  title: 'Proofs decided and tasks expired each day (every ninth, angry admins reject all)',
  axis: inCount,
  curves: [
    bars('approved', countsOf(days, 'approved'), COLORS.escrows),
    bars('rejected', countsOf(days, 'rejected'), COLORS.bad),
    curve('expired', countsOf(days, 'expired'), { color: COLORS.dark }),
  ],
});

const waitPanel = (days: Days): Panel => {
  const hours = (of: (day: Day) => number) =>
    days.map((day) => (of(day) > 0 ? of(day) / HOUR_MS : Number.NaN));
  const [median, slowest] = [hours((day) => day.reviewAge[0]), hours((day) => day.reviewAge[1])];
  const topUps = hours((day) => day.depositAge[0]);
  const withdrawals = hours((day) => day.withdrawalAge[0]);
  return {
    title: 'How long people waited for a decision, in simulated time',
    axis: inTime,
    isLogarithmic: true,
    curves: [
      curve('proof, median', median, { color: COLORS.wallets }),
      curve('proof, the slowest 5 %', slowest, { color: COLORS.bad, isDashed: true }),
      curve('top-up, median', topUps, { color: COLORS.escrows }),
      curve('withdrawal, median', withdrawals, { color: COLORS.holds }),
    ],
  };
};

const peoplePanel = (days: Days): Panel => ({
  title: 'People who were known, and who acted, each day',
  axis: inCount,
  curves: [
    curve('registered', countsOf(days, 'users'), { color: COLORS.quiet }),
    curve('active', countsOf(days, 'active'), { color: COLORS.revenue }),
  ],
});

const panelsOf = (days: Days): readonly Panel[] =>
  [moneyPanel, workPanel, waitPanel, peoplePanel].map((panel) => panel(days));

const TOP = 90;
const PANEL = 395;
const TEXT = { fontFamily: FONT, color: '#1f2933' } as const;

const optionOf = ({ days, title }: MarketChart): EChartsOption => {
  const panels = panelsOf(days);
  const numbers = days.map((_, index) => String(index + 1));
  const top = (index: number): number => TOP + index * PANEL;
  return {
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: TEXT,
    title: [
      { text: title, left: 40, top: 24, textStyle: { ...TEXT, fontSize: 26 } },
      ...panels.map((panel, index) => ({
        text: panel.title,
        left: 40,
        top: top(index),
        textStyle: { ...TEXT, fontSize: 18 },
      })),
    ],
    legend: panels.map(({ curves }, index) => ({
      data: curves.map(({ name }) => String(name)),
      left: 40,
      top: top(index) + 30,
      itemGap: 24,
      itemHeight: 10,
      icon: 'roundRect',
      textStyle: { ...TEXT, fontSize: 14 },
    })),
    grid: panels.map((_, index) => ({
      left: 120,
      right: 40,
      top: top(index) + 68,
      height: PANEL - 135,
    })),
    xAxis: panels.map((_, gridIndex) => ({
      type: 'category' as const,
      gridIndex,
      data: numbers,
      name: 'day',
      nameLocation: 'middle' as const,
      nameGap: 28,
      nameTextStyle: { ...TEXT, fontSize: 13 },
      axisLabel: { ...TEXT, fontSize: 13, hideOverlap: true },
    })),
    yAxis: panels.map(({ axis, isLogarithmic = false }, gridIndex) => ({
      type: isLogarithmic ? ('log' as const) : ('value' as const),
      gridIndex,
      ...(isLogarithmic ? {} : { min: 0 }),
      axisLabel: { ...TEXT, fontSize: 13, formatter: axis },
    })),
    series: panels.flatMap(({ curves }, index) =>
      curves.map((one) => ({ ...one, xAxisIndex: index, yAxisIndex: index })),
    ),
  };
};

/** Draws the market over time into a PNG, the same on every machine. */
export const drawMarket = async (chart: MarketChart): Promise<void> => {
  const removeFonts = await bringFonts();
  try {
    const { init } = await import('echarts');
    const { default: sharp } = await import('sharp');
    const picture = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
    picture.setOption(optionOf(chart));
    const svg = picture.renderToSVGString();
    picture.dispose();
    await sharp(Buffer.from(svg)).png().toFile(chart.file);
  } finally {
    await removeFonts();
  }
};
