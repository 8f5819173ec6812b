import { parseUrl, type ParsedUrl } from '../kernel/index.ts';
import { refuseCampaign, type Link } from './campaign.ts';
import {
  knownForm,
  LINK_TABLE_VERSION,
  PLATFORMS,
  SHORTENERS,
  type LinkParts,
  type Platform,
} from './platforms.ts';

const LENGTH_MAX = 2_000;
/**
 * Control, space, bidirectional and zero-width characters, backslashes: nothing that a real link
 * has.
 */
const FORBIDDEN = /[\p{Cc}\p{Z}\\\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
const AUTHORITY = /^https:\/\/([^/?#]+)/i;
const ASCII_HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;
const PREFIXES = /^(?:www|m|mobile)\./;

/** Parameters that tell where a click came from, not what is shown. */
const TRACKING: ReadonlySet<string> = new Set([
  'fbclid',
  'gclid',
  'igshid',
  'igsh',
  'ig_rid',
  'si',
  'feature',
  'ref',
  'ref_src',
  'ref_url',
  'mibextid',
  '_r',
  '_t',
  'is_from_webapp',
  'sender_device',
  'web_id',
  'share_id',
  's',
  't',
  'xmt',
  'slof',
  'pp',
  '_rdr',
  'locale',
  'ab_channel',
  'rdid',
  'share_url',
]);
const isTracking = (name: string): boolean => name.startsWith('utm_') || TRACKING.has(name);

/**
 * Reads the link of a campaign (CAM-2): `https`, an allowed host, no credentials, no port, at most
 * 2.000 characters, no shortener. `key` is equal for links to the same thing, by the platform
 * table.
 */
export const readLink = (text: string, allowedHosts: readonly string[]): Link => {
  const raw = text.trim();
  if (raw.length > LENGTH_MAX) throw refuseCampaign('link.too-long', { max: LENGTH_MAX });
  const url = parseStrictly(raw);
  const host = url.hostname.replace(/\.$/, '').replace(PREFIXES, '');
  if (SHORTENERS.has(host)) throw refuseCampaign('link.shortener', { host });
  const platform = PLATFORMS.find(({ hosts }) => hosts.includes(host));
  if (!platform?.hosts.some((alias) => allowedHosts.includes(alias))) {
    throw refuseCampaign('link.host-not-allowed', { host, allowed: allowedHosts });
  }
  const parts = partsOf(url, host);
  if (platform.elsewhere?.test(parts.path)) throw refuseCampaign('link.shortener', { host });
  return {
    target: raw.replace(/#.*$/, ''),
    key: `https://${platform.host}${knownForm(platform, parts) ?? unknownForm(platform, parts)}`,
    platform: platform.name,
    version: LINK_TABLE_VERSION,
  };
};

/**
 * What the URL parser forgives (`https:evil`, backslashes, `@`, exotic digits and letters) is
 * refused before it sees it.
 */
const parseStrictly = (raw: string): ParsedUrl => {
  if (FORBIDDEN.test(raw)) throw refuseCampaign('link.unreadable');
  if (!/^https:\/\//i.test(raw)) {
    throw refuseCampaign(/^[a-z][a-z0-9+.-]*:/i.test(raw) ? 'link.not-https' : 'link.unreadable');
  }
  const [, authority] = AUTHORITY.exec(raw) ?? [];
  if (authority === undefined) throw refuseCampaign('link.unreadable');
  if (authority.includes('@')) throw refuseCampaign('link.credentials');
  if (authority.includes(':')) throw refuseCampaign('link.port');
  if (!ASCII_HOST.test(authority.replace(/\.$/, ''))) throw refuseCampaign('link.unreadable');
  const url = parseUrl(raw);
  if (!url || url.protocol !== 'https:') throw refuseCampaign('link.unreadable');
  return url;
};

/** `youtu.be/ID` is written as the path that the same video has on the platform's own host. */
const partsOf = (url: ParsedUrl, host: string): LinkParts => {
  const path = url.pathname.replaceAll(/\/{2,}/g, '/').replace(/\/+$/, '');
  const query = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=');
      return [name, value.join('=')];
    });
  const own = host === 'youtu.be' && /^\/[\w-]+$/.test(path) ? `/v${path}` : path;
  return { path: own, query: new Map(query) };
};

/** Stays as it is, without what only tells where a click came from. */
const unknownForm = ({ host }: Platform, { path, query }: LinkParts): string => {
  const kept = [...query].filter(([name]) => !isTracking(name));
  if (path === '' && kept.length === 0) throw refuseCampaign('link.no-content', { host });
  const search = kept
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
  return search === '' ? path : `${path}?${search}`;
};
