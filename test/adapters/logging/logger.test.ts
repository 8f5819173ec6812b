import { expect } from 'chai';
import { stripVTControlCharacters } from 'node:util';
import { aRecordedLogger } from './lines.ts';

describe('Logger', () => {
  it('OPS-2 a line is one JSON object with time, level, message and fields', () => {
    const { logger, text, last } = aRecordedLogger();
    logger.info('started', { port: 8080, nested: { list: [1, 'two', null, true] } });
    expect(text().match(/\n/g)).to.have.length(1);
    const { time, ...rest } = last();
    expect(time).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(rest).to.deep.equal({
      level: 'info',
      message: 'started',
      port: 8080,
      nested: { list: [1, 'two', null, true] },
    });
  });

  it('OPS-2 a child puts its update id on every line, and its parent does not', () => {
    const { logger, last } = aRecordedLogger();
    const child = logger.child({ updateId: 77 }).child({ userId: 'u1' });
    child.warn('slow', { ms: 5 });
    expect(last()).to.include({ level: 'warn', updateId: 77, userId: 'u1', ms: 5 });
    logger.info('other');
    expect(last()).not.to.have.any.keys('updateId', 'userId');
  });

  it('OPS-2 lines under the level are not written', () => {
    const { logger, text } = aRecordedLogger('warn');
    logger.debug('no');
    logger.child({ a: 1 }).info('no');
    expect(text()).to.equal('');
    logger.warn('yes');
    logger.error('yes');
    expect(text().trimEnd().split('\n')).to.have.length(2);
  });

  it('OPS-2 fields cannot overwrite time, level or message, nor add to the message', () => {
    const { logger, last } = aRecordedLogger();
    logger.info('true', { message: 'false', level: 'error', time: 'never', line: 1, splat: 2 });
    expect(last()).to.include({ level: 'info', message: 'true', line: 1, splat: 2 });
    expect(last()).to.include({ 'field.message': 'false', 'field.level': 'error' });
    logger.info('has %s and %d', { a: 1 });
    expect(last()).to.include({ message: 'has %s and %d' });
  });

  it('OPS-2 an error is told with its causes, codes and stacks', () => {
    const { logger, last } = aRecordedLogger();
    const inner = Object.assign(new TypeError('inner'), { code: '40001', detail: 5n });
    const several = new AggregateError([new Error('one'), 'two'], 'several', { cause: inner });
    logger.error('failed', { error: new Error('outer', { cause: several }) });
    const { error } = last() as { error: Record<string, unknown> };
    expect(error).to.include({ name: 'Error', message: 'outer' });
    expect(error['stack']).to.match(/^Error: outer\n {4}at /);
    const cause = error['cause'] as Record<string, unknown>;
    expect(cause).to.include({ name: 'AggregateError', message: 'several' });
    expect((cause['errors'] as unknown[])[0]).to.include({ message: 'one' });
    expect((cause['errors'] as unknown[])[1]).to.equal('two');
    expect(cause['cause']).to.include({ name: 'TypeError', code: '40001', detail: '5' });
  });

  it('OPS-2 money, dates, bytes, maps and odd values become JSON', () => {
    const { logger, last } = aRecordedLogger();
    logger.info('odd', {
      amount: 12_500n,
      at: new Date('2026-01-01T00:00:00Z'),
      never: new Date(Number.NaN),
      bytes: new Uint8Array(3),
      map: new Map([['a', 1]]),
      set: new Set([1]),
      nan: Number.NaN,
      run: () => 1,
      symbol: Symbol('s'),
      url: new URL('https://user:pass@example.com/a'),
      missing: undefined,
    });
    const { time: _time, level: _level, message: _message, ...fields } = last();
    expect(fields).to.deep.equal({
      amount: '12500',
      at: '2026-01-01T00:00:00.000Z',
      never: null,
      bytes: '[3 bytes]',
      map: { a: 1 },
      set: [1],
      nan: 'NaN',
      run: '[function]',
      symbol: '[symbol]',
      url: 'https://user:[secret]@example.com/a',
    });
  });

  it('OPS-2 logging never throws and never writes without end', () => {
    const { logger, text, last } = aRecordedLogger();
    const circular: Record<string, unknown> = { name: 'self' };
    circular['self'] = circular;
    const hostile = {
      get broken(): string {
        throw new Error('no');
      },
    };
    const error = new Error('loop');
    error.cause = error;
    let deep: unknown = 'bottom';
    for (let level = 0; level < 10_000; level += 1) deep = { deep };
    const list = Array.from({ length: 1_000_000 }, () => 1);
    logger.error('odd', { circular, hostile, error, deep, list, long: 'x'.repeat(1_000_000) });
    expect(last()).to.deep.include({ circular: { name: 'self', self: '[circular]' } });
    expect(last()).to.include({ hostile: '[unreadable]' });
    logger.error('odd', hostile);
    logger.error('odd', Object.create(null) as Record<string, unknown>);
    logger.info('odd', JSON.parse('{"__proto__":{"polluted":1}}') as Record<string, unknown>);
    expect({}).not.to.have.property('polluted');
    expect(text().length).to.be.below(20_000);
    expect(text().trimEnd().split('\n')).to.have.length(4);
  });

  it('SEC-A49 a newline, ANSI or direction mark in a text stays inside its one JSON line', () => {
    const { logger, text, last } = aRecordedLogger();
    const name = 'a\nb\r\u001b[31mred\u009b2J\u2028c\u202ed\u0000';
    logger.info(`hello ${name}`, { name, [`key\n${name}`]: 1, error: new Error(name) });
    expect(text().match(/\n/g)).to.have.length(1);
    // eslint-disable-next-line no-control-regex
    expect(text().trimEnd()).not.to.match(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e]/);
    expect(last()).to.include({ name, message: `hello ${name}` });
  });

  it('SEC-A49 on a terminal no text from outside can start a line or colour one', () => {
    const { logger, text } = aRecordedLogger('debug', false);
    const name = 'a\n2026 ERROR fake\u001b[2J\r\u009b';
    logger.info(`hello ${name}`, { name });
    logger.error('failed', { error: new Error(name, { cause: new Error(name) }), updateId: 7 });
    logger.error('failed', { error: { stack: { a: name }, b: name } });
    logger.error('failed', { error: name });
    const plain = stripVTControlCharacters(text());
    const starts = plain.split('\n').filter((line) => line !== '' && !line.startsWith('  '));
    expect(starts).to.have.length(4);
    for (const line of starts) expect(line).to.match(/^\d\d:\d\d:\d\d\.\d{3} (INFO |ERROR) /);
    expect(plain)
      .not.to.match(/[\r\u009b]/)
      .and.not.to.include('\u001b');
    expect(text()).not.to.include('\u001b[2J');
    expect(plain).to.include('caused by:').and.to.include('"updateId":7');
  });
});
