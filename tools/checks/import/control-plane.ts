/** What the import asks of a server. */
import { z } from "zod";
import type { CatalogueFile } from "../../../checks/catalogue/read-catalogue.ts";
import { defectSchema } from "../../../checks/definition.ts";

/** Sends a request, as `fetch` does. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Why nothing was brought in, in words for whoever asked for it. */
export class Refused extends Error {}

/** Milliseconds. Thousands of checks take a few seconds. */
const TIMEOUT = 60_000;
/** Bytes that a server takes at once. */
const LARGEST = 5_000_000;

const tokenSchema = z.object({ access_token: z.string() });
const broughtInSchema = z.object({
  version: z.string(),
  checks: z.int(),
  defects: z.array(defectSchema),
  hidden: z.array(z.string()),
});
export type BroughtIn = z.infer<typeof broughtInSchema>;

const errorsSchema = z.object({
  errors: z.array(z.object({ detail: z.string(), source: z.object({ pointer: z.string() }).optional() })),
});

export interface Upload {
  readonly version: string | null;
  readonly files: readonly CatalogueFile[];
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // `fetch` itself says no more than that it failed.
  const { cause } = error;
  return cause instanceof Error && cause.message !== "" ? cause.message : error.message;
}

function reasonOf(status: number, body: unknown): string {
  const parsed = errorsSchema.safeParse(body);
  if (!parsed.success) return `The server answers ${status}`;
  const details = parsed.data.errors.map(({ detail, source }) =>
    source === undefined ? detail : `${source.pointer.slice(1)} ${detail}`,
  );
  return `The server refuses it (${status}): ${details.join("; ")}`;
}

export class ControlPlane {
  readonly #url: string;
  readonly #send: Fetch;

  constructor(url: string, send: Fetch) {
    this.#url = url;
    this.#send = send;
  }

  /** @returns the access token; @throws Refused */
  async signIn(username: string, password: string): Promise<string> {
    const { status, body } = await this.#ask("POST", "/api/session", { username, password }, {});
    if (status === 401) throw new Refused(`The password of ${username} is wrong, or there is no such user`);
    return this.#understand(tokenSchema, status, body).access_token;
  }

  /** @throws Refused */
  async bringIn(token: string, name: string, { version, files }: Upload): Promise<BroughtIn> {
    const upload = { ...(version === null ? {} : { version }), files };
    const { status, body } = await this.#ask(
      "PUT",
      `/api/v1/checks/catalogues/${encodeURIComponent(name)}`,
      upload,
      { Authorization: `Bearer ${token}` },
    );
    if (status === 401) throw new Refused("The server does not accept its own token: try again");
    return this.#understand(broughtInSchema, status, body);
  }

  async #ask(
    method: string,
    path: string,
    content: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const body = JSON.stringify(content);
    const size = Buffer.byteLength(body);
    if (size > LARGEST)
      throw new Refused(`The files are too large: ${(size / 1e6).toFixed(1)} MB, where a server takes 5 MB`);
    let response: Response;
    try {
      response = await this.#send(`${this.#url}${path}`, {
        method,
        headers: { "Content-Type": "application/json", ...headers },
        body,
        signal: AbortSignal.timeout(TIMEOUT),
      });
    } catch (error) {
      throw new Refused(`${this.#url} cannot be reached: ${causeOf(error)}`);
    }
    return { status: response.status, body: await response.json().catch(() => null) };
  }

  #understand<S extends z.ZodType>(schema: S, status: number, body: unknown): z.infer<S> {
    if (status !== 200) throw new Refused(reasonOf(status, body));
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw new Refused(`${this.#url} is no trento-edge: it answers something else`);
    return parsed.data;
  }
}
