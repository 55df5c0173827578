/**
 * @typedef {object} VsCodeVersion
 * @property {string} variable tells the job the folder that the server stands in
 * @property {string} vsCode
 * @property {string} codeServer version of the npm package `code-server` that holds it
 * @property {string} node version of the Node that it is made for
 */

/**
 * The VS Codes that the extension is tested in: the oldest that it supports, and a new one.
 * @type {readonly VsCodeVersion[]}
 */
export const vsCodeVersions = [
  { variable: 'INSIGHTS_COMPARISON_VSCODE_OLD', vsCode: '1.99.3', codeServer: '4.99.4', node: '20.20.2' },
  { variable: 'INSIGHTS_COMPARISON_VSCODE_NEW', vsCode: '1.139.1', codeServer: '4.139.1', node: '24.21.0' },
];
