import { expect } from 'chai';
import { expectAll, sent } from './formatted.ts';
import { CITRA, WAHYU, greeted, refusal } from './world.ts';

describe('sandbox: HTML', () => {
  it('turns HTML into entities counted in UTF-16 units', async () => {
    await using on = await greeted();
    const html =
      '  😀 <b>tebal <i>miring</i></b> &lt;3 <a href="https://upah.id/x?a=1&amp;b=2">t</a>  ';
    const message = await on.telegram.sendMessage(CITRA, html, { parse_mode: 'HTML' });
    expect(message.text).to.equal('😀 tebal miring <3 t');
    expect(message.entities).to.deep.equal([
      { type: 'bold', offset: 3, length: 6 },
      { type: 'bold', offset: 9, length: 6 },
      { type: 'italic', offset: 9, length: 6 },
      { type: 'text_link', offset: 19, length: 1, url: 'https://upah.id/x?a=1&b=2' },
    ]);
  });

  const BROKEN: readonly (readonly [html: string, reason: string])[] = [
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['é<x>y</x>', 'Unsupported start tag "x" at byte offset 2'],
    ['<i>x</em>', 'Unmatched end tag at byte offset 4, expected "</i>", found "</em>"'],
    ['x<b', 'Unclosed start tag at byte offset 1'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['1 < 2 <b>x</b>', 'Unsupported start tag "" at byte offset 2'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ];
  for (const [html, reason] of BROKEN) {
    it(`refuses the HTML ${html} in Telegram's words`, async () => {
      await using on = await greeted();
      const text = await refusal(on.telegram.sendMessage(CITRA, html, { parse_mode: 'HTML' }));
      expect(text).to.equal(`400: Bad Request: can't parse entities: ${reason}`);
    });
  }

  it('reads every tag that Telegram has', () =>
    expectAll('HTML', [
      ['<strong>a</strong><em>b</em><ins>c</ins>', 'abc', 'bold,0,1 italic,1,1 underline,2,1'],
      ['<del>a</del><s>b</s><strike>c</strike>', 'abc', 'strikethrough,0,3'],
      ['<span class="tg-spoiler">a</span>', 'a', 'spoiler,0,1'],
      ['<tg-emoji emoji-id="54321">🏟</tg-emoji>', '🏟', 'custom_emoji,0,2,54321'],
      ['<pre><code class="language-fift">x</code></pre>', 'x', 'pre,0,1,fift'],
      ['<pre><code>x</code></pre>', 'x', 'pre,0,1'],
      ['<blockquote>a<pre>b</pre></blockquote>', 'ab', 'blockquote,0,2 pre,1,1'],
      ['<blockquote expandable>a</blockquote>', 'a', 'expandable_blockquote,0,1'],
      ['<a>telegram.org</a>', 'telegram.org', 'text_link,0,12,http://telegram.org/'],
      ['<a href="bukan">x</a>', 'x', ''],
    ]));

  it('decodes four names and every number, and leaves other references alone', () =>
    expectAll('HTML', [
      ['&lt;&gt;&amp;&quot;&ge;&laquo;', '<>&"&ge;&laquo;', ''],
      ['&#128512;&#x1F600&#12345678;', '😀😀&#12345678;', ''],
    ]));

  it('refuses broken tags with the byte at which they begin', () =>
    expectAll('HTML', [
      ['🏟 🏟&lt;<abacaba', 'refused', 'Unclosed start tag at byte offset 13'],
      ['🏟 🏟&lt;<i =a>', 'refused', 'Empty attribute name in the tag "i" at byte offset 13'],
      ['🏟 🏟&lt;<i a = ', 'refused', 'Unclosed start tag "i" at byte offset 13'],
      ['<i a = 190az-.,', 'refused', 'Unexpected end of name token at byte offset 7'],
      ['<i a="&lt;>', 'refused', 'Unclosed start tag at byte offset 0'],
      ['🏟<i>a</i  ', 'refused', 'Unclosed end tag at byte offset 8'],
      [
        '<tg-emoji emoji-id="x">a</tg-emoji>',
        'refused',
        'Invalid custom emoji identifier specified',
      ],
      [
        '&#57311;',
        'refused',
        'Text contains invalid Unicode characters after decoding HTML entities, ' +
          'check for unmatched surrogate code units',
      ],
    ]));
});

describe('sandbox: MarkdownV2', () => {
  it('reads every mark, also one within the other', () =>
    expectAll('MarkdownV2', [
      ['*a* _b_ ~c~', 'a b c', 'bold,0,1 italic,2,1 strikethrough,4,1'],
      ['__a__ ||b|| `c`', 'a b c', 'underline,0,1 spoiler,2,1 code,4,1'],
      ['🏟 🏟_🏟 __🏟___', '🏟 🏟🏟 🏟', 'italic,5,3 italic,8,2 underline,8,2'],
      ['*a _b_ c*', 'a b c', 'bold,0,2 bold,2,3 italic,2,1'],
      ['*a\nb*', 'a\nb', 'bold,0,3'],
      ['🏟 🏟__🏟 _🏟_\\___', '🏟 🏟🏟 🏟_', 'underline,5,3 underline,8,3 italic,8,2'],
    ]));

  it('reads code of a language, and no mark inside it', () =>
    expectAll('MarkdownV2', [
      ['```ts\nlet x = *1*\n```', 'let x = *1*', 'pre,0,11,ts'],
      ['```\nx```', 'x', 'pre,0,1'],
      ['🏟 🏟```🏟\r\n🏟```', '🏟 🏟🏟', 'pre,5,2,🏟'],
      ['`_* *_`', '_* *_', 'code,0,5'],
    ]));

  it('reads links, people and custom emoji', () =>
    expectAll('MarkdownV2', [
      ['[a](upah.id/x)', 'a', 'text_link,0,1,http://upah.id/x'],
      ['[a](https://x.id?\\(\\))', 'a', 'text_link,0,1,https://x.id/?()'],
      ['[telegram\\.org]', 'telegram.org', 'text_link,0,12,http://telegram.org/'],
      [`[a](tg://user?id=${CITRA})`, 'a', `text_mention,0,1,${CITRA}`],
      [`[a](tg://user?id=${WAHYU})`, 'a', ''],
      ['[a](bukan)', 'a', ''],
      ['![👍](tg://emoji?id=25)', '👍', 'custom_emoji,0,2,25'],
    ]));

  it('reads quotes to the end of their lines, and expandable ones', () =>
    expectAll('MarkdownV2', [
      ['a\n>b\n>c\nd', 'a\nb\nc\nd', 'blockquote,2,4'],
      ['>*b\n>c*\nd', 'b\nc\nd', 'blockquote,0,4 bold,0,3'],
      ['>a\n**>b', 'a\nb', 'blockquote,0,2 blockquote,2,1'],
      ['>a\n>b||\nc', 'a\nb\nc', 'expandable_blockquote,0,4'],
      ['>a||', 'a', 'expandable_blockquote,0,1'],
      ['>q||e||\nz', 'qe\nz', 'blockquote,0,3 spoiler,1,1'],
    ]));

  it('takes any escaped character as it is', () =>
    expectAll('MarkdownV2', [
      ['\\_\\*\\[\\]\\(\\)\\~\\`\\>\\#', '_*[]()~`>#', ''],
      ['\\+\\-\\=\\|\\{\\}\\.\\!\\\\\\a', '+-=|{}.!\\a', ''],
    ]));

  it('refuses every reserved character that is not escaped', async () => {
    await using on = await greeted();
    for (const char of '](){}#+-=|.!') {
      const reason = `Character '${char}' is reserved and must be escaped with the preceding '\\'`;
      expect(await sent(on, `a${char}`, 'MarkdownV2')).to.deep.equal(['refused', reason]);
    }
  });

  it('names what has no end, and the byte at which it begins', () => {
    const endless = (text: string, kind: string, at: number) =>
      [text, 'refused', `Can't find end of ${kind} entity at byte offset ${at}`] as const;
    return expectAll('MarkdownV2', [
      endless('🏟 🏟_abacaba', 'Italic', 9),
      endless('🏟 🏟_abac * asd ', 'Bold', 15),
      endless('🏟 🏟__', 'Underline', 9),
      endless('🏟 🏟||test\\|', 'Spoiler', 9),
      endless('🏟 🏟~', 'Strikethrough', 9),
      endless('🏟 🏟`', 'Code', 9),
      endless('🏟 🏟```a', 'Pre', 9),
      endless('🏟 🏟```a b', 'PreCode', 9),
      endless('🏟 🏟[a', 'TextUrl', 9),
      endless('🏟 🏟![👍', 'CustomEmoji', 9),
      endless('>*b\n>ld \n>bo\nld*\nasd', 'Bold', 1),
      endless('>asd\n>q||e||w__\n||asdad', 'Underline', 13),
    ]);
  });

  it('refuses broken addresses in its words', () =>
    expectAll('MarkdownV2', [
      ['[telegram\\.org](asd', 'refused', "Can't find end of a URL at byte offset 16"],
      ['![👍]', 'refused', 'Custom emoji entity must contain a tg://emoji URL'],
      ['![👍](tg://emoji?id=1', 'refused', "Can't find end of a custom emoji URL at byte offset 8"],
      ['![👍](t://emoji?id=1)', 'refused', 'Custom emoji URL must have scheme tg'],
      ['![👍](tg:emojis?id=1)', 'refused', 'Custom emoji URL must have host "emoji"'],
      ['![👍](tg://emoji#t)', 'refused', 'Custom emoji URL must have an emoji identifier'],
      ['![👍](tg://emoji?id=025)', 'refused', 'Invalid custom emoji identifier specified'],
    ]));
});

describe('sandbox: the first Markdown', () => {
  it('reads its four marks and its escapes', () =>
    expectAll('Markdown', [
      ['*a* _b_ `c`', 'a b c', 'bold,0,1 italic,2,1 code,4,1'],
      ['```ts\nx\n```', 'x', 'pre,0,1,ts'],
      ['[a](upah.id) [b](bukan)', 'a b', 'text_link,0,1,http://upah.id/'],
      ['\\*a\\_\\`\\[', '*a_`[', ''],
      ['a.b! (c)', 'a.b! (c)', ''],
    ]));

  it('refuses a mark without an end', () =>
    expectAll('Markdown', [
      ['🏟 _a', 'refused', "Can't find end of the entity starting at byte offset 5"],
      ['```a', 'refused', "Can't find end of the entity starting at byte offset 0"],
    ]));
});
