/** Settings of a relay, from the environment. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { ownRelayNameSchema, relayNameSchema } from "../../checks/relay-messages.ts";

export interface RelayOptions {
  readonly edgeUrl: string;
  readonly apiKey: string;
  /** Null: no broker, and so no facts of unmodified agents. */
  readonly amqp: { readonly url: string; readonly tls: Readonly<Record<string, unknown>> } | null;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Null keeps nothing on disk. */
  readonly dataDir: string | null;
}

export const help = `npm run relay

Stands between Trento agents and the edge. Set by the environment:

  EDGE_URL    the control plane, as https://trento.example.com
  API_KEY     the key of the agents
  AMQP_URL    the broker, as amqp://user:password@localhost:5672; amqps:// with cacertfile, certfile, keyfile and
              verify (verify_peer or verify_none) in the query, as an agent has it. Without it nothing is asked of
              unmodified agents
  RELAY_NAME  tells relays of one installation apart (this host's name)
  HOST, PORT  where agents find it (0.0.0.0, 8080)
  DATA_DIR    what waits for the edge (.relay)`;

export class WrongOption extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

function urlOf(name: string, text: string | undefined, protocols: readonly string[]): URL {
  if (text === undefined || text === "") throw new WrongOption(`${name} is missing`);
  const url = URL.parse(text);
  if (url === null || !protocols.includes(url.protocol)) {
    throw new WrongOption(
      `${name} must be a URL with ${protocols.join(" or ")}//, not ${withoutPassword(text)}`,
    );
  }
  return url;
}

function withoutPassword(text: string): string {
  return text.replace(/:\/\/[^@]*@/, "://***@");
}

function fileOf(name: string, path: string | null): string | undefined {
  if (path === null) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new WrongOption(
      `${name} of AMQP_URL cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** The agent's own parameters are no affair of the library. */
function amqpOf(text: string): NonNullable<RelayOptions["amqp"]> {
  const url = urlOf("AMQP_URL", text, ["amqp:", "amqps:"]);
  const query = url.searchParams;
  const files = { ca: "cacertfile", cert: "certfile", key: "keyfile" } as const;
  const tls = Object.fromEntries(
    Object.entries(files).flatMap(([field, name]) => {
      const content = fileOf(name, query.get(name));
      query.delete(name);
      return content === undefined ? [] : [[field, content]];
    }),
  );
  const verify = query.get("verify") ?? "verify_peer";
  if (!["verify_peer", "verify_none"].includes(verify)) {
    throw new WrongOption(`verify of AMQP_URL must be verify_peer or verify_none, not ${verify}`);
  }
  query.delete("verify");
  return { url: url.toString(), tls: { ...tls, rejectUnauthorized: verify === "verify_peer" } };
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 8080);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new WrongOption(`PORT must be a whole number from 0 to 65535, not ${text}`);
}

/** @throws WrongOption naming what is wrong */
export function readOptions(env: Environment): RelayOptions {
  const { EDGE_URL, API_KEY, AMQP_URL, RELAY_NAME, HOST, PORT, DATA_DIR } = env;
  const edge = urlOf("EDGE_URL", EDGE_URL, ["http:", "https:"]);
  if (!API_KEY) throw new WrongOption("API_KEY is missing");
  const name = RELAY_NAME || hostname();
  if (!relayNameSchema.safeParse(name).success) {
    throw new WrongOption(`RELAY_NAME may have letters, digits, dots and dashes, 63 at most; not ${name}`);
  }
  const own = ownRelayNameSchema.safeParse(name);
  if (!own.success) throw new WrongOption(`RELAY_NAME ${own.error.issues[0]?.message}; not ${name}`);
  return {
    edgeUrl: `${edge.origin}${edge.pathname}`.replace(/\/+$/, ""),
    apiKey: API_KEY,
    amqp: AMQP_URL ? amqpOf(AMQP_URL) : null,
    name,
    host: HOST || "0.0.0.0",
    port: portOf(PORT),
    dataDir: DATA_DIR || ".relay",
  };
}
