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
  if (!found?.accessKeyId || !found.accessKeySecret) throw noCredentials(`No Alibaba Cloud credentials are found: ${unset()}`);
  secrets.add(found.accessKeyId, found.accessKeySecret, found.securityToken);
  const wrong = unsendable(found);
  if (wrong !== undefined) throw noCredentials(`${wrong} holds blanks, line breaks or other letters than a key has`);
  return found;
}

const variables = {
  accessKeyId: "ALIBABA_CLOUD_ACCESS_KEY_ID",
  accessKeySecret: "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
  securityToken: "ALIBABA_CLOUD_SECURITY_TOKEN",
} as const;

/** Which variables are missing, when no other place gave credentials either. */
function unset(): string {
  const missing = [variables.accessKeyId, variables.accessKeySecret].filter((name) => !process.env[name]);
  const elsewhere = "and no profile, credentials file or role gives any";
  if (missing.length === 0) return `the environment variables are set, but cannot be used, ${elsewhere}`;
  return `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not set, ${elsewhere}`;
}

/** What of the credentials cannot be sent, by its variable when it came from there. */
function unsendable(found: FoundCredentials): string | undefined {
  // Key id and token travel in HTTP headers; a blank at an end of the secret only ever comes from careless copying.
  const isWord = (text: string) => /^[\x21-\x7e]+$/.test(text);
  if (!isWord(found.accessKeyId)) return called("accessKeyId", "access key id", found);
  if (found.accessKeySecret.trim() !== found.accessKeySecret) return called("accessKeySecret", "access key secret", found);
  return found.securityToken && !isWord(found.securityToken) ? called("securityToken", "security token", found) : undefined;
}

function called(part: keyof typeof variables, name: string, found: FoundCredentials): string {
  const isFromThere = process.env[variables[part]] === found[part];
  return `The ${name} of Alibaba Cloud${isFromThere ? ` (${variables[part]})` : ""}`;
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
