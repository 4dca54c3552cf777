/** What the front serves by itself, from the UI's files. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Assets, type Ui } from "./assets/assets.ts";
import { pathsOf } from "./assets/path-patterns.ts";
import { drain, NOT_FOUND, type Refusal, refuse } from "./refusals.ts";

const METHOD: Refusal = {
  status: 405,
  detail: "The resource does not take this method.",
  headers: { Allow: "GET, HEAD" },
};

interface Shown {
  readonly assets: Assets;
  readonly isOfTheWorker: (path: string) => boolean;
}

export class UiSide {
  #shown: Shown | null = null;

  /** Serves them from now on. */
  async show(ui: Ui): Promise<void> {
    this.#shown = { assets: await Assets.read(ui), isOfTheWorker: pathsOf(ui.runWorkerFirst) };
  }

  /** @returns whether the request is not the Worker's, and was answered */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { method, url = "/" } = request;
    if (this.#shown === null || !URL.canParse(`http://front${url}`)) return false;
    const { assets, isOfTheWorker } = this.#shown;
    if (isOfTheWorker(new URL(`http://front${url}`).pathname)) return false;
    if (method !== "GET" && method !== "HEAD") {
      refuse(request, response, METHOD);
      return true;
    }
    if (!(await assets.serve(request, response))) refuse(request, response, NOT_FOUND);
    else drain(request);
    return true;
  }
}
