import { expect } from 'chai';
import { PARTS, readArguments } from './arguments.ts';

describe('what the fault run may be asked', () => {
  const ask = (...words: string[]) => readArguments(words, 42);

  it('every part with any seed, where nothing is asked', () => {
    expect(ask()).to.deep.include({ parts: PARTS, seed: 42, mutants: false, help: false });
  });

  it('one part, and the choices of an earlier run', () => {
    expect(ask('--only', 'pace', '--seed', '7')).to.deep.include({ parts: ['pace'], seed: 7 });
  });

  it('a defect, which is looked for in money', () => {
    expect(ask('--mutant', 'no-key')).to.deep.include({ parts: ['money'], mutant: 'no-key' });
  });

  for (const words of [
    ['--only', 'monney'],
    ['--mutant', 'nokey'],
    ['--seed', 'x'],
    ['--mutant', 'no-key', '--only', 'pace'],
    ['--mutants', '--only', 'pace'],
    ['--fast'],
    ['money'],
  ]) {
    it(`not: ${words.join(' ')}`, () => {
      expect(() => ask(...words)).to.throw();
    });
  }
});
