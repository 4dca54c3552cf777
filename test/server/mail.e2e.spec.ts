/** Alerting mails over a real SMTP server: encrypted, signed in, and what becomes of them with servers that are none. */
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { NO_SERVER } from "../../durable-objects/mailroom/reasons.ts";
import { hostPayloadOf } from "../host-payload.ts";
import type { LandscapeServer } from "./landscape-server.ts";
import { certificate, impostor, MailServer, PASSWORD } from "./mail-server.ts";

const settings = {
  enabled: true,
  sender_email: "alerts@example.com",
  recipient_email: "admin@example.com",
  smtp_server: "localhost",
  smtp_username: "trento",
  smtp_password: PASSWORD,
};

const PATIENT = { timeout: 40_000, interval: 250 };

describe("alerting mails", () => {
  let server: LandscapeServer;
  const PATH = "/api/v1/settings/alerting";
  let isMade = false;

  beforeAll(async () => {
    // Read when the runtime is loaded.
    process.env.NODE_EXTRA_CA_CERTS = certificate;
    server = new (await import("./landscape-server.ts")).LandscapeServer();
    await server.start({ ALERT_GROUPING: "0" });
  });
  afterAll(() => server.end());

  /** @returns what the test mail came to: 200, or why it could not be sent */
  async function tryOut(more: object): Promise<number | string> {
    const made = await server.call(isMade ? "PATCH" : "POST", PATH, {
      ...settings,
      smtp_security: "auto",
      ...more,
    });
    if (!made.ok) throw new Error(await made.text());
    isMade = true;
    const answer = await server.call("POST", `${PATH}/test`);
    return answer.status === 200 ? 200 : await answer.text();
  }

  it("go out by STARTTLS, signed in, as text and as HTML", async () => {
    const mail = await MailServer.start();
    expect(await tryOut({ smtp_port: mail.port })).toBe(200);
    const [received] = mail.received;
    expect(received).toMatchObject({
      from: "alerts@example.com",
      to: ["admin@example.com"],
      isSecure: true,
      user: "trento",
    });
    expect(received?.text).toMatch(/^From: Trento Alerts <alerts@example.com>$/m);
    expect(received?.text).toMatch(/^To: Trento Admin <admin@example.com>$/m);
    expect(received?.text).toMatch(/^Subject: Trento Alert: Test$/m);
    expect(received?.text).toContain("Content-Type: text/plain");
    expect(received?.text).toContain("Content-Type: text/html");
    await mail.stop();
  });

  it("go out by TLS from the begin", async () => {
    const mail = await MailServer.start({ secure: true });
    expect(await tryOut({ smtp_port: mail.port, smtp_security: "implicit" })).toBe(200);
    expect(mail.received).toMatchObject([{ isSecure: true, user: "trento" }]);
    await mail.stop();
  });

  it("go out in the clear only without a password", async () => {
    const mail = await MailServer.start({ disabledCommands: ["STARTTLS"], authOptional: true });
    expect(await tryOut({ smtp_port: mail.port, smtp_username: "", smtp_password: "" })).toBe(200);
    expect(mail.received).toMatchObject([{ isSecure: false, user: undefined }]);
    expect(await tryOut({ smtp_port: mail.port })).toMatch(/could not be sent/);
    expect(mail.received).toHaveLength(1);
    await mail.stop();
  });

  it("go out signed in without TLS where the server offers none and that is enough", async () => {
    const mail = await MailServer.start({ disabledCommands: ["STARTTLS"], allowInsecureAuth: true });
    const account = { smtp_port: mail.port, smtp_password: PASSWORD };
    expect(await tryOut(account)).toMatch(/could not be sent/);
    expect(mail.received).toEqual([]);
    expect(await tryOut({ ...account, smtp_security: "if_available" })).toBe(200);
    expect(mail.received).toMatchObject([{ isSecure: false, user: "trento" }]);
    await mail.stop();
  });

  it("go out by STARTTLS where the server offers it, although none would be enough", async () => {
    const mail = await MailServer.start({ allowInsecureAuth: true });
    expect(await tryOut({ smtp_port: mail.port, smtp_security: "if_available" })).toBe(200);
    expect(mail.received).toMatchObject([{ isSecure: true, user: "trento" }]);
    await mail.stop();
  });

  it("do not, with a wrong password", async () => {
    const mail = await MailServer.start();
    expect(await tryOut({ smtp_port: mail.port, smtp_password: "another" })).toMatch(/Invalid login: 535/);
    expect(mail.received).toEqual([]);
    await mail.stop();
  });

  it("say why nothing takes them: nobody is there", async () => {
    const { port, stop } = await impostor(() => {});
    await stop();
    expect(await tryOut({ smtp_port: port })).toContain(NO_SERVER);
  });

  it("say nothing of what a server says that is none for mail", async () => {
    const { port, stop } = await impostor((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    const said = await tryOut({ smtp_port: port });
    expect(said).toContain(NO_SERVER);
    expect(said).not.toContain("SSH");
    await stop();
  });

  it("are taken once by a server that thinks about them for longer than other answers take", async () => {
    const slow = 16_000;
    let taken = 0;
    const mail = await MailServer.start({
      onData: (stream, _, done) => {
        stream.resume().on("end", () => {
          taken += 1;
          setTimeout(done, slow);
        });
      },
    });
    expect(await tryOut({ smtp_port: mail.port })).toBe(200);
    expect(taken).toBe(1);
    await mail.stop();
  });

  it("go to domains beyond ASCII as they are spelt in it", async () => {
    // The library of the other tests spells them back.
    const commands: string[] = [];
    const { port, stop } = await impostor((socket) => {
      socket.write("220 ready\r\n");
      const lines = createInterface({ input: socket });
      // Whoever has said goodbye may hang up as it likes.
      lines.on("error", () => {});
      lines.on("line", (line) => {
        commands.push(line);
        const isInData = commands.includes("DATA") && !commands.includes(".");
        if (line === "DATA") socket.write("354 go on\r\n");
        else if (!isInData) socket.write("250 ok\r\n");
      });
    });
    const addresses = { sender_email: "trento@bücher.example", recipient_email: "admin@münchen.example" };
    expect(await tryOut({ smtp_port: port, smtp_security: "none", smtp_username: "", ...addresses })).toBe(
      200,
    );
    expect(commands).toContain("MAIL FROM:<trento@xn--bcher-kva.example>");
    expect(commands).toContain("RCPT TO:<admin@xn--mnchen-3ya.example>");
    await stop();
  });

  it.each<[string, Parameters<typeof impostor>[0]]>([
    ["hangs up at once", (socket) => socket.destroy()],
    ["hangs up after its greeting", (socket) => socket.end("220 hello\r\n")],
    ["is a web server", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
    [
      "talks without end",
      (socket) => {
        const talk = setInterval(() => socket.write("220-x".repeat(10_000)), 1);
        socket.on("close", () => clearInterval(talk));
      },
    ],
    ["refuses all", (socket) => socket.write("554 go away\r\n")],
  ])("say why nothing takes them: a server that %s", async (_, answer) => {
    const { port, stop } = await impostor(answer);
    expect(await tryOut({ smtp_port: port })).toMatch(/could not be sent/);
    await stop();
  });

  it("do not, to a server that cannot show that it is the one", async () => {
    const mail = await MailServer.start();
    expect(await tryOut({ smtp_port: mail.port, smtp_server: "127.0.0.1" })).toMatch(/could not be sent/);
    expect(mail.received).toEqual([]);
    await mail.stop();
  });

  it("wait while the server is away, and go out when it is back, once", async () => {
    const MAILS = "/api/v1/alerting/mails";
    const mailsSchema = z.array(z.object({ id: z.string(), status: z.string(), subject: z.string() }));
    const mails = () => server.get(MAILS, mailsSchema);
    const { port } = await free();
    await server.call("PATCH", PATH, { ...settings, smtp_port: port, smtp_security: "auto" });
    const agent_id = crypto.randomUUID();
    const payload = hostPayloadOf("silent01");
    await server.post([JSON.stringify({ agent_id, discovery_type: "host_discovery", payload })]);
    await server.beat(agent_id);
    const subject = "Trento Alert: Host silent01 stopped reporting.";
    await expect.poll(mails, PATIENT).toMatchObject([{ subject, status: "waiting" }]);
    const mail = await MailServer.start({}, port);
    const [{ id } = { id: "" }] = await mails();
    expect((await server.call("POST", `${MAILS}/${id}/retry`)).status).toBe(202);
    await expect.poll(mails, PATIENT).toMatchObject([{ subject, status: "sent" }]);
    expect(mail.received.map(({ text }) => /^Subject: (.*?)\r?$/m.exec(text)?.[1])).toEqual([subject]);
    expect(mail.received[0]?.text).toContain(`Message-ID: <${id}@trento-edge>`);
    await mail.stop();
  });
});

/** A port that nobody listens on any more. */
async function free() {
  const { port, stop } = await impostor(() => {});
  await stop();
  return { port };
}
