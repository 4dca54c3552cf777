/** `npm run receiver`: a receiver of webhooks, to try them out and to begin with. Needs `WEBHOOK_SECRET`, as it was shown once. */
import { createServer } from "node:http";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { z } from "zod";

const PORT = Number(process.env.PORT ?? 9000);
const LARGEST = 1_000_000;

const secret = process.env.WEBHOOK_SECRET;
if (secret === undefined || secret === "") {
  console.error("WEBHOOK_SECRET is missing: it was shown when the endpoint was made.");
  process.exit(2);
}
const webhook = new Webhook(secret);
const eventSchema = z.object({ id: z.string(), type: z.string(), subject: z.string(), time: z.string() });
/** A message may come twice: its id tells. A real receiver keeps them where they outlive it. */
const seen = new Set<string>();

/** @returns the status of the answer */
function receive(body: string, headers: Record<string, string>): number {
  try {
    const { id, type, subject, time } = eventSchema.parse(webhook.verify(body, headers));
    if (!seen.has(id)) console.log(`${time}  ${type}  ${subject}`);
    seen.add(id);
    return 204;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return 401;
    console.error(error);
    return 400;
  }
}

createServer((request, response) => {
  const parts: Buffer[] = [];
  let size = 0;
  request.on("data", (part: Buffer) => {
    size += part.length;
    if (size > LARGEST) response.writeHead(413).end();
    else parts.push(part);
  });
  request.on("end", () => {
    if (response.writableEnded) return;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([key, value]) => [key, String(value)]),
    );
    response.writeHead(receive(Buffer.concat(parts).toString(), headers)).end();
  });
}).listen(PORT, () => console.log(`Receives webhooks on http://localhost:${PORT}/`));
