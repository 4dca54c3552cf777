/** What a browser shows while the runtime is not there: in the UI's look, and without anything of it, which may not be there either. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { drain } from "./refusals.ts";

/** Seconds after which the page is loaded again. */
const AGAIN_AFTER = 2;
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta http-equiv="refresh" content="${AGAIN_AFTER}" />
    <title>One moment · trento-edge</title>
    <style>
      body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f8f9fa, #1f1f1f);
        color: light-dark(#000, #c9c9c9); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
      main { box-sizing: border-box; width: 400px; max-width: calc(100% - 32px); padding: 32px; text-align: center; border-radius: 8px;
        border: 1px solid light-dark(#dee2e6, #424242); background: light-dark(#fff, #2e2e2e); }
      h1 { margin: 12px 0 4px; font-size: 22px; line-height: 1.35; color: light-dark(#000, #fff); }
      p { margin: 0; font-size: 14px; color: light-dark(#5f666d, #a3a3a3); }
    </style>
  </head>
  <body>
    <main role="status">
      <svg width="44" height="44" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#0b7285"/><path d="M7 17h4l3-8 5 14 3-6h3" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>
      <h1>The server is starting</h1>
      <p>It cannot answer yet. This page comes back by itself.</p>
    </main>
  </body>
</html>
`;

/** Whoever opens a page, rather than a program that asks for data. */
export function wantsPage({ method, headers }: Pick<IncomingMessage, "method" | "headers">): boolean {
  return (method === "GET" || method === "HEAD") && (headers.accept ?? "").includes("text/html");
}

export function sendAwayPage(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Length": Buffer.byteLength(PAGE),
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Retry-After": String(AGAIN_AFTER),
  });
  response.end(request.method === "HEAD" ? undefined : PAGE);
  drain(request);
}
