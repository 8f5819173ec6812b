import type { Ports, Tx } from '../../core/index.ts';
import { Injected, type Faults } from './faults.ts';

type Call = (...args: readonly unknown[]) => unknown;

/** Every function of a port or repository, put through `faults`. */
const counted = <T extends object>(name: string, part: T, faults: Faults): T =>
  Object.fromEntries(
    Object.entries(part).map(([key, member]: [string, unknown]) => [
      key,
      typeof member === 'function'
        ? failing(`${name}.${key}`, member.bind(part) as Call, faults)
        : member,
    ]),
  ) as T;

const failing =
  (name: string, call: Call, faults: Faults): Call =>
  (...args) => {
    const way = faults.next(name);
    if (way === undefined) return call(...args);
    const injected = new Injected(`${name}: ${way}`);
    if (way === 'lost') {
      const answer = call(...args);
      if (answer instanceof Promise) return answer.then(() => Promise.reject(injected));
    }
    throw injected;
  };

const txThrough = (tx: Tx, faults: Faults): Tx => {
  const { savepoint, ...repositories } = tx;
  const parts = Object.entries(repositories).map(([name, part]: [string, object]) => [
    name,
    counted(`tx.${name}`, part, faults),
  ]);
  const step = failing('tx.savepoint', savepoint as unknown as Call, faults) as Tx['savepoint'];
  return {
    ...(Object.fromEntries(parts) as Omit<Tx, 'savepoint'>),
    savepoint: (work) => step((inner) => work(txThrough(inner, faults))),
  };
};

const unitOfWorkThrough = ({ run }: Ports['unitOfWork'], faults: Faults): Ports['unitOfWork'] => ({
  run: async (work) => {
    if (faults.next('begin') !== undefined) throw new Injected('begin');
    let commit: ReturnType<Faults['next']>;
    const result = await run(async (tx) => {
      const done = await work(txThrough(tx, faults));
      commit = faults.next('commit');
      if (commit === 'refused') throw new Injected('commit: refused');
      return done;
    });
    if (commit !== undefined) throw new Injected('commit: lost');
    return result;
  },
});

/** Every port through `faults`, also inside transactions; clock and ids cannot fail. */
export const faultyPorts = <P extends Ports>(ports: P, faults: Faults): P => ({
  ...ports,
  unitOfWork: unitOfWorkThrough(ports.unitOfWork, faults),
  inbox: counted('inbox', ports.inbox, faults),
  outboxQueue: counted('outboxQueue', ports.outboxQueue, faults),
  ledgerReader: counted('ledgerReader', ports.ledgerReader, faults),
  auditChain: counted('auditChain', ports.auditChain, faults),
  proofStorage: counted('proofStorage', ports.proofStorage, faults),
  imageInspector: counted('imageInspector', ports.imageInspector, faults),
  cipher: counted('cipher', ports.cipher, faults),
  digests: counted('digests', ports.digests, faults),
  byteDigest: counted('byteDigest', ports.byteDigest, faults),
});

/** The same ports; `onCommit` is waited for after everything that commits by itself. */
export const watchedPorts = <P extends Ports>(ports: P, onCommit: () => Promise<void>): P => {
  const after = <T extends object>(part: T): T =>
    Object.fromEntries(
      Object.entries(part).map(([key, member]: [string, unknown]) => [
        key,
        async (...args: readonly unknown[]) => {
          const result: unknown = await (member as Call)(...args);
          await onCommit();
          return result;
        },
      ]),
    ) as T;
  return {
    ...ports,
    unitOfWork: after(ports.unitOfWork),
    inbox: after(ports.inbox),
    outboxQueue: after(ports.outboxQueue),
    auditChain: after(ports.auditChain),
  };
};
