import * as api from '../parts/api.js';
import { Commands } from './commands.js';
import { ContextBar } from './context-bar.js';
import { button, element, icon } from '../parts/dom.js';
import { draftOf, keepDraft } from './drafts.js';
import { closeMenuOf, openMenu } from '../parts/menu.js';
import { ask } from '../parts/overlay.js';
import { ReplyKeyboard } from './reply-keyboard.js';
import { receiptFor, sampleScreenshot } from './samples.js';
import { sendInAlbums } from './send-files.js';
import { Tray } from './tray.js';
import { t } from '../words/words.js';

const LINES_MAX_PX = 140;

/**
 * The lower end of a column: text field, attachments, "/" menu and reply keyboard, or one large
 * button while the chat is empty or blocked. `phone` has the person's id, the names, the column's
 * history, and `attempt(promise)`, which shows a refusal.
 */
export class Composer {
  #phone;
  #view;
  #forcedBy;
  /** With what a link offers to start the bot, until that is done. */
  #start;

  constructor(phone) {
    this.#phone = phone;
    this.field = element('textarea', {
      rows: 1,
      'aria-label': t('compose.field'),
      on: { input: () => this.#typed(), keydown: (event) => this.#keyed(event) },
    });
    this.field.value = draftOf(phone.personId);
    this.context = new ContextBar(phone.names, () => this.#leaveContext());
    this.tray = new Tray(() => this.#showState());
    this.commands = new Commands(this.field, `commands-${phone.personId}`, (command) =>
      this.#command(command),
    );
    this.keyboardButton = button('tool', t('compose.keyboard'), null, icon('keyboard'));
    this.keyboard = new ReplyKeyboard(this.keyboardButton, (key, asked) =>
      asked ? this.#share(asked) : this.#say(key),
    );
    this.#build();
  }

  #build() {
    const picked = (asPhoto) => (event) => this.#picked(event.target, asPhoto);
    const file = { type: 'file', multiple: true, hidden: true };
    this.photoInput = element('input', {
      ...file,
      accept: 'image/*',
      on: { change: picked(true) },
    });
    this.fileInput = element('input', { ...file, on: { change: picked(false) } });
    const attach = () => this.#toggleAttach();
    this.attachButton = button('tool', t('compose.attach'), attach, icon('attach'));
    this.attachButton.setAttribute('aria-haspopup', 'menu');
    const commands = () => this.#toggleCommands();
    this.commandButton = button('tool bot-menu', t('compose.commands'), commands, icon('command'));
    const send = () => void this.#submit();
    this.sendButton = button('tool send', t('compose.send'), send, icon('send'));
    const tools = [this.field, this.keyboardButton, this.attachButton, this.sendButton];
    this.line = element('div', { class: 'line' }, this.commandButton, ...tools);
    this.large = element('button', { class: 'large', type: 'button', hidden: true });
    const parts = [this.commands.node, this.context.node, this.tray.node, this.line];
    const inputs = [this.photoInput, this.fileInput];
    this.node = element(
      'footer',
      { class: 'composer' },
      ...parts,
      this.keyboard.node,
      this.large,
      ...inputs,
    );
    this.node.addEventListener('focusout', ({ relatedTarget }) => {
      if (!this.node.contains(relatedTarget)) this.commands.close();
    });
  }

  /** Shows the chat's keyboard, commands and state; what is being typed stays. */
  render(view) {
    this.#view = view;
    const { attempt } = this.#phone;
    const isOpen = view.started && !view.blocked && this.#start === undefined;
    const hadFocus = document.activeElement === this.large;
    this.line.hidden = !isOpen;
    this.large.hidden = isOpen;
    if (isOpen && hadFocus) this.field.focus();
    this.large.textContent = t(view.blocked ? 'compose.unblock' : 'compose.start');
    this.large.onclick = () =>
      attempt(view.blocked ? api.unblock(this.#phone.personId) : this.#sendStart());
    this.commandButton.hidden = view.commands.length === 0;
    this.keyboard.render(view.keyboard, isOpen);
    this.#followReply(view);
    this.#showState();
  }

  /** Shows START, which starts the bot with these words behind the command. */
  offerStart(words) {
    this.#start = words;
    this.render(this.#view);
    this.large.focus();
  }

  #sendStart() {
    const words = this.#start ?? '';
    this.#start = undefined;
    return api.say(this.#phone.personId, `/start ${words}`.trim());
  }

  /** Takes files that were pasted or dropped: pictures as photos, others as documents. */
  addFiles(files) {
    for (const file of files) this.tray.add(file, file.type.startsWith('image/'));
    this.field.focus();
  }

  reply(message) {
    this.context.show('reply', message);
    this.#showState();
    this.field.focus();
  }

  edit(message) {
    this.context.show('edit', message);
    this.#write(message.text);
    this.field.focus();
    this.field.setSelectionRange(message.text.length, message.text.length);
  }

  #write(text) {
    this.field.value = text;
    this.#showState();
  }

  /** A bot that asks for an answer gets a reply, unless the person gives that up. */
  #followReply({ forceReply }) {
    if (forceReply?.messageId === this.#forcedBy) return;
    const wasForced = this.context.kind === 'reply' && this.context.message.id === this.#forcedBy;
    this.#forcedBy = forceReply?.messageId;
    const asking = this.#phone.history.messages.get(this.#forcedBy);
    if (asking && this.context.kind !== 'edit') this.context.show('reply', asking);
    else if (wasForced) this.context.clear();
  }

  #leaveContext() {
    if (this.context.kind === 'edit') this.#write(draftOf(this.#phone.personId));
    this.context.clear();
    this.#showState();
    this.field.focus();
  }

  #showState() {
    const { forceReply, keyboard } = this.#view ?? {};
    const isEdit = this.context.kind === 'edit';
    this.field.style.height = 'auto';
    if (this.field.value !== '') {
      this.field.style.height = `${Math.min(LINES_MAX_PX, this.field.scrollHeight)}px`;
    }
    const isEmpty = this.field.value.trim() === '' && this.tray.isEmpty;
    this.sendButton.classList.toggle('idle', isEmpty && !isEdit);
    this.sendButton.setAttribute('aria-label', t(isEdit ? 'compose.save' : 'compose.send'));
    this.sendButton.replaceChildren(icon(isEdit ? 'save' : 'send'));
    const usual = t(this.tray.isEmpty ? 'compose.placeholder' : 'compose.caption');
    this.field.placeholder = forceReply?.placeholder ?? keyboard?.placeholder ?? usual;
  }

  #typed() {
    if (this.context.kind !== 'edit') keepDraft(this.#phone.personId, this.field.value);
    this.#showState();
    const typed = /^\/(\w*)$/.exec(this.field.value);
    if (typed) this.commands.open(this.#view.commands, typed[1]);
    else this.commands.close();
  }

  #keyed(event) {
    if (event.isComposing) return;
    if (this.commands.keyed(event.key)) return event.preventDefault();
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void this.#submit();
    }
    if (event.key === 'Escape' && this.context.kind) this.#leaveContext();
    if (event.key === 'ArrowUp' && this.field.value === '') this.#editNewest(event);
  }

  /** Arrow up in an empty field takes the last own message back to it, as Telegram does. */
  #editNewest(event) {
    const own = [...this.#phone.history.messages.values()].findLast(
      ({ from, text }) => from === 'person' && text !== '',
    );
    if (!own) return;
    event.preventDefault();
    this.edit(own);
  }

  async #submit() {
    const text = this.field.value.trim();
    const { kind, message } = this.context;
    const { personId, attempt } = this.#phone;
    if (kind === 'edit') {
      if (text === '' && message.kind === 'text') return;
      this.#leaveContext();
      if (text !== message.text) await attempt(api.edit(personId, message.id, text));
      return;
    }
    if (text === '' && this.tray.isEmpty) return;
    const replyTo = kind === 'reply' ? message.id : undefined;
    const { photos, others } = this.tray.takeAll();
    this.#clear();
    if (photos.length + others.length === 0) return this.#say(text, replyTo);
    await attempt(this.#sendFiles(photos, others, { caption: text, replyTo }));
  }

  /** A refused text comes back into the field, unless something else was typed meanwhile. */
  async #say(text, replyTo) {
    const { personId, attempt } = this.#phone;
    const isSent = await attempt(api.say(personId, text, replyTo));
    if (!isSent && this.field.value === '') this.#write(text);
  }

  /** A contact or a place is given away only when asked twice. */
  async #share(asked) {
    const { personId, attempt } = this.#phone;
    if (await ask(t(`compose.${asked}.ask`), t('compose.share'))) {
      await attempt(api.share(personId, asked));
    }
  }

  /** What a refusal leaves unsent comes back into the tray. */
  async #sendFiles(photos, others, extras) {
    const waiting = { photos, others, extras };
    try {
      await sendInAlbums(this.#phone.personId, waiting);
    } catch (error) {
      for (const file of waiting.photos) this.tray.add(file, true);
      for (const file of waiting.others) this.tray.add(file, false);
      if (this.field.value === '') this.#write(waiting.extras.caption ?? '');
      throw error;
    }
  }

  #clear() {
    keepDraft(this.#phone.personId, '');
    this.context.clear();
    this.#write('');
    this.commands.close();
  }

  #picked(input, asPhoto) {
    for (const file of input.files) this.tray.add(file, asPhoto);
    input.value = '';
    this.field.focus();
  }

  #toggleAttach() {
    if (closeMenuOf(this.attachButton)) return;
    const { node: host, history, attempt } = this.#phone;
    const sample = (picture) => () => attempt(this.#sendSample(picture()));
    const items = [
      { label: t('compose.photo'), sign: 'photo', run: () => this.photoInput.click() },
      { label: t('compose.file'), sign: 'file', run: () => this.fileInput.click() },
      { label: t('compose.screenshot'), sign: 'phone', run: sample(sampleScreenshot) },
      {
        label: t('compose.receipt'),
        sign: 'receipt',
        run: sample(() => receiptFor(history.messages)),
      },
    ];
    openMenu({ host, anchor: this.attachButton, items, label: t('compose.attach') });
  }

  async #sendSample(picture) {
    const blob = await picture;
    const { kind, message } = this.context;
    const caption = kind === 'edit' ? '' : this.field.value.trim();
    const replyTo = kind === 'reply' ? message.id : undefined;
    if (kind !== 'edit') this.#clear();
    await api.sendPhotos(this.#phone.personId, [blob], { caption, replyTo });
  }

  #toggleCommands() {
    if (this.commands.isOpen) return this.commands.close();
    this.field.focus();
    this.commands.open(this.#view.commands);
  }

  #command(command) {
    this.#clear();
    void this.#say(command);
  }
}
