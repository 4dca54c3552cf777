/** Where the runtime is reached. */
import { z } from "zod";

/** As `request` of node:http and `connect` of node:net take it. */
export type Target = { readonly socketPath: string } | { readonly host: string; readonly port: number };

const httpSchema = z.url({ protocol: /^http$/ });

/** @param text `http://127.0.0.1:8788`, or `unix:/path/to.sock` */
export function targetOf(text: string): Target {
  if (text.startsWith("unix:/")) return { socketPath: text.slice("unix:".length) };
  const { hostname, port } = new URL(httpSchema.parse(text));
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 80) };
}
