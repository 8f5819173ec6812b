import { element, icon } from '../parts/dom.js';
import { summary } from './summary.js';
import { t } from '../words/words.js';

/** Above the messages: the newest pinned one. Pressing the bar goes to it, then to the one before. */
export class PinnedBar {
  #ids = [];
  #at = -1;
  #history;
  #words = element('span', {});

  constructor(onJump) {
    const press = () => {
      const id = this.#ids.at(this.#at);
      this.#at = this.#at - 1 < -this.#ids.length ? -1 : this.#at - 1;
      this.#show();
      onJump(id);
    };
    this.node = element(
      'button',
      { class: 'pinned', type: 'button', hidden: true, on: { click: press } },
      element(
        'span',
        { class: 'pinned-words' },
        element('strong', {}, t('chat.pinned')),
        this.#words,
      ),
      icon('pin'),
    );
  }

  render({ pinned = [] }, history) {
    this.#history = history;
    const ids = pinned.filter((id) => history.messages.has(id));
    if (ids.join() !== this.#ids.join()) this.#at = -1;
    this.#ids = ids;
    this.node.hidden = ids.length === 0;
    if (ids.length > 0) this.#show();
  }

  #show() {
    this.#words.textContent = summary(this.#history.messages.get(this.#ids.at(this.#at)));
  }
}
