/** `npm start`: serves until it is told to stop. */
import { type Server, startServer } from "./server.ts";

function portOf(text: string | undefined): number {
  const port = Number(text ?? 8787);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  console.error(`PORT must be a whole number from 0 to 65535, not ${text}`);
  return process.exit(2);
}

/** What is needed to sign in and to connect agents; secrets are shown at the first start alone. */
export function introduce(server: Server): void {
  const given = process.env.ADMIN_PASSWORD !== undefined && process.env.ADMIN_PASSWORD !== "";
  const secrets = [
    "Shown this once:",
    `  ADMIN_USER      ${server.adminUser}`,
    `  ADMIN_PASSWORD  ${given ? "(as given)" : server.adminPassword}`,
    `  API_KEY         ${server.apiKey}`,
    "",
  ];
  console.log(
    [
      "",
      `trento-edge serves ${server.url}`,
      "",
      ...(server.isFirstStart ? secrets : []),
      "Ctrl+C stops it.",
    ].join("\n"),
  );
}

export async function serve(): Promise<Server> {
  const { DATA_DIR, PORT, HOST, ADMIN_USER, ADMIN_PASSWORD } = process.env;
  const server = await startServer({
    dataDir: DATA_DIR ?? ".data",
    port: portOf(PORT),
    ...(HOST ? { host: HOST } : {}),
    ...(ADMIN_USER ? { adminUser: ADMIN_USER } : {}),
    ...(ADMIN_PASSWORD ? { adminPassword: ADMIN_PASSWORD } : {}),
  });
  introduce(server);
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      server.stop().then(
        () => process.exit(0),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
  return server;
}

if (import.meta.main) {
  try {
    await serve();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
