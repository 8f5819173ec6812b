import { element } from '../parts/dom.js';
import { t } from '../words/words.js';

/** Files that are pasted into or dropped on a column go to its composer, while `isOpen()`. */
export function acceptFiles(node, composer, isOpen) {
  const veil = element('div', { class: 'drop-veil', 'aria-hidden': 'true' }, t('chat.drop'));
  node.append(veil);
  const take = (event, files) => {
    if (files.length === 0) return;
    event.preventDefault();
    if (isOpen()) composer.addFiles(files);
  };
  node.addEventListener('paste', (event) => take(event, event.clipboardData.files));
  node.addEventListener('dragover', (event) => {
    event.preventDefault();
    node.classList.toggle('dropping', Boolean(isOpen()));
  });
  node.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!node.contains(relatedTarget)) node.classList.remove('dropping');
  });
  node.addEventListener('drop', (event) => {
    event.preventDefault();
    node.classList.remove('dropping');
    take(event, event.dataTransfer.files);
  });
}
