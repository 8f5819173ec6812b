import { element } from './dom.js';
import { t } from '../words/words.js';

const SHOWN_MS = 5000;
let node;
let timer;

/** A short note of what a tool has done, at the lower edge; read out as well. */
export function notify(words) {
  if (!node) {
    node = element('div', { class: 'notice', role: 'status' });
    document.body.append(node);
  }
  node.textContent = words;
  node.classList.add('shown');
  clearTimeout(timer);
  timer = setTimeout(() => node.classList.remove('shown'), SHOWN_MS);
}

/** For what was refused outside a form. */
export const notifyFailure = ({ message }) => notify(t('tools.failed', { reason: message }));
