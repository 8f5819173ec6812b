import { button, element } from '../parts/dom.js';
import { t } from '../words/words.js';

const ONE_MAX_PX = { width: 320, height: 420 };
const ONE_MIN_PX = 90;

/** One photo in its own shape, or several as a grid; each opens the viewer. */
export function photoGrid(messages) {
  const [first] = messages;
  if (messages.length === 1) return photo(first, sizeOf(first.photo));
  return element(
    'div',
    { class: `album of-${messages.length}`, role: 'group', 'aria-label': t('message.album') },
    ...messages.map((message) => photo(message)),
  );
}

/** Shows what hides under a spoiler; an album hides and shows its photos together. */
export function uncover(bubble) {
  for (const node of bubble.querySelectorAll('.covered')) {
    node.classList.remove('covered');
    node.setAttribute('aria-label', t('message.enlarge'));
  }
}

function photo({ id, spoiler, photo: { url, width, height } }, size) {
  const image = element('img', {
    src: url,
    width,
    height,
    alt: t('message.photo'),
    loading: 'lazy',
    decoding: 'async',
  });
  if (size) {
    image.style.width = `${size.width}px`;
    image.style.aspectRatio = `${width} / ${height}`;
  }
  const label = t(spoiler ? 'message.spoiler.photo' : 'message.enlarge');
  const node = button(`photo-open${spoiler ? ' covered' : ''}`, label, null, image);
  node.dataset.act = 'photo';
  node.dataset.photo = id;
  node.tabIndex = -1;
  return node;
}

function sizeOf({ width, height }) {
  const scale = Math.min(ONE_MAX_PX.width / width, ONE_MAX_PX.height / height, 1);
  return { width: Math.max(ONE_MIN_PX, Math.round(width * scale)) };
}
