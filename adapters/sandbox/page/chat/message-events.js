const LONG_PRESS_MS = 500;
const LONG_PRESS_SLIP_PX = 10;

/**
 * Hears every press in the list at one place. `acts` has a function for each `data-act`, called with
 * the pressed node and the id of its message, `menu(messageId, point)`, where point is null for the
 * keyboard, and `follow(address)`, true where a link needs no opening.
 */
export function hearMessages(list, acts) {
  const idOf = (node) => Number(node.closest('.message').dataset.id);
  list.addEventListener('click', (event) => {
    const { target } = event;
    const link = target.closest('a[href]');
    if (link && acts.follow(link.href)) event.preventDefault();
    const node = target.closest('[data-act]');
    if (node) acts[node.dataset.act](node, idOf(node));
  });
  list.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (target.matches('span[data-act]') && (key === 'Enter' || key === ' ')) {
      event.preventDefault();
      target.click();
    } else if (target.matches('.message') && (key === 'Enter' || key === ' ')) {
      event.preventDefault();
      acts.menu(idOf(target), null);
    }
  });
  list.addEventListener('contextmenu', (event) => {
    const bubble = event.target.closest('.bubble') ?? event.target.closest('.message');
    if (!bubble || event.target.closest('a[target]')) return;
    event.preventDefault();
    const isByKey = event.button !== 2;
    acts.menu(idOf(bubble), isByKey ? null : { x: event.clientX, y: event.clientY });
  });
  hearLongPress(list, (node, point) => acts.menu(idOf(node), point));
}

/** For touch screens whose browser makes no `contextmenu` of it. */
function hearLongPress(list, run) {
  let timer;
  let start;
  const stop = () => clearTimeout(timer);
  list.addEventListener('pointerdown', (event) => {
    const bubble = event.target.closest('.bubble');
    if (event.pointerType !== 'touch' || !bubble) return;
    start = { x: event.clientX, y: event.clientY };
    stop();
    timer = setTimeout(() => run(bubble, start), LONG_PRESS_MS);
  });
  list.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (start && Math.hypot(clientX - start.x, clientY - start.y) > LONG_PRESS_SLIP_PX) stop();
  });
  for (const end of ['pointerup', 'pointercancel']) list.addEventListener(end, stop);
}
