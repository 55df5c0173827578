/** @typedef {import('esbuild').Plugin} Plugin */

/**
 * hdr-histogram-js brings a WebAssembly twin of its histograms, 40 kB that do not compress. Ours are made with
 * `useWebAssembly: false`; autocannon's are not, so the bundle of the load generator cannot do without. For browsers the
 * package offers one file with everything in it: its parts are taken there too.
 * @type {Plugin}
 */
export const withoutWebAssembly = {
  name: 'without-web-assembly',
  setup: ({ onLoad, onResolve, resolve }) => {
    onResolve({ filter: /^hdr-histogram-js$/ }, ({ resolveDir, kind }) =>
      resolve('hdr-histogram-js/dist/index.js', { resolveDir, kind }),
    );
    onLoad({ filter: /[\\/]hdr-histogram-js[\\/]dist[\\/]wasm[\\/]generated-wasm\.js$/ }, () => ({
      contents: "exports.BINARY = '';",
    }));
  },
};

/**
 * autocannon can send multipart forms, for which it has a package with a table of all media types, 160 kB. Our load has its
 * requests written out by ourselves.
 * @type {Plugin}
 */
export const withoutForms = {
  name: 'without-forms',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^form-data$/ }, ({ path }) => ({ path, namespace: 'without-forms' }));
    onLoad({ filter: /^form-data$/, namespace: 'without-forms' }, () => ({
      contents: "module.exports = class { constructor() { throw new Error('form-data is not in this bundle'); } };",
    }));
  },
};
