/** `npm run relay`: relays until it is told to stop. */
import { help, type RelayOptions, readOptions, WrongOption } from "./options.ts";
import { startRelay } from "./relay.ts";

function optionsOrExit(): RelayOptions {
  if (process.argv.includes("--help")) {
    console.log(help);
    process.exit(0);
  }
  try {
    return readOptions(process.env);
  } catch (error) {
    if (!(error instanceof WrongOption)) throw error;
    console.error(`${error.message}\n\n${help}`);
    return process.exit(2);
  }
}

const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
const options = optionsOrExit();
const relay = await startRelay({ ...options, log });
log(`relay ${options.name} serves agents at ${relay.url}, for ${options.edgeUrl}`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    relay.stop().then(
      () => process.exit(0),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
