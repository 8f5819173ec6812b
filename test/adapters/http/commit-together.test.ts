import { expect } from 'chai';
import { commitTogether } from '../../../adapters/http/commit-together.ts';
import { heldCommits } from './held-commits.ts';

const MALFORMED = Object.assign(new Error('no update_id'), { malformed: true });
const GONE = new Error('connection refused');

const ignored = (): void => undefined;
const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);

describe('Commits of updates that arrive together', () => {
  it('OPS-3 what arrives while one is under way goes together into the next, in order', async () => {
    const { receive, nth, given } = heldCommits();
    const { commit } = commitTogether(receive, ignored);
    const first = commit('a');
    const others = ['b', 'c', 'd'].map(commit);
    (await nth(1)).finish();
    expect(await first).to.equal('stored');
    (await nth(2)).finish();
    expect(await Promise.all(others)).to.deep.equal(times(3, 'stored'));
    expect(given()).to.deep.equal([['a'], ['b', 'c', 'd']]);
  });

  it('OPS-3 nobody is answered before the commit that holds them', async () => {
    const { receive, nth } = heldCommits();
    const { commit, settled } = commitTogether(receive, ignored);
    const answered: string[] = [];
    const posts = ['a', 'b'].map((one) => commit(one).then(() => answered.push(one)));
    (await nth(1)).finish();
    await posts[0];
    const second = await nth(2);
    expect(answered).to.deep.equal(['a']);
    second.finish();
    await settled();
    await Promise.all(posts);
    expect(answered).to.deep.equal(['a', 'b']);
  });

  it('OPS-3 a commit takes a hundred at most, and a thousand may wait', async () => {
    const { receive, nth, given } = heldCommits();
    const { commit } = commitTogether(receive, ignored);
    const posts = Array.from({ length: 1_002 }, (_, n) => commit(n));
    expect(await posts.at(-1), 'one too many').to.equal('unavailable');
    for (let n = 1; n <= 11; n += 1) (await nth(n)).finish();
    const sizes = given().map(({ length }) => length);
    expect(sizes).to.deep.equal([1, ...times(10, 100)]);
    expect(await Promise.all(posts.slice(0, -1))).to.deep.equal(times(1_001, 'stored'));
  });

  it('SEC-4 what is no update takes no other of its batch with it', async () => {
    const stored: unknown[] = [];
    const { commit } = commitTogether(async (updates) => {
      if (updates.includes('none')) throw MALFORMED;
      stored.push(...updates);
    }, ignored);
    const words = ['a', 'b', 'none', 'none', 'none', 'c'];
    const malformed = times(3, 'malformed');
    expect(await Promise.all(words.map(commit))).to.deep.equal([
      'stored',
      'stored',
      ...malformed,
      'stored',
    ]);
    expect(stored).to.deep.equal(['a', 'b', 'c']);
  });

  it('OPS-3 one update that the database will not take keeps no other out', async () => {
    const stored: unknown[] = [];
    const { commit } = commitTogether(async (updates) => {
      if (updates.includes('poison')) throw GONE;
      stored.push(...updates);
    }, ignored);
    const answers = await Promise.all(['a', 'poison', 'b', 'poison', 'c'].map(commit));
    const no = 'unavailable';
    expect(answers).to.deep.equal(['stored', no, 'stored', no, 'stored']);
    expect(stored).to.deep.equal(['a', 'b', 'c']);
  });

  it('OPS-3 where the database is away a whole batch hears so after two tries more', async () => {
    const { receive, nth, given } = heldCommits();
    const troubles: unknown[] = [];
    const { commit, settled } = commitTogether(receive, (error) => troubles.push(error));
    const posts = ['a', 'b', 'c', 'd', 'e'].map(commit);
    for (let n = 1; n <= 4; n += 1) (await nth(n)).fail(GONE);
    expect(await Promise.all(posts)).to.deep.equal(times(5, 'unavailable'));
    expect(given()).to.deep.equal([['a'], ['b', 'c', 'd', 'e'], ['b'], ['c']]);
    expect(troubles).to.deep.equal(times(3, GONE));
    await settled();
    const later = commit('f');
    (await nth(5)).finish();
    expect(await later).to.equal('stored');
  });
});
