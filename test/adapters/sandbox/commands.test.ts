import { expect } from 'chai';
import { CITRA, WAHYU, greeted, refusal, stage } from './world.ts';

const MENU = [{ command: 'saldo', description: 'Saldo Anda' }];
const OTHER = [{ command: 'bantuan', description: 'Bantuan' }];

describe('sandbox: commands', () => {
  it('shows the menu of the narrowest scope, then that of the language', async () => {
    const people = [
      { id: 1, firstName: 'Sari' },
      { id: 2, firstName: 'Ann', languageCode: 'en' },
    ];
    await using on = await stage({ people });
    for (const { id } of people) await on.sandbox.client.say(id, '/start');
    const menu = async (id: number) =>
      (await on.sandbox.client.chat(id)).commands.map(({ command }) => command);
    const set = (command: string, extra: object) =>
      on.telegram.setMyCommands([{ command, description: 'x' }], extra);
    await set('semua', {});
    await set('all', { language_code: 'en' });
    expect([await menu(1), await menu(2)]).to.deep.equal([['semua'], ['all']]);
    await set('pribadi', { scope: { type: 'all_private_chats' } });
    expect(await menu(2)).to.deep.equal(['pribadi']);
    await set('hanya_ann', { scope: { type: 'chat', chat_id: 2 } });
    expect([await menu(1), await menu(2)]).to.deep.equal([['pribadi'], ['hanya_ann']]);
  });

  it('keeps the menus of scopes and languages apart, and forgets each by itself', async () => {
    await using on = await stage();
    await on.telegram.setMyCommands(MENU);
    await on.telegram.setMyCommands(OTHER, { language_code: 'en' });
    expect(await on.telegram.getMyCommands({ language_code: 'en' })).to.deep.equal(OTHER);
    await on.telegram.deleteMyCommands({ language_code: 'en' });
    expect(await on.telegram.getMyCommands({ language_code: 'en' })).to.deep.equal([]);
    expect(await on.telegram.getMyCommands()).to.deep.equal(MENU);
  });

  it('refuses commands that Telegram would not take', async () => {
    await using on = await stage();
    const set = (command: string, description = 'x') =>
      refusal(on.telegram.setMyCommands([{ command, description }]));
    expect(await set('Buruk!')).to.equal('400: Bad Request: BOT_COMMAND_INVALID');
    expect(await set('/')).to.contain('command must be non-empty');
    expect(await set('x'.repeat(33))).to.contain('command length must not exceed 32');
    expect(await set('x', ' ')).to.contain('command description must be non-empty');
    expect(await set('x', '👍'.repeat(257))).to.contain(
      'command description length must not exceed 256',
    );
    const { body } = await on.call('setMyCommands', { commands: { command: 'x' } });
    expect(body.description).to.equal('Bad Request: expected an Array of BotCommand');
    const many = Array.from({ length: 101 }, (_, at) => ({ command: `c${at}`, description: 'x' }));
    expect(await refusal(on.telegram.setMyCommands(many))).to.contain('BOT_COMMANDS_TOO_MUCH');
  });

  it('gives a menu only to a person the bot has met, in a scope that it knows', async () => {
    await using on = await stage();
    const scope = (given: object) => on.call('setMyCommands', { commands: MENU, scope: given });
    const stranger = await scope({ type: 'chat', chat_id: CITRA });
    expect(stranger.body.description).to.equal('Bad Request: chat not found');
    const unknown = await scope({ type: 'semua' });
    expect(unknown.body.description).to.equal(
      "Bad Request: can't parse BotCommandScope: Unsupported type specified",
    );
    const typo = await scope({ type: 'chat', chatId: CITRA });
    expect(typo.body.description).to.contain('"chatId" of BotCommandScope');
    const language = on.telegram.setMyCommands(MENU, { language_code: 'indonesia' });
    expect(await refusal(language)).to.contain('invalid language code specified');
  });

  it('takes the menu buttons that show commands, and no web app', async () => {
    await using on = await greeted();
    const set = (menu: object) =>
      on.call('setChatMenuButton', { chat_id: CITRA, menu_button: menu });
    expect((await set({ type: 'commands' })).body.result).to.equal(true);
    expect((await set({ type: 'default' })).body.result).to.equal(true);
    const app = { type: 'web_app', text: 'x', web_app: { url: 'https://upah.id' } };
    expect((await set(app)).body.description).to.contain('"default" and "commands" only');
    const button = { chatId: CITRA, menuButton: { type: 'commands' } } as const;
    expect(await on.telegram.setChatMenuButton(button)).to.equal(true);
  });
});

describe('sandbox: what the bot says of itself', () => {
  it('shows its description in the language of the person, otherwise that for everybody', async () => {
    const people = [
      { id: 1, firstName: 'Sari' },
      { id: 2, firstName: 'Ann', languageCode: 'en' },
    ];
    await using on = await stage({ people });
    await on.telegram.setMyDescription('Cari upah tambahan.');
    await on.telegram.setMyDescription('Earn something extra.', 'en');
    const shown = async (id: number) => (await on.sandbox.client.chat(id)).description;
    expect([await shown(1), await shown(2)]).to.deep.equal([
      'Cari upah tambahan.',
      'Earn something extra.',
    ]);
    await on.telegram.setMyDescription('', 'en');
    expect(await shown(2)).to.equal('Cari upah tambahan.');
  });

  it('takes a description of 512 characters and a short one of 120', async () => {
    await using on = await stage();
    await on.telegram.setMyDescription('x'.repeat(512));
    await on.telegram.setMyShortDescription('x'.repeat(120), 'id');
    const long = await refusal(on.telegram.setMyDescription('x'.repeat(513)));
    expect(long).to.equal('400: Bad Request: description is too long: at most 512 characters');
    const short = await refusal(on.telegram.setMyShortDescription('x'.repeat(121)));
    expect(short).to.contain('short_description is too long: at most 120 characters');
  });

  it('tells who it is, and whom it talks to', async () => {
    await using on = await greeted({ botName: 'Upah', botUsername: 'upah_bot' });
    expect(await on.telegram.getMe()).to.include({ first_name: 'Upah', username: 'upah_bot' });
    const chat = await on.telegram.getChat(CITRA);
    expect(chat).to.include({ id: CITRA, type: 'private', first_name: 'Citra' });
    expect(await refusal(on.telegram.getChat(WAHYU))).to.equal('400: Bad Request: chat not found');
  });

  it('shows what it is doing, but nothing that Telegram has no sign for', async () => {
    await using on = await greeted();
    expect(await on.telegram.sendChatAction(CITRA, 'upload_photo')).to.equal(true);
    const { body } = await on.call('sendChatAction', { chat_id: CITRA, action: 'dancing' });
    expect(body.description).to.equal('Bad Request: wrong parameter action in request');
  });
});
