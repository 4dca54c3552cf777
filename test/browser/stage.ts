/** A started server, a real browser, and hosts that report: what every browser test stands on. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { type Server, startServer } from "../../tools/server/server.ts";
import { hostPayloadOf } from "../host-payload.ts";

export const executable = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Where there is no Chromium these tests are left out, and it is said; in CI there has to be one. */
export const isThere = existsSync(executable) || process.env.CI === "true";
if (!isThere)
  console.log(`Left out: the browser tests, since there is no Chromium at ${executable} (set CHROMIUM).`);

const PASSWORD = "in the browser";
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A connection that is kept may be closed just when it is used again: an agent then tries once more. */
function send(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init).catch(() => fetch(url, init));
}

/** A part of a page, by its heading. */
export function section(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

export class Stage {
  readonly server: Server;
  readonly browser: Browser;
  /** What pages told the console that is wrong, and faults that they did not catch. */
  readonly complaints: string[] = [];
  readonly #dataDir: string;

  private constructor(server: Server, browser: Browser, dataDir: string) {
    this.server = server;
    this.browser = browser;
    this.#dataDir = dataDir;
  }

  /** @param variables of the Worker, as `WEBHOOK_ALLOWED_HOSTS` */
  static async set(variables: Readonly<Record<string, string>> = {}): Promise<Stage> {
    const dataDir = mkdtempSync(join(tmpdir(), "trento-edge-browser-"));
    const server = await startServer({ dataDir, port: 0, quiet: true, adminPassword: PASSWORD, variables });
    const browser = await chromium.launch({ executablePath: executable, headless: true, args: FLAGS });
    return new Stage(server, browser, dataDir);
  }

  async strike(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  /** @param origin where the server is reached, if not directly */
  async open(path: string, colorScheme: "light" | "dark" = "light", origin = this.server.url): Promise<Page> {
    const page = await this.browser.newPage({ colorScheme, viewport: { width: 1360, height: 860 } });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    await page.goto(`${origin}${path}`);
    return page;
  }

  async signIn(page: Page, password = PASSWORD): Promise<void> {
    await page.getByLabel("Username").fill("admin");
    await page.getByRole("textbox", { name: "Password" }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
  }

  /** A page that is signed in and live. */
  async enter(path: string, colorScheme?: "light" | "dark", origin?: string): Promise<Page> {
    const page = await this.open(path, colorScheme, origin);
    await this.signIn(page);
    await page.getByText("Live", { exact: true }).waitFor();
    return page;
  }

  async report(hostname: string, changed: Record<string, unknown> = {}): Promise<string> {
    const id = crypto.randomUUID();
    const systemd_units = [{ name: "pacemaker.service", unit_file_state: "enabled" }];
    await this.post(id, "host_discovery", hostPayloadOf(hostname, { systemd_units, ...changed }));
    return id;
  }

  async post(agentId: string, type: string, payload: unknown, expected = 202): Promise<void> {
    const answer = await send(`${this.server.url}/api/v1/collect`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Trento-ApiKey": this.server.apiKey },
      body: JSON.stringify({ agent_id: agentId, discovery_type: type, payload }),
    });
    if (answer.status !== expected) throw new Error(`the discovery was answered with ${answer.status}`);
  }

  async beat(hostId: string): Promise<void> {
    const answer = await send(`${this.server.url}/api/v1/hosts/${hostId}/heartbeat`, {
      method: "POST",
      headers: { "X-Trento-ApiKey": this.server.apiKey },
    });
    if (answer.status !== 204) throw new Error(`the heartbeat was answered with ${answer.status}`);
  }
}
