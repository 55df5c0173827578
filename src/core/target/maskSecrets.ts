const mask = '•••';

/** Replaces every secret in a text. */
export interface SecretMask {
  apply(text: string): string;
  /** The longest thing it replaces: a text cut in pieces must keep that much together. */
  readonly longest: number;
}

/**
 * Masks each value that is longer than 3 characters (shorter ones would blank out ordinary words), as it stands, as it
 * stands in a URL and in JSON, and each line of a value that has several.
 */
export function createSecretMask(secrets: readonly string[]): SecretMask {
  const forms = new Set<string>();
  for (const secret of secrets.flatMap((value) => [value, ...value.split(/\r?\n/)])) {
    const text = secret.trim();
    if (text.length > 3) {
      forms.add(text);
      forms.add(encodeURIComponent(text));
      forms.add(JSON.stringify(text).slice(1, -1));
    }
  }
  // The longest first: one secret may be part of another.
  const ordered = [...forms].sort((one, other) => other.length - one.length);
  return {
    apply: (text) => ordered.reduce((masked, form) => masked.replaceAll(form, mask), text),
    longest: ordered[0]?.length ?? 0,
  };
}
