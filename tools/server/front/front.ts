/** Stands before the runtime, and is all that clients reach: the server's port. */
import { Server as HttpsServer } from "node:https";
import type { Socket } from "node:net";
import type { Ui } from "./assets/assets.ts";
import { sendAwayPage, wantsPage } from "./away-page.ts";
import { createHttpServer } from "./http-server.ts";
import { listen, urlOf } from "./port.ts";
import { RuntimeSide } from "./runtime-side.ts";
import { targetOf } from "./target.ts";
import { type CertificateFiles, readCertificate } from "./tls/certificate.ts";
import { watchCertificate } from "./tls/renewal.ts";
import { UiSide } from "./ui-side.ts";

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
  /** Without them clients are spoken to in the clear. */
  readonly tls?: CertificateFiles;
  /** Milliseconds between two looks at whether the certificate was renewed. */
  readonly betweenLooks?: number;
}

/** @throws an error that says in words why the port cannot be had, or the certificate not be used */
export async function startFront({ target, host, port, tls, betweenLooks }: FrontOptions): Promise<Front> {
  const runtime = new RuntimeSide(target === undefined ? null : targetOf(target));
  const ui = new UiSide();
  const server = createHttpServer(
    {
      serve: async (request, response) => {
        if (runtime.target === null && wantsPage(request)) return sendAwayPage(request, response);
        if (!(await ui.serve(request, response))) await runtime.serve(request, response);
      },
      upgrade: (request, client, head) => runtime.upgrade(request, client, head),
    },
    tls === undefined ? null : await readCertificate(tls, Date.now()),
  );
  // The server forgets connections once they speak another protocol, and knows none that has not greeted yet.
  const clients = new Set<Socket>();
  server.on("connection", (client: Socket) => {
    clients.add(client);
    client.on("close", () => clients.delete(client));
  });
  const address = await listen(server, host, port);
  const renewal =
    tls !== undefined && server instanceof HttpsServer
      ? await watchCertificate(
          tls,
          (context) => server.setSecureContext(context),
          console.error,
          betweenLooks,
        )
      : null;
  return {
    url: urlOf(tls === undefined ? "http" : "https", address),
    show: (files) => ui.show(files),
    open: (where) => {
      runtime.target = targetOf(where);
    },
    away: () => {
      runtime.target = null;
    },
    stop: async () => {
      renewal?.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const client of clients) client.destroy();
      runtime.stop();
      await closed;
    },
  };
}
