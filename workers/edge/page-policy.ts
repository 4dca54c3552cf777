/** The policy of a page that this program makes itself; that of the built pages is in `ui/public/_headers`. */
import { createMiddleware } from "hono/factory";

const INLINE = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

async function digestOf(script: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}

/** Scripts are those of the server, and those that stand in the page itself, word for word. */
export const withPolicy = createMiddleware(async (c, next) => {
  await next();
  const page = await c.res.clone().text();
  const own = await Promise.all([...page.matchAll(INLINE)].map(([, script]) => digestOf(script ?? "")));
  c.header(
    "Content-Security-Policy",
    [
      "default-src 'self'",
      `script-src 'self' ${own.join(" ")}`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self' data:",
      "frame-ancestors 'none'",
      "base-uri 'self'",
      "form-action 'self'",
    ].join("; "),
  );
  c.header("Referrer-Policy", "no-referrer");
});
