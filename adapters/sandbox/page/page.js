import { follow, readState, resetAll } from './parts/api.js';
import * as columns from './chat/columns.js';
import { createTools } from './tools/tools.js';
import { icon } from './parts/dom.js';
import { setClock } from './parts/format.js';
import { ask } from './parts/overlay.js';
import { nextTheme, theme } from './theme.js';
import { language, setLanguage, t, translate } from './words/words.js';

const byId = (id) => document.getElementById(id);

/** Draws a column for everybody the sandbox knows and brings every chat up to date. */
async function refreshAll() {
  const state = await readState();
  byId('bot').textContent = `${state.bot.name} · @${state.bot.username}`;
  setClock(state.clock.now);
  columns.arrange(state.people, state.bot);
  tools.stateRead(state);
  await Promise.all(columns.all().map((column) => column.refresh()));
}

function showLink(isUp) {
  byId('link').classList.toggle('up', isUp);
  byId('link').querySelector('span').textContent = t(isUp ? 'page.connected' : 'page.lost');
}

function showTheme() {
  const label = t(`page.theme.${theme()}`);
  byId('theme').replaceChildren(icon({ auto: 'theme', light: 'sun', dark: 'moon' }[theme()]));
  byId('theme').setAttribute('aria-label', label);
  byId('theme').title = label;
}

async function reset() {
  if (await ask(t('page.reset.ask'), t('page.reset'))) await resetAll();
}

function hear(event) {
  if (event.type === 'people') void refreshAll();
  if (event.type === 'clock') {
    setClock(event.now);
    for (const one of columns.all()) one.nameDays();
  }
  const column = columns.get(event.personId);
  if (event.type === 'chat') void column?.refresh();
  else column?.heard(event);
  tools.heard(event);
}

document.documentElement.lang = language();
document.title = t('page.title');
translate(document);
showTheme();
byId('language').textContent = language().toUpperCase();
byId('language').addEventListener('click', () => setLanguage(language() === 'id' ? 'en' : 'id'));
byId('theme').addEventListener('click', () => {
  nextTheme();
  showTheme();
});
byId('reset').addEventListener('click', () => void reset());
columns.place(byId('columns'), byId('tabs'));
const tools = createTools(() => void refreshAll());

follow({
  onOpen: () => {
    showLink(true);
    for (const column of columns.all()) column.forget();
    tools.opened();
    void refreshAll();
  },
  onLost: () => showLink(false),
  onEvent: hear,
});
