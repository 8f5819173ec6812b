import { expect } from 'chai';
import type { MessageEntity } from '../../../adapters/sandbox/index.ts';
import { sent, spelled } from './formatted.ts';
import { CITRA, WAHYU, greeted, poll, refusal, stage, type Stage } from './world.ts';

describe('sandbox: entities', () => {
  const send = async (on: Stage, text: string, entities: readonly object[]): Promise<string> => {
    const { body } = await on.call('sendMessage', { chat_id: CITRA, text, entities });
    if (!body.ok) return body.description ?? '';
    return spelled((body.result as { entities?: MessageEntity[] }).entities ?? []);
  };

  it('takes a list of them in any order, and arranges it', async () => {
    await using on = await greeted();
    const bold = (offset: number, length: number) => ({ type: 'bold', offset, length });
    const code = { type: 'code', offset: 2, length: 2 };
    expect(await send(on, 'abcdef', [bold(3, 3), bold(0, 3)])).to.equal('bold,0,6');
    expect(await send(on, 'abcdef', [bold(0, 6), code])).to.equal('bold,0,2 code,2,2 bold,4,2');
    const italic = { type: 'italic', offset: 2, length: 4 };
    expect(await send(on, 'abcdef', [italic, bold(0, 4)])).to.equal('bold,0,2 italic,2,4 bold,2,2');
    expect(await send(on, 'a   b', [bold(1, 2)])).to.equal('bold,1,2');
  });

  it('cuts a style where another one begins in it, and at the edges of a link', async () => {
    await using on = await greeted();
    const cut = async (html: string) => (await sent(on, html, 'HTML'))[1];
    expect(await cut('<b>a<i>b</i>c</b>')).to.equal('bold,0,1 bold,1,2 italic,1,1');
    expect(await cut('<u>a<s>b</s></u>')).to.equal('underline,0,1 underline,1,1 strikethrough,1,1');
    expect(await cut('<u><tg-spoiler>a</tg-spoiler>b</u>')).to.equal('underline,0,2 spoiler,0,1');
    expect(await cut('<i>a upah.id</i>')).to.equal('italic,0,2 url,2,7 italic,2,7');
    expect(await cut('<s>a<pre>b</pre>c</s>')).to.equal(
      'strikethrough,0,1 pre,1,1 strikethrough,2,1',
    );
    expect(await cut('<i>a</i><b>b</b><i>c</i>')).to.equal('italic,0,1 bold,1,1 italic,2,1');
  });

  it('refuses those that reach beyond the text or cut a character', async () => {
    await using on = await greeted();
    const bold = (offset: number, length: number) => [{ type: 'bold', offset, length }];
    const refusals = [
      [bold(-1, 1), 'receive an entity with incorrect offset -1'],
      [bold(0, -1), 'receive an entity with incorrect length -1'],
      [bold(9, 1), 'entity begins after the end of the text at UTF-16 offset 9'],
      [
        bold(3, 6),
        'entity beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 9',
      ],
    ] as const;
    for (const [entities, reason] of refusals) {
      expect(await send(on, 'aba caba', entities)).to.equal(`Bad Request: ${reason}`);
    }
    expect(await send(on, '👉 👉', bold(0, 1))).to.contain('ends in a middle of a UTF-16 symbol');
    expect(await send(on, '👉 👉', bold(1, 1))).to.contain('begins in a middle of a UTF-16 symbol');
    const unknown = [{ type: 'tebal', offset: 0, length: 1 }];
    expect(await send(on, 'a', unknown)).to.equal(
      "Bad Request: can't parse MessageEntity: Unsupported type specified",
    );
  });

  it('names a person only if the bot has met them', async () => {
    await using on = await greeted();
    const mention = (id: number) => [{ type: 'text_mention', offset: 0, length: 1, user: { id } }];
    expect(await send(on, 'a', mention(CITRA))).to.equal(`text_mention,0,1,${CITRA}`);
    expect(await send(on, 'a', mention(WAHYU))).to.equal('Bad Request: user not found');
  });

  it('finds in what people type what Telegram finds', async () => {
    await using on = await stage();
    const found = async (text: string): Promise<string> => {
      await on.sandbox.client.say(CITRA, text);
      const { messages } = await on.sandbox.client.chat(CITRA);
      return (messages.at(-1)?.entities ?? [])
        .map(({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`)
        .join('; ');
    };
    expect(await found('/a@abc /@b /test/ x/y')).to.equal('bot_command /a@abc');
    expect(await found('@abcd @abc no@mention @gif')).to.equal('mention @abcd; mention @gif');
    expect(await found('#a я#b #123 #123a #x# #те')).to.equal(
      'hashtag #a; hashtag #123a; hashtag #те',
    );
    expect(await found('$IDR $idr $ABCDEFGHJ $1INCH')).to.equal('cashtag $IDR; cashtag $1INCH');
    expect(await found('(https://a.co/x?y=1), upah.id. a.ts')).to.equal(
      'url https://a.co/x?y=1; url upah.id',
    );
    expect(await found('surel a.b@upah.id!')).to.equal('email a.b@upah.id');
    expect(await found('+62 812-3456-7890 atau 08123456789')).to.equal(
      'phone_number +62 812-3456-7890',
    );
  });

  it('marks nothing inside code and links of the bot', async () => {
    await using on = await greeted();
    expect(await sent(on, '<code>/a upah.id</code> /b', 'HTML')).to.deep.equal([
      '/a upah.id /b',
      'code,0,10 bot_command,11,2',
    ]);
    expect(await sent(on, '<a href="a.id">@abcd</a>', 'HTML')).to.deep.equal([
      '@abcd',
      'text_link,0,5,http://a.id/',
    ]);
  });

  it('shows a text without its outer spaces and its carriage returns', async () => {
    await using on = await greeted();
    expect(await sent(on, ' \r\n<b>a\r\nb</b>\t<i>c</i> ', 'HTML')).to.deep.equal([
      'a\nb c',
      'bold,0,3 italic,4,1',
    ]);
  });

  it('leaves out what turns the writing around, and moves entities with it', async () => {
    await using on = await greeted();
    expect(await sent(on, 'a\u202e\u2028b<b>c\u030ad</b>', 'HTML')).to.deep.equal([
      'abcd',
      'bold,2,2',
    ]);
  });

  it('keeps spaces that are more than spaces: inside an entity, and those that do not break', async () => {
    await using on = await greeted();
    expect(await sent(on, ' <u> a</u>\u00a0', 'HTML')).to.deep.equal([' a\u00a0', 'underline,0,2']);
  });

  it('passes over an entity of no length, wherever it stands', async () => {
    await using on = await greeted();
    expect(await send(on, 'abc', [{ type: 'bold', offset: 9, length: 0 }])).to.equal('');
  });

  it('says in its own words that it shows no dates', async () => {
    await using on = await greeted();
    const [, tag] = await sent(on, '<tg-time unix="1">x</tg-time>', 'HTML');
    const [, link] = await sent(on, '![x](tg://time?unix=1)', 'MarkdownV2');
    const listed = await send(on, 'x', [{ type: 'date_time', offset: 0, length: 1 }]);
    for (const reason of [tag, link, listed])
      expect(reason).to.contain('the sandbox does not show');
  });

  it('gives the same entities to captions', async () => {
    await using on = await greeted();
    await on.sandbox.client.document(CITRA, Buffer.from('a'), { filename: 'a.txt', caption: '/a' });
    const [, update] = await poll(on);
    expect(update?.message).to.deep.include({
      caption: '/a',
      caption_entities: [{ type: 'bot_command', offset: 0, length: 2 }],
    });
  });

  it('refuses a parse mode that Telegram does not have', async () => {
    await using on = await greeted();
    const text = await refusal(
      on.telegram.sendMessage(CITRA, 'x', { parse_mode: 'BBCode' as 'HTML' }),
    );
    expect(text).to.equal('400: Bad Request: unsupported parse_mode');
  });
});
