// `node scripts/complete-lock.mjs`, after an npm install from a registry that mirrors one platform's packages only: npm
// then leaves the optional packages of other platforms out of package-lock.json, and `npm ci` refuses the lock file.
// This puts them back, with version, system and processor, as npm writes them (but without the checksum).
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const platform = /(android|darwin|freebsd|linux|openharmony|win32)(?:-[a-z0-9]+)*?-(arm64|x64|ia32|ppc64|riscv64|s390x|arm)/;

const missing = Object.entries(lock.packages).flatMap(([place, parent]) =>
  Object.entries(parent.optionalDependencies ?? {})
    .filter(([name]) => ![`${place}/node_modules/${name}`, `node_modules/${name}`].some((key) => lock.packages[key]))
    .map(([name, version]) => entry(name, version, parent.dev)),
);

function entry(name, version, dev) {
  const [, os, cpu] = platform.exec(name) ?? [];
  if (os === undefined) throw new Error(`what platform is ${name} for?`);
  const libc = os === "linux" ? { libc: [name.includes("musl") ? "musl" : "glibc"] } : {};
  return [`node_modules/${name}`, { version, cpu: [cpu], ...(dev ? { dev } : {}), ...libc, optional: true, os: [os] }];
}

const packages = Object.fromEntries(
  Object.entries({ ...lock.packages, ...Object.fromEntries(missing) }).sort(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
process.stdout.write(`${missing.length} packages of other platforms added\n`);
