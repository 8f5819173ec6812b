import type { User } from '../../../../core/index.ts';
import { press, shortId, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { mayUse } from '../../delivery/menu.ts';
import type { Turn } from '../../turn.ts';

/** From another desk to somebody's profile, for who may look at people (ADM-1, ADM-3). */
export const profileLink = ({ texts, user: admin }: Turn, of: User): Keyboard =>
  mayUse(admin, 'people')
    ? [[press(texts.peopleDesk.profileOf(of), CODES.person, shortId(of.id))]]
    : [];
