import { randomBytes } from "node:crypto";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";

/** Carries the nonce of a signed request; it is different for every try, so it tells tries apart. */
export const nonceHeader = "x-acs-signature-nonce";

// Channels that Node itself publishes to: https://nodejs.org/api/diagnostics_channel.html#http
const started = "http.client.request.start";
const answered = "http.client.response.finish";

/**
 * Watches the HTTP exchange of one try from outside. The vendor's core hides the status of an error page that is not
 * JSON, hides all headers of an error, and has no way to give a request up; Node tells all three.
 */
export class Exchange {
  readonly nonce = randomBytes(16).toString("hex");
  #request: ClientRequest | undefined;
  #response: IncomingMessage | undefined;
  #abandoned = false;

  constructor() {
    subscribe(started, this.#onStart);
    subscribe(answered, this.#onAnswer);
  }

  get status(): number | undefined {
    return this.#response?.statusCode;
  }

  get headers(): IncomingMessage["headers"] {
    return this.#response?.headers ?? {};
  }

  /** Closes the connection under a request that is not waited for any longer, so that nothing is left behind. */
  abandon(): void {
    this.#abandoned = true;
    this.#request?.destroy();
  }

  /** Ends the watching. */
  close(): void {
    unsubscribe(started, this.#onStart);
    unsubscribe(answered, this.#onAnswer);
  }

  readonly #onStart = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    if (request.getHeader(nonceHeader) !== this.nonce) return;
    this.#request = request;
    if (this.#abandoned) request.destroy();
  };

  readonly #onAnswer = (message: unknown) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    if (request.getHeader(nonceHeader) === this.nonce) this.#response = response;
  };
}
