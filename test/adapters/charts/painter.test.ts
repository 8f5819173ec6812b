import { expect } from 'chai';
import sharp from 'sharp';
import { createChartPainter } from '../../../adapters/charts/index.ts';
import { optionOf } from '../../../adapters/charts/look.ts';
import { isEmpty, scaleOf } from '../../../adapters/charts/scale.ts';
import type { Chart } from '../../../core/index.ts';
import { aChart, DAYS, dots, ink, TITLE } from './charts.ts';

const { paint } = createChartPainter();

/** A word that no font knows: boxes stand for its letters. */
const UNKNOWN = '\u{f0000}\u{f0001}';

describe('Charts: the painter', () => {
  it('CAM-8 makes a PNG of 1080 × 720, small enough to travel', async () => {
    const png = await paint(aChart());
    expect(await sharp(png).metadata()).to.include({ format: 'png', width: 1_080, height: 720 });
    expect(png.length).to.be.below(100_000);
  });

  it('CAM-8 is the same for the same figures', async () => {
    const [first, second] = [await paint(aChart()), await paint(aChart())];
    expect(Buffer.compare(first, second)).to.equal(0);
  });

  it('UX-1 draws text, every letter of it, and no boxes in its place', async () => {
    const title = (text: string) => paint(aChart({ title: text }));
    expect(await ink(await title(''), TITLE)).to.equal(0);
    const words = ['Rp', 'Disetujui · tiktok.com/@ayu', 'Keterangan: “héé” é ñ ü – …'];
    for (const word of words) {
      expect(await ink(await title(word), TITLE), word).to.be.above(300);
    }
    const boxes = await dots(await title(UNKNOWN), TITLE);
    const written = await dots(await title('Rp'), TITLE);
    expect(Buffer.compare(boxes, written)).not.to.equal(0);
    const [one, other] = [await title('Ri'), await title('Rp')];
    expect(Buffer.compare(await dots(one, TITLE), await dots(other, TITLE))).not.to.equal(0);
  });

  it('SEC-1 draws what people wrote as it is written, however long or strange', async () => {
    const odd = ['<script>alert(1)</script>&"\'', 'x'.repeat(200), 'a\u0000b\u001b\ud800', '&amp;'];
    for (const text of odd) {
      const png = await paint(
        aChart({
          title: text,
          subtitle: text,
          labels: [text, text],
          series: [
            { name: text, as: 'line', values: [1, 2] },
            { name: text, as: 'bars', values: [2, 1] },
          ],
          goal: { label: text, value: 3 },
        }),
      );
      expect(await ink(png, TITLE), text).to.be.above(300);
      const margin = { left: 1_040, top: 30, width: 40, height: 60 };
      expect(await ink(png, margin), text).to.equal(0);
    }
    const both = await Promise.all([
      paint(aChart({ title: '&amp;' })),
      paint(aChart({ title: '&' })),
    ]);
    const [escaped, plain] = await Promise.all(both.map((png) => dots(png, TITLE)));
    expect(Buffer.compare(escaped as Buffer, plain as Buffer)).not.to.equal(0);
  });

  it('TSK-6 nothing yet is drawn pale, with axes where there are days', async () => {
    const zeros = aChart({ series: [{ name: 'Upah', as: 'bars', values: Array(14).fill(0) }] });
    expect(await ink(await paint(zeros), DAYS), 'days').to.be.above(300);
    const nothing = await paint(aChart({ labels: [], series: [] }));
    expect(await ink(nothing, DAYS), 'no days').to.equal(0);
    const middle = { left: 300, top: 320, width: 480, height: 260 };
    for (const png of [nothing, await paint(zeros)]) {
      const seen = await dots(png, middle);
      expect(seen.some((dot) => dot < 245)).to.equal(true);
      expect(await ink(png, middle)).to.equal(0);
    }
  });

  it('TSK-6 what was taken back goes below zero', async () => {
    const under = { left: 300, top: 500, width: 740, height: 130 };
    const series = (value: number) =>
      [{ name: 'Upah', as: 'bars', values: [5_000, value] }] as const;
    const labels = ['20 Nov', '21 Nov'];
    const taken = await paint(aChart({ labels, series: series(-5_000) }));
    const nothing = await paint(aChart({ labels, series: series(0) }));
    const right = { ...under, left: 640, width: 400 };
    expect(await ink(taken, right)).to.be.above(3_000);
    expect(await ink(nothing, right)).to.equal(0);
  });

  it('RPT-1 a share of nothing is a gap, and 0 % of something is a line', async () => {
    const shares = (values: readonly (number | null)[]) =>
      paint(aChart({ unit: 'percent', series: [{ name: 'a', as: 'line', values }] }));
    const middle = { left: 440, top: 560, width: 160, height: 100 };
    const all: readonly (number | null)[] = Array(14).fill(0);
    const gap = all.map((value, at) => (at > 3 && at < 10 ? null : value));
    const [whole, parted] = [await shares(all), await shares(gap)];
    expect(await ink(whole, middle)).to.be.above(500);
    expect(await ink(parted, middle)).to.be.below((await ink(whole, middle)) / 2);
    const alone = await shares(all.map((_value, at) => (at === 6 ? 50 : at === 13 ? 40 : null)));
    const atSix = { left: 520, top: 200, width: 80, height: 60 };
    expect(await ink(alone, atSix), 'a point without a line is seen').to.be.above(50);
    expect(
      isEmpty(aChart({ unit: 'percent', series: [{ name: 'a', as: 'line', values: all }] })),
    ).to.equal(false);
  });

  it('RPT-1 the newest number of a line stands clear of it, where it rises and where it falls', () => {
    const labelOf = (values: readonly number[]) => {
      const { series } = optionOf(aChart({ series: [{ name: 'a', as: 'line', values }] }));
      const [{ data }] = series as [{ data: readonly { label: Record<string, unknown> }[] }];
      const { position, distance } = data.at(-1)?.label ?? {};
      return { position, distance };
    };
    expect(labelOf([10_000, 20_000])).to.deep.equal({ position: 'top', distance: 10 });
    expect(labelOf([20_000, 10_000])).to.deep.include({ position: 'bottom' });
    const { position, distance } = labelOf([20_000, 500]);
    expect(position).to.equal('top');
    expect(distance).to.be.above(300);
  });

  it('RPT-1 percent ends at a hundred', async () => {
    const values = [100, 40];
    const scale = scaleOf(aChart({ unit: 'percent', series: [{ name: 'a', as: 'line', values }] }));
    expect(scale).to.deep.equal({ min: 0, max: 100, interval: 25 });
  });

  it('CAM-8 draws whatever figures there are', async () => {
    const values: readonly (readonly (number | null)[])[] = [
      [1],
      [0, 1],
      [1e12, 3],
      [0.5, 2.5],
      [-7, -7],
      [null, null],
      [],
    ];
    for (const unit of ['count', 'rupiah'] as const) {
      for (const some of values) {
        for (const as of ['line', 'bars'] as const) {
          const chart: Chart = {
            ...aChart({ unit }),
            labels: some.map(String),
            series: Array(3).fill({ name: 'a', as, values: some }),
          };
          expect((await paint(chart)).length).to.be.above(3_000);
        }
      }
    }
  });

  it('OPS-1 paints one after the other, and goes on after one that fails', async () => {
    const broken = aChart({ labels: null as never });
    const outcomes = await Promise.allSettled([paint(broken), paint(aChart()), paint(aChart())]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal([
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
  });
});
