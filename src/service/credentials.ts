import { FacecutError } from "../errors.js";
import type { Secrets } from "./secrets.js";

/** Credentials as the vendor's providers give them. */
export interface FoundCredentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
  readonly providerName: string;
}

/**
 * Asks a provider for credentials, once at a time however many calls need them, and notes them as secrets. Throws
 * `no-credentials`, never with the provider's own message: that may hold a whole configuration file.
 */
export function guardedCredentials<T extends FoundCredentials>(ask: () => Promise<T>, secrets: Secrets): () => Promise<T> {
  let pending: Promise<T> | undefined;
  return () => {
    pending ??= checkedCredentials(ask, secrets).finally(() => {
      pending = undefined;
    });
    return pending;
  };
}

async function checkedCredentials<T extends FoundCredentials>(ask: () => Promise<T>, secrets: Secrets): Promise<T> {
  const found = await ask().catch(() => undefined);
  if (!found?.accessKeyId || !found.accessKeySecret) throw noCredentials("No Alibaba Cloud credentials are found");
  secrets.add(found.accessKeyId, found.accessKeySecret, found.securityToken);
  if (!isSendable(found))
    throw noCredentials("The Alibaba Cloud credentials hold blanks, line breaks or other letters than a key has");
  return found;
}

// Key id and token travel in HTTP headers; a blank at an end of the secret only ever comes from careless copying.
function isSendable({ accessKeyId, accessKeySecret, securityToken }: FoundCredentials): boolean {
  const words = securityToken ? [accessKeyId, securityToken] : [accessKeyId];
  return words.every((word) => /^[\x21-\x7e]+$/.test(word)) && accessKeySecret.trim() === accessKeySecret;
}

function noCredentials(what: string): FacecutError {
  return new FacecutError("no-credentials", {
    what,
    cure:
      "Set the environment variables ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (with temporary " +
      "credentials ALIBABA_CLOUD_SECURITY_TOKEN too), or make a profile with: aliyun configure, or use a RAM role or the " +
      "file ~/.alibabacloud/credentials",
  });
}
