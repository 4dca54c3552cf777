/** An agent's socket from outside: asked, answering, and saying what nobody understands. */
import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { PING, PONG } from "../../checks/relay-messages.ts";
import { TestAgent } from "../../test/agents.ts";
import { Administrator, call } from "../../test/api-client.ts";

let admin: Administrator;
beforeAll(async () => {
  admin = await Administrator.signIn();
});

const CHECK = "ED6E2D";
const heardSchema = z.looseObject({
  type: z.string(),
  execution_id: z.string().nullable().default(null),
  group_id: z.string().default(""),
});

class Socket {
  readonly heard: z.infer<typeof heardSchema>[] = [];
  pongs = 0;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      if (data === PONG) this.pongs += 1;
      else this.heard.push(heardSchema.parse(JSON.parse(String(data))));
    });
    socket.accept();
  }

  static async open(agentId: string): Promise<Socket> {
    const { webSocket } = await exports.default.fetch(`https://x/api/v1/agents/${agentId}/socket`, {
      headers: { Upgrade: "websocket", "X-Trento-ApiKey": await admin.apiKey() },
    });
    if (webSocket === null) throw new Error("the socket was not opened");
    return new Socket(webSocket);
  }

  /** The request that the agent is sent: it may come at once, or when the check was selected. */
  async asked() {
    await expect.poll(() => this.heard[0]?.type).toBe("FactsGatheringRequested");
    const { execution_id, group_id } = this.heard[0] ?? {};
    return { execution_id, group_id };
  }

  send(message: unknown): void {
    this.#socket.send(
      typeof message === "string" || message instanceof ArrayBuffer ? message : JSON.stringify(message),
    );
  }

  async isTold(answer: object): Promise<void> {
    await expect.poll(() => this.heard.at(-1)).toMatchObject(answer);
  }

  close(): void {
    this.#socket.close(1000);
  }
}

/** An agent's host, for which a check is selected. */
async function checkedAgent(): Promise<TestAgent> {
  const agent = await new TestAgent().register();
  await admin.call("POST", `/api/v1/hosts/${agent.id}/checks`, { json: { checks: [CHECK] } });
  return agent;
}

const last = async (groupId: string) =>
  (await admin.call("GET", `/api/v2/checks/groups/${groupId}/executions/last`)).body;
const swappiness = (value: unknown) => [{ check_id: CHECK, name: "swappiness", value }];

describe("an agent's socket", () => {
  it("answers an agent that asks whether the line lives", async () => {
    const socket = await Socket.open((await new TestAgent().register()).id);
    socket.send(PING);
    await expect.poll(() => socket.pongs).toBe(1);
    expect(socket.heard).toEqual([]);
    socket.close();
  });

  it("is asked for facts when it comes, answers, and the result can be read", async () => {
    const agent = await checkedAgent();
    const socket = await Socket.open(agent.id);
    const request = await socket.asked();
    socket.send({ type: "FactsGathered", ...request, facts_gathered: swappiness(60) });
    await socket.isTold({ type: "accepted", execution_id: request.execution_id });
    await expect
      .poll(() => last(agent.id))
      .toMatchObject({
        status: "completed",
        result: "warning",
        warning_count: 1,
        check_results: [{ check_id: CHECK, result: "warning" }],
      });
    socket.send({ type: "FactsGathered", ...request, facts_gathered: swappiness(10) });
    await expect.poll(() => socket.heard.length).toBe(3);
    await socket.isTold({ type: "accepted" });
    expect(await last(agent.id)).toMatchObject({ result: "warning" });
    socket.close();
  });

  it("that went before it answered is asked again when it is back", async () => {
    const agent = await checkedAgent();
    const first = await Socket.open(agent.id);
    const request = await first.asked();
    first.close();
    const second = await Socket.open(agent.id);
    expect(await second.asked()).toEqual(request);
    second.send({ type: "FactsGathered", ...request, facts_gathered: swappiness(10) });
    await second.isTold({ type: "accepted", execution_id: request.execution_id });
    second.close();
    const third = await Socket.open(agent.id);
    third.send("?");
    await third.isTold({ type: "refused" });
    expect(third.heard).toHaveLength(1);
    third.close();
  });

  it.each<[string, (ids: object) => unknown, string]>([
    [
      "no list of facts",
      (ids) => ({ type: "FactsGathered", ...ids, facts_gathered: {} }),
      "facts_gathered: ",
    ],
    [
      "cut off",
      (ids) => JSON.stringify({ type: "FactsGathered", ...ids, facts_gathered: [1] }).slice(0, -5),
      "not JSON",
    ],
  ])(
    "whose answer cannot be read (%s) is waited for no longer, and the reason is told",
    async (_, broken, reason) => {
      const agent = await checkedAgent();
      const socket = await Socket.open(agent.id);
      const { execution_id, group_id } = await socket.asked();
      socket.send(broken({ execution_id, group_id }));
      await socket.isTold({ type: "refused", execution_id });
      await expect
        .poll(() => last(agent.id))
        .toMatchObject({
          status: "completed",
          timeout: [],
          check_results: [
            {
              agents_check_results: [
                {
                  type: "fact_gathering_error",
                  facts: [{ type: "fact_not_readable", message: expect.stringContaining(reason) }],
                },
              ],
            },
          ],
        });
      socket.close();
    },
  );

  it("needs the key, and a WebSocket", async () => {
    const path = `/api/v1/agents/${crypto.randomUUID()}/socket`;
    expect((await call("GET", path)).status).toBe(401);
    const key = await admin.apiKey();
    expect((await call("GET", path, { headers: { "x-trento-apikey": key } })).status).toBe(426);
  });
});

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

describe("what an agent says wrongly is refused, and the socket goes on", () => {
  const ids = { execution_id: crypto.randomUUID(), group_id: crypto.randomUUID() };
  const gathered = (more: object) => ({ type: "FactsGathered", ...ids, facts_gathered: [], ...more });
  const deep = `{"type":"FactsGathered","x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;

  it.each<[string, unknown, string | RegExp]>([
    ["no JSON", "no JSON", "The message is not JSON"],
    ["no text", new ArrayBuffer(8), "The message is not text"],
    ["no object", "[]", /^The message/],
    ["another type", gathered({ type: "FactsGatheringRequested" }), /^type: /],
    ["no id", gathered({ execution_id: "1" }), /^execution_id: /],
    ["no group", gathered({ group_id: null }), /^group_id: /],
    ["no list of facts", gathered({ facts_gathered: {} }), /^facts_gathered: /],
    [
      "a fact without a name",
      gathered({ facts_gathered: [{ check_id: "A", value: 1 }] }),
      /^facts_gathered\/0/,
    ],
    ["a nest", deep, /^(The message nests too deep|execution_id: )/],
    ["too much", `"${"x".repeat(8_000_000)}"`, "The message has more than 8000000 characters"],
    ["an execution that is not there", gathered({}), "There is no such execution"],
  ])("%s", async (_, message, detail) => {
    const agent = await new TestAgent().register();
    const socket = await Socket.open(agent.id);
    socket.send(message);
    await socket.isTold({
      type: "refused",
      detail: typeof detail === "string" ? detail : expect.stringMatching(detail),
    });
    socket.send("again");
    await expect.poll(() => socket.heard.length).toBe(2);
    socket.close();
  });

  it.each([
    ["nest deeper than any real one", nested(1_000), "nests deeper than 50 levels"],
    ["are neither value nor error", undefined, "neither a value nor an error"],
  ])("facts that %s fail their check alone, at once", async (_, value, message) => {
    const agent = await checkedAgent();
    const socket = await Socket.open(agent.id);
    const request = await socket.asked();
    socket.send({ type: "FactsGathered", ...request, facts_gathered: swappiness(value) });
    await socket.isTold({ type: "accepted" });
    await expect
      .poll(() => last(agent.id))
      .toMatchObject({
        status: "completed",
        check_results: [
          {
            agents_check_results: [
              {
                type: "fact_gathering_error",
                facts: [{ type: "fact_not_readable", message: expect.stringContaining(message) }],
              },
            ],
          },
        ],
      });
    socket.close();
  });
});
