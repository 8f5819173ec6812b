/** Addresses that may be opened; everything else a message carries stays plain text. */
const SAFE = /^(https?|tg|mailto|tel):/i;

/** The address if it may be opened, else undefined: `javascript:` and its like never are. */
export function safeAddress(address) {
  const trimmed = address.trim();
  return SAFE.test(trimmed) ? trimmed : undefined;
}

/** Where an entity without an address of its own leads, as Telegram reads it. */
export function addressOf(type, text) {
  if (type === 'mention') return `https://t.me/${text.slice(1)}`;
  if (type === 'email') return `mailto:${text}`;
  if (type === 'phone_number') return `tel:${text.replace(/[^+\d]/g, '')}`;
  if (type === 'url') return /^[a-z][a-z\d+.-]*:/i.test(text) ? text : `http://${text}`;
  return undefined;
}

/**
 * What a link to the bot itself starts it with: `abc` of `https://t.me/upah_bot?start=abc`; undefined
 * for every other link.
 */
export function startOf(address, username) {
  if (!URL.canParse(address)) return undefined;
  const { hostname, pathname, searchParams } = new URL(address);
  const isBot = pathname.toLowerCase() === `/${username.toLowerCase()}`;
  if (!isBot || !['t.me', 'telegram.me'].includes(hostname)) return undefined;
  return searchParams.get('start') ?? undefined;
}
