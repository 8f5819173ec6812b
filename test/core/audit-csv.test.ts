import { expect } from 'chai';
import fc from 'fast-check';
import { CSV_HEAD, csvCell, csvLine, type AuditLine } from '../../core/index.ts';
import { freshId } from '../support/builders.ts';

/** Reads what RFC 4180 says, and nothing else. */
const readCsv = (text: string): string[][] => {
  const rows: string[][] = [];
  let [row, cell, isQuoted]: [string[], string, boolean] = [[], '', false];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (isQuoted && letter === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"') {
      isQuoted = !isQuoted;
    } else if (letter === ',' && !isQuoted) {
      row.push(cell);
      cell = '';
    } else if (letter === '\r' && text[at + 1] === '\n' && !isQuoted) {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
      at += 1;
    } else {
      cell += letter;
    }
  }
  expect([isQuoted, row, cell], 'every line ends').to.deep.equal([false, [], '']);
  return rows;
};

const line = (change: Partial<AuditLine> = {}): AuditLine => ({
  id: '4711',
  at: new Date('2026-11-21T17:30:00.250Z'),
  actor: 'user:1',
  actorDisplayName: 'Ayu',
  action: 'proof.approve',
  subject: 'proof',
  subjectId: '2',
  concerns: { userId: freshId(), displayName: 'Budi' },
  campaign: { id: freshId(), taskKind: 'like', link: 'https://www.instagram.com/p/1' },
  before: { status: 'pending' },
  after: { reward: '500' },
  sealed: true,
  ...change,
});

const nasty = fc
  .array(
    fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', "'", '＝', 'a', ' ', '😀'),
  )
  .map((letters) => letters.join(''));

describe('The audit log as CSV', () => {
  it('AUD-3 no cell is a formula, and every cell is read as it was written', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'grapheme' })), (text) => {
        const [[read = '', next] = []] = readCsv(`${csvCell(text)},x\r\n`);
        expect(next).to.equal('x');
        expect(read).to.not.match(/^[\t\r\n]/);
        for (const cell of read.split(/[;\t\r\n]/))
          expect(cell).to.not.match(/^\s*[=+\-@＝＋－＠]/);
        expect(read.replaceAll("'", '')).to.equal(text.replaceAll("'", ''));
        if (!/[=+\-@\t\r\n＝＋－＠]/.test(text)) expect(read).to.equal(text);
      }),
    );
  });

  it('AUD-3 nor is what a spreadsheet takes for a cell: behind blanks, or where it splits at ; or tab', () => {
    const cells = [' =1+1', '\u00a0@SUM(A1)', 'Budi;=1+1;', 'Budi\t-1', 'Budi;; +1', 'a\n=1'];
    expect(cells.map((text) => readCsv(`${csvCell(text)}\r\n`)[0]?.[0])).to.deep.equal([
      "' =1+1",
      "'\u00a0@SUM(A1)",
      "Budi;'=1+1;",
      "Budi\t'-1",
      "Budi;;' +1",
      "a\n'=1",
    ]);
    expect(csvCell('a=b;c-d @e')).to.equal('a=b;c-d @e');
  });

  it('AUD-3 a record is a row under its head, with the time of Jakarta', () => {
    const one = line({ actorDisplayName: '=HYPERLINK("http://x","y")' });
    const [head = [], row = []] = readCsv(CSV_HEAD.slice(1) + csvLine(one));
    expect(CSV_HEAD.charCodeAt(0)).to.equal(0xfeff);
    const told = Object.fromEntries(head.map((name, at) => [name, row[at]]));
    expect(told).to.deep.equal({
      id: '4711',
      time: '2026-11-22T00:30:00.250+07:00',
      actor: 'user:1',
      actor_name: `'=HYPERLINK("http://x","y")`,
      action: 'proof.approve',
      subject: 'proof',
      subject_id: '2',
      concerns: one.concerns?.userId,
      concerns_name: 'Budi',
      campaign: one.campaign?.id,
      campaign_link: 'https://www.instagram.com/p/1',
      before: '{"status":"pending"}',
      after: '{"reward":"500"}',
      sealed: 'yes',
    });
  });

  it('AUD-3 what a record does not have is an empty cell', () => {
    const bare = {
      actorDisplayName: null,
      concerns: null,
      campaign: null,
      before: null,
      after: null,
    };
    const [row = []] = readCsv(csvLine(line({ ...bare, sealed: false })));
    expect(row.filter((cell) => cell === '')).to.have.length(7);
    expect(row.at(-1)).to.equal('no');
  });
});
