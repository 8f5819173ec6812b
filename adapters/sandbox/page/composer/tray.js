import { button, element, icon } from '../parts/dom.js';
import { fileSize } from '../parts/format.js';
import { t } from '../words/words.js';

const SIDE_PX = 72;

/** The files that wait to be sent; `onChange` is called when there are more or fewer. */
export class Tray {
  #items = [];
  #onChange;
  node = element('ul', { class: 'tray', hidden: true });

  constructor(onChange) {
    this.#onChange = onChange;
  }

  get isEmpty() {
    return this.#items.length === 0;
  }

  add(file, asPhoto) {
    this.#items.push({ file, asPhoto });
    this.#render();
  }

  /** Empties the tray; resolves what was in it as photos and other files. */
  takeAll() {
    const items = this.#items;
    this.#items = [];
    this.#render();
    const files = (wanted) => items.filter(({ asPhoto }) => asPhoto === wanted);
    return {
      photos: files(true).map(({ file }) => file),
      others: files(false).map(({ file }) => file),
    };
  }

  #render() {
    this.node.replaceChildren(...this.#items.map((item) => this.#draw(item)));
    this.node.hidden = this.isEmpty;
    this.#onChange();
  }

  #draw(item) {
    const { file, asPhoto } = item;
    const remove = () => {
      this.#items = this.#items.filter((other) => other !== item);
      this.#render();
    };
    const label = t('compose.tray.remove', { name: file.name });
    return element(
      'li',
      { class: 'tray-item' },
      asPhoto ? thumbnail(file) : element('span', { class: 'tray-file' }, icon('file')),
      element(
        'span',
        { class: 'tray-words' },
        element('span', {}, file.name),
        element('small', {}, fileSize(file.size)),
      ),
      button('tray-remove', label, remove, icon('close')),
    );
  }
}

/** A small preview drawn on a canvas: the page's policy allows no blob: images. */
function thumbnail(file) {
  const canvas = element('canvas', { width: SIDE_PX, height: SIDE_PX, class: 'tray-thumbnail' });
  createImageBitmap(file).then(
    (bitmap) => {
      const side = Math.min(bitmap.width, bitmap.height);
      const [x, y] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
      const pen = canvas.getContext('2d');
      pen.drawImage(bitmap, x, y, side, side, 0, 0, SIDE_PX, SIDE_PX);
    },
    () => canvas.replaceWith(icon('photo')),
  );
  return canvas;
}
