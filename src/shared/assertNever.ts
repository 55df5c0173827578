/** Ends a switch over a union: a new member fails to compile here. Throws when bad data reaches it at run time. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
