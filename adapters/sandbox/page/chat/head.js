import { button, element, icon } from '../parts/dom.js';
import { initials } from '../parts/format.js';
import { t } from '../words/words.js';

const ACTION_MS = 5000;
const ACTIONS = new Set(['typing', 'upload_photo', 'upload_document']);

/** Whose phone it is: stands above it on a wide screen; on a narrow one the tabs say so. */
export function owner({ id, firstName, lastName = '', username, caption }) {
  const handle = username ? `@${username}` : `id ${id}`;
  return element(
    'header',
    { class: 'owner' },
    element(
      'span',
      { class: 'avatar small', 'aria-hidden': 'true' },
      initials(firstName, lastName),
    ),
    element(
      'span',
      { class: 'owner-names' },
      element('strong', {}, `${firstName} ${lastName}`.trim()),
      element('small', {}, handle),
    ),
    caption ? element('span', { class: 'role' }, caption) : null,
  );
}

/** The chat's head: the bot, what it is doing, and the menu. */
export class Head {
  #timer;
  #status = element('span', { class: 'status', 'aria-live': 'polite' }, t('chat.bot'));
  #name = element('strong', {});
  #avatar = element('span', { class: 'avatar bot-avatar', 'aria-hidden': 'true' });

  constructor(onMenu) {
    this.menuButton = button('tool', t('chat.menu'), onMenu, icon('more'));
    this.menuButton.setAttribute('aria-haspopup', 'menu');
    const names = element('span', { class: 'names' }, this.#name, this.#status);
    this.node = element('div', { class: 'head' }, this.#avatar, names, this.menuButton);
  }

  name(bot) {
    this.#name.textContent = bot.name;
    this.#avatar.textContent = initials(...bot.name.split(' ').slice(0, 2));
  }

  /** "typing…" and its like, which Telegram forgets after five seconds. */
  showAction(action) {
    this.#status.textContent = t(ACTIONS.has(action) ? `chat.${action}` : 'chat.busy');
    this.#status.classList.add('active');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.showIdle(), ACTION_MS);
  }

  showIdle() {
    clearTimeout(this.#timer);
    this.#status.textContent = t('chat.bot');
    this.#status.classList.remove('active');
  }
}
