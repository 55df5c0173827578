/** What pip is at, in words for a progress bar; null for lines that say nothing to a user. */
export function describePipLine(line: string): string | null {
  const collecting = /^Collecting ([^\s(;]+)/.exec(line);
  if (collecting?.[1] !== undefined) return `getting ${collecting[1]}`;
  if (line.startsWith('Installing collected packages')) return 'installing the packages';
  return null;
}

/** What package installers write when … → cause and fix. The first that fits counts. */
const causes: readonly { readonly pattern: RegExp; readonly cause: string; readonly fix: string }[] = [
  {
    pattern: /No space left on device|ENOSPC|disk quota exceeded/i,
    cause: 'the disk is full',
    fix: 'Free some space, then try again.',
  },
  {
    pattern: /CERTIFICATE_VERIFY_FAILED|certificate verif/i,
    cause: "the package index's certificate is not trusted here",
    fix: 'Behind a proxy, name its certificate in the environment variable PIP_CERT, then try again.',
  },
  {
    pattern:
      /Temporary failure in name resolution|Name or service not known|nodename nor servname|Failed to establish a new connection|Connection (?:refused|timed out|reset|aborted)|Network is unreachable|Read timed out|ProxyError|\(from versions: none\)/i,
    cause: 'the package index could not be reached',
    fix: 'Check the network, the proxy and the package index that pip uses, then try again.',
  },
  {
    pattern: /No matching distribution found|requires a different Python/i,
    cause: 'a package has no version for this Python',
    fix: 'Name a Python 3.9 to 3.13 in the setting insightsComparison.pythonPath.',
  },
  {
    pattern: /Permission denied|EACCES|Read-only file system/i,
    cause: 'a folder may not be written to',
    fix: 'Choose a folder that you may write to.',
  },
];

/** Why an installation failed and what helps, from what it wrote. */
export function explainPipFailure(lines: readonly string[]): { readonly cause: string; readonly fix: string } {
  const text = lines.join('\n');
  const known = causes.find(({ pattern }) => pattern.test(text));
  if (known !== undefined) return known;
  const last = lines.filter((line) => line.trim() !== '').at(-1);
  return {
    cause: last === undefined ? 'it did not say why' : last.replace(/^ERROR:\s*/, ''),
    fix: 'The log "Insights comparison" has all that was written.',
  };
}
