import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { behaviourSchema, type Behaviour } from '../../shared/behaviour';
import { UserError } from '../../shared/userError';

/** The parts of HTTP Archive 1.2 (W3C Web Performance group) that a load is made from. */
const harSchema = z.object({
  log: z.object({
    entries: z.array(
      z.object({
        request: z.object({
          method: z.string(),
          url: z.string(),
          postData: z
            .object({
              mimeType: z.string().default(''),
              text: z.string().optional(),
              params: z.array(z.object({ name: z.string(), value: z.string().default('') })).optional(),
            })
            .optional(),
        }),
        response: z.object({
          status: z.number(),
          content: z.object({ mimeType: z.string().default('') }).default({ mimeType: '' }),
        }),
      }),
    ),
  }),
});
type Entry = z.infer<typeof harSchema>['log']['entries'][number];

/** Files that a web server serves, not the app. */
const assets = /^(?:image|font|audio|video)\/|text\/css|javascript/;
const assetNames = /\.(?:css|js|mjs|map|png|jpe?g|gif|svg|ico|webp|woff2?|ttf)$/i;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

/**
 * A behaviour of what a browser has recorded: the requests to the first address in it, each distinct one an action whose weight is how
 * often it came. Styles, scripts and images are left out, and so are cookies and other headers: what needs a login gets one by "onStart".
 * Throws `UserError` for a file that is no recording, or holds no request of an app.
 */
export async function readHarBehaviour(file: string): Promise<Behaviour> {
  const entries = (await readEntries(file)).filter(({ response }) => response.status >= 100);
  const [first] = entries;
  const origin = first ? new URL(first.request.url).origin : null;
  const own = entries.filter((entry) => new URL(entry.request.url).origin === origin && !isAsset(entry));
  const actions = new Map<string, { weight: number; readonly request: RecordedRequest }>();
  for (const entry of own) {
    const request = requestOf(entry);
    const key = JSON.stringify(request);
    const known = actions.get(key);
    if (known) known.weight += 1;
    else actions.set(key, { weight: 1, request });
  }
  if (actions.size === 0) {
    throw new UserError('usage', `${file} holds no request to an app`, {
      hint: 'Record it in the browser: developer tools, Network, use the app, then "Save all as HAR".',
    });
  }
  return behaviourSchema.parse({
    waitSeconds: [1, 3],
    requests: withNames([...actions.values()].map(({ weight, request }) => ({ weight, ...request }))),
  });
}

async function readEntries(file: string): Promise<readonly Entry[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError('usage', `The recording cannot be read: ${file}`, { hint: 'Name an existing file.', cause });
  });
  try {
    return harSchema
      .parse(JSON.parse(text.replace(/^\uFEFF/, '')))
      .log.entries.filter(({ request }) =>
        methods.some((method) => method === request.method && URL.canParse(request.url)),
      );
  } catch (cause) {
    throw new UserError('usage', `${file} is no HTTP archive`, {
      hint: 'Save the recording as HAR in the browser: developer tools, Network, "Save all as HAR".',
      cause,
    });
  }
}

function isAsset({ request, response }: Entry): boolean {
  return assets.test(response.content.mimeType) || assetNames.test(new URL(request.url).pathname);
}

interface RecordedRequest {
  readonly method?: string;
  readonly path: string;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly expect?: readonly number[];
}

function requestOf({ request, response }: Entry): RecordedRequest {
  const { pathname, search } = new URL(request.url);
  const isUsual = response.status >= 200 && response.status < 400;
  return {
    ...(request.method === 'GET' ? {} : { method: request.method }),
    path: pathname + search,
    ...bodyOf(request.postData),
    ...(isUsual ? {} : { expect: [response.status] }),
  };
}

function bodyOf(data: Entry['request']['postData']): Pick<RecordedRequest, 'json' | 'form' | 'body'> {
  if (!data) return {};
  const { mimeType, text, params } = data;
  if (mimeType.includes('json') && text !== undefined) return jsonOrText(text);
  if (mimeType.includes('x-www-form-urlencoded')) {
    const fields = params?.map(({ name, value }): [string, string] => [name, value]);
    return { form: Object.fromEntries(fields ?? new URLSearchParams(text ?? '')) };
  }
  return text === undefined ? {} : { body: text };
}

function jsonOrText(text: string): Pick<RecordedRequest, 'json' | 'body'> {
  try {
    const json: unknown = JSON.parse(text);
    return { json };
  } catch {
    return { body: text };
  }
}

/** `GET /path` without its query; where several have the same, with a number. */
function withNames(requests: readonly RecordedRequest[]): (RecordedRequest & { readonly name: string })[] {
  const counts = new Map<string, number>();
  return requests.map((request) => {
    const base = `${request.method ?? 'GET'} ${request.path.split('?')[0] ?? ''}`;
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    return { name: count === 1 ? base : `${base} (${count})`, ...request };
  });
}
