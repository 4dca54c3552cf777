/** What tests on workerd find in their environment, beside what the Worker has. */
import type { D1Migration } from "cloudflare:test";
import type { Bindings } from "../workers/bindings.ts";
import type { CounterObject } from "./counter.ts";

declare global {
  namespace Cloudflare {
    interface Env extends Bindings {
      readonly MIGRATIONS: D1Migration[];
      readonly EVALUATOR_OF_TESTS: Fetcher;
      readonly COUNTER: DurableObjectNamespace<CounterObject>;
    }
  }
}
