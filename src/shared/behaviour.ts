import * as z from 'zod';

/**
 * The vocabulary in which simulated users are written, the same for the built-in behaviours and the user's own.
 * Templates in `path`, `headers`, `form` and `json` strings: `{{int LOW HIGH}}`, `{{pick A B C}}`, `{{NAME}}` (extracted before).
 */
const extraction = z.union([
  z.strictObject({ cookie: z.string().describe('Name of a cookie of the answer') }),
  z.strictObject({ json: z.string().describe('Dotted path into a JSON answer') }),
  z.strictObject({ header: z.string().describe('Name of a header of the answer') }),
  z.strictObject({ regex: z.string().describe('First group of a match in the body') }),
]);

const requestFields = {
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']).default('GET').describe('HTTP method'),
  path: z.string().startsWith('/').describe('Path and query; templates are filled in'),
  headers: z.record(z.string(), z.string()).optional().describe('Sent with this request; templates are filled in'),
  json: z.json().optional().describe('Body, sent as application/json; templates are filled in in its strings'),
  form: z.record(z.string(), z.string()).optional().describe('Body, sent as application/x-www-form-urlencoded'),
  body: z.string().optional().describe('Body, sent as it is'),
  expect: z
    .array(z.int().min(100).max(599))
    .min(1)
    .optional()
    .describe('Statuses that are no failure; default 200–399'),
  extract: z
    .record(z.string(), extraction)
    .optional()
    .describe('Values taken from the answer, for {{NAME}} in later requests'),
};

const actionName = z.string().min(1).describe('What its statistics stand under');

/** One HTTP request. `name` is what its statistics stand under. */
export const requestSchema = z.strictObject({ name: actionName, ...requestFields });
export type RequestSpec = z.infer<typeof requestSchema>;

const startRequestSchema = z.strictObject({ name: actionName.optional(), ...requestFields });

const range = z.tuple([z.int().min(1), z.int().min(1)]);
const weight = z
  .number()
  .min(0)
  .default(1)
  .describe('Share among the actions; 0: only reached by name from a burst or steps');

/** What a user may do next: a request (perhaps repeated), a burst of random others, or a fixed sequence of steps. */
export const actionSchema = z.union([
  z.strictObject({
    weight,
    repeat: range.optional().describe('Sent this many times in a row'),
    name: actionName,
    ...requestFields,
  }),
  z.strictObject({
    weight,
    name: actionName,
    pick: range.describe('How many of `from`, drawn each time'),
    from: z.array(z.string()).min(1).describe('Names of other actions'),
  }),
  z.strictObject({
    weight,
    name: actionName,
    steps: z
      .array(z.union([z.string(), requestSchema]))
      .min(1)
      .describe('One after the other: names of actions, or requests'),
  }),
]);
export type ActionSpec = z.infer<typeof actionSchema>;

export const behaviourSchema = z.strictObject({
  waitSeconds: z
    .tuple([z.number().min(0), z.number().min(0)])
    .default([1, 3])
    .describe('Think time between actions, uniform'),
  headers: z.record(z.string(), z.string()).optional().describe('Sent with every request'),
  onStart: z.array(startRequestSchema).optional().describe('Sent once by each user before its first action'),
  requests: z.array(actionSchema).min(1).describe('What a user does next, drawn by weight'),
});
export type Behaviour = z.infer<typeof behaviourSchema>;
export type BehaviourInput = z.input<typeof behaviourSchema>;
