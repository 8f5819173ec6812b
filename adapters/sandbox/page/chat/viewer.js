import { button, element, icon } from '../parts/dom.js';
import { t } from '../words/words.js';

/** At least so much larger; more where the photo has more to show. */
const ZOOM = 2;

/**
 * The large view of a photo, with its neighbours in the album. `photos` are `{ url, name, caption }`.
 * Arrow keys go through them, Escape and a press beside the photo close it, a press on it enlarges it
 * and makes it fit again.
 */
export function openViewer(photos, start) {
  let at = start;
  const image = element('img', { alt: t('viewer.name') });
  const stage = element('div', { class: 'viewer-stage' }, image);
  const count = element('p', { class: 'viewer-count', role: 'status' });
  const caption = element('p', { class: 'viewer-caption' });
  const zoom = button('viewer-tool', t('viewer.zoom'), () => toggleZoom(), icon('zoom'));
  const download = element('a', {
    class: 'viewer-tool',
    'aria-label': t('viewer.download'),
  });
  download.append(icon('download'));
  const close = button('viewer-tool', t('viewer.close'), () => dialog.close(), icon('close'));
  const back = button('viewer-step back', t('viewer.previous'), () => step(-1), icon('back'));
  const forward = button('viewer-step forward', t('viewer.next'), () => step(1), icon('forward'));
  const dialog = element(
    'dialog',
    { class: 'viewer', 'aria-label': t('viewer.name') },
    element('header', { class: 'viewer-bar' }, count, zoom, download, close),
    stage,
    caption,
    back,
    forward,
  );

  const toggleZoom = (isLarge = !dialog.classList.contains('large')) => {
    image.style.width = '';
    const width = Math.max(image.naturalWidth, image.clientWidth * ZOOM);
    dialog.classList.toggle('large', isLarge);
    image.style.width = isLarge ? `${width}px` : '';
    zoom.setAttribute('aria-label', t(isLarge ? 'viewer.fit' : 'viewer.zoom'));
    zoom.replaceChildren(icon(isLarge ? 'fit' : 'zoom'));
  };
  const show = () => {
    const { url, name, caption: words } = photos[at];
    image.src = url;
    download.href = url;
    download.download = name;
    caption.textContent = words;
    caption.hidden = words === '';
    count.textContent =
      photos.length > 1 ? t('viewer.of', { number: at + 1, count: photos.length }) : '';
    back.hidden = at === 0;
    forward.hidden = at === photos.length - 1;
    toggleZoom(false);
  };
  const step = (by) => {
    if (!photos[at + by]) return;
    at += by;
    show();
    if (document.activeElement?.hidden) close.focus();
  };
  image.addEventListener('error', () => (count.textContent = t('viewer.failed')));
  image.addEventListener('click', () => toggleZoom());
  stage.addEventListener('click', ({ target }) => target === stage && dialog.close());
  dialog.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft') step(-1);
    if (key === 'ArrowRight') step(1);
  });
  dialog.addEventListener('close', () => dialog.remove());
  show();
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}
