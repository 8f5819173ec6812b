import * as api from './api.js';
import { bubble } from './bubble.js';
import { Composer } from './composer.js';
import { button, dayName, element, icon } from './dom.js';
import { openPhoto, showAlert, showToast } from './overlay.js';

const NEAR_END_PX = 60;
const TYPING_MS = 5000;
const BUSY_MS = 4000;
const ACTIONS = {
  typing: 'mengetik…',
  upload_photo: 'mengirim foto…',
  upload_document: 'mengirim berkas…',
};

/** One person's phone: their chat with the bot, kept in step with the sandbox. */
export class Column {
  #person;
  #bot;
  #drawn = new Map();
  #unread = 0;
  #newestSeen = 0;
  #loading = false;
  #stale = false;
  #typingTimer;
  #view;
  /** The reader is at the end and wants to stay there, whatever changes height. */
  #pinned = true;
  /** Called when the number of unread messages changes. */
  onUnread = () => {};

  constructor(person, bot, index) {
    this.#person = person;
    this.#bot = bot;
    this.#build(index);
  }

  get name() {
    return this.#person.caption ?? this.#person.firstName;
  }

  #build(index) {
    const { id, firstName, lastName = '', username, caption } = this.#person;
    const fullName = `${firstName} ${lastName}`.trim();
    this.status = element('span', { class: 'status', 'aria-live': 'polite' });
    this.status.textContent = this.#idleStatus();
    this.menuButton = button('tool', 'Menu chat', () => this.#toggleMenu(), icon('more'));
    this.menu = element('div', { class: 'menu', hidden: true });
    const words = element('span', { class: 'names' }, element('strong', {}, fullName), this.status);
    const role = caption ? element('span', { class: 'role' }, caption) : null;
    const initials = (firstName.charAt(0) + lastName.charAt(0)).toUpperCase();
    const avatar = element('span', { class: 'avatar', 'aria-hidden': 'true' }, initials);
    const head = element(
      'header',
      { class: 'head' },
      avatar,
      words,
      role,
      this.menuButton,
      this.menu,
    );
    this.list = element('div', {
      class: 'messages',
      role: 'log',
      'aria-label': 'Percakapan',
      tabindex: 0,
    });
    this.list.addEventListener('scroll', () => {
      this.#pinned = this.#isAtEnd();
      this.#showUnread();
    });
    new ResizeObserver(() => this.#pinned && this.#toEnd()).observe(this.list);
    this.downButton = button('down', 'Ke pesan terbaru', () => this.#toEnd(), icon('down'));
    this.downButton.append(element('span', { class: 'badge' }));
    this.downButton.hidden = true;
    this.stage = element('div', { class: 'stage' }, this.list, this.downButton);
    this.composer = new Composer(id, (text) => showToast(this.stage, text));
    const label = `${caption ?? ''} ${fullName} ${username ? `@${username}` : ''}`.trim();
    this.node = element(
      'section',
      { class: `column hue-${index % 6}`, id: `person-${id}`, 'aria-label': label },
      head,
      this.stage,
      this.composer.node,
    );
    this.#acceptFiles();
  }

  /** Reads the chat again; calls during a reading lead to one more. */
  async refresh() {
    this.#stale = true;
    if (this.#loading) return;
    this.#loading = true;
    try {
      while (this.#stale) {
        this.#stale = false;
        this.#render(await api.readChat(this.#person.id));
      }
    } finally {
      this.#loading = false;
    }
  }

  heard(event) {
    if (event.type === 'toast') {
      const show = event.alert ? showAlert : showToast;
      if (event.text !== '') show(this.stage, event.text, this.#bot.name);
    }
    if (event.type === 'answered') this.#releaseButtons();
    if (event.type === 'action') this.#showAction(event.action);
  }

  markRead() {
    this.#unread = 0;
    this.#showUnread();
  }

  #render(view) {
    const isFirst = this.#view === undefined;
    const wasAtEnd = this.#pinned;
    this.#view = view;
    this.#renderMessages(view);
    this.composer.render(view);
    const fresh = view.messages.filter(({ id, from }) => id > this.#newestSeen && from === 'bot');
    const ownIsNew = view.messages.some(
      ({ id, from }) => id > this.#newestSeen && from === 'person',
    );
    this.#newestSeen = Math.max(this.#newestSeen, ...view.messages.map(({ id }) => id));
    if (fresh.length > 0) this.#showIdle();
    if (wasAtEnd || ownIsNew) this.#toEnd();
    const isMissed = (!wasAtEnd && !ownIsNew) || !this.#isVisible();
    if (isMissed && !isFirst) this.#unread += fresh.length;
    this.#showUnread();
  }

  #renderMessages({ messages, started }) {
    const actions = {
      openPhoto,
      pressButton: (message, key, node) => this.#press(message, key, node),
      say: (text) => this.#try(api.say(this.#person.id, text)),
    };
    const old = this.#drawn;
    this.#drawn = new Map();
    const nodes = [];
    let day = '';
    for (const [index, message] of messages.entries()) {
      const today = dayName(message.date);
      if (today !== day) nodes.push(element('p', { class: 'day' }, (day = today)));
      const content = JSON.stringify(message);
      const known = old.get(message.id);
      const node = known?.content === content ? known.node : bubble(message, actions);
      if (!known) node.classList.add('fresh');
      node.classList.toggle('last', messages[index + 1]?.from !== message.from);
      this.#drawn.set(message.id, { content, node });
      nodes.push(node);
    }
    if (!started) nodes.push(this.#greeting());
    replaceInOrder(this.list, nodes);
  }

  #greeting() {
    return element(
      'div',
      { class: 'greeting' },
      element('strong', {}, this.#bot.name),
      element('span', {}, `@${this.#bot.username}`),
      element('p', {}, 'Belum ada percakapan di sini. Tekan MULAI untuk menyapa bot.'),
    );
  }

  #press(message, key, node) {
    if (key.url) return void window.open(key.url, '_blank', 'noopener');
    if (key.copyText) {
      void navigator.clipboard?.writeText(key.copyText);
      return showToast(this.stage, 'Disalin');
    }
    node.classList.add('busy');
    setTimeout(() => node.classList.remove('busy'), BUSY_MS);
    return this.#try(api.press(this.#person.id, message.id, key.data));
  }

  #releaseButtons() {
    for (const node of this.list.querySelectorAll('.busy')) node.classList.remove('busy');
  }

  #toggleMenu() {
    if (!this.menu.hidden) return void (this.menu.hidden = true);
    const { blocked } = this.#view;
    const run = () => {
      this.menu.hidden = true;
      this.menuButton.focus();
      this.#try(blocked ? api.unblock(this.#person.id) : api.block(this.#person.id));
    };
    const label = blocked ? 'Buka blokir bot' : 'Blokir bot';
    const choice = element(
      'button',
      { class: 'choice', type: 'button', on: { click: run } },
      label,
    );
    choice.addEventListener('blur', () => setTimeout(() => (this.menu.hidden = true), 150));
    choice.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.menuButton.focus();
    });
    this.menu.replaceChildren(choice);
    this.menu.hidden = false;
    choice.focus();
  }

  #acceptFiles() {
    this.node.addEventListener('paste', (event) => {
      if (event.clipboardData.files.length === 0) return;
      event.preventDefault();
      this.composer.addFiles(event.clipboardData.files);
    });
    this.node.addEventListener('dragover', (event) => {
      event.preventDefault();
      this.node.classList.add('dropping');
    });
    this.node.addEventListener('dragleave', ({ relatedTarget }) => {
      if (!this.node.contains(relatedTarget)) this.node.classList.remove('dropping');
    });
    this.node.addEventListener('drop', (event) => {
      event.preventDefault();
      this.node.classList.remove('dropping');
      this.composer.addFiles(event.dataTransfer.files);
    });
  }

  #idleStatus() {
    const { username } = this.#person;
    return username ? `@${username}` : `id ${this.#person.id}`;
  }

  #showAction(action) {
    this.status.textContent = `${this.#bot.name} ${ACTIONS[action] ?? 'sibuk…'}`;
    this.status.classList.add('active');
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.#showIdle(), TYPING_MS);
  }

  #showIdle() {
    clearTimeout(this.#typingTimer);
    this.status.textContent = this.#idleStatus();
    this.status.classList.remove('active');
  }

  #showUnread() {
    if (this.#isAtEnd() && this.#isVisible()) this.#unread = 0;
    this.downButton.hidden = this.#isAtEnd();
    const badge = this.downButton.querySelector('.badge');
    badge.textContent = String(this.#unread);
    badge.hidden = this.#unread === 0;
    this.onUnread(this.#unread);
  }

  #isVisible() {
    return this.node.offsetParent !== null && document.visibilityState === 'visible';
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  #toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.#showUnread();
  }

  #try(promise) {
    return promise.catch((error) => {
      this.#releaseButtons();
      showToast(this.stage, error.message);
    });
  }
}

/** Puts the nodes in order; those that stay are not touched, so focus and scroll survive. */
function replaceInOrder(parent, nodes) {
  const leaving = [...parent.children].filter((child) => !nodes.includes(child));
  for (const child of leaving) child.remove();
  for (const [index, node] of nodes.entries()) {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  }
}
