import { expect } from 'chai';
import fc from 'fast-check';
import { fit, plain } from '../../../../adapters/telegram/delivery/fit.ts';
import { escapeHtml, html, lines, user, type Html } from '../../../../adapters/telegram/html.ts';

/** Tags that are open at the end, outermost first; refuses a close that does not fit. */
const openIn = (text: string): readonly string[] => {
  const open: string[] = [];
  for (const [, closing, tag = ''] of text.matchAll(/<(\/?)([a-z]+)[^>]*>/g)) {
    if (closing === '') open.push(tag);
    else expect(open.pop()).to.equal(tag);
  }
  return open;
};

const written = fc.string({ unit: 'grapheme', maxLength: 200 });
const pieces = fc
  .array(written, { maxLength: 12 })
  .map((texts) =>
    lines(
      ...texts.map(
        (text): Html =>
          html`<b>${user(text)}</b> <a href="https://t.me/x?a=1&amp;b=2"><i>${escapeHtml(text)}</i></a>`,
      ),
    ),
  );

describe('a text that is longer than Telegram takes', () => {
  it('UX-4 is cut to what Telegram takes, with nothing broken', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 5, max: 400 }), (text, max) => {
        const cut = fit(text, max);
        expect(openIn(cut)).to.deep.equal([]);
        expect(plain(cut).length).to.be.at.most(max);
        expect(plain(cut).isWellFormed()).to.equal(true);
        if (plain(text).length <= max) expect(cut).to.equal(text);
        else expect(plain(text).startsWith(plain(cut).slice(0, -1))).to.equal(true);
      }),
      { numRuns: 500 },
    );
  });
});
