import { expect } from 'chai';
import { Markup } from 'telegraf';
import { CITRA, INLINE, greeted, refusal } from './world.ts';

describe('sandbox: how a keyboard is written', () => {
  it('takes a button whose label is a space, as calendars have them', async () => {
    await using on = await greeted();
    const { reply_markup: keyboard } = INLINE('hari', ' ');
    const message = await on.telegram.sendMessage(CITRA, 'x', INLINE('hari', ' '));
    expect(message).to.deep.include({ reply_markup: keyboard });
  });

  it('leaves out buttons without a label and those beyond 12 in a row', async () => {
    await using on = await greeted();
    const labels = ['', ...Array.from('abcdefghijklm')];
    const row = labels.map((text) => Markup.button.callback(text, 'x'));
    const message = await on.telegram.sendMessage(CITRA, 'x', Markup.inlineKeyboard([row]));
    const [shown = []] = (message as { reply_markup?: { inline_keyboard: { text: string }[][] } })
      .reply_markup?.inline_keyboard ?? [[]];
    expect(shown.map(({ text }) => text).join('')).to.equal('abcdefghijkl');
  });

  it('refuses a label that was cut in the middle of an emoji', async () => {
    await using on = await greeted();
    const text = await refusal(on.telegram.sendMessage(CITRA, 'x', INLINE('a', '👍'.slice(0, 1))));
    expect(text).to.contain('inline keyboard button text must be encoded in UTF-8');
  });

  it('takes a number for callback data', async () => {
    await using on = await greeted();
    const reply_markup = { inline_keyboard: [[{ text: 'x', callback_data: 5 }]] };
    const { body } = await on.call('sendMessage', { chat_id: CITRA, text: 'x', reply_markup });
    expect(body.result).to.deep.include(INLINE('5', 'x'));
  });

  it('takes remove_keyboard and force_reply that are false for no keyboard', async () => {
    await using on = await greeted();
    await on.telegram.sendMessage(CITRA, 'Pilih', Markup.keyboard(['Ya']));
    for (const reply_markup of [{ remove_keyboard: false }, { force_reply: false }]) {
      const answer = await on.call('sendMessage', { chat_id: CITRA, text: 'x', reply_markup });
      expect(answer.body.ok).to.equal(true);
    }
    const chat = await on.sandbox.client.chat(CITRA);
    expect(chat.keyboard).to.include({ oneTime: false });
    expect(chat).not.to.have.property('forceReply');
  });

  it('refuses keyboards that are built wrongly, in its words', async () => {
    await using on = await greeted();
    const wrong: readonly (readonly [markup: unknown, reason: string])[] = [
      ['{', "can't parse reply keyboard markup JSON object"],
      [[], 'object expected as reply markup'],
      [{ inline_keyboard: 'x' }, 'field "inline_keyboard" must be of type Array'],
      [
        { inline_keyboard: [{ text: 'x', callback_data: 'x' }] },
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
      ],
      [{ keyboard: ['x'] }, 'field "keyboard" must be an Array of Arrays'],
      [
        { inline_keyboard: [['x']] },
        "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
      ],
      [
        { keyboard: [[1]] },
        "can't parse keyboard button: KeyboardButton must be a String or an Object",
      ],
      [{ keyboard: [[{}]] }, 'can\'t parse keyboard button: Can\'t find field "text"'],
      [
        { inline_keyboard: [[{ text: 'x', callback_data: true }]] },
        'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
      ],
    ];
    for (const [markup, reason] of wrong) {
      const { body } = await on.call('sendMessage', {
        chat_id: CITRA,
        text: 'x',
        reply_markup: markup,
      });
      expect(body.description).to.equal(`Bad Request: ${reason}`);
    }
  });

  it('refuses a field that no keyboard has', async () => {
    await using on = await greeted();
    const markups = [
      { keyboard: [['a']], one_time: true },
      { force_reply: true, placeholder: 'x' },
      { remove_keyboard: true, always: true },
    ];
    for (const markup of markups) {
      const { body } = await on.call('sendMessage', {
        chat_id: CITRA,
        text: 'x',
        reply_markup: markup,
      });
      expect(body.description).to.match(/^Bad Request: the sandbox does not know the field "/);
    }
  });
});
