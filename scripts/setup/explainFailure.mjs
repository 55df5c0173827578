import { statfsSync } from 'node:fs';

const diskFullSentence = 'the disk is full. Free some space, then run this again.';

/** What package managers and compilers write when … → cause and fix. The first that fits counts. */
const causes = [
  {
    pattern: /ENOSPC|No space left on device|disk quota exceeded/i,
    sentence: diskFullSentence,
  },
  {
    pattern: /EACCES|EPERM|EROFS|Permission denied|Read-only file system/i,
    sentence: 'a folder may not be written to. Give yourself the right to write there, then run this again.',
  },
  {
    pattern: /CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_(?:GET|VERIFY)|certificate verif/i,
    sentence:
      "the package server's certificate is not trusted here. Behind a proxy, name its certificate in NODE_EXTRA_CA_CERTS (npm) and PIP_CERT (pip), then run this again.",
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network (?:is unreachable|request)|Temporary failure (?:in name resolution|resolving)|Failed to establish a new connection|Could not resolve|Unable to connect|Connection (?:refused|timed out|reset)|Read timed out|ProxyError/i,
    sentence: 'the package server could not be reached. Check the network or the proxy, then run this again.',
  },
  {
    pattern: /\(from versions: none\)/,
    sentence:
      'the package server could not be reached, or does not have a package. Check the network, the proxy and the package index that pip uses, then run this again.',
  },
  {
    pattern: /No matching distribution found/i,
    sentence:
      'a package has no version for this Python. Name another Python in INSIGHTS_COMPARISON_PYTHON, then run this again.',
  },
  {
    pattern: /can only install packages when your package\.json and package-lock\.json/i,
    sentence: 'package.json and package-lock.json do not agree. Run `npm install`, then run this again.',
  },
];

/** npm's cause stands in its first lines, pip's and apt's in the last. */
const shownLines = { first: 6, last: 12 };
const shownColumns = 200;

/** Frames of the failed program's own stack: they tell its authors something, not its users. */
const stackFrame = /^(?:npm error)?\s+(?:at |File "|\^+$)|^Traceback /;

/** Below this a disk is as good as full: programs give up without always saying why. */
const fullDiskBytes = 20_000_000;

/**
 * Why a command failed and what helps, from what it wrote and from the disk that it wrote to.
 * @param {string} output
 * @param {string} [folder] where it was at work
 */
export function explainFailure(output, folder) {
  const cause = causes.find(({ pattern }) => pattern.test(output));
  if (cause !== undefined) return cause.sentence;
  return folder !== undefined && isDiskFull(folder) ? diskFullSentence : 'its last lines say why.';
}

/**
 * The lines of a failed command's output that tell most.
 * @param {string} output
 * @returns {readonly string[]}
 */
export function excerptOf(output) {
  const lines = output
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !stackFrame.test(line))
    .map((line) => (line.length > shownColumns ? `${line.slice(0, shownColumns)}…` : line));
  if (lines.length <= shownLines.first + shownLines.last) return lines;
  return [...lines.slice(0, shownLines.first), '…', ...lines.slice(-shownLines.last)];
}

/** @param {string} folder */
function isDiskFull(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < fullDiskBytes;
  } catch {
    return false;
  }
}
