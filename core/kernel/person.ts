/** In which a person is written to. */
export type Language = 'id' | 'en';
/** What a person may choose for themselves; `admin` is granted by the operator only (ACC-4). */
export type OwnRole = 'client' | 'worker';
export type Role = OwnRole | 'admin';
