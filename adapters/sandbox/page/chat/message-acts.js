import * as api from '../parts/api.js';
import { copy } from '../parts/clipboard.js';
import { safeAddress, startOf } from './links.js';
import { openMenu } from '../parts/menu.js';
import { uncover } from './photos.js';
import { showToast } from '../parts/overlay.js';
import { openViewer } from './viewer.js';
import { t } from '../words/words.js';

const BUSY_MS = 15_000;
const FLASH_MS = 1600;

/**
 * What pressing something in a message does, by its `data-act`. `phone` has the person's id, the
 * column's node, stage and composer, its history and scroller, `username()` of the bot, and
 * `attempt(promise)`, which shows a refusal.
 */
export function messageActs(phone) {
  const { personId, node: host, stage, history, composer, attempt } = phone;
  const message = (id) => history.messages.get(id);

  const press = (button, id) => {
    const [row, index] = button.dataset.place.split('.');
    const key = message(id).buttons[row][index];
    if (key.url) return open(key.url);
    if (key.copyText) return void copy(key.copyText, stage);
    if (key.data === undefined) return;
    setBusy(button, true);
    setTimeout(() => setBusy(button, false), BUSY_MS);
    attempt(api.press(personId, id, key.data));
  };
  /** A link to the bot itself offers START, as in Telegram; false for every other link. */
  const follow = (url) => {
    const start = startOf(url, phone.username());
    if (start === undefined) return false;
    composer.offerStart(start);
    return true;
  };
  const open = (url) => {
    if (follow(url)) return undefined;
    const address = safeAddress(url);
    if (address === undefined) return showToast(stage, t('message.link.refused', { url }));
    return void window.open(address, '_blank', 'noopener');
  };
  const jump = (id) => {
    const target = history.nodeOf(id);
    if (!target) return showToast(stage, t('message.gone'));
    void phone.scroller.show(target).then(() => flash(target));
  };
  const menu = (id, point) => {
    const anchor = history.nodeOf(id);
    openMenu({ host, anchor, point, label: t('message.actions'), items: menuItems(id) });
  };
  const menuItems = (id) => {
    const it = history.albumOf(id).find(({ text }) => text !== '') ?? message(id);
    const isOwn = it.from === 'person';
    return [
      { label: t('message.reply'), sign: 'reply', run: () => composer.reply(it) },
      it.text === ''
        ? null
        : { label: t('message.copy'), sign: 'copy', run: () => void copy(it.text, stage) },
      isOwn && ['text', 'photo', 'document'].includes(it.kind)
        ? { label: t('message.edit'), sign: 'edit', run: () => composer.edit(it) }
        : null,
      isOwn
        ? { label: t('message.remove'), sign: 'remove', isDanger: true, run: () => removeAll(id) }
        : null,
    ].filter((item) => item !== null);
  };
  const removeAll = (id) =>
    history.albumOf(id).forEach((one) => attempt(api.remove(personId, one.id)));

  return {
    press,
    jump: (button) => jump(Number(button.dataset.to)),
    photo: (button, id) =>
      button.classList.contains('covered')
        ? uncover(button.closest('.bubble'))
        : openAlbum(history.albumOf(id), Number(button.dataset.photo)),
    say: (button) => attempt(api.say(personId, button.textContent)),
    copy: (button) => void copy(button.textContent, stage),
    'copy-block': (button) =>
      void copy(button.closest('.code-block').querySelector('code').textContent, stage),
    spoiler: reveal,
    expand: toggleQuote,
    more: (_button, id) => menu(id, null),
    menu,
    follow,
    open,
    jumpTo: jump,
  };
}

/** The small wheel on a pressed button, until the bot answers. */
export function setBusy(button, isBusy) {
  button.classList.toggle('busy', isBusy);
  if (isBusy) button.setAttribute('aria-busy', 'true');
  else button.removeAttribute('aria-busy');
}

/** Lights a message up for a moment. */
export function flash(node) {
  node.classList.remove('flash');
  void node.offsetWidth; // so that a second flash begins anew
  node.classList.add('flash');
  setTimeout(() => node.classList.remove('flash'), FLASH_MS);
}

function openAlbum(messages, photoId) {
  const shown = messages.filter(({ photo }) => photo);
  const photos = shown.map(({ id, photo, text }) => ({
    url: photo.url,
    name: `photo-${id}.jpg`,
    caption: text,
  }));
  openViewer(
    photos,
    shown.findIndex(({ id }) => id === photoId),
  );
}

function reveal(node) {
  node.classList.add('shown');
  for (const name of ['role', 'tabindex', 'aria-label', 'data-act']) node.removeAttribute(name);
  node.firstChild.removeAttribute('aria-hidden');
}

function toggleQuote(button) {
  const isOpen = button.closest('.expandable').classList.toggle('open');
  button.setAttribute('aria-expanded', String(isOpen));
  button.setAttribute('aria-label', t(isOpen ? 'message.less' : 'message.more'));
}
