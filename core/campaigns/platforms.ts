/** Grows when a rule below changes what `key` a link gets; stored in every campaign (CAM-2). */
export const LINK_TABLE_VERSION = 1;

/**
 * A link without its host: path without trailing slash (empty for the start page), parameters by
 * name.
 */
export interface LinkParts {
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
}

/**
 * One way in which a platform writes a link, and the one spelling that such links are compared by.
 */
interface Form {
  readonly path: RegExp;
  /** Parameters that must be there. */
  readonly needs?: readonly string[];
  /** `$1` is a group of `path`, `{v}` a parameter; `$1l` is the group in lower case. */
  readonly key: string;
}

/** How one platform names the same thing. An unknown form stays as it is (CAM-2). */
export interface Platform {
  readonly name: string;
  /** The one host of the compared spelling. */
  readonly host: string;
  /** Lower case, without www./m./mobile. */
  readonly hosts: readonly string[];
  /** The first that fits counts. */
  readonly forms: readonly Form[];
  /** Paths that lead somewhere else, like a shortener's. */
  readonly elsewhere?: RegExp;
}

/** The start page of somebody; names are the same in any case. */
const NAME: Form = { path: /^\/(@?[\w.-]+)$/, key: '/$1l' };

const YOUTUBE: Platform = {
  name: 'YouTube',
  host: 'youtube.com',
  hosts: ['youtube.com', 'youtu.be', 'music.youtube.com'],
  forms: [
    { path: /^\/watch$/, needs: ['v'], key: '/watch?v={v}' },
    { path: /^\/(?:shorts|live|embed|v)\/([\w-]+)$/, key: '/watch?v=$1' },
    { path: /^\/playlist$/, needs: ['list'], key: '/playlist?list={list}' },
    { path: /^\/.*\/community$/, needs: ['lb'], key: '/post/{lb}' },
    { path: /^\/post\/([\w-]+)$/, key: '/post/$1' },
    { path: /^\/channel\/([\w-]+)(?:\/[a-z]+)?$/, key: '/channel/$1' },
    { path: /^\/(@|c\/|user\/)([^/]+)(?:\/[a-z]+)?$/, key: '/$1$2l' },
  ],
  elsewhere: /^\/(?:redirect|attribution_link)(?:\/|$)/,
};

const INSTAGRAM: Platform = {
  name: 'Instagram',
  host: 'instagram.com',
  hosts: ['instagram.com', 'instagr.am'],
  forms: [
    { path: /^(?:\/[\w.]+)?\/(?:p|reel|reels|tv)\/([\w-]+)$/, key: '/p/$1' },
    { path: /^\/stories\/([\w.]+)\/(\d+)$/, key: '/stories/$1l/$2' },
    NAME,
  ],
  elsewhere: /^\/share\//,
};

const TIKTOK: Platform = {
  name: 'TikTok',
  host: 'tiktok.com',
  hosts: ['tiktok.com'],
  forms: [
    { path: /^\/@[\w.-]*\/(?:video|photo)\/(\d+)$/, key: '/video/$1' },
    { path: /^\/v\/(\d+)\.html$/, key: '/video/$1' },
    NAME,
  ],
  elsewhere: /^\/t\//,
};

const FACEBOOK: Platform = {
  name: 'Facebook',
  host: 'facebook.com',
  hosts: ['facebook.com', 'fb.com', 'web.facebook.com', 'id-id.facebook.com'],
  forms: [
    {
      path: /^\/groups\/([^/]+)$/,
      needs: ['multi_permalinks'],
      key: '/groups/$1l/posts/{multi_permalinks}',
    },
    { path: /^\/groups\/([^/]+)\/(?:posts|permalink)\/([\w-]+)$/, key: '/groups/$1l/posts/$2' },
    { path: /^\/groups\/([^/]+)$/, key: '/groups/$1l' },
    { path: /^\/photo(?:\.php)?$/, needs: ['fbid'], key: '/photo?fbid={fbid}' },
    { path: /^\/watch$/, needs: ['v'], key: '/watch?v={v}' },
    { path: /^\/(?:reel|[^/]+\/videos(?:\/[^/]+)?)\/(\d+)$/, key: '/watch?v=$1' },
    {
      path: /^\/(?:story|permalink)\.php$/,
      needs: ['story_fbid', 'id'],
      key: '/permalink.php?id={id}&story_fbid={story_fbid}',
    },
    { path: /^\/profile\.php$/, needs: ['id'], key: '/profile.php?id={id}' },
    { path: /^\/([^/]+)\/posts\/([\w-]+)$/, key: '/$1l/posts/$2' },
    NAME,
  ],
  elsewhere: /^\/(?:share\/|l\.php|sharer)/,
};

const X: Platform = {
  name: 'X',
  host: 'x.com',
  hosts: ['x.com', 'twitter.com'],
  forms: [
    { path: /^\/(?:i\/web|i|\w+)\/status(?:es)?\/(\d+)(?:\/.*)?$/, key: '/i/status/$1' },
    { path: /^\/intent\/\w+$/, needs: ['tweet_id'], key: '/i/status/{tweet_id}' },
    { path: /^\/intent\/\w+$/, needs: ['in_reply_to'], key: '/i/status/{in_reply_to}' },
    { path: /^\/intent\/\w+$/, needs: ['screen_name'], key: '/{screen_name}l' },
    NAME,
  ],
  elsewhere: /^\/(?:share|i\/redirect)(?:\/|$)/,
};

const THREADS: Platform = {
  name: 'Threads',
  host: 'threads.com',
  hosts: ['threads.com', 'threads.net'],
  forms: [{ path: /^\/(?:@[\w.]+\/post|t)\/([\w-]+)(?:\/media)?$/, key: '/post/$1' }, NAME],
};

const TELEGRAM: Platform = {
  name: 'Telegram',
  host: 't.me',
  hosts: ['t.me', 'telegram.me', 'telegram.dog'],
  forms: [
    { path: /^\/(?:\+|joinchat\/)([\w-]+)$/, key: '/+$1' },
    { path: /^\/(?:s\/)?(\w+)\/(\d+)$/, needs: ['comment'], key: '/$1l/$2?comment={comment}' },
    { path: /^\/(?:s\/)?(\w+)\/(\d+)$/, key: '/$1l/$2' },
    { path: /^\/(\w+)$/, needs: ['start'], key: '/$1l?start={start}' },
    { path: /^\/boost$/, needs: ['c'], key: '/boost?c={c}' },
    { path: /^\/s\/(\w+)$/, key: '/$1l' },
    NAME,
  ],
  elsewhere: /^\/(?:iv|share)(?:\/|$)/,
};

export const PLATFORMS: readonly Platform[] = [
  INSTAGRAM,
  TIKTOK,
  YOUTUBE,
  FACEBOOK,
  X,
  THREADS,
  TELEGRAM,
];

/**
 * The compared spelling of a link in a form that the platform knows; undefined for an unknown form.
 */
export const knownForm = (platform: Platform, { path, query }: LinkParts): string | undefined => {
  for (const form of platform.forms) {
    const groups = form.path.exec(path);
    if (!groups || !(form.needs ?? []).every((name) => query.get(name))) continue;
    return form.key
      .replaceAll(/\$(\d)(l?)/g, (_all, group: string, l: string) =>
        cased(groups[Number(group)] ?? '', l),
      )
      .replaceAll(/\{(\w+)\}(l?)/g, (_all, name: string, l: string) =>
        cased(query.get(name) ?? '', l),
      );
  }
  return undefined;
};

const cased = (text: string, lower: string): string => (lower === '' ? text : text.toLowerCase());

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
