import { element, icon } from '../parts/dom.js';
import { fileSize, initials } from '../parts/format.js';
import { t } from '../words/words.js';

/** A file with its name and size; pressing it downloads. */
export function documentCard({ url, name, size }) {
  return element(
    'a',
    { class: 'attachment', href: url, download: name, tabindex: -1 },
    element('span', { class: 'attachment-sign', 'aria-hidden': 'true' }, ending(name)),
    words(name, fileSize(size)),
  );
}

/** A shared contact; pressing it calls the number. */
export function contactCard({ firstName, lastName = '', phoneNumber }) {
  const name = `${firstName} ${lastName}`.trim();
  return element(
    'a',
    {
      class: 'attachment',
      href: `tel:${phoneNumber.replace(/[^+\d]/g, '')}`,
      tabindex: -1,
    },
    element(
      'span',
      { class: 'attachment-sign round', 'aria-hidden': 'true' },
      initials(firstName, lastName),
    ),
    words(name, phoneNumber),
  );
}

/** A shared place: a sketch of a map with a pin, and where it is. */
export function locationCard({ latitude, longitude }) {
  const place = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const address = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return element(
    'a',
    {
      class: 'place',
      href: address,
      target: '_blank',
      rel: 'noopener noreferrer',
      tabindex: -1,
    },
    element('span', { class: 'place-map' }, icon('location')),
    words(t('message.location'), place),
  );
}

const words = (title, detail) =>
  element(
    'span',
    { class: 'attachment-words' },
    element('strong', {}, title),
    element('small', {}, detail),
  );

/** The name's ending, as the sign of a file; a drawing where it has none. */
function ending(name) {
  const found = /\.([a-z\d]{1,4})$/i.exec(name)?.[1];
  return found ? found.toUpperCase() : icon('file');
}
