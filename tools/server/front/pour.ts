/** From one connection into another. */
import type { Readable, Writable } from "node:stream";

/** Milliseconds that a reader may leave what is sent to it where it is: the sender keeps it as long. */
const PATIENCE = 60_000;

/** Ends both when one breaks off, or when the reader does not read. */
export function pour(from: Readable, to: Writable, patience = PATIENCE): void {
  let timer: NodeJS.Timeout | undefined;
  const breakOff = () => {
    clearTimeout(timer);
    from.destroy();
    to.destroy();
  };
  from.on("data", (part) => {
    if (to.write(part)) return;
    from.pause();
    clearTimeout(timer);
    timer = setTimeout(breakOff, patience);
  });
  to.on("drain", () => {
    clearTimeout(timer);
    from.resume();
  });
  from.on("end", () => to.end());
  from.on("error", breakOff);
  to.on("error", breakOff);
  from.on("close", () => {
    if (!from.readableEnded) breakOff();
  });
  to.on("close", () => {
    clearTimeout(timer);
    if (!to.writableFinished) breakOff();
  });
}
