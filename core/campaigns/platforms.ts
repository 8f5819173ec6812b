/** Grows when a rule below changes what `key` a link gets; stored in every campaign (CAM-2). */
export const LINK_TABLE_VERSION = 1;

export interface LinkParts {
  readonly host: string;
  /** Without trailing slash; empty for the start page. */
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
}

/** How one platform names the same thing: its aliases, and the one spelling that links are compared by. */
export interface Platform {
  readonly name: string;
  /** The one host of the compared spelling. */
  readonly host: string;
  /** Lower case, without www./m./mobile. */
  readonly hosts: readonly string[];
  rewrite(parts: LinkParts): LinkParts;
}

/** Only these parameters say what is shown; all others are dropped. */
const keeping =
  (...names: readonly string[]) =>
  (parts: LinkParts): LinkParts => ({
    ...parts,
    query: new Map([...parts.query].filter(([name]) => names.includes(name))),
  });

/** `youtu.be/ID`, `/shorts/ID`, `/live/ID`, `/embed/ID` → `/watch?v=ID`. */
const youtube = (parts: LinkParts): LinkParts => {
  const short =
    parts.host === 'youtu.be'
      ? /^\/([\w-]+)$/.exec(parts.path)
      : /^\/(?:shorts|live|embed|v)\/([\w-]+)$/.exec(parts.path);
  if (short) return { ...parts, path: '/watch', query: new Map([['v', short[1] ?? '']]) };
  return keeping('v', 'list')(parts);
};

/** `/reel/ID` and `/reels/ID` and `/USER/p/ID` show the post `/p/ID`; a profile is its name in any case. */
const instagram = (parts: LinkParts): LinkParts => {
  const [, id] = /^(?:\/[\w.]+)?\/(?:p|reel|reels|tv)\/([\w-]+)$/.exec(parts.path) ?? [];
  const profile = /^\/[\w.]+$/.test(parts.path);
  const path = id ? `/p/${id}` : profile ? parts.path.toLowerCase() : parts.path;
  return { ...parts, path, query: new Map() };
};

/** `/USER/status/ID` is the post whatever the name says; a profile is its name in any case. */
const x = (parts: LinkParts): LinkParts => {
  const [, id] = /^\/(?:i\/web|i|\w+)\/status(?:es)?\/(\d+)(?:\/.*)?$/.exec(parts.path) ?? [];
  const path = id ? `/i/status/${id}` : parts.path.toLowerCase();
  return { ...parts, path, query: new Map() };
};

/** `/@USER/video/ID` is the video; names are the same in any case. */
const tiktok = (parts: LinkParts): LinkParts => {
  const [, kind, id] = /^\/@[\w.-]+\/(video|photo)\/(\d+)$/.exec(parts.path) ?? [];
  const path = id ? `/${kind}/${id}` : parts.path.toLowerCase();
  return { ...parts, path, query: new Map() };
};

/** Posts keep the case of their id, names do not have any. */
const threads = (parts: LinkParts): LinkParts => {
  const [, id] = /^\/@[\w.]+\/post\/([\w-]+)$/.exec(parts.path) ?? [];
  return { ...parts, path: id ? `/post/${id}` : parts.path.toLowerCase(), query: new Map() };
};

/** `/s/NAME` is the web preview of `/NAME`; names are the same in any case, invitations (`/+…`) are not. */
const telegram = (parts: LinkParts): LinkParts => ({
  ...parts,
  path: /^\/(?:\+|joinchat\/)/.test(parts.path)
    ? parts.path
    : parts.path.replace(/^\/s\//, '/').toLowerCase(),
  query: new Map([...parts.query].filter(([name]) => name === 'start' || name === 'comment')),
});

export const PLATFORMS: readonly Platform[] = [
  {
    name: 'Instagram',
    host: 'instagram.com',
    hosts: ['instagram.com', 'instagr.am'],
    rewrite: instagram,
  },
  {
    name: 'TikTok',
    host: 'tiktok.com',
    hosts: ['tiktok.com'],
    rewrite: tiktok,
  },
  {
    name: 'YouTube',
    host: 'youtube.com',
    hosts: ['youtube.com', 'youtu.be', 'music.youtube.com'],
    rewrite: youtube,
  },
  {
    name: 'Facebook',
    host: 'facebook.com',
    hosts: ['facebook.com', 'fb.com', 'web.facebook.com', 'id-id.facebook.com'],
    rewrite: keeping('v', 'id', 'story_fbid', 'fbid', 'set'),
  },
  {
    name: 'X',
    host: 'x.com',
    hosts: ['x.com', 'twitter.com'],
    rewrite: x,
  },
  {
    name: 'Threads',
    host: 'threads.com',
    hosts: ['threads.com', 'threads.net'],
    rewrite: threads,
  },
  {
    name: 'Telegram',
    host: 't.me',
    hosts: ['t.me', 'telegram.me', 'telegram.dog'],
    rewrite: telegram,
  },
];

/** Hosts that hide where they lead: the full link must be given instead. */
export const SHORTENERS: ReadonlySet<string> = new Set([
  'vm.tiktok.com',
  'vt.tiktok.com',
  'bit.ly',
  'bitly.com',
  's.id',
  'tinyurl.com',
  't.co',
  'goo.gl',
  'cutt.ly',
  'is.gd',
  'rb.gy',
  'shorturl.at',
  'ow.ly',
  'linktr.ee',
  'lnkd.in',
  'fb.watch',
  'fb.me',
  'wa.me',
  'shope.ee',
  'heylink.me',
]);
