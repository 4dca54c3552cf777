/** What Trento's own UI asks at a sign-in and on its pages, and what it is told of what is not built. */
import { beforeAll, describe, expect, it } from "vitest";
import { hostPayload } from "../../test/agents.ts";
import { Administrator, done, forbidden, notFound, outcome, refused } from "../../test/api-client.ts";

const ID = "9cd46919-5f19-59aa-993e-cf3736c71053";
const notConfigured = refused(404, "Not Found", "SUSE Multi-Linux Manager settings not configured.");

let admin: Administrator;
beforeAll(async () => {
  admin = await Administrator.signIn();
});

const ask = (method: string, path: string, json?: unknown) =>
  outcome(admin.call(method, `/api/v1${path}`, json === undefined ? {} : { json }));

/** Below a field of a form. */
const notBuiltAt = (field: string, detail: string) => ({
  status: 501,
  body: { errors: [{ title: "Not implemented", detail, source: { pointer: `/${field}` } }] },
});

const administrator = {
  id: 1,
  username: "admin",
  fullname: "Trento Default Admin",
  email: "admin@trento.suse.com",
  idp_user: false,
  abilities: [{ id: 1, name: "all", resource: "all", label: "Permits everything" }],
  personal_access_tokens: [],
  analytics_enabled: false,
  timezone: "Etc/UTC",
  created_at: expect.stringMatching(/^20..-..-..T/),
  updated_at: expect.stringMatching(/^20..-..-..T/),
};

describe("the profile", () => {
  it("tells who is signed in, with all that the UI reads of it", async () => {
    expect(await ask("GET", "/profile")).toEqual({
      status: 200,
      body: {
        ...administrator,
        password_change_requested: false,
        totp_enabled: false,
        analytics_eula_accepted: true,
        ai_configuration: null,
      },
    });
  });

  it("of the administrator is not changed", async () => {
    expect(await ask("PATCH", "/profile", { fullname: "x" })).toEqual(forbidden);
    for (const method of ["GET", "POST", "DELETE"])
      expect(await ask(method, "/profile/totp_enrollment")).toEqual(forbidden);
  });

  it("has neither tokens nor an assistant yet", async () => {
    expect(await ask("POST", "/profile/tokens", { name: "x" })).toEqual(
      notBuiltAt("name", "Personal access tokens are not available yet."),
    );
    expect(await ask("DELETE", `/profile/tokens/${ID}`)).toEqual(notFound);
    const path = "/profile/ai_configuration";
    expect(await ask("POST", path, {})).toEqual(
      refused(501, "Not implemented", "The AI assistant is not available."),
    );
    expect(await ask("PATCH", path, {})).toEqual(notFound);
    expect(await ask("DELETE", path)).toEqual(done);
  });
});

describe("users", () => {
  const item = {
    ...administrator,
    enabled: true,
    password_change_requested_at: null,
    totp_enabled_at: null,
    last_login_at: null,
  };

  it("are the administrator", async () => {
    expect(await ask("GET", "/users")).toEqual({ status: 200, body: [item] });
    const { headers, body } = await admin.call("GET", "/api/v1/users/1");
    expect(body).toEqual(item);
    expect(headers.get("etag")).toBe("1");
    expect(await ask("GET", "/users/2")).toEqual(notFound);
    expect((await ask("GET", "/users/x")).status).toBe(422);
  });

  it("are neither made nor changed", async () => {
    expect(await ask("POST", "/users", {})).toEqual(
      notBuiltAt("username", "Further users are not available yet."),
    );
    for (const method of ["PUT", "PATCH", "DELETE"]) {
      expect(await ask(method, "/users/1")).toEqual(forbidden);
      expect(await ask(method, "/users/2")).toEqual(notFound);
    }
    expect(await ask("DELETE", `/users/1/tokens/${ID}`)).toEqual(notFound);
  });

  it("may be permitted what Trento's may", async () => {
    const { body } = await ask("GET", "/abilities");
    expect(body).toHaveLength(35);
    expect(body).toEqual(
      expect.arrayContaining([
        { id: 1, name: "all", resource: "all", label: "Permits everything" },
        { id: 17, name: "activity_log", resource: "users", label: expect.stringContaining("activity log") },
        { id: 35, name: "operation", resource: "all", label: "Permits all operations" },
      ]),
    );
  });
});

describe("software updates", () => {
  it("are answered as where no manager is set", async () => {
    for (const path of [
      `/hosts/${ID}/software_updates`,
      "/software_updates/errata_details/SUSE-SLE-15",
      `/software_updates/packages?host_id=${ID}`,
      "/settings/suse_manager",
    ])
      expect(await ask("GET", path), path).toEqual(notConfigured);
    expect((await ask("GET", "/software_updates/packages")).status).toBe(422);
    for (const method of ["PUT", "PATCH"])
      expect(await ask(method, "/settings/suse_manager", {})).toEqual(notConfigured);
    expect(await ask("DELETE", "/settings/suse_manager")).toEqual(done);
    expect(await ask("POST", "/settings/suse_manager/test")).toEqual(
      refused(422, "Unprocessable Entity", "Connection with software updates provider failed."),
    );
    expect(await ask("POST", "/settings/suse_manager", {})).toEqual(
      notBuiltAt("url", "SUSE Multi-Linux Manager cannot be connected yet."),
    );
  });
});

describe("metrics of a host", () => {
  it("are as without a Prometheus", async () => {
    const agent = await admin.agent();
    await agent.tells("host_discovery", hostPayload);
    await expect.poll(() => admin.host(agent.id)).toBeDefined();
    expect(await ask("GET", `/hosts/${agent.id}/exporters_status`)).toEqual({ status: 200, body: {} });
    expect(await ask("GET", `/hosts/${crypto.randomUUID()}/exporters_status`)).toEqual(notFound);
    for (const chart of ["cpu", "memory", "filesystem"])
      expect(await ask("GET", `/charts/hosts/${agent.id}/${chart}`)).toEqual(
        refused(
          501,
          "Not implemented",
          "Charts endpoints are disabled, check the documentation for further details",
        ),
      );
  });
});

describe("operations", () => {
  it("never run, also below /wanda", async () => {
    const path = `/operations/executions?status=running&group_id=${ID}`;
    const none = { status: 200, body: { items: [], total_count: 0 } };
    expect(await ask("GET", path)).toEqual(none);
    expect(await outcome(admin.call("GET", `/wanda/api/v1${path}`))).toEqual(none);
    expect((await ask("GET", "/operations/executions?status=done")).status).toBe(422);
    expect(await ask("GET", `/operations/executions/${ID}`)).toEqual(
      refused(404, "Not Found", "The requested resource was not found."),
    );
  });

  it.each([
    `/hosts/${ID}/operations/reboot`,
    `/hosts/${ID}/operations/saptune_solution_apply`,
    `/clusters/${ID}/operations/cluster_maintenance_change`,
    `/clusters/${ID}/hosts/${ID}/operations/pacemaker_enable`,
    `/sap_systems/${ID}/operations/sap_system_start`,
    `/sap_systems/${ID}/hosts/${ID}/instances/00/operations/sap_instance_stop`,
    `/databases/${ID}/operations/database_stop`,
  ])("POST %s gives a reason in the form in which the UI shows reasons", async (path) => {
    const detail = "Operations are not available yet on this server.";
    expect(await ask("POST", path, {})).toEqual({
      status: 403,
      body: { errors: [{ title: "Forbidden", detail, metadata: [] }] },
    });
  });
});
