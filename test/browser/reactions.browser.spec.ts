/** What a person sees of reactions: webhooks and what became of them, alerts by mail, and the activity log. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { SMTPServer } from "smtp-server";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { relaySocketPath } from "../../checks/relay-messages.ts";
import { connectTo } from "../../tools/socket/web-socket.ts";
import { isThere, Stage, section } from "./stage.ts";

const PATIENT = { timeout: 20_000, interval: 100 };

describe.skipIf(!isThere)("reactions in the browser", () => {
  let stage: Stage;
  let receiver: Server;
  let mailServer: SMTPServer;
  let url: string;
  let status = 204;
  const heard: { readonly body: string; readonly headers: Record<string, string> }[] = [];
  const mails: string[] = [];

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (part) => {
        body += part;
      });
      request.on("end", () => {
        const entries = Object.entries(request.headers).map(([key, value]) => [key, String(value)]);
        heard.push({ body, headers: Object.fromEntries(entries) });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    mailServer = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData: (stream, _, done) => {
        let text = "";
        stream.on("data", (part) => {
          text += part;
        });
        stream.on("end", () => {
          mails.push(text);
          done();
        });
      },
    });
    await new Promise<void>((resolve) => mailServer.listen(0, "127.0.0.1", () => resolve()));
    stage = await Stage.set({ WEBHOOK_ALLOWED_HOSTS: "127.0.0.1", ALERT_GROUPING: "0" });
  });

  afterAll(async () => {
    await stage.strike();
    receiver.close();
    mailServer.close(() => {});
  });

  const dialog = (page: Page) => page.getByRole("dialog");
  async function toWebhook(page: Page): Promise<void> {
    await section(page, "Webhooks").getByRole("link", { name: "My receiver" }).click();
    await page.getByRole("heading", { name: "My receiver", level: 1 }).waitFor();
  }

  it("sets up a webhook, refuses one that leads inside, and shows the secret once", async () => {
    const page = await stage.enter("/settings");
    await section(page, "Webhooks").getByText("There are no webhooks yet.").waitFor();
    await page.getByRole("button", { name: "New webhook" }).click();
    await dialog(page).getByLabel("URL").fill("http://169.254.169.254/latest/meta-data");
    await dialog(page).getByRole("button", { name: "Add", exact: true }).click();
    await dialog(page).getByRole("alert").waitFor();
    await dialog(page).getByLabel("URL").fill(url);
    await dialog(page).getByLabel("Description").fill("My receiver");
    await dialog(page).getByRole("button", { name: "Add", exact: true }).click();
    const shown = page.locator("[data-secret]");
    await shown.waitFor();
    const secret = (await shown.textContent()) ?? "";
    expect(secret).toMatch(/^whsec_/);
    await dialog(page).getByRole("button", { name: "Done" }).click();
    await shown.waitFor({ state: "detached" });

    await toWebhook(page);
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.locator('[data-delivery="delivered"]').waitFor();
    await expect.poll(() => heard.length, PATIENT).toBe(1);
    const [{ body, headers } = { body: "", headers: {} }] = heard;
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: "webhook_test" });
    expect(await page.content()).not.toContain(secret);
    await page.close();
  });

  it("shows what was delivered and what failed, with the attempts, and sends it again", async () => {
    status = 503;
    const page = await stage.enter("/settings");
    await toWebhook(page);
    await stage.report("hooked");
    await page.getByRole("button", { name: "Show host_registered" }).first().waitFor({ timeout: 20_000 });
    const row = page.getByRole("row").filter({ hasText: "host_registered" });
    await row.locator('[data-delivery="waiting"]').waitFor();
    await row.getByRole("button", { name: "Show host_registered" }).click();
    await page
      .getByText(/: answered with 503.*, after \d+ ms/)
      .first()
      .waitFor();
    await page.getByText('"hostname": "hooked"').waitFor();
    status = 204;
    await row.getByRole("button", { name: "Send host_registered again" }).click();
    await row.locator('[data-delivery="delivered"]').waitFor();
    await page.getByLabel("Send again all since").fill("2026-01-01T00:00");
    await page.getByRole("button", { name: "Send again", exact: true }).click();
    await page.getByText(/messages are sent again/).waitFor();
    await page.close();
  });

  it("changes a webhook, makes it a new secret, and takes it away", async () => {
    const page = await stage.enter("/settings");
    await toWebhook(page);
    await page.getByRole("button", { name: "Change" }).click();
    await dialog(page).getByRole("switch", { name: "Enabled" }).click();
    await dialog(page).getByRole("button", { name: "Save" }).click();
    await section(page, "Endpoint").getByText("disabled").waitFor();
    expect(await page.getByRole("button", { name: "Send a test" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "New secret" }).click();
    await dialog(page).getByRole("button", { name: "Make a new secret" }).click();
    await page.locator("[data-secret]").waitFor();
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await dialog(page).getByRole("button", { name: "Remove" }).click();
    await section(page, "Webhooks").getByText("There are no webhooks yet.").waitFor();
    await page.close();
  });

  it("sends a test mail, and the mail of a host that stopped reporting", async () => {
    const { port } = mailServer.server.address() as AddressInfo;
    const page = await stage.enter("/settings");
    const alerts = section(page, "Alerts by mail");
    await alerts.getByLabel("Sender").fill("trento@example.com");
    await alerts.getByLabel("Recipient").fill("admin@example.com");
    await alerts.getByLabel("Mail server").fill("127.0.0.1");
    await alerts.getByLabel("Port").fill(String(port));
    await alerts.getByRole("button", { name: "Save" }).click();
    await alerts.getByRole("button", { name: "Send a test mail" }).click();
    await expect.poll(() => mails.length, PATIENT).toBe(1);
    const id = await stage.report("silent");
    await stage.beat(id);
    await expect
      .poll(() => mails.some((mail) => mail.includes("Host silent stopped reporting")), PATIENT)
      .toBe(true);
    await alerts.locator('[data-mail="sent"]').first().waitFor({ timeout: 20_000 });
    await page.close();
  });

  it("shows relays, whether they are there, and lets one go that does not come back", async () => {
    const page = await stage.enter("/settings");
    await section(page, "Relays").getByText("No relay with a broker has come yet.").waitFor();
    const { url: edge, apiKey } = stage.server;
    const line = connectTo(
      edge,
      relaySocketPath("dc-1"),
      apiKey,
    )({ onOpen: () => {}, onMessage: () => {}, onClose: () => {} });
    const shown = page.locator('[data-relay="dc-1"]');
    await shown.getByText("connected").waitFor({ timeout: 20_000 });
    line.close();
    await shown.getByText("away").waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Remove dc-1" }).click();
    await dialog(page).getByRole("button", { name: "Remove" }).click();
    await shown.waitFor({ state: "detached" });
    await page.close();
  });

  it("has it all in the activity log, which grows while one looks, and can be searched", async () => {
    const page = await stage.enter("/activity_log");
    const log = page.getByRole("table", { name: "Activity log" });
    await log.getByText("silent").first().waitFor();
    await stage.report("latest");
    await log.getByRole("link", { name: "latest" }).first().waitFor();
    await page.getByLabel("Search").fill("latest");
    await page.getByLabel("Search").press("Enter");
    await log.getByText("silent").first().waitFor({ state: "detached" });
    await log.getByRole("link", { name: "latest" }).first().waitFor();
    await log.getByRole("button").first().click();
    await page.getByText('"hostname": "latest"').waitFor();
    await page.close();
  });

  it("complained of nothing but what it was refused", () => {
    expect(stage.complaints.filter((text) => !text.includes("422"))).toEqual([]);
  });
});
