/**
 * Python that runs at the start of every interpreter of a laid environment (by a `.pth` file): appends the user's own package folders with
 * all that their `.pth` files ask for, then points what was found in the user's project to where its code lies in this run.
 * `constants`: `{folders, moved: {from, to} | null}` as JSON.
 */
export function overlayModule(constants: string): string {
  return `
import json, os, site, sys

constants = json.loads(${JSON.stringify(constants)})
folders = constants["folders"]

for folder in folders:
    if os.path.isdir(folder):
        site.addsitedir(folder)


def is_below(path, folder):
    return path == folder or path.startswith(folder + os.sep)


def moved(path):
    """Where a path of the user's project lies in this run; one of its virtual environment stays."""
    real = os.path.realpath(path)
    start = os.path.realpath(constants["moved"]["from"])
    if not is_below(real, start) or any(is_below(real, os.path.realpath(each)) for each in [*folders, sys.prefix]):
        return path
    return os.path.join(constants["moved"]["to"], os.path.relpath(real, start))


if constants["moved"] is not None:
    sys.path[:] = [moved(path) if path else path for path in sys.path]
    # Of setuptools: an import hook for each package that was installed "editable".
    for name, module in list(sys.modules.items()):
        mapping = getattr(module, "MAPPING", None)
        if name.startswith("__editable__") and isinstance(mapping, dict):
            mapping.update({package: moved(path) for package, path in mapping.items()})
`;
}
