import { element } from '../parts/dom.js';

/** A labelled line of text or number. `hint` stands below it. */
export function textField(label, { hint, ...attributes } = {}) {
  const input = element('input', { type: 'text', autocomplete: 'off', ...attributes });
  return { input, node: field(label, input, hint) };
}

/** A labelled choice among `options`: [value, words] each. */
export function selectField(label, options, attributes = {}) {
  const nodes = options.map(([value, words]) => element('option', { value }, words));
  const input = element('select', attributes, ...nodes);
  return { input, node: field(label, input) };
}

/**
 * Cards of which one is chosen: { value, title, detail } each, the first unless told otherwise.
 * `value()` is the chosen one's.
 */
export function cardField(legend, name, options, onChange = () => {}) {
  const cards = options.map(({ value, title, detail }, index) =>
    element(
      'label',
      { class: 'option-card' },
      element('input', { type: 'radio', name, value, checked: index === 0 }),
      element(
        'span',
        {},
        element('strong', {}, title),
        detail ? element('small', {}, detail) : null,
      ),
    ),
  );
  const node = element(
    'fieldset',
    { class: 'cards', on: { change: onChange } },
    element('legend', {}, legend),
    ...cards,
  );
  return { node, value: () => node.querySelector('input:checked')?.value };
}

/** A tick box with its words. */
export function tickField(words, attributes = {}) {
  const input = element('input', { type: 'checkbox', ...attributes });
  return {
    input,
    node: element('label', { class: 'tick-field' }, input, element('span', {}, words)),
  };
}

function field(label, input, hint) {
  return element(
    'label',
    { class: 'field' },
    element('span', {}, label),
    input,
    hint ? element('small', {}, hint) : null,
  );
}
