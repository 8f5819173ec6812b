import { element } from '../parts/dom.js';
import { t } from '../words/words.js';

/**
 * The list of the bot's commands above the text field: all of them from the menu button, those that
 * fit while "/…" is typed. The field keeps the focus; arrows choose, Enter and Tab take.
 */
export class Commands {
  #field;
  #onPick;
  #commands = [];
  #at = 0;
  node = element('div', { class: 'commands', role: 'listbox', hidden: true });

  constructor(field, id, onPick) {
    this.#field = field;
    this.#onPick = onPick;
    this.node.id = id;
    this.node.setAttribute('aria-label', t('compose.commands'));
    field.setAttribute('aria-autocomplete', 'list');
    this.node.addEventListener('pointerdown', (event) => event.preventDefault()); // keeps the focus
    this.node.addEventListener('click', ({ target }) => {
      const option = target.closest('[role="option"]');
      if (option) this.#pick([...this.node.children].indexOf(option));
    });
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** Shows those of `commands` that begin with `start`; closes where there are none. */
  open(commands, start = '') {
    this.#commands = commands.filter(({ command }) => command.startsWith(start.toLowerCase()));
    this.node.replaceChildren(
      ...this.#commands.map(({ command, description }, index) =>
        element(
          'div',
          { class: 'command', role: 'option', id: `${this.node.id}-${index}` },
          element('b', {}, `/${command}`),
          element('span', {}, description),
        ),
      ),
    );
    this.node.hidden = this.#commands.length === 0;
    this.#choose(0);
  }

  close() {
    this.node.hidden = true;
    this.#field.removeAttribute('aria-activedescendant');
    this.#field.removeAttribute('aria-controls');
  }

  /** Takes a key that was pressed in the field; true where it was for the list. */
  keyed(key) {
    if (!this.isOpen) return false;
    const count = this.#commands.length;
    if (key === 'ArrowDown') this.#choose((this.#at + 1) % count);
    else if (key === 'ArrowUp') this.#choose((this.#at - 1 + count) % count);
    else if (key === 'Escape') this.close();
    else if (key === 'Enter' || key === 'Tab') this.#pick(this.#at);
    else return false;
    return true;
  }

  #choose(index) {
    if (!this.isOpen) return this.close();
    this.#at = index;
    for (const [position, option] of [...this.node.children].entries()) {
      option.setAttribute('aria-selected', String(position === index));
    }
    const option = this.node.children[index];
    option.scrollIntoView({ block: 'nearest' });
    this.#field.setAttribute('aria-controls', this.node.id);
    this.#field.setAttribute('aria-activedescendant', option.id);
  }

  #pick(index) {
    const { command } = this.#commands[index];
    this.close();
    this.#onPick(`/${command}`);
  }
}
