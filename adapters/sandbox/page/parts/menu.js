import { element, icon } from './dom.js';

const GAP_PX = 6;

/**
 * Opens a menu over a column. `items` are `{ label, sign?, isDanger?, run }`; `anchor` is the node
 * that it belongs to and that gets the focus back, `point` where it opens if not beside the anchor.
 * Escape, Tab, a press elsewhere and a choice close it.
 */
export function openMenu({ host, anchor, items, label, point = null }) {
  document.querySelector('.menu')?.dispatchEvent(new Event('close'));
  const menu = element('div', { class: 'menu', role: 'menu', 'aria-label': label });
  const close = (giveBack) => {
    if (!menu.isConnected) return;
    document.removeEventListener('pointerdown', pressed, true);
    anchor.removeAttribute('aria-expanded');
    menu.remove();
    if (giveBack && anchor.isConnected) anchor.focus({ preventScroll: true });
  };
  const pressed = ({ target }) => {
    if (!menu.contains(target) && !anchor.contains(target)) close(false);
  };
  menu.append(...items.map((item) => menuItem(item, () => close(true))));
  menu.addEventListener('keydown', (event) => keyed(event, menu, close));
  menu.addEventListener('close', () => close(false));
  document.addEventListener('pointerdown', pressed, true);
  anchor.setAttribute('aria-expanded', 'true');
  host.append(menu);
  place(menu, host, point ?? pointBeside(anchor, menu));
  menu.firstChild.focus({ preventScroll: true });
}

/** Closes the menu that belongs to this node; false where there is none. */
export function closeMenuOf(anchor) {
  if (anchor.getAttribute('aria-expanded') !== 'true') return false;
  document.querySelector('.menu')?.dispatchEvent(new Event('close'));
  return true;
}

function menuItem({ label, sign, isDanger, run }, close) {
  const pick = () => {
    close();
    run();
  };
  return element(
    'button',
    {
      class: `choice${isDanger ? ' danger' : ''}`,
      type: 'button',
      role: 'menuitem',
      tabindex: -1,
      on: { click: pick },
    },
    sign ? icon(sign) : null,
    element('span', {}, label),
  );
}

function keyed(event, menu, close) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const next = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items[(at - 1 + items.length) % items.length],
    Home: items[0],
    End: items.at(-1),
  }[event.key];
  if (event.key === 'Escape' || event.key === 'Tab') close(true);
  if (next === undefined && event.key !== 'Escape') return;
  event.preventDefault();
  event.stopPropagation();
  next?.focus();
}

/** Under the anchor, or above it where there is more room there. */
function pointBeside(anchor, menu) {
  const { left, right, top, bottom } = anchor.getBoundingClientRect();
  const isLow = bottom + menu.offsetHeight + GAP_PX > window.innerHeight;
  const isAtRight = left + menu.offsetWidth > window.innerWidth;
  return {
    x: isAtRight ? right - menu.offsetWidth : left,
    y: isLow ? top - menu.offsetHeight - GAP_PX : bottom + GAP_PX,
  };
}

/** Always wholly within its host. */
function place(menu, host, { x, y }) {
  const box = host.getBoundingClientRect();
  const within = (value, most) => Math.max(GAP_PX, Math.min(value, most - GAP_PX));
  menu.style.left = `${within(x - box.left, box.width - menu.offsetWidth)}px`;
  menu.style.top = `${within(y - box.top, box.height - menu.offsetHeight)}px`;
}
