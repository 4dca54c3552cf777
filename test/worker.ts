/** The Worker under test: the product's own, with one aggregate more for the behaviour of event streams. */
export * from "../workers/index.ts";
export { default } from "../workers/index.ts";
export { CounterObject } from "./counter.ts";
