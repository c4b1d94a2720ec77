// Prints how many picture clips facecut's readers find in a file.
import { readChunks } from "../dist/files.js";
import { readTimelines } from "../dist/read/readers.js";
import { requireTimelineRate } from "../dist/time/frame-rate.js";

const [file] = process.argv.slice(2);
const { rate } = requireTimelineRate("25", "rate");
const { timelines } = readTimelines(readChunks(file), { file, rate });
process.stdout.write(JSON.stringify(timelines.reduce((sum, { clips }) => sum + clips.length, 0)));
