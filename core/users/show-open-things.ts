import type { Actor, UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requireActor } from './access.ts';
import type { OpenThings } from './user.ts';

interface ShowPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface ShowOpenThings {
  readonly actor: Actor;
}

/** How much is open in the acting person's own name, on either side of the market (ACC-3). */
export const showOpenThings =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor }: ShowOpenThings): Promise<OpenThings> =>
    unitOfWork.run(async (tx) => tx.users.openThings((await requireActor(tx, actor)).id));
