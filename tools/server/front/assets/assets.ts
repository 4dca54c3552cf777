/** The UI's files, as the platform serves them, whatever the runtime is doing. */
import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join, relative } from "node:path";
import { encodingFor, SMALLEST } from "../encodings.ts";
import { Asset, type Representation } from "./asset.ts";
import { applyHeaderRules, type HeaderRule, readHeaderRules } from "./header-rules.ts";
import { rangeOf } from "./range.ts";

/** Read by the platform, and not served. */
const NOT_SERVED = new Set(["/_headers", "/_redirects", "/.assetsignore"]);
const START_PAGE = "/index.html";

/** By what a file is asked for, in the words of `[assets]` in wrangler.toml. */
export interface Ui {
  readonly directory: string;
  readonly notFoundHandling: "single-page-application" | "none";
  /** Patterns of paths that are the Worker's. */
  readonly runWorkerFirst: readonly string[];
}

interface Asked {
  readonly path: string;
  readonly search: string;
}

function askedOf(target: string): Asked | null {
  try {
    const { pathname, search } = new URL(`http://front${target}`);
    return { path: decodeURIComponent(pathname), search };
  } catch {
    return null;
  }
}

function hasEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === "*") return true;
  return header.split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
}

export class Assets {
  readonly #byPath: ReadonlyMap<string, Asset>;
  readonly #rules: readonly HeaderRule[];
  readonly #isSinglePage: boolean;

  private constructor(
    byPath: ReadonlyMap<string, Asset>,
    rules: readonly HeaderRule[],
    isSinglePage: boolean,
  ) {
    this.#byPath = byPath;
    this.#rules = rules;
    this.#isSinglePage = isSinglePage;
  }

  /** Reads all of them: what is not in the list then is not served, whatever a path spells. */
  static async read({ directory, notFoundHandling }: Ui): Promise<Assets> {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `/${relative(directory, join(parentPath, name)).replaceAll("\\", "/")}`);
    const served = paths.filter((path) => !NOT_SERVED.has(path));
    const read = served.map(async (path) => [path, await Asset.read(path, join(directory, path))] as const);
    const rules = paths.includes("/_headers") ? await readFile(join(directory, "_headers"), "utf8") : "";
    return new Assets(
      new Map(await Promise.all(read)),
      readHeaderRules(rules),
      notFoundHandling === "single-page-application",
    );
  }

  /** @returns whether it was answered: not, where nothing has that path */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const asked = askedOf(request.url ?? "/");
    if (asked === null) return false;
    if (asked.path === START_PAGE || asked.path === "/index") {
      response.writeHead(307, { Location: `/${asked.search}`, ...this.#headersOf(asked.path, {}) }).end();
      return true;
    }
    const asset = this.#find(asked.path);
    if (asset === undefined) return false;
    const chosen = await choose(asset, request);
    const headers = this.#headersOf(asked.path, {
      "Content-Type": asset.type,
      "Cache-Control": asset.cacheControl,
      ETag: chosen.etag,
      "Accept-Ranges": "bytes",
      ...(asset.isCompressed ? { Vary: "Accept-Encoding" } : {}),
      ...(chosen.encoding === null ? {} : { "Content-Encoding": chosen.encoding }),
    });
    send(chosen, headers, request, response);
    return true;
  }

  #find(path: string): Asset | undefined {
    const start = this.#byPath.get(START_PAGE);
    return path === "/" ? start : (this.#byPath.get(path) ?? (this.#isSinglePage ? start : undefined));
  }

  #headersOf(path: string, given: Readonly<Record<string, string>>): Record<string, string> {
    return applyHeaderRules(this.#rules, path, given);
  }
}

/** A part is one of the file as it is. */
async function choose(asset: Asset, { headers }: IncomingMessage): Promise<Representation> {
  const encoding = headers.range === undefined ? encodingFor(headers["accept-encoding"], SMALLEST) : null;
  return asset.isCompressed && encoding !== null ? asset.in(encoding) : asset.plain;
}

function send(
  { content, etag }: Representation,
  headers: Readonly<Record<string, string>>,
  { method, headers: asked }: IncomingMessage,
  response: ServerResponse,
): void {
  if (hasEtag(asked["if-none-match"], etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  const isCurrent = asked["if-range"] === undefined || asked["if-range"] === etag;
  const range = isCurrent && method === "GET" ? rangeOf(asked.range, content.length) : null;
  const all = `bytes */${content.length}`;
  if (range === "unsatisfiable") {
    response.writeHead(416, { ...headers, "Content-Range": all }).end();
    return;
  }
  const part = range === null ? content : content.subarray(range.start, range.end + 1);
  response.writeHead(range === null ? 200 : 206, {
    ...headers,
    "Content-Length": part.length,
    ...(range === null ? {} : { "Content-Range": `bytes ${range.start}-${range.end}/${content.length}` }),
  });
  response.end(method === "HEAD" ? undefined : part);
}
