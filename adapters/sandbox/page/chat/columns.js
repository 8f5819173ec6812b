import { Column } from './column.js';
import { element } from '../parts/dom.js';

const columns = new Map();
const tabs = new Map();
let columnsNode;
let tabsNode;
let shownIds = null;
let chosenId;
let drawnSoFar = 0;

/**
 * The people on the page. What else is on it finds them here: `get(personId)` is their Column or
 * undefined, `all()` every one, in the order of showing.
 */
export const get = (personId) => columns.get(personId);
export const all = () => [...columns.values()];

/** Draws into these two nodes from now on. */
export function place(columnsIn, tabsIn) {
  columnsNode = columnsIn;
  tabsNode = tabsIn;
  tabsNode.addEventListener('keydown', moveTab);
}

/** Adds who is new and takes away who is gone; everybody else stays as they are. */
export function arrange(people, bot) {
  for (const person of people) if (!columns.has(person.id)) add(person, bot);
  const ids = new Set(people.map(({ id }) => id));
  for (const id of columns.keys()) if (!ids.has(id)) remove(id);
  for (const column of columns.values()) column.describe(bot);
  applyShown();
}

/** Only these people are shown, until this is called with null. */
export function showOnly(personIds) {
  shownIds = personIds === null ? null : new Set(personIds);
  applyShown();
}

/** Brings a person into view: their tab on a narrow screen, their column on a wide one. */
export function reveal(personId) {
  const column = columns.get(personId);
  if (!column) return;
  select(personId);
  column.node.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function add(person, bot) {
  const column = new Column(person, bot, drawnSoFar++);
  const badge = element('span', { class: 'badge', hidden: true });
  const tab = element(
    'button',
    {
      class: 'tab',
      type: 'button',
      role: 'tab',
      'aria-controls': column.node.id,
      on: { click: () => select(person.id) },
    },
    element('span', { class: 'tab-name' }),
    badge,
  );
  column.onUnread = (count) => {
    badge.textContent = String(count);
    badge.hidden = count === 0;
  };
  columns.set(person.id, column);
  tabs.set(person.id, tab);
  columnsNode.append(column.node);
  tabsNode.append(tab);
}

function remove(personId) {
  columns.get(personId).dispose();
  tabs.get(personId).remove();
  columns.delete(personId);
  tabs.delete(personId);
}

const isShown = (personId) => shownIds === null || shownIds.has(personId);

function applyShown() {
  for (const [personId, column] of columns) {
    column.node.hidden = !isShown(personId);
    tabs.get(personId).hidden = !isShown(personId);
  }
  const choosable = [...columns.keys()].filter(isShown);
  nameTabs(choosable.map(get));
  if (!choosable.includes(chosenId) && choosable.length > 0) select(choosable[0]);
  else mark();
}

/** Tabs are short, so they say no more than tells them apart. */
function nameTabs(shown) {
  for (const { personId, name, longName } of shown) {
    const isAlone = shown.filter((other) => other.name === name).length === 1;
    tabs.get(personId).querySelector('.tab-name').textContent = isAlone ? name : longName;
  }
}

/** Whom a narrow screen shows; a wide one shows them all. */
function select(personId) {
  const isNew = chosenId !== personId;
  chosenId = personId;
  mark();
  tabs.get(personId).scrollIntoView({ block: 'nearest', inline: 'nearest' });
  if (isNew) columns.get(personId).opened();
}

function mark() {
  for (const [personId, column] of columns) {
    const isChosen = personId === chosenId;
    column.node.classList.toggle('chosen', isChosen);
    const tab = tabs.get(personId);
    tab.setAttribute('aria-selected', String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
  }
}

function moveTab(event) {
  const ids = [...columns.keys()].filter(isShown);
  const at = ids.indexOf(chosenId);
  const next = {
    ArrowRight: ids[(at + 1) % ids.length],
    ArrowLeft: ids[(at - 1 + ids.length) % ids.length],
    Home: ids[0],
    End: ids.at(-1),
  }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  select(next);
  tabs.get(next).focus();
}
