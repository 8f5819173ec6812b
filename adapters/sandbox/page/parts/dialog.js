import { button, element, icon } from './dom.js';
import { t } from '../words/words.js';

let count = 0;

/** A refusal in words for the reader; with `input`, of what stands in that field. */
export class Refused extends Error {
  constructor(words, input) {
    super(words);
    this.input = input;
  }
}

/**
 * Opens a modal form; `action` is the label of its button. `submit()` may refuse by throwing: the
 * form then stays, with the reason. After a submit that went well it closes, unless `isDone` is
 * false. Focus goes back to `opener` at the end.
 */
export function openForm({ title, lead, body, action, isDanger, isDone = true, submit, opener }) {
  const heading = `dialog-title-${(count += 1)}`;
  const refusal = element('p', { class: 'form-refusal', role: 'alert', id: `${heading}-refusal` });
  const close = () => dialog.close();
  const foot = element(
    'div',
    { class: 'form-foot' },
    plainButton('form-quiet', isDone ? t('page.cancel') : t('page.close'), close),
    element('button', { class: `form-go${isDanger ? ' danger' : ''}` }, action),
  );
  const form = element(
    'form',
    { class: 'form', novalidate: true },
    element(
      'header',
      { class: 'form-head' },
      element('h2', { id: heading }, title),
      button('tool', t('page.close'), close, icon('close')),
    ),
    element(
      'div',
      { class: 'form-body' },
      lead ? element('p', { class: 'lead' }, lead) : null,
      ...body,
    ),
    refusal,
    foot,
  );
  const dialog = element('dialog', { class: 'sheet', 'aria-labelledby': heading }, form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt({ form, refusal, submit }).then((went) => went && isDone && close());
  });
  dialog.addEventListener('mousedown', ({ target }) => target === dialog && close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    opener?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  (form.querySelector('[autofocus]') ?? form.querySelector('.form-body input, select'))?.focus();
  return dialog;
}

export const plainButton = (className, words, onClick) =>
  element('button', { class: className, type: 'button', on: { click: onClick } }, words);

async function attempt({ form, refusal, submit }) {
  refusal.textContent = '';
  for (const field of form.querySelectorAll('[aria-invalid]'))
    field.removeAttribute('aria-invalid');
  const go = form.querySelector('.form-go');
  go.disabled = true;
  try {
    await submit();
    return true;
  } catch (error) {
    refusal.textContent =
      error instanceof Refused ? error.message : t('tools.failed', { reason: error.message });
    error.input?.setAttribute('aria-invalid', 'true');
    error.input?.setAttribute('aria-describedby', refusal.id);
    error.input?.focus();
    return false;
  } finally {
    go.disabled = false;
  }
}
