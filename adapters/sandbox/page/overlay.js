import { element } from './dom.js';

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
    if (before instanceof HTMLElement) before.focus();
  };
  const okay = element('button', { class: 'alert-ok', type: 'button', on: { click: close } }, 'OK');
  const box = element(
    'div',
    { class: 'alert', role: 'alertdialog', 'aria-modal': 'true', 'aria-label': sender },
    element('h2', {}, sender),
    element('p', {}, text),
    okay,
  );
  const shade = element('div', { class: 'shade' }, box);
  shade.addEventListener('keydown', (event) => event.key === 'Escape' && close());
  host.append(shade);
  okay.focus();
}

/** The large view of a photo; a click or Escape closes it. */
export function openPhoto(url) {
  const viewer = document.getElementById('viewer');
  viewer.querySelector('img').src = url;
  viewer.onclick = () => viewer.close();
  viewer.showModal();
}
