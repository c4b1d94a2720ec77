#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { main } from "./cli.js";
import { exitStatus } from "./errors.js";
import { removeUnfinished } from "./files/temporaries.js";

// V8 lets its heap grow to several times of what is alive before it collects all of it: an export of 2,000,000 track
// points would take up to 1.3 GB. By a third at a time it takes 0.8 GB, and up to a sixth more of the processor.
setFlagsFromString("--heap-growing-percent=30");

const signals = { SIGINT: exitStatus.interrupted, SIGTERM: exitStatus.terminated } as const;

let note: string | undefined;

for (const [signal, status] of Object.entries(signals)) {
  process.on(signal, () => {
    removeUnfinished();
    if (note !== undefined) process.stderr.write(`\nfacecut: interrupted; ${note}\n`);
    process.exit(status);
  });
}

// A reader that closes the pipe early (`facecut … | head`) has what it wanted; a full disk has lost it.
let lost = false;
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  if (!lost) process.stderr.write(`facecut: Standard output cannot be written (${error.code})\n`);
  lost = true;
});

const status = await main(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  terminal: process.stderr.isTTY ?? false,
  columns: process.stdout.columns,
  whenInterrupted: (text) => {
    note = text;
  },
});

// A connection that was given up may still be open: the program must not wait for it. What was printed goes out first.
process.stdout.write("", () =>
  process.stderr.write("", () => setImmediate(() => process.exit(lost ? exitStatus.input : status))),
);
