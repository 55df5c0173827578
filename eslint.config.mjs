import tseslint from 'typescript-eslint';

/** Rules that hold in plain scripts as well; types, where they are known, catch the rest. */
const everywhere = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-var': 'error',
  'prefer-const': 'error',
  'object-shorthand': 'error',
  'no-else-return': 'error',
  'no-param-reassign': 'error',
  'no-unneeded-ternary': 'error',
  'no-constant-condition': 'error',
  'no-fallthrough': 'error',
  'no-useless-escape': 'error',
  'no-empty': 'error',
};

/** Beside typescript-eslint's strict, type-aware set. */
const typed = {
  '@typescript-eslint/consistent-type-imports': 'error',
  // A `default` counts as exhaustive: ours end in `assertNever`, which the compiler checks.
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  // `as const` is always allowed; any other cast carries a disable comment that says which check stands before it.
  '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true },
  ],
  // `() => void work()` and `onEvent: () => array.push(x)` read well and lose nothing.
  '@typescript-eslint/no-confusing-void-expression': [
    'error',
    { ignoreArrowShorthand: true, ignoreVoidOperator: true },
  ],
  // Our objects are closures over their state: their methods use no `this` and may be handed on.
  '@typescript-eslint/unbound-method': 'off',
  // What another callback changes looks constant to it.
  '@typescript-eslint/no-unnecessary-condition': 'off',
  // A third of the whole run, for enums and class instances, of which there are next to none here.
  '@typescript-eslint/no-unsafe-enum-assignment': 'off',
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
};

const engineNeverPrints = 'The engine reports by RunEvents and thrown errors; only the command line prints.';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.insights-comparison/', 'samples/', 'test/fixtures/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, rules: everywhere },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: 'tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: typed,
  },
  {
    // Named, not found by the project service: that takes the nearest tsconfig.json, which is not the webview's, and a fifth longer.
    files: ['webview/**/*.ts'],
    ignores: ['**/*.test.ts'],
    languageOptions: {
      parserOptions: { project: 'tsconfig.webview.json', tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    // tsconfig.webview.json leaves them out: they may use Node, the pages may not.
    files: ['webview/**/*.test.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { project: null } },
    rules: { '@typescript-eslint/switch-exhaustiveness-check': 'off' },
  },
  {
    files: ['src/core/**/*.ts', 'src/shared/**/*.ts', 'src/extension/**/*.ts', 'webview/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*Main.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': ['error', { object: 'process', property: 'exit', message: engineNeverPrints }],
    },
  },
  {
    // Broken input is made by casting, what is known to be there needs no check, and vitest's matchers are `any`.
    files: ['**/*.test.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    rules: { 'no-unused-vars': ['error', { caughtErrors: 'none' }] },
  },
);
