#!/usr/bin/env node
import { main } from "./cli.js";
import { exitStatus } from "./errors.js";
import { removeUnfinished } from "./write-files.js";

const signals = { SIGINT: exitStatus.interrupted, SIGTERM: exitStatus.terminated } as const;

for (const [signal, status] of Object.entries(signals)) {
  process.on(signal, () => {
    removeUnfinished();
    process.exit(status);
  });
}

// A reader that closes the pipe early (`facecut … | head`) has what it wanted.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await main(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
