/**
 * A page of the checkout as it stands in the package, where the files that it leads to are not: relative links become their
 * text, pictures from the checkout go. Throws when a relative target is left in a form that this does not know.
 * @param {string} text Markdown
 */
export function packageReadme(text) {
  const packaged = text
    .replace(/<picture>[\s\S]*?<\/picture>\n*/g, '')
    .replace(/!\[[^\]]*\]\((?!https:)[^)]*\)\n?/g, '')
    .replace(/\[([^\]]*)\]\((?!https?:|#)[^)]*\)/g, '$1');
  const left = /(?:\]\(|(?:src|srcset|href)=["'])(?!https?:|#)[^)"']*/.exec(packaged);
  if (left !== null) throw new Error(`A relative link would be broken in the package: ${left[0]}`);
  return packaged;
}
