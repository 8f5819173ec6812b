import { expect } from 'chai';
import fc from 'fast-check';
import { DEFAULT_SETTINGS, readLink } from '../../core/index.ts';
import { refusalOf } from '../support/market.ts';

const read = (text: string) => readLink(text, DEFAULT_SETTINGS.linkHosts);
const codeFor = async (text: string): Promise<string> => (await refusalOf(() => read(text))).code;

/** Spellings of one and the same thing, and the key they all get. */
const SAME: readonly (readonly [name: string, key: string, ...spellings: string[]])[] = [
  [
    'an Instagram post',
    'https://instagram.com/p/AbC_1-x',
    'https://www.instagram.com/p/AbC_1-x/',
    'https://m.instagram.com/p/AbC_1-x?igsh=zz',
    'HTTPS://WWW.INSTAGRAM.COM/p/AbC_1-x',
    'https://www.instagram.com./p/AbC_1-x',
    'https://www.instagram.com/reel/AbC_1-x/?utm_source=ig_web_copy_link',
    'https://www.instagram.com/reels/AbC_1-x',
    'https://www.instagram.com/budi.s/p/AbC_1-x/#comments',
    '  https://instagram.com//p//AbC_1-x//  ',
  ],
  [
    'an Instagram profile',
    'https://instagram.com/budi.s',
    'https://www.instagram.com/Budi.S/',
    'https://instagram.com/BUDI.S?hl=id',
  ],
  [
    'a TikTok video',
    'https://tiktok.com/video/7301',
    'https://www.tiktok.com/@Budi/video/7301?is_from_webapp=1&sender_device=pc',
    'https://m.tiktok.com/@budi/video/7301',
  ],
  ['a TikTok profile', 'https://tiktok.com/@budi', 'https://www.tiktok.com/@Budi?_t=8a&_r=1'],
  [
    'a YouTube video',
    'https://youtube.com/watch?v=dQw4w9WgXcQ',
    'https://youtu.be/dQw4w9WgXcQ?si=abc',
    'https://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=share&t=12s',
    'https://www.youtube.com/shorts/dQw4w9WgXcQ',
    'https://www.youtube.com/live/dQw4w9WgXcQ?feature=shared',
    'https://www.youtube.com/embed/dQw4w9WgXcQ',
    'https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ#t=3',
  ],
  [
    'a Facebook story',
    'https://facebook.com/permalink.php?id=7&story_fbid=9',
    'https://www.facebook.com/permalink.php?story_fbid=9&id=7&mibextid=ZZ',
    'https://m.facebook.com/permalink.php?id=7&story_fbid=9',
    'https://mobile.fb.com/permalink.php?id=7&fbclid=x&story_fbid=9',
  ],
  [
    'an X post',
    'https://x.com/i/status/1790',
    'https://twitter.com/Budi/status/1790?s=20&t=abc',
    'https://mobile.twitter.com/budi/status/1790/photo/1',
    'https://x.com/i/web/status/1790',
    'https://x.com/other/statuses/1790',
  ],
  ['an X profile', 'https://x.com/budi', 'https://twitter.com/Budi', 'https://www.x.com/BUDI/'],
  [
    'a Threads post',
    'https://threads.com/post/CxY',
    'https://www.threads.net/@budi/post/CxY?xmt=1',
    'https://threads.com/@BUDI/post/CxY/',
  ],
  [
    'a Telegram channel',
    'https://t.me/upah_info',
    'https://t.me/s/Upah_Info',
    'https://telegram.me/upah_info/',
  ],
];

/** Pairs that only look alike. */
const DIFFERENT: readonly (readonly [string, string])[] = [
  ['https://instagram.com/p/AbC', 'https://instagram.com/p/abc'],
  ['https://youtu.be/AAAAAAAAAAA', 'https://youtu.be/aaaaaaaaaaa'],
  ['https://t.me/+AbC', 'https://t.me/+abc'],
  ['https://t.me/upah_bot?start=a', 'https://t.me/upah_bot?start=b'],
  ['https://x.com/budi/status/1', 'https://x.com/budi/status/2'],
  ['https://x.com/budi', 'https://instagram.com/budi'],
];

const REFUSED: Record<string, readonly string[]> = {
  'SEC-A43 schemes': [
    'http://instagram.com/p/1',
    'javascript:alert(1)',
    'data:text/html,<b>x',
    'file:///etc/passwd',
    'tg://resolve?domain=x',
    'ftp://instagram.com/p/1',
    'https:instagram.com/p/1',
    'https:/instagram.com/p/1',
    'https:\\\\instagram.com\\p\\1',
    'https:///instagram.com/p/1',
    '//instagram.com/p/1',
    'instagram.com/p/1',
    ' https ://instagram.com/p/1',
    '',
    'halo',
  ],
  'SEC-A44 credentials and what imitates a host': [
    'https://user:secret@instagram.com/p/1',
    'https://user@instagram.com/p/1',
    'https://@instagram.com/p/1',
    'https://instagram.com@evil.com/p/1',
    'https://instagram.com:443@evil.com/p/1',
    'https://evil.com\\@instagram.com/p/1',
    'https://instagram.com\\.evil.com/p/1',
    'https://instagram.com.evil.com/p/1',
    'https://evilinstagram.com/p/1',
    'https://evil.com/instagram.com/p/1',
    'https://evil.com?https://instagram.com/p/1',
    'https://evil.com#@instagram.com/p/1',
    'https://instagram.com%2eevil.com/p/1',
    'https://instagram.com%00.evil.com/p/1',
    'https://xn--instagram-x.com/p/1',
    'https://l.instagram.com/?u=https%3A%2F%2Fevil.com',
  ],
  'SEC-A46 ports and addresses': [
    'https://instagram.com:22/p/1',
    'https://instagram.com:443/p/1',
    'https://instagram.com:/p/1',
    'https://127.0.0.1/p/1',
    'https://127.1/p/1',
    'https://2130706433/p/1',
    'https://0x7f.1/p/1',
    'https://0177.0.0.1/p/1',
    'https://[::1]/p/1',
    'https://[::ffff:127.0.0.1]/p/1',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/p/1',
    'https://db.internal/p/1',
  ],
  'SEC-A45 hosts in disguise': [
    'https://іnstagram.com/p/1', // Cyrillic і
    'https://instаgram.com/p/1', // Cyrillic а
    'https://ｉｎｓｔａｇｒａｍ.com/p/1',
    'https://ⓘⓝⓢⓣⓐⓖⓡⓐⓜ.com/p/1',
    'https://instagram。com/p/1',
    'https://instagram．com/p/1',
    'https://insta\u200bgram.com/p/1',
    'https://insta\u00adgram.com/p/1',
    'https://instagram.com/\u202ep/1',
    'https://instagram.com/p/1\u2066',
    'https://insta\tgram.com/p/1',
    'https://insta\ngram.com/p/1',
    'https://instagram.com/p 1',
    'https://inst%61gram.com/p/1',
    'https://x-n--.com/p/1',
  ],
};

describe('Links of campaigns', () => {
  for (const [name, key, ...others] of SAME) {
    it(`CAM-2 every spelling of ${name} is the same link`, () => {
      for (const text of others) expect(read(text).key, text).to.equal(key);
    });
  }

  it('CAM-2 different things keep different links', () => {
    for (const [one, other] of DIFFERENT) expect(read(one).key).not.to.equal(read(other).key);
  });

  it('CAM-2 a YouTube video inside a playlist is the same video', () => {
    const video = read('https://youtu.be/dQw4w9WgXcQ').key;
    const inList = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL123&index=4';
    expect(read(inList).key).to.equal(video);
  });

  it("CAM-2 the usual aliases are allowed: Indonesia's web.facebook.com is Facebook", () => {
    const { key } = read('https://www.facebook.com/budi/posts/1');
    expect(read('https://web.facebook.com/budi/posts/1').key).to.equal(key);
  });

  for (const [what, links] of Object.entries(REFUSED)) {
    it(`CAM-2 ${what} are refused`, async () => {
      for (const text of links) {
        const code = await codeFor(text).catch((error: unknown) => {
          throw new Error(`${JSON.stringify(text)}: ${String(error)}`);
        });
        expect(code, text).to.match(/^link\./);
      }
    });
  }

  it('CAM-2 each refusal says what is wrong with the link', async () => {
    expect(await codeFor('http://instagram.com/p/1')).to.equal('link.not-https');
    expect(await codeFor('https://u@instagram.com/p/1')).to.equal('link.credentials');
    expect(await codeFor('https://instagram.com:8443/p/1')).to.equal('link.port');
    expect(await codeFor('instagram.com/p/1')).to.equal('link.unreadable');
    expect(await codeFor('https://instagram.com/')).to.equal('link.no-content');
    expect(await refusalOf(() => read('https://Example.com/p/1'))).to.deep.equal({
      code: 'link.host-not-allowed',
      details: { host: 'example.com', allowed: DEFAULT_SETTINGS.linkHosts },
    });
  });

  it('CAM-2 shorteners are refused with their name, for they hide where they lead', async () => {
    for (const host of ['vm.tiktok.com', 'vt.tiktok.com', 'bit.ly', 's.id', 't.co', 'fb.watch']) {
      expect(await refusalOf(() => read(`https://${host}/abc`))).to.deep.equal({
        code: 'link.shortener',
        details: { host },
      });
    }
  });

  it('CAM-2 a link has at most 2.000 characters', async () => {
    const start = 'https://instagram.com/p/';
    expect(read(start + 'a'.repeat(2_000 - start.length)).platform).to.equal('Instagram');
    expect(await refusalOf(() => read(start + 'a'.repeat(2_001 - start.length)))).to.deep.equal({
      code: 'link.too-long',
      details: { max: 2_000 },
    });
  });

  it('CAM-2 only hosts of the settings are allowed', async () => {
    const refused = await refusalOf(() => readLink('https://tiktok.com/@budi', ['x.com']));
    expect(refused.code).to.equal('link.host-not-allowed');
    expect(readLink('https://www.x.com/budi', ['x.com']).platform).to.equal('X');
  });

  it('CAM-2 the link people open is kept as given, without its fragment', () => {
    const link = read('https://www.youtube.com/watch?v=dQw4w9WgXcQ#t=3');
    expect(link.target).to.equal('https://www.youtube.com/watch?v=dQw4w9WgXcQ');
    expect(link.version).to.equal(1);
  });

  it('CAM-2 an unknown form of an allowed host stays as it is', () => {
    const { key } = read('https://www.instagram.com/Explore/Tags/Upah');
    expect(key).to.equal('https://instagram.com/Explore/Tags/Upah');
  });

  it('CAM-2 SEC-A44 whatever follows the host, the link people open stays on that host', () => {
    const tail = fc.string({ unit: 'grapheme-ascii', maxLength: 40 });
    fc.assert(
      fc.property(tail, (text) => {
        let target: string;
        try {
          ({ target } = read(`https://x.com${text}`));
        } catch {
          return;
        }
        expect(new URL(target).hostname.replace(/\.$/, '')).to.equal('x.com');
        expect(new URL(target).username).to.equal('');
      }),
      { numRuns: 1_000 },
    );
  });

  it('CAM-2 an unknown form keeps its case where ids have one: a Threads post as /t/ID', () => {
    const [one, other] = ['https://www.threads.net/t/CuVwA', 'https://www.threads.net/t/cuvwa'];
    expect(read(one).key).not.to.equal(read(other).key);
  });

  it("CAM-2 TikTok's own short links are refused like every shortener", async () => {
    expect(await codeFor('https://www.tiktok.com/t/ZTdAbC12/')).to.equal('link.shortener');
  });
});
