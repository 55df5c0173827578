// Puts a Markdown report into the pull request's conversation, once per target and scenario: the next run's takes its place.
// node ci/comment.mjs REPORT.md… — reads what GitHub Actions sets (GITHUB_TOKEN, GITHUB_REPOSITORY, GITHUB_EVENT_PATH, GITHUB_API_URL). Where it may not
// write (a pull request from a fork), or there is no pull request, it says so and ends well: the step's summary has the report.
import { readFileSync } from 'node:fs';

const marker = /^<!-- insights-comparison: [^>]* -->/;
/** GitHub's limit is 65,536 characters. */
const mostCharacters = 60_000;
const perPage = 100;

/**
 * @param {readonly string[]} files
 * @param {NodeJS.ProcessEnv} env
 */
async function main(files, env) {
  const number = pullRequestNumber(env['GITHUB_EVENT_PATH']);
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository } = env;
  if (number === null) return say('This is no pull request: the report stands in the summary.');
  if (!token || !repository) return say('There is no token to comment with: the report stands in the summary.');
  const api = `${env['GITHUB_API_URL'] ?? 'https://api.github.com'}/repos/${repository}`;
  for (const file of files) {
    const body = readFileSync(file, 'utf8').slice(0, mostCharacters);
    const [mark] = marker.exec(body) ?? [];
    if (mark === undefined) return fail(`${file} is no report of Insights comparison.`);
    try {
      const id = await commentWith(mark, `${api}/issues/${number}/comments`, token);
      const [url, method] =
        id === null ? [`${api}/issues/${number}/comments`, 'POST'] : [`${api}/issues/comments/${id}`, 'PATCH'];
      await request(url, token, { method, body: JSON.stringify({ body }) });
      say(id === null ? 'The report was added to the pull request.' : 'The report in the pull request was renewed.');
    } catch (error) {
      if (error instanceof RefusedError) return say(`${error.message}: the report stands in the summary.`);
      return fail(error instanceof Error ? error.message : String(error));
    }
  }
}

/**
 * The comment that begins with this marker; null: there is none yet.
 * @param {string} mark
 * @param {string} url
 * @param {string} token
 * @returns {Promise<number | null>}
 */
async function commentWith(mark, url, token) {
  for (let page = 1; ; page += 1) {
    /** @type {{ id: number, body?: string }[]} */
    const comments = await (await request(`${url}?per_page=${perPage}&page=${page}`, token)).json();
    const found = comments.find(({ body }) => body?.startsWith(mark));
    if (found) return found.id;
    if (comments.length < perPage) return null;
  }
}

class RefusedError extends Error {}

/**
 * @param {string} url
 * @param {string} token
 * @param {RequestInit} [init]
 */
async function request(url, token, init = {}) {
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
  };
  const response = await fetch(url, { ...init, headers });
  if (response.status === 401 || response.status === 403 || response.status === 404)
    throw new RefusedError(
      `GitHub does not let this run comment (${response.status}; a pull request from a fork, most likely)`,
    );
  if (!response.ok)
    throw new Error(`GitHub answered ${response.status} to ${init.method ?? 'GET'} ${new URL(url).pathname}`);
  return response;
}

/**
 * @param {string | undefined} eventPath
 * @returns {number | null}
 */
function pullRequestNumber(eventPath) {
  if (!eventPath) return null;
  try {
    const event = JSON.parse(readFileSync(eventPath, 'utf8'));
    return event.pull_request?.number ?? event.issue?.number ?? null;
  } catch {
    return null;
  }
}

/** @param {string} line */
function say(line) {
  console.log(line);
}

/** @param {string} line */
function fail(line) {
  console.error(line);
  process.exitCode = 1;
}

await main(process.argv.slice(2), process.env);
