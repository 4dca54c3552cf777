/** Alerts from outside: their settings, and from what happens in the landscape to a mail. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { mailAboutApiKey } from "../../domain/alerts/message.ts";
import { settingsOfEnvironment } from "../../durable-objects/mailroom/settings.ts";
import { hostPayload, TestAgent } from "../../test/agents.ts";
import { Administrator, invalid, outcome, refused, signInReader } from "../../test/api-client.ts";
import { send } from "../../test/landscape.ts";
import { alertingSettings, MailroomUnderTest } from "../../test/mailroom-under-test.ts";

const PATH = "/api/v1/settings/alerting";
const given = {
  ...alertingSettings,
  smtp_server: "mail.example.com",
  smtp_username: "u",
  smtp_password: "secret",
};
const { smtp_password: _, ...visible } = given;

let admin: Administrator;
beforeAll(async () => {
  admin = await Administrator.signIn();
});

const read = () => admin.call("GET", PATH);
const storedText = async () =>
  JSON.stringify((await env.DB.prepare("SELECT * FROM alerting_settings").all()).results);

describe("settings", () => {
  it("are made, changed and shown, never with the password", async () => {
    await env.DB.prepare("DELETE FROM alerting_settings").run();
    expect(await read()).toMatchObject({ status: 404 });
    expect((await admin.call("PATCH", PATH, { json: { enabled: false } })).status).toBe(404);
    const made = await admin.call("POST", PATH, { json: given });
    expect(made).toMatchObject({ status: 201 });
    expect(made.body).toEqual({ ...visible, enforced_from_env: false });
    expect((await admin.call("POST", PATH, { json: given })).status).toBe(422);
    const changed = await admin.call("PATCH", PATH, { json: { enabled: false, smtp_username: "v" } });
    expect(changed.body).toEqual({
      ...visible,
      enabled: false,
      smtp_username: "v",
      enforced_from_env: false,
    });
    expect((await read()).body).toEqual(changed.body);
    expect(await storedText()).not.toContain("secret");
    const { results } = await env.DB.prepare(
      "SELECT metadata FROM activity_logs WHERE type LIKE '%alerting_settings'",
    ).all();
    expect(JSON.stringify(results)).toContain("REDACTED");
    expect(JSON.stringify(results)).not.toContain("secret");
  });

  it("keep the password that is not named, and take another", async () => {
    await env.DB.prepare("DELETE FROM alerting_settings").run();
    await admin.call("POST", PATH, { json: given });
    const before = await storedText();
    await admin.call("PATCH", PATH, { json: { smtp_password: "another" } });
    expect(await storedText()).not.toBe(before);
  });

  it("want the password again before it goes elsewhere, or less protected", async () => {
    await env.DB.prepare("DELETE FROM alerting_settings").run();
    await admin.call("POST", PATH, { json: { ...given, smtp_security: "starttls" } });
    const stored = await storedText();
    const again = invalid([
      "/smtp_password",
      "The mail password must be given again with another server or port, or with less security.",
    ]);
    for (const json of [
      { smtp_server: "mail.example.org" },
      { smtp_port: 2525 },
      { smtp_security: "auto" },
      { smtp_security: "none", smtp_username: "" },
    ])
      expect(await outcome(admin.call("PATCH", PATH, { json }))).toEqual(again);
    expect(await storedText()).toBe(stored);
    for (const json of [
      { smtp_server: "MAIL.example.com", smtp_port: 587 },
      { smtp_security: "implicit" },
      { smtp_server: "mail.example.org", smtp_security: "none", smtp_password: "another" },
      { smtp_password: "" },
      { smtp_port: 25 },
    ])
      expect((await admin.call("PATCH", PATH, { json })).status).toBe(200);
  });

  it("that were stored when more was taken are shown, and can be put right", async () => {
    await MailroomUnderTest.open({ smtp_server: "mail.example.com:587", smtp_username: "u" });
    expect((await read()).body).toMatchObject({ smtp_server: "mail.example.com:587" });
    expect(await outcome(admin.call("PATCH", PATH, { json: { enabled: false } }))).toEqual(
      invalid(["/smtp_server", "is not the name of a server"]),
    );
    const json = { smtp_server: "mail.example.com", smtp_password: "p" };
    expect((await admin.call("PATCH", PATH, { json })).status).toBe(200);
  });

  it.each<[object, string]>([
    [{ smtp_server: "mail.example.com:587" }, "/smtp_server"],
    [{ smtp_server: "a:b:c" }, "/smtp_server"],
    [{ sender_email: "nobody" }, "/sender_email"],
    [{ recipient_email: "a@b\r\nBcc: c@d" }, "/recipient_email"],
    [{ smtp_port: 70_000 }, "/smtp_port"],
    [{ smtp_port: "twenty" }, "/smtp_port"],
    [{ smtp_port: "70000" }, "/smtp_port"],
    [{ smtp_port: " 25" }, "/smtp_port"],
    [{ smtp_server: "https://a/b" }, "/smtp_server"],
    [{ smtp_server: "a b" }, "/smtp_server"],
    [{ smtp_security: "perhaps" }, "/smtp_security"],
    [{ quiet_hours: { from: "1", to: "02:00", time_zone: "UTC" } }, "/quiet_hours/from"],
    [{ enabled: "yes" }, "/enabled"],
    [{ surprise: 1 }, "/surprise"],
  ])("with %j are refused", async (more, pointer) => {
    await env.DB.prepare("DELETE FROM alerting_settings").run();
    for (const [method, json] of [
      ["POST", { ...given, ...more }],
      ["PATCH", more],
    ] as const)
      expect(await admin.call(method, PATH, { json })).toMatchObject({
        status: 422,
        body: { errors: [{ source: { pointer } }] },
      });
  });

  it("of Trento's own form are taken: a number in a text, a server as the form suggests it, and TLS as Trento does", async () => {
    await env.DB.prepare("DELETE FROM alerting_settings").run();
    const { smtp_security, ...asTrento } = given;
    const json = { ...asTrento, smtp_port: "1025", smtp_server: "https://test-smtp-server.com" };
    expect(await admin.call("POST", PATH, { json })).toMatchObject({
      status: 201,
      body: { smtp_port: 1025, smtp_server: "https://test-smtp-server.com", smtp_security: "if_available" },
    });
    const port = { json: { smtp_port: "26", smtp_password: "again" } };
    expect((await admin.call("PATCH", PATH, port)).body).toMatchObject({
      smtp_port: 26,
      smtp_security: "if_available",
    });
    const retention = { json: { retention_time: { value: "3", unit: "week" } } };
    expect(await admin.call("PUT", "/api/v1/settings/activity_log", retention)).toMatchObject({
      status: 200,
      body: { retention_time: { value: 3, unit: "week" } },
    });
  });

  it("that are missing are said to be missing", async () => {
    await env.DB.prepare("DELETE FROM alerting_settings").run();
    const fields = [
      "sender_email",
      "recipient_email",
      "smtp_server",
      "smtp_port",
      "smtp_username",
      "smtp_password",
    ];
    const { status, body } = await admin.call("POST", PATH, { json: { enabled: false } });
    expect({ status, body }).toEqual(
      invalid(...fields.map((field): [string, string] => [`/${field}`, `Missing field: ${field}`])),
    );
  });

  it("are not changed by nothing", async () => {
    await env.DB.prepare("DELETE FROM alerting_settings").run();
    await admin.call("POST", PATH, { json: given });
    const before = await read();
    const entries = () =>
      env.DB.prepare(
        "SELECT count(*) AS n FROM activity_logs WHERE type = 'changing_alerting_settings'",
      ).first("n");
    const known = await entries();
    expect(await outcome(admin.call("PATCH", PATH))).toEqual(
      refused(400, "Bad Request", "The body is not JSON."),
    );
    const raw = '{"enabled":false}';
    const asText = admin.call("PATCH", PATH, { raw, headers: { "content-type": "text/plain" } });
    expect((await asText).status).toBe(415);
    expect((await read()).body).toEqual(before.body);
    expect(await entries()).toBe(known);
  });

  it("are not for everybody to change", async () => {
    const reader = await signInReader();
    for (const [method, path] of [
      ["POST", PATH],
      ["PATCH", PATH],
      ["POST", `${PATH}/test`],
      ["GET", "/api/v1/alerting/mails"],
    ] as const)
      expect((await reader(method, path, method === "GET" ? {} : { json: given })).status).toBe(403);
  });

  it("of the environment take the place of all others, where it says anything", () => {
    expect(settingsOfEnvironment({})).toBeNull();
    expect(settingsOfEnvironment({ ENABLE_ALERTING: "true" })).toEqual({
      enforcedFromEnv: true,
      password: "",
      settings: {
        enabled: true,
        sender_email: "alerts@trento-project.io",
        recipient_email: "admin@trento-project.io",
        smtp_server: "",
        smtp_port: 587,
        smtp_username: "",
        smtp_security: "auto",
        recovery: true,
        quiet_hours: null,
      },
    });
    expect(
      settingsOfEnvironment({ SMTP_PASSWORD: "p", ALERT_QUIET_HOURS: "22:00-06:00 Europe/Berlin" }),
    ).toMatchObject({
      password: "p",
      settings: { enabled: false, quiet_hours: { from: "22:00", to: "06:00", time_zone: "Europe/Berlin" } },
    });
    expect(() => settingsOfEnvironment({ SMTP_PORT: "none" })).toThrow(/smtp_port/);
  });
});

describe("a test mail", () => {
  const test = () => admin.call("POST", `${PATH}/test`);

  it("is sent at once, also while alerting is off, or says why it cannot be", async () => {
    const room = await MailroomUnderTest.open({ enabled: false });
    expect(await test()).toMatchObject({ status: 200, body: {} });
    expect(room.sent).toEqual(["Trento Alert: Test"]);
    room.trouble = new Error("relay access denied");
    expect(await test()).toMatchObject({
      status: 422,
      body: { errors: [{ detail: "The test mail could not be sent: relay access denied" }] },
    });
    await env.DB.prepare("DELETE FROM alerting_settings").run();
    expect((await test()).status).toBe(404);
  });
});

describe("a host that falls silent", () => {
  const beat = (host_id: string, heartbeat: "critical" | "passing") =>
    send({ type: "UpdateHeartbeat", data: { host_id, heartbeat } });

  it("is one mail with its name, also when it is told again, and one when it is back", async () => {
    const room = await MailroomUnderTest.open();
    const agent = await new TestAgent().register();
    const { hostname } = hostPayload;
    const silent = `Trento Alert: Host ${hostname} stopped reporting.`;
    await beat(agent.id, "critical");
    await expect.poll(() => room.sent).toEqual([silent]);
    await env.DB.prepare("DELETE FROM checkpoints WHERE stream = ? AND subscriber = 'notifier'")
      .bind(`host/${agent.id}`)
      .run();
    await runDurableObjectAlarm(env.HOST.getByName(agent.id));
    await beat(agent.id, "passing");
    await expect.poll(() => room.sent).toEqual([silent, `Trento Alert: Host ${hostname} reports again.`]);
  });
});

describe("mails", () => {
  it("are shown with what became of them, and can be tried again and removed", async () => {
    const room = await MailroomUnderTest.open();
    room.trouble = Object.assign(new Error("no"), { responseCode: 554 });
    await room.stub.reportMail("api_key/k/today", mailAboutApiKey(-1));
    const list = () => admin.call("GET", "/api/v1/alerting/mails");
    await expect.poll(async () => (await list()).body).toMatchObject([{ status: "parked", error: "no" }]);
    expect((await admin.call("GET", "/api/v1/alerting")).body).toMatchObject({
      settings: { enabled: true, enforced_from_env: false },
      mails: [{ status: "parked" }],
    });
    const [{ id } = { id: "" }] = await room.stub.mails();
    room.trouble = null;
    expect((await admin.call("POST", `/api/v1/alerting/mails/${id}/retry`)).status).toBe(202);
    await expect.poll(() => room.sent).toEqual(["Trento Alert: Api key expired"]);
    expect((await admin.call("POST", `/api/v1/alerting/mails/${id}/retry`)).status).toBe(404);
    expect((await admin.call("DELETE", `/api/v1/alerting/mails/${id}`)).status).toBe(204);
    const again = await admin.call("DELETE", `/api/v1/alerting/mails/${id}`);
    expect({ status: again.status, body: again.body }).toEqual(
      refused(404, "Not Found", "The requested resource cannot be found."),
    );
  });
});
