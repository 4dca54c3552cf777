/** `npm start`: serves until it is told to stop. */
import type { CertificateFiles } from "./front/tls/certificate.ts";
import { certificateFilesOf } from "./front/tls/options.ts";
import { type Server, startServer } from "./server.ts";

function portOf(text: string | undefined): number {
  const port = Number(text ?? 8787);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  console.error(`PORT must be a whole number from 0 to 65535, not ${text}`);
  return process.exit(2);
}

function tlsOf(environment: NodeJS.ProcessEnv): CertificateFiles | null {
  try {
    return certificateFilesOf(environment);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return process.exit(2);
  }
}

/** What is needed to sign in and to connect agents; what nobody can look up later is shown until it was shown once. */
export function introduction(
  server: Pick<Server, "url" | "adminUser" | "adminPassword" | "apiKey" | "isFirstStart">,
  isGiven: boolean,
): string {
  const { url, adminUser, adminPassword, apiKey, isFirstStart } = server;
  const credentials = [
    `  ADMIN_USER      ${adminUser}`,
    `  ADMIN_PASSWORD  ${isGiven ? "(as given)" : adminPassword}`,
    ...(isFirstStart ? [`  API_KEY         ${apiKey}`] : []),
  ];
  const later = `Sign in as ${adminUser}. If the password is lost, start once with ADMIN_PASSWORD=… to set another.`;
  const isNew = isFirstStart || (adminPassword !== null && !isGiven);
  return [
    "",
    `trento-edge serves ${url}`,
    "",
    ...(isNew ? ["Shown this once:", ...credentials, ""] : []),
    ...(!isNew && !isGiven ? [later, "The API key is on the settings page.", ""] : []),
    "Ctrl+C stops it.",
  ].join("\n");
}

export async function serve(): Promise<Server> {
  const { DATA_DIR, PORT, HOST, ADMIN_USER, ADMIN_PASSWORD } = process.env;
  const tls = tlsOf(process.env);
  const server = await startServer({
    dataDir: DATA_DIR ?? ".data",
    port: portOf(PORT),
    ...(HOST ? { host: HOST } : {}),
    ...(tls === null ? {} : { tls }),
    ...(ADMIN_USER ? { adminUser: ADMIN_USER } : {}),
    ...(ADMIN_PASSWORD ? { adminPassword: ADMIN_PASSWORD } : {}),
  });
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
  console.log(introduction(server, Boolean(ADMIN_PASSWORD)));
  server.markIntroduced();
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
