import { asSystem, type Tx, type User } from '../../core/index.ts';

/** Stores a user with the row of the log that gave them their role, as ACC-3 and ACC-4 leave it. */
export const addUser = async (tx: Pick<Tx, 'users' | 'audit'>, made: User): Promise<User> => {
  const user = await tx.users.add(made);
  if (user.role === null) return user;
  await tx.audit.append({
    actor: asSystem('test'),
    action: 'user.role',
    subject: 'user',
    subjectId: user.id,
    before: { role: null },
    after: { role: user.role },
    at: user.createdAt,
  });
  return user;
};
