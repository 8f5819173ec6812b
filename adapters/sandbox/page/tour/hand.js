import * as columns from '../chat/columns.js';

const LOOK_MS = 1500;
const TYPING_MS = 350;
const LINES_MAX_PX = 140;
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/** Which showing is the present one: an older one that still looks or types gives up. */
let turn = 0;
let typed;
let tapped;

/** Shows what is about to be pressed or typed. What is not drawn yet is waited for a moment. */
export function showHand({ personId, target }) {
  withdrawHand();
  if (!target) return;
  const mine = turn;
  const until = performance.now() + LOOK_MS;
  const look = () => {
    if (mine !== turn || performance.now() > until || point(personId, target)) return;
    requestAnimationFrame(look);
  };
  look();
}

/** Takes the hand away, with what it typed. */
export function withdrawHand() {
  turn += 1;
  tapped?.classList.remove('tapping');
  tapped = undefined;
  if (typed && fieldOf(typed.personId)?.value === typed.text) {
    write(typed.personId, '');
  }
  typed = undefined;
}

/** False while what is to be pointed at is not there. */
function point(personId, { messageId, data, say }) {
  const node = columns.get(personId)?.node;
  if (!node) return false;
  const key = say === undefined ? inlineButton(node, messageId, data) : keyFor(node, say);
  if (key) tap(key);
  else if (say !== undefined && fieldOf(personId)?.offsetParent) type(personId, say);
  else return false;
  return true;
}

const fieldOf = (personId) => columns.get(personId)?.node.querySelector('.composer textarea');

/** The composer is not told: this is no draft of the reader's. */
function write(personId, text) {
  const field = fieldOf(personId);
  field.value = text;
  field.style.height = 'auto';
  if (text !== '') field.style.height = `${Math.min(field.scrollHeight, LINES_MAX_PX)}px`;
}

const inlineButton = (column, messageId, data) =>
  [...column.querySelectorAll(`[data-id="${messageId}"] [data-press]`)].find(
    (node) => node.dataset.press === data,
  );

/** What says the same at one tap: a key of the reply keyboard, or the large button of an empty chat. */
function keyFor(column, say) {
  const isSeen = (node) => node.offsetParent !== null;
  const key = [...column.querySelectorAll('.keyboard .key')].find(
    (node) => isSeen(node) && node.textContent === say,
  );
  const large = say === '/start' ? column.querySelector('.large') : null;
  return key ?? (large && isSeen(large) ? large : undefined);
}

function tap(node) {
  tapped = node;
  node.scrollIntoView({ block: 'nearest', behavior: STILL.matches ? 'auto' : 'smooth' });
  node.classList.add('tapping');
}

/** Letter by letter, unless the reader wants no motion. */
function type(personId, say) {
  const mine = turn;
  const letters = [...say];
  const started = performance.now();
  const step = () => {
    if (mine !== turn) return;
    const share = STILL.matches ? 1 : (performance.now() - started) / TYPING_MS;
    const count = Math.min(letters.length, Math.ceil(letters.length * share));
    typed = { personId, text: letters.slice(0, count).join('') };
    write(personId, typed.text);
    if (count < letters.length) requestAnimationFrame(step);
  };
  step();
}
