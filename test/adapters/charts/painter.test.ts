import { expect } from 'chai';
import sharp from 'sharp';
import { createChartPainter } from '../../../adapters/charts/index.ts';
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

  it('CAM-8 draws whatever figures there are', async () => {
    const values: readonly (readonly number[])[] = [
      [1],
      [0, 1],
      [1e12, 3],
      [0.5, 2.5],
      [-7, -7],
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
