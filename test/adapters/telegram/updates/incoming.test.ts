import { expect } from 'chai';
import { laneOf, readIncoming } from '../../../../adapters/telegram/updates/incoming.ts';

const from = { id: 501, is_bot: false, first_name: 'Budi', last_name: 'Ω', language_code: 'id' };
const chat = { id: 501, type: 'private' };
const message = { message_id: 4, date: 1_767_578_400, chat, from };
const kindOf = (update: object) => readIncoming({ update_id: 1, ...update }).kind;

describe('Telegram: what an update is', () => {
  it('SEC-1 reads a text with its writer and time', () => {
    expect(readIncoming({ update_id: 1, message: { ...message, text: 'halo' } })).to.deep.equal({
      kind: 'text',
      from,
      sentAt: new Date(1_767_578_400_000),
      text: 'halo',
    });
  });

  it('SEC-3 a message without a time is read all the same', () => {
    const { date: _date, ...timeless } = message;
    const read = readIncoming({ update_id: 1, message: { ...timeless, text: 'halo' } });
    expect(read).to.deep.include({ kind: 'text', sentAt: null });
  });

  it('PRF-1 reads the largest size of a photo, and a document before a photo', () => {
    const photo = [1, 2].map((size) => ({
      file_id: `p${size}`,
      file_unique_id: `up${size}`,
      file_size: size,
    }));
    const sent = { ...message, photo, media_group_id: 'g' };
    expect(readIncoming({ update_id: 1, message: sent })).to.deep.include({
      kind: 'file',
      file: { fileId: 'p2', uniqueId: 'up2', size: 2, albumId: 'g' },
    });
    const document = { file_id: 'd', file_unique_id: 'ud' };
    const both = readIncoming({ update_id: 1, message: { ...sent, document } });
    expect(both).to.have.nested.property('file.fileId', 'd');
  });

  it('reads a tap, also one on a message that Telegram no longer shows us', () => {
    const tap = { id: 'q', from, data: 'h', chat_instance: '1' };
    expect(readIncoming({ update_id: 1, callback_query: tap })).to.deep.equal({
      kind: 'tap',
      from,
      queryId: 'q',
      data: 'h',
      messageId: undefined,
    });
  });

  it('NTF-2 hears that a person blocked the bot or came back, in their own chat only', () => {
    const member = (status: string, inChat: object = chat) =>
      readIncoming({
        update_id: 1,
        my_chat_member: { from, chat: inChat, date: 1, new_chat_member: { status, user: {} } },
      });
    expect(member('kicked')).to.deep.equal({ kind: 'reach', from, reachable: false });
    expect(member('member')).to.deep.equal({ kind: 'reach', from, reachable: true });
    expect(member('kicked', { id: -5, type: 'group' }).kind).to.equal('ignored');
  });

  it('SEC-A10 a message that was edited says nothing', () => {
    expect(kindOf({ edited_message: { ...message, edit_date: 2, text: '1000000' } })).to.equal(
      'ignored',
    );
  });

  it('SEC-A17 groups, channels, anonymous senders and bots are nobody', () => {
    const text = 'halo';
    const group = { id: -100, type: 'supergroup' };
    expect(kindOf({ message: { ...message, chat: group, text } })).to.equal('ignored');
    expect(kindOf({ channel_post: { ...message, text } })).to.equal('ignored');
    expect(kindOf({ message: { ...message, sender_chat: group, text } })).to.equal('ignored');
    const bot = { ...from, is_bot: true };
    expect(kindOf({ message: { ...message, from: bot, text } })).to.equal('ignored');
    const tap = { id: 'q', from, data: 'h', message: { message_id: 1, chat: group } };
    expect(kindOf({ callback_query: tap })).to.equal('ignored');
  });

  it('SEC-1 what is not shaped like an update is ignored, and has the lane of nobody', () => {
    for (const odd of [
      null,
      7,
      'x',
      [],
      {},
      { message: 'x' },
      { message: { from: { id: 'x' } } },
    ]) {
      expect(readIncoming(odd).kind).to.equal('ignored');
      expect(laneOf(odd)).to.equal(0);
    }
  });

  it('everything of one person is in one lane, whatever kind it is', () => {
    const kinds = ['message', 'edited_message', 'callback_query', 'my_chat_member'];
    expect(kinds.map((kind) => laneOf({ update_id: 1, [kind]: { from } }))).to.deep.equal(
      kinds.map(() => from.id),
    );
  });
});
