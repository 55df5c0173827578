/** How far an answer has come. After `malformed` the parser is of no more use until `begin`. */
export type Progress = 'incomplete' | 'complete' | 'malformed';

type State = 'status line' | 'headers' | 'body' | 'until close' | ChunkState | 'complete' | 'malformed';
type ChunkState = 'chunk size' | 'chunk' | 'chunk end' | 'trailers';

export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Longer lines are taken for garbage, and a head with more of them too. */
const longestLineBytes = 65_536;
const mostHeaders = 1000;
const lineFeed = 0x0a;

/**
 * Reads one HTTP/1.x answer after the other from bytes that come in any pieces: RFC 9112, sections 4 (status line), 5 (headers),
 * 6.3 (where the body ends) and 7.1 (chunks), RFC 9110 section 15.2 (interim answers). A whole client such as undici costs three times
 * as much CPU at the rates of a scenario, where next to nothing of it is ever compiled.
 */
export class AnswerParser {
  #state: State = 'complete';
  #isHead = false;
  #readsBody = false;
  #status = 0;
  #isOldHttp = false;
  #headers: Record<string, string | string[] | undefined> = {};
  #headerCount = 0;
  #lastName = '';
  #keepsOpen = false;
  #bytesLeft = 0;
  #line = '';
  #pieces: Buffer[] | null = null;

  /** The next bytes belong to the answer of a new request. The body is kept when it `readsBody`, or when the status is 400 or above. */
  begin(request: { readonly isHead: boolean; readonly readsBody: boolean }): void {
    this.#state = 'status line';
    this.#isHead = request.isHead;
    this.#readsBody = request.readsBody;
    this.#line = '';
    this.#pieces = null;
    this.#clearHead();
  }

  /** The status so far; 0 while there is none. */
  get status(): number {
    return this.#status;
  }

  /** Lower-case names; a header that comes more than once is a list. */
  get headers(): AnswerHeaders {
    return this.#headers;
  }

  /** True when the connection may carry another request. */
  get keepsOpen(): boolean {
    return this.#keepsOpen;
  }

  /** The body as far as it has come, if it is kept. */
  body(): string {
    return this.#pieces === null ? '' : Buffer.concat(this.#pieces).toString();
  }

  /** Takes the next bytes; keeps none of the buffer itself. */
  push(bytes: Buffer): Progress {
    let at = 0;
    while (at < bytes.length && this.#state !== 'malformed') {
      if (this.#state === 'complete') {
        // More than was asked for: whatever comes next on this connection cannot be told apart.
        this.#keepsOpen = false;
        break;
      }
      at = this.#take(bytes, at, this.#state);
    }
    return this.#progress();
  }

  /** The connection has ended: where that is the end of the answer, the answer is complete. */
  end(): Progress {
    if (this.#state === 'until close') this.#state = 'complete';
    return this.#progress();
  }

  #progress(): Progress {
    return this.#state === 'complete' || this.#state === 'malformed' ? this.#state : 'incomplete';
  }

  /** Yields the place of the next byte to look at. */
  #take(bytes: Buffer, at: number, state: Exclude<State, 'complete' | 'malformed'>): number {
    if (state === 'body' || state === 'chunk') return this.#takeBody(bytes, at, state);
    if (state === 'until close') {
      this.#keep(bytes, at, bytes.length);
      return bytes.length;
    }
    const end = bytes.indexOf(lineFeed, at);
    const lineEnd = end === -1 ? bytes.length : end;
    this.#line += bytes.toString('latin1', at, lineEnd);
    if (this.#line.length > longestLineBytes) this.#state = 'malformed';
    if (end === -1) return bytes.length;
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line;
    this.#line = '';
    if (this.#state !== 'malformed') this.#takeLine(line, state);
    return end + 1;
  }

  #takeLine(line: string, state: 'status line' | 'headers' | Exclude<ChunkState, 'chunk'>): void {
    switch (state) {
      case 'status line':
        this.#takeStatusLine(line);
        return;
      case 'headers':
        if (line === '') this.#endHead();
        else this.#takeHeader(line);
        return;
      case 'chunk size':
        this.#takeChunkSize(line);
        return;
      case 'chunk end':
        this.#state = line === '' ? 'chunk size' : 'malformed';
        return;
      case 'trailers':
        if (line === '') this.#state = 'complete';
        return;
    }
  }

  #takeStatusLine(line: string): void {
    const [, minor, status] = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(line) ?? [];
    this.#isOldHttp = minor === '0';
    this.#status = Number(status ?? 0);
    this.#state = status === undefined ? 'malformed' : 'headers';
  }

  #takeHeader(line: string): void {
    this.#headerCount += 1;
    const colon = line.indexOf(':');
    if (line.startsWith(' ') || line.startsWith('\t')) this.#continueHeader(line.trim());
    else if (colon < 1 || this.#headerCount > mostHeaders || /\s/.test(line.slice(0, colon))) this.#state = 'malformed';
    else {
      const name = line.slice(0, colon).toLowerCase();
      const value = line.slice(colon + 1).trim();
      const known = this.#headers[name];
      if (known === undefined) this.#headers[name] = value;
      else if (typeof known === 'string') this.#headers[name] = [known, value];
      else known.push(value);
      this.#lastName = name;
    }
  }

  /** RFC 9112 5.2: a line that begins with a blank goes on with the one before it. */
  #continueHeader(text: string): void {
    const value = this.#headers[this.#lastName];
    if (value === undefined) this.#state = 'malformed';
    else if (typeof value === 'string') this.#headers[this.#lastName] = `${value} ${text}`;
    else value.push(`${value.pop() ?? ''} ${text}`);
  }

  #endHead(): void {
    if (this.#status < 200) {
      // 101 would be another protocol, which nobody asked for.
      this.#state = this.#status === 101 ? 'malformed' : 'status line';
      this.#clearHead();
      return;
    }
    const connection = words(this.#headers['connection']);
    this.#keepsOpen = this.#isOldHttp ? connection.includes('keep-alive') : !connection.includes('close');
    if (this.#readsBody || this.#status >= 400) this.#pieces = [];
    this.#state = this.#bodyState();
    if (this.#state === 'until close') this.#keepsOpen = false;
  }

  /** RFC 9112 6.3. */
  #bodyState(): State {
    if (this.#isHead || this.#status === 204 || this.#status === 304) return 'complete';
    if (this.#headers['transfer-encoding'] !== undefined)
      return words(this.#headers['transfer-encoding']).at(-1) === 'chunked' ? 'chunk size' : 'until close';
    const length = this.#headers['content-length'];
    if (length === undefined) return 'until close';
    const [first = '', ...others] = words(length);
    if (!/^\d{1,15}$/.test(first) || others.some((other) => other !== first)) return 'malformed';
    this.#bytesLeft = Number(first);
    return this.#bytesLeft === 0 ? 'complete' : 'body';
  }

  #takeBody(bytes: Buffer, at: number, state: 'body' | 'chunk'): number {
    const end = Math.min(bytes.length, at + this.#bytesLeft);
    this.#keep(bytes, at, end);
    this.#bytesLeft -= end - at;
    if (this.#bytesLeft === 0) this.#state = state === 'body' ? 'complete' : 'chunk end';
    return end;
  }

  #takeChunkSize(line: string): void {
    const [, size] = /^([\da-f]{1,12})[ \t]*(?:;|$)/i.exec(line) ?? [];
    this.#bytesLeft = parseInt(size ?? '0', 16);
    if (size === undefined) this.#state = 'malformed';
    else this.#state = this.#bytesLeft === 0 ? 'trailers' : 'chunk';
  }

  #keep(bytes: Buffer, from: number, to: number): void {
    this.#pieces?.push(Buffer.from(bytes.subarray(from, to)));
  }

  #clearHead(): void {
    this.#status = 0;
    this.#headers = {};
    this.#headerCount = 0;
    this.#lastName = '';
    this.#keepsOpen = false;
  }
}

/** The words of a list header, in lower case. */
function words(value: string | string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  const text = typeof value === 'string' ? value : value.join(',');
  return text
    .toLowerCase()
    .split(',')
    .map((word) => word.trim());
}
