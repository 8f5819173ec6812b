const PRESSABLE = '[data-act], a[href]';

/**
 * The keyboard's way through the messages: the list is one stop, arrows go from message to message,
 * and only what is in the current message (the newest, unless one was chosen) can be tabbed to.
 */
export class Roving {
  #list;
  #history;
  #current;

  constructor(list, history) {
    this.#list = list;
    this.#history = history;
    list.addEventListener('focusin', ({ target }) => {
      const message = target.closest('.message');
      if (message) this.#makeCurrent(message);
    });
    list.addEventListener('keydown', (event) => this.#keyed(event));
  }

  /** After a change: the newest message is the current one, unless the keyboard is in another. */
  settle() {
    const within = document.activeElement?.closest?.('.message');
    this.#makeCurrent(this.#list.contains(within) ? within : this.#history.newestNode);
  }

  #makeCurrent(message) {
    if (message === this.#current) return;
    for (const node of this.#current?.querySelectorAll(PRESSABLE) ?? []) node.tabIndex = -1;
    for (const node of message?.querySelectorAll(PRESSABLE) ?? []) node.tabIndex = 0;
    this.#current = message;
  }

  #keyed(event) {
    const message = event.target.closest('.message');
    if (event.target !== this.#list && event.target !== message) return;
    const next = this.#next(event.key, message);
    if (!next) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
  }

  #next(key, message) {
    if (key !== 'ArrowUp' && key !== 'ArrowDown' && !(message && /^(Home|End)$/.test(key))) return;
    if (!message) return this.#current;
    const all = [...this.#list.querySelectorAll('.message')];
    const at = all.indexOf(message);
    return { ArrowUp: all[at - 1], ArrowDown: all[at + 1], Home: all[0], End: all.at(-1) }[key];
  }
}
