/** The checks engine is reached as Trento's is, below `/wanda`: there it is a program of its own, here it is part of this one. */
import { createRoute, z } from "@hono/zod-openapi";
import { ownCatalogue } from "../../checks/own-catalogue.ts";
import { version } from "../../package.json";
import { answer } from "./answers.ts";
import { newRouter } from "./router.ts";

const PREFIX = "/wanda";
const ABOUT = "/api/wanda";

const route = createRoute({
  method: "get",
  path: ABOUT,
  tags: ["About"],
  description: "Served at `/wanda/api` too.",
  responses: {
    200: answer(
      "What the checks engine is",
      z.object({ name: z.literal("wanda"), version: z.string(), checks_version: z.string() }),
    ),
  },
});

export const wanda = newRouter().openapi(route, (c) =>
  c.json({ name: "wanda" as const, version, checks_version: ownCatalogue.version }, 200),
);

/** The request as it is without the prefix. */
export function withoutWanda(request: Request): Request {
  const url = new URL(request.url);
  const path = url.pathname.slice(PREFIX.length);
  url.pathname = path === "/api" || path === "/api/" ? ABOUT : path;
  return new Request(url, request);
}
