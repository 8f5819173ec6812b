import { readLedger } from '../parts/api.js';
import { element } from '../parts/dom.js';
import { clockTime } from '../parts/format.js';
import { money } from './money.js';
import { t } from '../words/words.js';

/** The books at a glance: every account's balance, the sum of all, and the last postings. */
export class Ledger {
  #balances = new Map();
  #rows = new Map();
  #postings = new Map();
  #last = '';

  constructor() {
    this.problem = element('p', { class: 'panel-problem', role: 'alert', hidden: true });
    this.sum = element('p', { class: 'ledger-sum', role: 'status' });
    this.accounts = element('div', { class: 'ledger-accounts' });
    this.list = element('ol', { class: 'ledger-postings' });
    this.empty = element('p', { class: 'nothing' }, t('ledger.empty'));
    const heading = element('h2', {}, t('ledger.postings'));
    this.books = element(
      'div',
      { hidden: true },
      this.sum,
      this.accounts,
      heading,
      this.empty,
      this.list,
    );
    this.node = element(
      'section',
      { class: 'ledger', 'aria-label': t('ledger.name') },
      this.problem,
      this.books,
    );
  }

  /** Resolves to whether the books could be read. */
  async refresh() {
    try {
      const view = await readLedger();
      this.problem.hidden = true;
      const content = JSON.stringify(view);
      if (content !== this.#last) this.#show(view);
      this.#last = content;
      return true;
    } catch (error) {
      this.problem.textContent = t('ledger.failed', { reason: error.message });
      this.problem.hidden = false;
      return false;
    }
  }

  #show({ currency, accounts, sum, postings }) {
    const isFirst = this.#last === '';
    this.books.hidden = false;
    const isSound = BigInt(sum) === 0n;
    const shownSum = t('ledger.sum', { amount: money(sum, currency) });
    this.sum.textContent = `${shownSum} ${isSound ? '✓' : t('ledger.unsound')}`;
    this.sum.classList.toggle('unsound', !isSound);
    this.#showAccounts(accounts, currency, isFirst);
    this.#showPostings(postings, currency, isFirst);
  }

  #showAccounts(accounts, currency, isFirst) {
    const groups = new Map();
    const rows = new Map();
    for (const account of accounts) {
      const key = `${account.group}\n${account.name}`;
      const row = this.#rows.get(key) ?? accountRow(account.name);
      this.#showBalance(row, key, account.balance, currency, isFirst);
      rows.set(key, row);
      groups.set(account.group, [...(groups.get(account.group) ?? []), row.node]);
    }
    this.#rows = rows;
    const sections = [...groups].map(([name, nodes]) =>
      element('section', {}, element('h2', {}, name), element('dl', {}, ...nodes)),
    );
    this.accounts.replaceChildren(...sections);
  }

  /** What changed is said beside the balance until the next change, and flashes once. */
  #showBalance(row, key, balance, currency, isFirst) {
    const before = this.#balances.get(key) ?? '0';
    this.#balances.set(key, balance);
    row.amount.textContent = money(balance, currency);
    row.amount.classList.toggle('negative', balance.startsWith('-'));
    const hasChanged = !isFirst && before !== balance;
    row.node.classList.toggle('changed', hasChanged);
    const change = BigInt(balance) - BigInt(before);
    row.change.textContent = hasChanged
      ? `${change > 0n ? '+' : ''}${money(change, currency)}`
      : '';
    row.change.classList.toggle('up', change > 0n);
  }

  #showPostings(postings, currency, isFirst) {
    const nodes = new Map();
    for (const posting of postings) {
      const known = this.#postings.get(posting.id);
      const node = known ?? postingRow(posting, currency);
      node.classList.toggle('fresh', !isFirst && !known);
      nodes.set(posting.id, node);
    }
    this.#postings = nodes;
    this.list.replaceChildren(...nodes.values());
    this.empty.hidden = postings.length > 0;
  }
}

function accountRow(name) {
  const amount = element('span', { class: 'amount' });
  const change = element('span', { class: 'change' });
  const node = element(
    'div',
    { class: 'account' },
    element('dt', {}, name),
    element('dd', {}, change, amount),
  );
  return { node, amount, change };
}

const postingRow = ({ at, what, from, to, amount }, currency) =>
  element(
    'li',
    {},
    element('strong', {}, what),
    element('span', { class: 'amount' }, money(amount, currency)),
    element('span', { class: 'ends' }, `${from} → ${to}`),
    element('time', { datetime: at }, clockTime(at)),
  );
