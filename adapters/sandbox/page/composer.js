import * as api from './api.js';
import { button, element, icon } from './dom.js';
import { sampleReceipt } from './sample-receipt.js';
import { sampleScreenshot } from './sample-screenshot.js';

const LINES_MAX_PX = 140;
const AMOUNT = /Rp \d[\d.]*\d/;

/**
 * The lower end of a column: text field, attachments, "/" menu and reply keyboard, or one large
 * button while the chat is empty or blocked. `onError` shows a refusal.
 */
export class Composer {
  #personId;
  #onError;
  #view;
  #tray = [];
  #keyboardHidden = false;
  #keyboardId = '';

  constructor(personId, onError) {
    this.#personId = personId;
    this.#onError = onError;
    this.#build();
  }

  #build() {
    this.field = element('textarea', {
      rows: 1,
      'aria-label': 'Tulis pesan',
      on: { input: () => this.#typed(), keydown: (event) => this.#keyed(event) },
    });
    this.photoInput = element('input', {
      type: 'file',
      accept: 'image/*',
      multiple: true,
      hidden: true,
    });
    this.fileInput = element('input', { type: 'file', multiple: true, hidden: true });
    this.photoInput.addEventListener('change', () => this.#picked(this.photoInput, true));
    this.fileInput.addEventListener('change', () => this.#picked(this.fileInput, false));
    this.attachButton = button('tool', 'Lampirkan', () => this.#toggleAttach(), icon('attach'));
    this.commandButton = button('tool', 'Perintah', () => this.#toggleCommands(), icon('command'));
    this.keyboardButton = button(
      'tool',
      'Papan tombol',
      () => this.#toggleKeyboard(),
      icon('keyboard'),
    );
    this.sendButton = button('tool send', 'Kirim', () => this.#submit(), icon('send'));
    this.popup = element('div', { class: 'popup', hidden: true });
    this.popup.addEventListener('keydown', (event) => this.#keyedInPopup(event));
    this.trayNode = element('div', { class: 'tray', hidden: true });
    this.keyboardNode = element('div', {
      class: 'keyboard',
      role: 'group',
      'aria-label': 'Papan tombol',
    });
    const tools = [this.commandButton, this.field, this.keyboardButton, this.sendButton];
    this.line = element('div', { class: 'line' }, this.attachButton, ...tools);
    this.large = element('button', { class: 'large', type: 'button', hidden: true });
    const parts = [this.popup, this.trayNode, this.line, this.keyboardNode, this.large];
    this.node = element('footer', { class: 'composer' }, ...parts, this.photoInput, this.fileInput);
    this.node.addEventListener('focusout', ({ relatedTarget }) => {
      if (!this.node.contains(relatedTarget)) this.#closePopup();
    });
  }

  render(view) {
    this.#view = view;
    const isOpen = view.started && !view.blocked;
    const hadFocus = document.activeElement === this.large;
    this.line.hidden = !isOpen;
    this.large.hidden = isOpen;
    if (isOpen && hadFocus) this.field.focus();
    this.large.textContent = view.blocked ? 'BUKA BLOKIR BOT' : 'MULAI';
    this.large.onclick = () =>
      this.#try(view.blocked ? api.unblock(this.#personId) : api.say(this.#personId, '/start'));
    this.commandButton.hidden = view.commands.length === 0;
    this.keyboardButton.hidden = view.keyboard === undefined;
    const placeholder = view.forceReply?.placeholder ?? view.keyboard?.placeholder;
    this.field.placeholder = placeholder ?? 'Tulis pesan…';
    this.#renderKeyboard(view, isOpen);
  }

  /** Takes files that were pasted or dropped: pictures as photos, others as documents. */
  addFiles(files) {
    for (const file of files) this.#addToTray(file, file.type.startsWith('image/'));
  }

  #renderKeyboard({ keyboard }, isOpen) {
    const identity = JSON.stringify(keyboard ?? null);
    if (identity !== this.#keyboardId) {
      this.#keyboardId = identity;
      this.#keyboardHidden = false;
      const rows = (keyboard?.rows ?? []).map((row) => {
        const keys = row.map((text) =>
          element(
            'button',
            { class: 'key', type: 'button', on: { click: () => this.#key(text) } },
            text,
          ),
        );
        return element('div', { class: 'key-row' }, ...keys);
      });
      this.keyboardNode.replaceChildren(...rows);
    }
    this.keyboardNode.hidden = !isOpen || keyboard === undefined || this.#keyboardHidden;
    this.keyboardButton.setAttribute('aria-expanded', String(!this.keyboardNode.hidden));
  }

  #key(text) {
    if (this.#view.keyboard?.oneTime) this.#keyboardHidden = true;
    this.#try(api.say(this.#personId, text));
  }

  #toggleKeyboard() {
    this.#keyboardHidden = !this.#keyboardHidden;
    this.render(this.#view);
  }

  #typed() {
    this.field.style.height = 'auto';
    this.field.style.height = `${Math.min(LINES_MAX_PX, this.field.scrollHeight)}px`;
    const typed = /^\/(\w*)$/.exec(this.field.value);
    if (typed) this.#openCommands(typed[1]);
    else this.#closePopup();
  }

  #keyed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void this.#submit();
    }
    if (event.key === 'Escape') this.#closePopup();
    if (event.key === 'ArrowUp' && !this.popup.hidden) {
      event.preventDefault();
      [...this.popup.querySelectorAll('button')].at(-1)?.focus();
    }
  }

  #keyedInPopup(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') {
      this.#closePopup();
      this.field.focus();
    }
    if (!step) return;
    event.preventDefault();
    const choices = [...this.popup.querySelectorAll('button')];
    const next = choices[choices.indexOf(document.activeElement) + step];
    (next ?? this.field).focus();
  }

  async #submit() {
    const text = this.field.value.trim();
    const tray = this.#tray;
    if (text === '' && tray.length === 0) return;
    this.field.value = '';
    this.#tray = [];
    this.#typed();
    this.#renderTray();
    if (tray.length === 0) {
      await this.#try(api.say(this.#personId, text, this.#view.forceReply?.messageId));
    } else {
      await this.#try(this.#sendTray(tray, text));
    }
  }

  async #sendTray(tray, caption) {
    const photos = tray.filter(({ asPhoto }) => asPhoto).map(({ file }) => file);
    const others = tray.filter(({ asPhoto }) => !asPhoto).map(({ file }) => file);
    if (photos.length > 0) await api.sendPhotos(this.#personId, photos, caption);
    for (const [index, file] of others.entries()) {
      const words = photos.length === 0 && index === 0 ? caption : '';
      await api.sendDocument(this.#personId, file, words);
    }
  }

  #picked(input, asPhoto) {
    for (const file of input.files) this.#addToTray(file, asPhoto);
    input.value = '';
    this.field.focus();
  }

  #addToTray(file, asPhoto) {
    this.#tray.push({ file, asPhoto });
    this.#renderTray();
  }

  #renderTray() {
    const items = this.#tray.map((item) => {
      const remove = () => {
        this.#tray = this.#tray.filter((other) => other !== item);
        this.#renderTray();
      };
      const sign = item.asPhoto ? thumbnail(item.file) : icon('file');
      const cross = button('tray-remove', `Batalkan ${item.file.name}`, remove, '✕');
      return element(
        'span',
        { class: 'tray-item' },
        sign,
        element('span', {}, item.file.name),
        cross,
      );
    });
    this.trayNode.replaceChildren(...items);
    this.trayNode.hidden = items.length === 0;
  }

  #toggleAttach() {
    if (!this.popup.hidden) return this.#closePopup();
    const choose = (sign, label, run) =>
      this.#choice(label, '', () => run(), element('span', { class: 'choice-icon' }, icon(sign)));
    this.#openPopup([
      choose('photo', 'Foto', () => this.photoInput.click()),
      choose('file', 'Berkas', () => this.fileInput.click()),
      choose('phone', 'Kirim contoh screenshot', () => this.#try(this.#send(sampleScreenshot()))),
      choose('receipt', 'Kirim contoh bukti transfer', () =>
        this.#try(this.#send(sampleReceipt(this.#amountAsked()))),
      ),
    ]);
    this.popup.querySelector('button')?.focus();
  }

  async #send(picture) {
    const blob = await picture;
    const caption = this.field.value.trim();
    this.field.value = '';
    this.#typed();
    await api.sendPhotos(this.#personId, [blob], caption);
  }

  /** The amount that the bot named last. */
  #amountAsked() {
    const named = this.#view.messages.findLast(
      ({ from, text }) => from === 'bot' && AMOUNT.test(text),
    );
    return AMOUNT.exec(named?.text ?? '')?.[0] ?? 'Rp 100.000';
  }

  #toggleCommands() {
    if (!this.popup.hidden) return this.#closePopup();
    this.#openCommands('');
    this.popup.querySelector('button')?.focus();
  }

  #openCommands(start) {
    const fitting = this.#view.commands.filter(({ command }) => command.startsWith(start));
    this.#openPopup(
      fitting.map(({ command, description }) =>
        this.#choice(`/${command}`, description, () => {
          this.field.value = '';
          this.#typed();
          this.#try(api.say(this.#personId, `/${command}`));
        }),
      ),
    );
  }

  #choice(label, description, run, sign = null) {
    const pick = () => {
      this.#closePopup();
      run();
    };
    const words = [
      element('b', {}, label),
      description === '' ? null : element('span', {}, description),
    ];
    return element(
      'button',
      { class: 'choice', type: 'button', on: { click: pick } },
      sign,
      ...words,
    );
  }

  #openPopup(choices) {
    this.popup.replaceChildren(...choices);
    this.popup.hidden = choices.length === 0;
  }

  #closePopup() {
    this.popup.hidden = true;
  }

  #try(promise) {
    return promise.catch((error) => this.#onError(error.message));
  }
}

/** A small preview drawn on a canvas: the page's policy allows no blob: images. */
function thumbnail(file) {
  const canvas = element('canvas', { width: 72, height: 72, class: 'tray-thumbnail' });
  createImageBitmap(file).then(
    (bitmap) => {
      const side = Math.min(bitmap.width, bitmap.height);
      const [x, y] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
      canvas.getContext('2d').drawImage(bitmap, x, y, side, side, 0, 0, 72, 72);
    },
    () => canvas.replaceWith(icon('photo')),
  );
  return canvas;
}
