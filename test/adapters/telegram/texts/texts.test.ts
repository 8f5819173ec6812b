import { expect } from 'chai';
import { money } from '../../../../adapters/telegram/format.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { parseHtml } from '../../../../adapters/sandbox/formatting/html-entities.ts';
import type { Notice } from '../../../../core/index.ts';
import type { Place } from '../../../texts/place.ts';
import { samples } from '../../../texts/samples/index.ts';
import { isStretched } from '../../../texts/samples/people.ts';
import { wordings, type Wording } from '../../../texts/wordings.ts';

const ALL = wordings();
const LANGUAGES = ['id', 'en'] as const;
const MARKED_UP: ReadonlySet<Place> = new Set(['screen', 'caption', 'notice']);

/** UTF-16 units after parsing; of a button and a line what a phone and a desk can hold. */
const LONGEST: Readonly<Record<Place, number>> = {
  screen: 4_096,
  caption: 1_024,
  notice: 4_096,
  answer: 200,
  alert: 190,
  button: 64,
  reason: 200,
  line: 200,
};

/** The same in both languages: words that both have, and texts that hold nothing but facts. */
const ALIKE: ReadonlySet<string> = new Set([
  'labels.topUp',
  'labels.withdraw',
  'labels.client',
  'labels.worker',
  'labels.audit',
  'common.kind like',
  'common.kind follow',
  'common.doneBy 1',
  'common.doneBy 3',
  'common.problem',
  'common.userText',
  'home.counted 1',
  'home.counted 2',
  'ledger.types deposit',
  'ledger.groups revenue',
  'ledger.account 4',
  'ledger.account 5',
  'campaigns.chartGoal',
  'campaignDesk.chosen',
  'campaignDesk.ownerButton 1',
  'campaignDesk.ownerButton 2',
  'review.pastButton',
  'peopleDesk.listButton 1',
  'peopleDesk.listButton 2',
  'figures.chosen',
  'audit.subjects campaign',
  'audit.subjects deposit',
  'audit.subjects audit',
  'audit.chosen',
  'audit.byCampaign',
  'audit.personButton 1',
  'audit.personButton 2',
  'audit.personButton 3',
  'audit.campaignButton',
]);

const ESCAPED = /&(?:amp|lt|gt|quot);/;

/** What `common.userText` is given is markup already. */
const isMarkedUp = ({ place, catalogue, key }: Wording): boolean =>
  MARKED_UP.has(place) && !(catalogue === 'common' && key === 'userText');

const nameOf = ({ catalogue, key, part }: Wording): string => `${catalogue}.${key} ${part}`.trim();

/** As it is read: without markup. */
const read = (text: string, place: Place): string =>
  MARKED_UP.has(place) ? parseHtml(text).text : text;

/** Those that break a rule, by their names with what they say. */
const breaking = (
  rule: (text: string, place: Place, one: Wording) => boolean,
  languages: readonly (typeof LANGUAGES)[number][] = LANGUAGES,
): readonly string[] =>
  languages.flatMap((language) =>
    ALL.filter((one) => rule(read(one[language], one.place), one.place, one)).map(
      (one) => `${language} ${nameOf(one)}: ${one[language]}`,
    ),
  );

const none = (broken: readonly string[]): void => {
  expect(broken.join('\n\n')).to.equal('');
};

const noticeSamples: readonly Notice[] = Object.values(samples.notices.say).flatMap((some) =>
  some.map(([notice]) => notice as Notice),
);

describe('Telegram: texts', () => {
  it('UX-4 no text shows what a program calls nothing', () => {
    none(breaking((text) => /\b(?:undefined|null|NaN|Invalid)\b|\[object|\$\{/.test(text)));
  });

  it('no text is empty, has stray spaces or marks that stand apart', () => {
    none(
      breaking(
        (text, _place, one) =>
          text === '' ||
          /^\n|\n$/.test(text) ||
          (!isStretched(one.id) &&
            /[^\S\n]{2}|[^\S\n]$| [,.;:!?](?:\s|$)|[.!?…]”?[.]|\n{3}/m.test(text)),
      ),
    );
  });

  it('SEC-1 markup is what Telegram reads, whatever people wrote', () => {
    const hostile = wordings((words) => `"><b>${words}`);
    for (const one of hostile.filter(isMarkedUp)) {
      for (const language of LANGUAGES) {
        expect(() => parseHtml(one[language]), `${language} ${nameOf(one)}`).not.to.throw();
        expect(parseHtml(one[language]).text, nameOf(one)).not.to.match(ESCAPED);
      }
    }
    none(
      breaking(
        (text, place, one) =>
          !MARKED_UP.has(place) &&
          (ESCAPED.test(text) || (!isStretched(one.id) && /<\/?[a-z]/.test(text))),
      ),
    );
  });

  it('each text fits where it stands, with the longest of what people wrote', () => {
    none(breaking((text, place) => text.length > LONGEST[place]));
  });

  it('buttons and answers to taps are one line', () => {
    const oneLine: ReadonlySet<Place> = new Set(['button', 'answer', 'alert', 'reason']);
    none(
      breaking(
        (text, place, one) => oneLine.has(place) && !isStretched(one.id) && text.includes('\n'),
      ),
    );
  });

  it('UX-4 a refusal is sentences', () => {
    none(breaking((text, place) => place === 'alert' && !/^\P{Ll}.{18,}[.…!”]$/su.test(text)));
  });

  it('UX-1 every text is said in both languages', () => {
    const alike = ALL.filter(({ id, en }) => id === en && /\p{L}{2}/u.test(id)).map(nameOf);
    expect(alike.filter((name) => !ALIKE.has(name))).to.deep.equal([]);
    expect(
      [...ALIKE].filter((name) => !alike.includes(name)),
      'no longer alike',
    ).to.deep.equal([]);
  });

  it('UX-1 Indonesian says "Anda" to everybody', () => {
    none(
      breaking((text) => /\b(?:kamu|kau|engkau|lu|lo|elu|gue|gua|loe|anda)\b/.test(text), ['id']),
    );
  });

  it('UX-1 money is written as Rp 10.000', () => {
    const unusual = /\b(?:IDR|rupiah)\s?\d|\bRp(?! \d{1,3}(?:\.\d{3})*(?![\d]|[.,]\d))|\d,\d{3}/;
    none(breaking((text) => unusual.test(text)));
  });

  it('UX-1 times are written as 14.05 WIB', () => {
    const bare = /(?<![\d.])(?:[01]?\d|2[0-3])\.[0-5]\d(?!\d| WIB)|\b\d{1,2}:\d{2}\b/;
    none(breaking((text) => bare.test(text)));
  });

  it('UX-1 months have the name that the language gives them', () => {
    none(breaking((text) => /\d (?:May|Aug|Oct|Dec)\b/.test(text), ['id']));
    none(breaking((text) => /\d (?:Mei|Agu|Agt|Okt|Des)\b/.test(text), ['en']));
  });

  it('UX-1 English counts one as one and has one kind of apostrophe', () => {
    const oneOfMany =
      /(?<![\d.,])1 (?:tasks|proofs|slots|top-ups|withdrawals|campaigns|minutes|hours|days)\b/;
    none(breaking((text) => oneOfMany.test(text), ['en']));
    none(breaking((text, _place, one) => !isStretched(one.id) && /\p{L}'/u.test(text), ['en']));
  });

  it('TSK-5 nothing asks for a screenshot that it says comes too late', () => {
    const late = /tidak bisa dikirim lagi|can no longer be sent/;
    none(breaking((text) => late.test(text) && /tangkapan layar|screenshot/.test(text)));
  });

  it('UX-1 no text shouts', () => {
    none(
      breaking((text, _place, one) => !isStretched(one.id) && (text.match(/!/g) ?? []).length > 1),
    );
  });

  it("NTF-1 notices open with the owner's sentences and have one button", () => {
    const opening = (kind: Notice['kind']): readonly string[] =>
      ALL.filter(({ key, part }) => key === 'say' && part.startsWith(kind)).map(({ id }) => id);
    for (const [kind, sentence] of [
      ['proof.approved', 'Tugas Anda disetujui — saldo bertambah.'],
      ['proof.rejected', 'Tugas ditolak — alasan: '],
      ['withdrawal.paid', 'Withdraw berhasil diproses.'],
      ['deposit.approved', 'Top-up disetujui.'],
    ] as const) {
      const said = opening(kind);
      expect(
        said.some((text) => text.startsWith(sentence)),
        kind,
      ).to.equal(true);
    }
    for (const notice of noticeSamples) {
      expect(textsIn('id').notices.say(notice).keyboard.flat(), notice.kind).to.have.length(1);
    }
  });

  it('NTF-2 what changes a balance states the balance', () => {
    for (const language of LANGUAGES) {
      for (const notice of noticeSamples) {
        if (!('balance' in notice)) continue;
        const { text } = textsIn(language).notices.say(notice);
        expect(text, notice.kind).to.contain(`<b>${money(notice.balance)}</b>`);
      }
    }
  });
});
