/** Settings of a relay: what is wrong is named. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readOptions } from "./options.ts";

const folder = mkdtempSync(join(tmpdir(), "trento-edge-options-"));
afterAll(() => rmSync(folder, { recursive: true }));

const needed = { EDGE_URL: "https://trento.example.com/", API_KEY: "key" };

describe("settings of a relay", () => {
  it("need little", () => {
    expect(readOptions({ ...needed, RELAY_NAME: "dc-1" })).toEqual({
      edgeUrl: "https://trento.example.com",
      apiKey: "key",
      amqp: null,
      name: "dc-1",
      host: "0.0.0.0",
      port: 8080,
      dataDir: ".relay",
    });
  });

  it("keep a path before the API", () => {
    const { edgeUrl } = readOptions({ ...needed, EDGE_URL: "http://localhost:8787/trento/?x=1" });
    expect(edgeUrl).toBe("http://localhost:8787/trento");
  });

  it("take the agent's own parameters of TLS out of the broker's URL", () => {
    const ca = join(folder, "ca.pem");
    writeFileSync(ca, "a certificate");
    const AMQP_URL = `amqps://u:p@broker:5671/sap?cacertfile=${ca}&verify=verify_none&heartbeat=5`;
    expect(readOptions({ ...needed, AMQP_URL }).amqp).toEqual({
      url: "amqps://u:p@broker:5671/sap?heartbeat=5",
      tls: { ca: "a certificate", rejectUnauthorized: false },
    });
  });

  it.each([
    [{ EDGE_URL: undefined }, "EDGE_URL is missing"],
    [
      { EDGE_URL: "trento.example.com" },
      "EDGE_URL must be a URL with http: or https://, not trento.example.com",
    ],
    [{ API_KEY: "" }, "API_KEY is missing"],
    [{ PORT: "80a" }, "PORT must be a whole number from 0 to 65535, not 80a"],
    [{ RELAY_NAME: "a b" }, "RELAY_NAME may have letters, digits, dots and dashes, 63 at most; not a b"],
    [
      { RELAY_NAME: "Facts" },
      "RELAY_NAME must be none of heartbeats, discoveries, facts, executions, which are paths of the API; not Facts",
    ],
    [{ AMQP_URL: "http://u:secret@x" }, "AMQP_URL must be a URL with amqp: or amqps://, not http://***@x"],
    [
      { AMQP_URL: "amqps://x?verify=maybe" },
      "verify of AMQP_URL must be verify_peer or verify_none, not maybe",
    ],
    [{ AMQP_URL: "amqps://x?keyfile=/no/such" }, "keyfile of AMQP_URL cannot be read: ENOENT"],
  ])("%j are refused", (env, message) => {
    expect(() => readOptions({ ...needed, ...env })).toThrow(message);
  });
});
