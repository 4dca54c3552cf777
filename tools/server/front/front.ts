/** Stands before the runtime, and is all that clients reach: the server's port. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Ui } from "./assets/assets.ts";
import { sendAwayPage, wantsPage } from "./away-page.ts";
import { isToldTooLarge } from "./bodies.ts";
import { malformationOf } from "./malformed.ts";
import { listen, urlOf } from "./port.ts";
import { NOT_FOUND, type Refusal, refuse, refuseRaw } from "./refusals.ts";
import { RuntimeSide } from "./runtime-side.ts";
import { targetOf } from "./target.ts";
import { UiSide } from "./ui-side.ts";
import { isWebSocket } from "./upgrades.ts";

/** Milliseconds. Clients, and proxies before this one, mostly give up an idle connection sooner by themselves. */
const CLIENTS_IDLE = 75_000;
/** Milliseconds in which the head of a request has come, and all of it. */
const HEAD_WITHIN = 20_000;
const WHOLE_WITHIN = 120_000;

export interface Front {
  readonly url: string;
  /** Serves the UI's files by itself from now on, whatever the runtime does. */
  show(ui: Ui): Promise<void>;
  /** Passes on what comes from now on. Until then everybody is told to try again. @param target `http://…` or `unix:/…` */
  open(target: string): void;
  /** The runtime is not there: everybody is told to try again until it is. */
  away(): void;
  stop(): Promise<void>;
}

export interface FrontOptions {
  /** Where the runtime is, when it is there already. */
  readonly target?: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/** The platform's own, and not the product's. */
const OF_THE_PLATFORM = "/cdn-cgi/";

function refusalOf(request: IncomingMessage): Refusal | null {
  const detail = malformationOf(request);
  if (detail !== null) return { status: 400, detail, isLast: true };
  return request.url?.startsWith(OF_THE_PLATFORM) ? NOT_FOUND : null;
}

function refusalOfError(code: string | undefined): Refusal {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return { status: 408, detail: "The request took too long to come." };
  if (code === "HPE_HEADER_OVERFLOW") return { status: 431, detail: "The headers are larger than 16 KB." };
  return { status: 400, detail: "The request is not HTTP/1.1." };
}

/** @throws when the port cannot be had */
export async function startFront({ target, host, port }: FrontOptions): Promise<Front> {
  const runtime = new RuntimeSide(target === undefined ? null : targetOf(target));
  const ui = new UiSide();
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const refusal = refusalOf(request);
    if (refusal !== null) return refuse(request, response, refusal);
    if (runtime.target === null && wantsPage(request)) return sendAwayPage(request, response);
    if (!(await ui.serve(request, response))) await runtime.serve(request, response);
  };
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    response.on("error", () => response.destroy());
    serve(request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  };
  const server = createServer(
    {
      headersTimeout: HEAD_WITHIN,
      requestTimeout: WHOLE_WITHIN,
      keepAliveTimeout: CLIENTS_IDLE,
      // Said of here, in the words of the API.
      requireHostHeader: false,
      shouldUpgradeCallback: isWebSocket,
    },
    listener,
  );
  server.on("checkContinue", (request, response) => {
    if (!isToldTooLarge(request)) response.writeContinue();
    listener(request, response);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    refuseRaw(socket, refusalOfError(error.code));
  });
  // The server forgets connections once they speak another protocol.
  const upgraded = new Set<Duplex>();
  server.on("upgrade", (request, client, head) => {
    upgraded.add(client);
    client.on("close", () => upgraded.delete(client));
    client.on("error", () => client.destroy());
    const refusal = refusalOf(request);
    if (refusal !== null) return refuseRaw(client, refusal);
    runtime.upgrade(request, client, head).catch((error) => {
      console.error(error);
      client.destroy();
    });
  });
  const address = await listen(server, host, port);
  return {
    url: urlOf("http", address),
    show: (files) => ui.show(files),
    open: (where) => {
      runtime.target = targetOf(where);
    },
    away: () => {
      runtime.target = null;
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      for (const client of upgraded) client.destroy();
      runtime.stop();
      await closed;
    },
  };
}
