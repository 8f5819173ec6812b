import { element } from '../parts/dom.js';
import { t } from '../words/words.js';

/**
 * The bot's keyboard under the text field. `onKey` gets the key that was pressed, and what it asks
 * for instead of saying its label: `contact`, `location` or nothing.
 */
export class ReplyKeyboard {
  #onKey;
  #shown = '{}';
  #isUsed = false;
  #isHidden = false;
  #keyboard;
  #isOpen = false;
  node = element('div', { class: 'keyboard', role: 'group', 'aria-label': t('compose.keyboard') });

  /** `button` hides and shows the keyboard; it is away where there is nothing to hide. */
  constructor(button, onKey) {
    this.button = button;
    this.#onKey = onKey;
    button.addEventListener('click', () => {
      this.#isHidden = !this.#isHidden;
      this.#show();
    });
  }

  render(keyboard, isOpen) {
    this.#isOpen = isOpen;
    this.#keyboard = keyboard;
    const { used: isUsed = false, ...looks } = keyboard ?? {};
    const identity = JSON.stringify(looks);
    if (isUsed !== this.#isUsed) this.#isHidden = isUsed;
    this.#isUsed = isUsed;
    if (identity !== this.#shown) {
      this.#shown = identity;
      this.#isHidden = isUsed;
      this.node.replaceChildren(...(keyboard?.rows ?? []).map((row) => this.#row(row)));
      this.node.classList.toggle('tall', keyboard?.resize === false);
    }
    this.#show();
  }

  #row(keys) {
    const nodes = keys.map((key) =>
      element(
        'button',
        {
          class: 'key',
          type: 'button',
          on: { click: () => this.#onKey(key, this.#keyboard.asks[key]) },
        },
        key,
      ),
    );
    return element('div', { class: 'key-row' }, ...nodes);
  }

  #show() {
    const isThere = this.#isOpen && this.#keyboard !== undefined;
    const canHide = isThere && !(this.#keyboard.persistent && !this.#isUsed);
    this.node.hidden = !isThere || (this.#isHidden && canHide);
    this.button.hidden = !canHide;
    this.button.setAttribute('aria-expanded', String(!this.node.hidden));
  }
}
