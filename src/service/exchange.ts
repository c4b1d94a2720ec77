import { randomBytes } from "node:crypto";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { ownCodes } from "./classify.js";

/**
 * Bytes of the longest answer that is taken. A page holds 50 items: a million clips would fit, and the memory that one
 * answer may fill stays bounded.
 */
export const longestAnswer = 128 * 1024 * 1024;

/** Carries the nonce of a signed request; it is different for every try, so it tells tries apart. */
export const nonceHeader = "x-acs-signature-nonce";

// Channels that Node itself publishes to: https://nodejs.org/api/diagnostics_channel.html#http
const started = "http.client.request.start";
const answered = "http.client.response.finish";

/** The answer is longer than `longestAnswer`. */
class AnswerTooLongError extends Error {
  readonly code = ownCodes.tooLong;
}

/**
 * Watches the HTTP exchange of one try from outside. The vendor's core hides the status of an error page that is not
 * JSON, hides all headers of an error, has no way to give a request up, and keeps an answer however long it is; Node
 * tells the first two and can do the others.
 */
export class Exchange {
  readonly nonce = randomBytes(16).toString("hex");
  #request: ClientRequest | undefined;
  #response: IncomingMessage | undefined;
  #socket: Socket | undefined;
  #abandoned = false;
  #length = 0;

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
    this.#socket?.off("data", this.#onData);
  }

  readonly #onStart = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    if (request.getHeader(nonceHeader) !== this.nonce) return;
    this.#request = request;
    if (this.#abandoned) request.destroy();
  };

  readonly #onAnswer = (message: unknown) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    if (request.getHeader(nonceHeader) !== this.nonce) return;
    this.#response = response;
    // Not on the response: what reads it first takes its data away from the core, which begins later.
    this.#socket = response.socket.on("data", this.#onData);
  };

  readonly #onData = (data: Buffer) => {
    this.#length += data.length;
    if (this.#length > longestAnswer) this.#response?.destroy(new AnswerTooLongError());
  };
}
