import { PATHS } from './icons.js';

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

/** A button known by `label`; `onClick` may be null where a click is heard further up. */
export function button(className, label, onClick, ...children) {
  const on = onClick ? { click: onClick } : {};
  const options = { class: className, type: 'button', 'aria-label': label, on };
  return element('button', options, ...children);
}

/** A drawing by its name in `icons.js`; for the eye only. */
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
