/** `packages` of a package-lock.json, as far as it is looked at. */
export type LockPackages = Readonly<
  Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> | undefined }>
>;

/**
 * Optional dependencies, such as the binaries for other platforms, that a lock file names but does not hold. npm writes
 * such a lock where it could not fetch their descriptions, and `npm ci` then refuses it.
 */
export function missingOptionalPackages(packages: LockPackages): readonly string[] {
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !placesToLook(place).some((folder) => `${folder}node_modules/${name}` in packages))
      .map((name) => `${name}, wanted by ${place}`),
  );
}

/** The package's own folder, then those of the packages around it, then the root: Node's way to resolve a name. */
function placesToLook(place: string): readonly string[] {
  if (place === '') return [''];
  const around = place.lastIndexOf('/node_modules/');
  return [`${place}/`, ...placesToLook(around < 0 ? '' : place.slice(0, around))];
}
