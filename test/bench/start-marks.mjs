// Loaded before the bot (NODE_OPTIONS), in JavaScript because npm's own Node may be older: notes when
// it comes to what, from outside of it, and tells at the end of its start.
import childProcess from 'node:child_process';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const now = () => performance.timeOrigin + performance.now();
const marks = { node: performance.timeOrigin, booted: now(), programs: 0, initdb: 0 };
const note = (name) => {
  marks[name] ??= now();
};

const { spawn, spawnSync } = childProcess;
childProcess.spawnSync = (program, ...rest) => {
  note('imported');
  const start = now();
  const result = spawnSync(program, ...rest);
  marks[/initdb/.test(program) ? 'initdb' : 'programs'] += now() - start;
  return result;
};
childProcess.spawn = (program, ...rest) => {
  note('launched');
  return spawn(program, ...rest);
};

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...to) {
  note('connected');
  return connect.apply(this, to);
};
const { listen } = http.Server.prototype;
http.Server.prototype.listen = function (...at) {
  note('sandbox');
  return listen.apply(this, at);
};
const { log } = console;
console.log = (...words) => {
  note('ready');
  log(...words);
  log(`marks ${JSON.stringify(marks)}`);
};

if (process.argv[1]?.endsWith('main.ts')) syncBuiltinESMExports();
