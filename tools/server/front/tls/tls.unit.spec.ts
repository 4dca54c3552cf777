/** The front over TLS, and a certificate that is renewed while it serves. */
import { copyFileSync } from "node:fs";
import { connect as connectPlain } from "node:net";
import { join } from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import { FrontUnderTest } from "../front-under-test.ts";
import { CertificatesUnderTest } from "./certificates-under-test.ts";

const PATIENT = { timeout: 10_000, interval: 10 };
const certificates = new CertificatesUnderTest();
const [first, second] = [certificates.make("first"), certificates.make("second")];
const files = { certificate: join(certificates.folder, "c.pem"), key: join(certificates.folder, "k.pem") };

let under: FrontUnderTest;
const lines: string[] = [];
const clients: TLSSocket[] = [];

function install({ certificate, key }: typeof files, ...which: readonly ("certificate" | "key")[]): void {
  if (which.includes("certificate")) copyFileSync(certificate, files.certificate);
  if (which.includes("key")) copyFileSync(key, files.key);
}

beforeEach(async () => {
  lines.length = 0;
  vi.spyOn(console, "error").mockImplementation((line) => void lines.push(String(line)));
  install(first, "certificate", "key");
  under = await FrontUnderTest.start(undefined, { tls: files, betweenLooks: 10 });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await under.end();
  vi.restoreAllMocks();
});
afterAll(() => certificates.end());

/** A connection of its own, and the name in the certificate that it was shown. */
async function enter() {
  const socket = connect({ host: "127.0.0.1", port: under.port, rejectUnauthorized: false });
  clients.push(socket);
  let text = "";
  socket.on("data", (part) => {
    text += part.toString("latin1");
  });
  await new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject));
  const ask = async (...lines: readonly string[]) => {
    text = "";
    socket.write([...lines, "", ""].join("\r\n"));
    await vi.waitFor(() => expect(text).toMatch(/\r\n\r\n[\s\S]/), PATIENT);
    return text;
  };
  return { socket, name: socket.getPeerCertificate().subject.CN, ask };
}

it("answers over TLS, sockets too, and says so in its address", async () => {
  expect(under.front.url).toBe(`https://127.0.0.1:${under.port}`);
  under.onUpgrade((socket) => socket.write("hello"));
  const { ask, name } = await enter();
  expect(name).toBe("first");
  expect(await ask("GET /x HTTP/1.1", "Host: a")).toContain("HTTP/1.1 200 OK");
  expect(under.heard[0]).toMatchObject({ url: "/x", headers: { "cf-connecting-ip": "127.0.0.1" } });
  const other = await enter();
  const opened = await other.ask("GET /s HTTP/1.1", "Host: a", "Connection: Upgrade", "Upgrade: websocket");
  expect([opened.split("\r\n")[0], opened.endsWith("hello")]).toEqual([
    "HTTP/1.1 101 Switching Protocols",
    true,
  ]);
});

it("shows a renewed certificate to whoever comes, and goes on with whoever is there", async () => {
  const old = await enter();
  install(second, "certificate", "key");
  await vi.waitFor(async () => expect((await enter()).name).toBe("second"), PATIENT);
  expect(lines).toEqual([`the certificate in ${files.certificate} was renewed`]);
  expect(await old.ask("GET /x HTTP/1.1", "Host: a")).toContain("HTTP/1.1 200 OK");
});

it("keeps the former one when the new one does not fit, and says so once, until it does", async () => {
  install(second, "certificate");
  await vi.waitFor(() => expect(lines).toHaveLength(1), PATIENT);
  expect(lines[0]).toBe(
    `the former certificate stays: TLS_KEY ${files.key} is not the key of the certificate in TLS_CERT ${files.certificate}`,
  );
  expect((await enter()).name).toBe("first");
  install(second, "key");
  await vi.waitFor(() => expect(lines).toHaveLength(2), PATIENT);
  expect((await enter()).name).toBe("second");
});

it("does not start with one that does not fit", async () => {
  const broken = { certificate: first.certificate, key: second.key };
  await expect(FrontUnderTest.start(undefined, { tls: broken })).rejects.toThrow(
    "is not the key of the certificate",
  );
});

it("hangs up on whoever does not speak TLS, and stops beside one who says nothing", async () => {
  const plain = connectPlain({ host: "127.0.0.1", port: under.port });
  const silent = connectPlain({ host: "127.0.0.1", port: under.port });
  const closed = Promise.all(
    [plain, silent].map((one) => new Promise((resolve) => one.on("close", resolve))),
  );
  for (const one of [plain, silent]) one.on("error", () => {}).resume();
  plain.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await vi.waitFor(() => expect(plain.closed).toBe(true), PATIENT);
  await under.front.stop();
  await closed;
});
