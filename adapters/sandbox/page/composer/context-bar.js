import { button, element, icon } from '../parts/dom.js';
import { summary } from '../chat/summary.js';
import { t } from '../words/words.js';

/** Above the text field: which message is answered or edited. `onCancel` when it is given up. */
export class ContextBar {
  #names;
  #title = element('strong', {});
  #words = element('span', {});
  #sign = element('span', { class: 'context-sign' });
  #cancel;
  /** `reply`, `edit` or undefined, and the message that it is about. */
  kind;
  message;

  constructor(names, onCancel) {
    this.#names = names;
    this.#cancel = button('tool', t('compose.reply.cancel'), onCancel, icon('close'));
    const words = element('span', { class: 'context-words' }, this.#title, this.#words);
    this.node = element('div', { class: 'context' }, this.#sign, words, this.#cancel);
    this.node.hidden = true;
  }

  show(kind, message) {
    this.kind = kind;
    this.message = message;
    const isReply = kind === 'reply';
    this.#title.textContent = isReply
      ? t('compose.replying', { name: this.#names[message.from] })
      : t('compose.editing');
    this.#words.textContent = summary(message);
    this.#sign.replaceChildren(icon(kind));
    this.#cancel.setAttribute('aria-label', t(`compose.${kind}.cancel`));
    this.node.hidden = false;
  }

  clear() {
    this.kind = undefined;
    this.message = undefined;
    this.node.hidden = true;
  }
}
