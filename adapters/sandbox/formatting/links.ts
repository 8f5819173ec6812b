import { badRequest } from '../bot-api/api-error.ts';

/** An address as Telegram keeps it, or why it takes none of it. */
export type CheckedLink = { readonly url: string } | { readonly reason: string };

const HTTP = /^(?:(https?):\/\/)?(?:([^/?#@]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::([^/?#]*))?(.*)$/is;
const OWN_SCHEME = /^(tg|ton):(?:\/\/)?([^/?#]*)(.*)$/is;

/**
 * Reads an address as tdlib's LinkManager does: `http` where no scheme is given, a host with a dot,
 * `tg:` and `ton:` links of Telegram itself, and nothing else.
 */
export function checkLink(link: string): CheckedLink {
  const own = OWN_SCHEME.exec(link);
  if (own) {
    const [, scheme = '', host = '', rest = ''] = own;
    if (host === '') return { reason: 'URL host is empty' };
    if (!/^[\w-]+$/.test(host)) return { reason: 'Unallowed characters in URL host' };
    const tail = rest.startsWith('/?') ? rest.slice(1) : rest;
    return { url: `${scheme.toLowerCase()}://${host.toLowerCase()}${tail === '' ? '/' : tail}` };
  }
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(link) && !/^https?:/i.test(link)) {
    return { reason: 'Unsupported URL protocol' };
  }
  const [, scheme = 'http', user, host = '', port, rest = ''] = HTTP.exec(link) ?? [];
  if (host === '') return { reason: 'URL host is empty' };
  if (/\s/.test(host)) return { reason: 'Wrong HTTP URL' };
  if (port !== undefined && !isPort(port))
    return { reason: 'Wrong port number specified in the URL' };
  if (!host.includes('.') && !host.startsWith('[')) return { reason: 'Wrong HTTP URL' };
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  const place = `${host.toLowerCase()}${port === undefined ? '' : `:${port}`}`;
  const owner = user === undefined ? '' : `${user}@`;
  return {
    url: `${scheme.toLowerCase()}://${owner}${place}${path}`.replace(/\s/g, encodeURIComponent),
  };
}

const isPort = (text: string): boolean =>
  /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536;

/** What the text links to: a person of Telegram, an address, or nothing that Telegram would keep. */
export function linkTarget(link: string): { userId: number } | { url: string } | undefined {
  const userId = userOfLink(link);
  if (userId !== undefined) return { userId };
  const checked = checkLink(link);
  return 'url' in checked ? checked : undefined;
}

/** The user id of a `tg://user?id=…` link. */
export function userOfLink(link: string): number | undefined {
  const query = /^tg:(?:\/\/)?user\/?\?([^#]*)/i.exec(link)?.[1];
  const id = query === undefined ? undefined : idOf(query);
  return id !== undefined && /^[1-9]\d{0,15}$/.test(id) ? Number(id) : undefined;
}

/** The emoji of a `tg://emoji?id=…` link; refuses anything else in tdlib's words. */
export function emojiOfLink(link: string): string {
  const match = /^tg:(?:\/\/)?(.*)$/is.exec(link);
  if (!match) throw cannotParse('Custom emoji URL must have scheme tg');
  const [, rest = ''] = match;
  if (/^time(?![^/?#])/i.test(rest)) throw badRequest('the sandbox does not show tg://time');
  if (!/^emoji(?![^/?#])/i.test(rest)) throw cannotParse('Custom emoji URL must have host "emoji"');
  const query = /^emoji\/?\?([^#]*)/i.exec(rest)?.[1];
  const id = query === undefined ? undefined : idOf(query);
  if (id === undefined) throw cannotParse('Custom emoji URL must have an emoji identifier');
  return emojiId(id);
}

/** A custom emoji's id: a decimal number without leading zeros. */
export function emojiId(text: string): string {
  if (!/^-?[1-9]\d{0,18}$/.test(text)) {
    throw cannotParse('Invalid custom emoji identifier specified');
  }
  return text;
}

const idOf = (query: string): string | undefined =>
  query
    .split('&')
    .find((part) => /^id(=|$)/.test(part))
    ?.slice(3);

/** 400 as every parser of markup gives it. */
export const cannotParse = (reason: string) => badRequest(`can't parse entities: ${reason}`);

/** Telegram counts places in markup in bytes of UTF-8. */
export const byteOffset = (source: string, at: number): number =>
  Buffer.byteLength(source.slice(0, at));
