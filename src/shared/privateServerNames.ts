/** What the servers of `--stack mysql-redis` are called in a record. */
export const privateServerNames = ['mariadb', 'redis'] as const;
