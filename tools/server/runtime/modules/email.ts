/**
 * `cloudflare:email` asks for `cloudflare-internal:email`, which the platform has and the open runtime lacks. The product names the
 * class where a mail binding is there; the self-hosted server has none.
 */
class EmailMessage {
  readonly from: string;
  readonly to: string;
  readonly raw: string | ReadableStream;

  constructor(from: string, to: string, raw: string | ReadableStream) {
    this.from = from;
    this.to = to;
    this.raw = raw;
  }
}

export { EmailMessage };
export default { EmailMessage };
