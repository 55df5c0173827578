const secretName = /key|secret|token|passw|pwd|credential|dsn|auth/i;

/** True for names of variables whose values are hidden wherever they would be shown. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}
