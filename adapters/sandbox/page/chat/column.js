import * as api from '../parts/api.js';
import { Composer } from '../composer/composer.js';
import { button, element, icon } from '../parts/dom.js';
import { acceptFiles } from '../composer/drop-files.js';
import { floatDays } from './day-labels.js';
import { greeting } from './greeting.js';
import { Head, owner } from './head.js';
import { History } from './history.js';
import { openMenu, closeMenuOf } from '../parts/menu.js';
import { messageActs, setBusy } from './message-acts.js';
import { hearMessages } from './message-events.js';
import { showAlert, showToast } from '../parts/overlay.js';
import { PinnedBar } from './pinned-bar.js';
import { Roving } from './roving.js';
import { Scroller } from './scroller.js';
import { t } from '../words/words.js';

const HUES = 6;

/** One person's phone: their chat with the bot, kept in step with the sandbox. */
export class Column {
  #person;
  #bot;
  #view;
  #revision = -1;
  #unread = 0;
  #isLoading = false;
  #isStale = false;
  #isGone = false;
  #gone = new AbortController();
  /** Called when the number of unread messages changes. */
  onUnread = () => {};

  constructor(person, bot, index) {
    this.#person = person;
    this.#bot = bot;
    this.#build(index);
    this.describe(bot);
  }

  get name() {
    return this.#person.caption ?? this.#person.firstName;
  }

  /** Where two have one name. */
  get longName() {
    const { caption, firstName, lastName } = this.#person;
    return caption ? `${caption} · ${firstName}` : [firstName, lastName].filter(Boolean).join(' ');
  }

  get personId() {
    return this.#person.id;
  }

  #build(index) {
    const { id, firstName, lastName = '', username, caption = '' } = this.#person;
    this.names = { bot: this.#bot.name, person: t('message.you') };
    this.history = new History(this.names);
    this.greeting = element('div', { class: 'greeting', hidden: true });
    const content = element('div', { class: 'content' }, this.greeting, this.history.node);
    this.list = element(
      'div',
      { class: 'messages', role: 'log', 'aria-label': t('chat.log'), tabindex: 0 },
      content,
    );
    this.downButton = button('down', t('chat.newest'), () => this.#goDown(), icon('down'));
    this.downBadge = element('span', { class: 'badge', hidden: true });
    this.downButton.append(this.downBadge);
    this.downButton.hidden = true;
    this.stage = element('div', { class: 'stage' }, this.list, this.downButton);
    this.head = new Head(() => this.#toggleMenu());
    const label = `${caption} ${firstName} ${lastName} ${username ? `@${username}` : ''}`;
    this.node = element('section', {
      class: `column hue-${index % HUES}`,
      id: `person-${id}`,
      'aria-label': label.replaceAll(/\s+/g, ' ').trim(),
    });
    this.#wire(content);
    const { head, pinned, stage, composer } = this;
    this.phone = element('div', { class: 'phone' }, head.node, pinned.node, stage, composer.node);
    this.node.append(owner(this.#person), this.phone);
    acceptFiles(this.node, this.composer, () => this.#view?.started && !this.#view.blocked);
  }

  #wire(content) {
    const phone = {
      personId: this.#person.id,
      node: this.node,
      names: this.names,
      stage: this.stage,
      history: this.history,
      username: () => this.#bot.username,
      attempt: (promise) => this.#attempt(promise),
    };
    floatDays(this.list);
    this.scroller = new Scroller(this.list, content, () => this.#showUnread());
    this.composer = new Composer(phone);
    const acts = messageActs({ ...phone, composer: this.composer, scroller: this.scroller });
    hearMessages(this.list, acts);
    this.open = acts.open;
    this.roving = new Roving(this.list, this.history);
    this.pinned = new PinnedBar(acts.jumpTo);
    const { signal } = this.#gone;
    document.addEventListener('visibilitychange', () => this.#showUnread(), { signal });
  }

  /** The bot's name and what it says of itself, which may change. */
  describe(bot) {
    this.#bot = bot;
    this.names.bot = bot.name;
    this.head.name(bot);
    this.#greet();
  }

  #greet() {
    this.greeting.replaceChildren(greeting(this.#bot, this.#view?.description));
  }

  /** Reads what has changed; calls during a reading lead to one more. */
  async refresh() {
    this.#isStale = true;
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      while (this.#isStale && !this.#isGone) {
        this.#isStale = false;
        this.#render(await api.readChanges(this.#person.id, this.#revision));
      }
    } catch (error) {
      if (!this.#isGone) showToast(this.stage, error.message);
    } finally {
      this.#isLoading = false;
    }
  }

  /** Whatever is known may belong to another sandbox: the next reading is of everything. */
  forget() {
    this.#revision = -1;
  }

  /** Takes the column away for good. */
  dispose() {
    this.#isGone = true;
    this.#gone.abort();
    this.node.remove();
  }

  heard(event) {
    if (event.type === 'toast') {
      const show = event.alert ? showAlert : showToast;
      if (event.text !== '') show(this.stage, event.text, this.#bot.name);
      if (event.url) this.open(event.url);
    }
    if (event.type === 'answered') this.#releaseButtons();
    if (event.type === 'action') this.head.showAction(event.action);
  }

  /** The person was chosen on a narrow screen: what they have not read is shown. */
  opened() {
    const line = this.history.unreadLine;
    if (line && this.#unread > 0) void this.scroller.show(line, 'start');
    else this.scroller.toEnd();
    this.#showUnread();
  }

  /** The clock was moved: "Today" may be another day. */
  nameDays() {
    this.history.nameDays();
  }

  #render(view) {
    const isFirst = this.#view === undefined || view.complete;
    const wasAtEnd = this.scroller.isPinned;
    this.#view = view;
    this.#revision = view.revision;
    const added = this.history.apply(view);
    const isEmpty = !view.started || this.history.messages.size === 0;
    this.greeting.hidden = !isEmpty;
    if (isEmpty) this.#greet();
    this.list.classList.toggle('is-empty', isEmpty);
    this.pinned.render(view, this.history);
    this.composer.render(view);
    this.roving.settle();
    this.#follow(added, { isFirst, wasAtEnd });
  }

  /** Who was at the end stays there; who was not, or does not look, has something unread. */
  #follow(added, { isFirst, wasAtEnd }) {
    const heard = added.filter(({ from }) => from === 'bot');
    const isOwnNew = added.some(({ from }) => from === 'person');
    if (heard.length > 0) this.head.showIdle();
    if (isFirst || isOwnNew) {
      this.#unread = 0;
      this.history.unmarkUnread();
      this.scroller.toEnd();
    } else if (!wasAtEnd || !this.#isVisible()) {
      if (this.#unread === 0 && heard.length > 0) this.history.markUnread(heard[0].id);
      this.#unread += heard.length;
    }
    if (wasAtEnd && this.#isVisible()) this.scroller.toEnd();
    this.#showUnread();
  }

  #toggleMenu() {
    const { menuButton: anchor } = this.head;
    if (closeMenuOf(anchor)) return;
    const { id } = this.#person;
    const choice = this.#view?.blocked
      ? { label: t('chat.unblock'), sign: 'block', run: () => this.#attempt(api.unblock(id)) }
      : {
          label: t('chat.block'),
          sign: 'block',
          isDanger: true,
          run: () => this.#attempt(api.block(id)),
        };
    openMenu({ host: this.phone, anchor, label: t('chat.menu'), items: [choice] });
  }

  #goDown() {
    this.scroller.toEnd();
    this.#showUnread();
    this.list.focus({ preventScroll: true });
  }

  #showUnread() {
    const isAtEnd = this.scroller.isAtEnd();
    if (isAtEnd && this.#isVisible()) this.#unread = 0;
    this.downButton.hidden = isAtEnd;
    this.downBadge.textContent = String(this.#unread);
    this.downBadge.hidden = this.#unread === 0;
    const count = t('chat.unread.count', { count: this.#unread });
    const label = this.#unread === 0 ? '' : `, ${count}`;
    this.downButton.setAttribute('aria-label', `${t('chat.newest')}${label}`);
    this.onUnread(this.#unread);
  }

  #isVisible() {
    return this.node.offsetParent !== null && document.visibilityState === 'visible';
  }

  #releaseButtons() {
    for (const node of this.list.querySelectorAll('.busy')) setBusy(node, false);
  }

  /** True where it worked; a refusal is shown as the sandbox words it. */
  async #attempt(promise) {
    try {
      await promise;
      return true;
    } catch (error) {
      this.#releaseButtons();
      showToast(this.stage, error.message);
      return false;
    }
  }
}
