import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { asRefusal, type ChartPainter, type ImageInspector } from '../../../core/index.ts';
import { aChart, ink, TITLE } from './charts.ts';

/** What a process of its own came to. */
export interface Alone {
  /** How much of the title was drawn, before and after the inspector was used. */
  readonly ink: readonly [number, number];
  /** The font configuration that it drew with. */
  readonly fonts: string;
  /** What the inspector said of a stranger's SVG, by what it pretends to be. */
  readonly refused: Readonly<Record<string, string>>;
  /** Whether an SVG can be decoded while none of ours is. */
  readonly open: boolean;
}

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect/></svg>';
const STRANGERS = {
  svg: SVG,
  xml: `<?xml version="1.0"?>\n${SVG}`,
  jpg: `\u00ff\u00d8\u00ff\u00e0${SVG}`,
  png: `\u0089PNG\r\n\u001a\n${SVG}`,
};

const orders: Readonly<Record<string, () => Promise<[ChartPainter, ImageInspector]>>> = {
  'charts-first': async () => {
    const charts = await import('../../../adapters/charts/index.ts');
    const painter = charts.createChartPainter();
    await painter.paint(aChart());
    const images = await import('../../../adapters/images/index.ts');
    return [painter, images.createImageInspector()];
  },
  'images-first': async () => {
    const images = await import('../../../adapters/images/index.ts');
    const charts = await import('../../../adapters/charts/index.ts');
    return [charts.createChartPainter(), images.createImageInspector()];
  },
};

const saidOf = async ({ inspect }: ImageInspector, content: string): Promise<string> => {
  try {
    await inspect(Buffer.from(content.padEnd(400, ' '), 'latin1'));
    return 'taken';
  } catch (error) {
    return asRefusal(error)?.code ?? String(error);
  }
};

const [painter, inspector] = (await orders[process.argv[2] ?? '']?.()) ?? [];
if (!painter || !inspector) throw new Error('which order?');
const before = await ink(await painter.paint(aChart()), TITLE);
const refused: Record<string, string> = {};
for (const [name, content] of Object.entries(STRANGERS)) {
  refused[name] = await saidOf(inspector, content);
}
const isOpen = await sharp(Buffer.from(SVG))
  .metadata()
  .then(
    () => true,
    () => false,
  );
const after = await ink(await painter.paint(aChart()), TITLE);
const fonts = await readFile(process.env['FONTCONFIG_FILE'] ?? '', 'utf8');
const came: Alone = { ink: [before, after], fonts, refused, open: isOpen };
process.stdout.write(JSON.stringify(came));
