/** Small words for building the page. Text always goes in as text, never as markup. */

/**
 * An element with a class, attributes and children. Strings become text nodes; `null` is left out.
 */
export function element(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  const { class: className, on = {}, ...attributes } = options;
  if (className) node.className = className;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  for (const [event, listener] of Object.entries(on)) node.addEventListener(event, listener);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function button(className, label, onClick, ...children) {
  const options = { class: className, type: 'button', 'aria-label': label, on: { click: onClick } };
  return element('button', options, ...children);
}

const PATHS = {
  attach: 'M8 12.5 14.6 6a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.4a5.4 5.4 0 0 1-7.6-7.6l8-8',
  send: 'M3.5 4.5 21 12 3.5 19.5l2.2-7.5zM5.7 12H13',
  keyboard: 'M3 7h18v11H3zM6.5 10.5h.01M10 10.5h.01M13.5 10.5h.01M17 10.5h.01M8 14.5h8',
  command: 'M14.5 7 9.5 17M4.5 4.5h15v15h-15z',
  tick: 'm7 13 4 4 9-10',
  ticks: 'm2 13 4 4 9-10M11.5 16l1 1 9-10',
  down: 'm6 9 6 6 6-6',
  more: 'M12 5.5h.01M12 12h.01M12 18.5h.01',
  photo: 'M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 9h.01',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  phone: 'M8 3h8v18H8zM11 18.5h2',
  receipt: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9.5 8h5M9.5 12h5',
};

export function icon(name) {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('icon');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

const CLOCK = new Intl.DateTimeFormat('id-ID', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('id-ID', { day: 'numeric', month: 'long' });

export const clockTime = (iso) => CLOCK.format(new Date(iso)).replace('.', ':');

export function dayName(iso) {
  const day = new Date(iso);
  return day.toDateString() === new Date().toDateString() ? 'Hari ini' : DAY.format(day);
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} MB`;
}
