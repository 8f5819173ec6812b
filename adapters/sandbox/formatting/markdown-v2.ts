import type { MessageEntity } from '../bot-api/types.ts';
import { byPlace, linkEntity, type FormattedText } from './entity-order.ts';
import { byteOffset, cannotParse, emojiOfLink } from './links.ts';

/** Names as tdlib writes them into its refusals. */
type Kind =
  | 'Bold'
  | 'Italic'
  | 'Underline'
  | 'Strikethrough'
  | 'Spoiler'
  | 'Code'
  | 'Pre'
  | 'PreCode'
  | 'TextUrl'
  | 'CustomEmoji'
  | 'BlockQuote'
  | 'ExpandableBlockQuote';

interface Open {
  readonly kind: Kind;
  /** Where its mark stands in the source. */
  readonly begin: number;
  /** Where its text begins in the result. */
  readonly offset: number;
  readonly language: string;
}

const TYPE_OF: Readonly<Record<Kind, string>> = {
  Bold: 'bold',
  Italic: 'italic',
  Underline: 'underline',
  Strikethrough: 'strikethrough',
  Spoiler: 'spoiler',
  Code: 'code',
  Pre: 'pre',
  PreCode: 'pre',
  TextUrl: 'text_link',
  CustomEmoji: 'custom_emoji',
  BlockQuote: 'blockquote',
  ExpandableBlockQuote: 'expandable_blockquote',
};
const RESERVED = '_*[]()~`>#+-=|{}.!\n';
const MARK_LENGTH: Partial<Record<Kind, number>> = { Underline: 2, Spoiler: 2, Pre: 3, PreCode: 3 };

/** Telegram's MarkdownV2, with the grammar and the refusals of tdlib's parse_markdown_v2. */
export const parseMarkdownV2 = (source: string): FormattedText => new Reader(source).read();

class Reader {
  readonly #source: string;
  readonly #open: Open[] = [];
  readonly #entities: MessageEntity[] = [];
  #text = '';
  #at = 0;
  #isQuoting = false;
  #mayQuote = true;

  constructor(source: string) {
    this.#source = source;
  }

  read(): FormattedText {
    while (this.#at < this.#source.length) this.#step();
    this.#closeQuoteAtEnd();
    const left = this.#open.at(-1);
    if (left) throw this.#endless(left);
    return { text: this.#text, entities: this.#entities.toSorted(byPlace) };
  }

  #step(): void {
    const char = this.#source[this.#at] ?? '';
    if (char === '\\' && this.#isEscapable(this.#at + 1)) {
      this.#take(this.#source[this.#at + 1] ?? '', true);
      this.#at += 2;
      return;
    }
    const kind = this.#open.at(-1)?.kind;
    const reserved = kind === 'Code' || kind === 'Pre' || kind === 'PreCode' ? '`' : RESERVED;
    if (!reserved.includes(char)) {
      this.#take(char, false);
      this.#at += 1;
    } else if (this.#isEnd(char)) {
      this.#close(char);
    } else {
      this.#begin(char);
    }
  }

  #take(char: string, isEscaped: boolean): void {
    this.#text += char;
    if (char !== '\r') this.#mayQuote = isEscaped && char === '\n';
  }

  #isEscapable(at: number): boolean {
    const code = this.#source.charCodeAt(at);
    return code > 0 && code <= 126;
  }

  #follows(text: string, from = this.#at): boolean {
    return this.#source.startsWith(text, from);
  }

  #isEnd(char: string): boolean {
    const kind = this.#open.at(-1)?.kind;
    if (kind === undefined) return false;
    if (this.#isQuoting && char === '\n' && !this.#follows('>', this.#at + 1)) return true;
    switch (kind) {
      case 'Bold':
        return char === '*';
      case 'Italic':
        return char === '_' && !this.#follows('__');
      case 'Underline':
        return this.#follows('__');
      case 'Strikethrough':
        return char === '~';
      case 'Spoiler':
        return this.#follows('||');
      case 'Code':
        return char === '`';
      case 'Pre':
      case 'PreCode':
        return this.#follows('```');
      case 'TextUrl':
      case 'CustomEmoji':
        return char === ']';
      case 'BlockQuote':
      case 'ExpandableBlockQuote':
        return false;
    }
  }

  #begin(char: string): void {
    const begin = this.#at;
    if (char === '\n') {
      this.#text += char;
      this.#mayQuote = true;
      this.#at += 1;
    } else if (char === '>' && this.#mayQuote) {
      this.#at += 1;
      if (!this.#isQuoting) this.#push('BlockQuote', begin);
      this.#isQuoting = true;
    } else if (this.#follows('```')) {
      const { language, end } = this.#codeStart(begin + 3);
      this.#at = end;
      this.#push(language === '' ? 'Pre' : 'PreCode', begin, language);
    } else {
      const [kind, length] = this.#startAt(char);
      this.#at += length;
      this.#push(kind, begin);
    }
  }

  #startAt(char: string): readonly [Kind, number] {
    if (this.#follows('__')) return ['Underline', 2];
    if (this.#follows('||')) return ['Spoiler', 2];
    if (this.#follows('![')) return ['CustomEmoji', 2];
    if (char === '_') return ['Italic', 1];
    if (char === '*') return ['Bold', 1];
    if (char === '~') return ['Strikethrough', 1];
    if (char === '[') return ['TextUrl', 1];
    if (char === '`') return ['Code', 1];
    throw cannotParse(
      `Character '${char}' is reserved and must be escaped with the preceding '\\'`,
    );
  }

  #codeStart(from: number): { language: string; end: number } {
    const word = /^[^\s`]*/.exec(this.#source.slice(from))?.[0] ?? '';
    const after = this.#source[from + word.length];
    const language = after === undefined || after === '`' ? '' : word;
    const end = from + language.length;
    const lineBreak = /^(?:\n\r|\r\n|\n|\r)/.exec(this.#source.slice(end))?.[0] ?? '';
    return { language, end: end + lineBreak.length };
  }

  #push(kind: Kind, begin: number, language = ''): void {
    this.#open.push({ kind, begin, offset: this.#text.length, language });
  }

  #close(char: string): void {
    const opened = this.#open.pop();
    if (!opened) return;
    if (char === '\n') {
      this.#closeQuote(opened);
      return;
    }
    const { kind, offset, language } = opened;
    this.#at += MARK_LENGTH[kind] ?? 1;
    const entity = { type: TYPE_OF[kind], offset, length: this.#text.length - offset };
    if (kind === 'TextUrl') {
      const address = this.#address('a URL') ?? this.#text.slice(offset);
      this.#add(linkEntity(entity, address));
    } else if (kind === 'CustomEmoji') {
      const address = this.#address('a custom emoji URL');
      if (address === undefined) {
        throw cannotParse('Custom emoji entity must contain a tg://emoji URL');
      }
      this.#add({ ...entity, custom_emoji_id: emojiOfLink(address) });
    } else {
      this.#add({ ...entity, ...(language !== '' && { language }) });
    }
  }

  /** The address in round brackets that follows, if one does. */
  #address(what: string): string | undefined {
    if (!this.#follows('(')) return undefined;
    const begin = this.#at + 1;
    let address = '';
    let at = begin;
    while (at < this.#source.length && this.#source[at] !== ')') {
      if (this.#source[at] === '\\' && this.#isEscapable(at + 1)) at += 1;
      address += this.#source[at];
      at += 1;
    }
    if (at >= this.#source.length) {
      const where = byteOffset(this.#source, begin);
      throw cannotParse(`Can't find end of ${what} at byte offset ${where}`);
    }
    this.#at = at + 1;
    return address;
  }

  /** A line that is no quote any more; an empty spoiler just before it makes the quote expandable. */
  #closeQuote(last: Open): void {
    const lineEnd = this.#text.endsWith('\r') ? this.#at - 1 : this.#at;
    const isSign = last.kind === 'Spoiler' && last.begin === lineEnd - 2;
    const quote = isSign ? this.#open.pop() : last;
    if (quote?.kind !== 'BlockQuote') throw this.#endless(quote ?? last);
    this.#text += '\n';
    this.#at += 1;
    this.#addQuote(quote.offset, isSign);
    this.#mayQuote = true;
  }

  #closeQuoteAtEnd(): void {
    if (!this.#isQuoting) return;
    const last = this.#open.at(-1);
    const isSign = last?.kind === 'Spoiler' && last.begin === this.#source.length - 2;
    if (isSign) this.#open.pop();
    const quote = this.#open.at(-1);
    if (quote?.kind !== 'BlockQuote') return;
    this.#open.pop();
    this.#addQuote(quote.offset, isSign);
  }

  #addQuote(offset: number, isExpandable: boolean): void {
    this.#isQuoting = false;
    const type = isExpandable ? TYPE_OF.ExpandableBlockQuote : TYPE_OF.BlockQuote;
    this.#add({ type, offset, length: this.#text.length - offset });
  }

  #add(entity: MessageEntity | undefined): void {
    if (entity && entity.length > 0) this.#entities.push(entity);
  }

  #endless({ kind, begin }: Open) {
    const where = byteOffset(this.#source, begin);
    return cannotParse(`Can't find end of ${kind} entity at byte offset ${where}`);
  }
}
