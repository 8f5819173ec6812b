import { follow, readState, resetAll } from './api.js';
import { Column } from './column.js';
import { element } from './dom.js';

const columnsNode = document.getElementById('columns');
const tabsNode = document.getElementById('tabs');
const linkNode = document.getElementById('link');
const columns = new Map();
const tabs = new Map();

/** Draws a column for everybody the sandbox knows and brings every chat up to date. */
async function refreshAll() {
  const { bot, people } = await readState();
  document.getElementById('bot').textContent = `${bot.name} · @${bot.username}`;
  for (const [index, person] of people.entries()) {
    if (!columns.has(person.id)) addColumn(person, bot, index);
  }
  await Promise.all([...columns.values()].map((column) => column.refresh()));
}

function addColumn(person, bot, index) {
  const column = new Column(person, bot, index);
  const badge = element('span', { class: 'badge', hidden: true });
  const tab = element(
    'button',
    { class: 'tab', type: 'button', role: 'tab', 'aria-controls': column.node.id },
    column.name,
    badge,
  );
  tab.addEventListener('click', () => select(person.id));
  tab.addEventListener('keydown', (event) => moveTab(event));
  column.onUnread = (count) => {
    badge.textContent = String(count);
    badge.hidden = count === 0;
  };
  columns.set(person.id, column);
  tabs.set(person.id, tab);
  columnsNode.append(column.node);
  tabsNode.append(tab);
  if (columns.size === 1) select(person.id);
  else select(selectedId());
}

const selectedId = () =>
  [...columns].find(([, { node }]) => node.classList.contains('chosen'))?.[0];

/** Which person a narrow screen shows; a wide one shows them all. */
function select(id) {
  for (const [personId, column] of columns) {
    const isChosen = personId === id;
    column.node.classList.toggle('chosen', isChosen);
    const tab = tabs.get(personId);
    tab.setAttribute('aria-selected', String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
  }
  const chosen = columns.get(id);
  chosen.list.scrollTop = chosen.list.scrollHeight;
  chosen.markRead();
}

function moveTab(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const ids = [...columns.keys()];
  const next = ids[(ids.indexOf(selectedId()) + step + ids.length) % ids.length];
  select(next);
  tabs.get(next).focus();
}

function showLink(isUp) {
  linkNode.classList.toggle('up', isUp);
  linkNode.querySelector('span').textContent = isUp ? 'Terhubung' : 'Terputus, mencoba lagi…';
}

document.getElementById('reset').addEventListener('click', () => {
  if (window.confirm('Kosongkan semua chat di sandbox? Data bot sendiri tidak ikut terhapus.')) {
    void resetAll();
  }
});

follow({
  onOpen: () => {
    showLink(true);
    void refreshAll();
  },
  onLost: () => showLink(false),
  onEvent: (event) => {
    if (event.type === 'people') void refreshAll();
    const column = columns.get(event.personId);
    if (event.type === 'chat') void column?.refresh();
    else column?.heard(event);
  },
});
