const SHOWN_MS = 1200;
/** Further from the top of its section than its margin: it floats over messages. */
const FLOATING_FROM_PX = 8;

/** The day that floats over the messages is shown while they move; where one begins it stays. */
export function floatDays(list) {
  let timer;
  const settle = () => {
    for (const label of list.querySelectorAll('.date')) {
      const down = label.offsetTop - label.parentElement.offsetTop;
      label.classList.toggle('floating', down > FLOATING_FROM_PX);
    }
    list.classList.remove('moving');
  };
  const moved = () => {
    list.classList.add('moving');
    clearTimeout(timer);
    timer = setTimeout(settle, SHOWN_MS);
  };
  list.addEventListener('scroll', moved, { passive: true });
}
