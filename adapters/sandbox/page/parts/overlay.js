import { element } from './dom.js';
import { t } from '../words/words.js';

const TOAST_MS = 3600;

/** The short dark note that answers a button press. */
export function showToast(host, text) {
  host.querySelector('.toast')?.remove();
  const note = element('div', { class: 'toast', role: 'status' }, text);
  host.append(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

/** An alert over one column only: the other people stay usable. */
export function showAlert(host, text, sender) {
  const before = document.activeElement;
  const close = () => {
    shade.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
  const okay = element(
    'button',
    { class: 'answer', type: 'button', on: { click: close } },
    t('page.okay'),
  );
  const box = element(
    'div',
    { class: 'alert', role: 'alertdialog', 'aria-modal': 'true', 'aria-label': sender },
    element('h2', {}, sender),
    element('p', {}, text),
    element('div', { class: 'answers' }, okay),
  );
  const shade = element('div', { class: 'shade' }, box);
  shade.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    if (event.key === 'Tab') event.preventDefault(); // the one button keeps the focus
  });
  host.append(shade);
  okay.focus();
}

/** Asks over the whole page; true where the answer is `yes`, false for "Cancel" and Escape. */
export function ask(question, yes) {
  const { promise, resolve } = Promise.withResolvers();
  const answer = (value, label) =>
    element('button', { class: 'answer', type: 'button', on: { click: () => end(value) } }, label);
  const dialog = element(
    'dialog',
    { class: 'alert question', 'aria-label': question },
    element('p', {}, question),
    element('div', { class: 'answers' }, answer(false, t('page.cancel')), answer(true, yes)),
  );
  const end = (value) => {
    resolve(value);
    dialog.close();
    dialog.remove();
  };
  dialog.addEventListener('cancel', () => end(false));
  document.body.append(dialog);
  dialog.showModal();
  return promise;
}
