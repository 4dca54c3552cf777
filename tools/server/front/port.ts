/** The port that the server is reached at. */
import type { AddressInfo, Server } from "node:net";

/** What the system says of a port is said in the words of who starts the server. */
function inWords(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const taken = `port ${port} of ${host} is taken by another program: PORT chooses another one`;
  const denied = `port ${port} of ${host} is not allowed to this user: PORT chooses another one`;
  const nowhere = `${host} is no address of this machine: HOST chooses another one`;
  const words: Readonly<Record<string, string>> = {
    EADDRINUSE: taken,
    EACCES: denied,
    EADDRNOTAVAIL: nowhere,
    ENOTFOUND: nowhere,
  };
  return new Error(words[error.code ?? ""] ?? error.message, { cause: error });
}

/** @param port 0 takes a free one. @throws when it cannot be had */
export async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(inWords(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address;
}

export function urlOf(scheme: "http" | "https", { address, port, family }: AddressInfo): string {
  return `${scheme}://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
