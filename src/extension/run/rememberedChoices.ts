import type { ChosenVariant } from './chosenVariants';

/** What was chosen for an app the last time. */
export interface RememberedChoice {
  /** The folder that was run. */
  readonly folder: string;
  readonly target: string;
  readonly scenario: string;
  /** Null: as the settings and the project file say. */
  readonly variants: readonly ChosenVariant[] | null;
}

const mostChoices = 50;

/** What was kept, newest first; whatever is no choice of ours is left out. */
export function readChoices(value: unknown): readonly RememberedChoice[] {
  return Array.isArray(value) ? value.filter(isChoice) : [];
}

/** With the newest choice first, one per app. */
export function withChoice(
  choices: readonly RememberedChoice[],
  choice: RememberedChoice,
): readonly RememberedChoice[] {
  const others = choices.filter(({ folder, target }) => folder !== choice.folder || target !== choice.target);
  return [choice, ...others].slice(0, mostChoices);
}

function isChoice(value: unknown): value is RememberedChoice {
  if (!isObject(value)) return false;
  const { folder, target, scenario, variants } = value;
  return (
    [folder, target, scenario].every((text) => typeof text === 'string') &&
    (variants === null || (Array.isArray(variants) && variants.length > 0 && variants.every(isVariant)))
  );
}

function isVariant(value: unknown): value is ChosenVariant {
  if (!isObject(value) || typeof value['name'] !== 'string') return false;
  switch (value['type']) {
    case 'project':
      return true;
    case 'switch':
      return typeof value['isOn'] === 'boolean';
    case 'files':
      return Array.isArray(value['files']) && value['files'].every((file) => typeof file === 'string');
    default:
      return false;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
