// The floor of a writer: the same text put together with plain `+=` from what a writer has, constant words and numbers,
// and written in batches. Words are kept once, so that what is timed holds little memory besides.
import { closeSync, openSync, writeSync } from "node:fs";

const batchLength = 1 << 16;
// A number as JavaScript would print it; anything else, such as 007, is a word.
const number = /((?<![\w.])(?:0|[1-9]\d{0,14})(?![\w.]))/;

/** Takes a text apart into words and numbers: `words[ids[i]]`, then `numbers[i]` where it is one. */
export function piecesOf(text) {
  const [ids, numbers, words, known] = [[], [], [], new Map()];
  for (const line of text.split("\n")) {
    for (const [i, piece] of `${line}\n`.split(number).entries()) {
      const word = i % 2 === 0 ? piece : "";
      if (!known.has(word)) known.set(word, words.push(word) - 1);
      ids.push(known.get(word));
      numbers.push(i % 2 === 0 ? Number.NaN : Number(piece));
    }
  }
  return { ids: Uint32Array.from(ids), numbers: Float64Array.from(numbers), words };
}

/** Puts the text together again, into a file. */
export function putTogether({ ids, numbers, words }, path) {
  const file = openSync(path, "w");
  let batch = "";
  for (let i = 0; i < ids.length; i++) {
    const value = numbers[i];
    if (Number.isNaN(value)) batch += words[ids[i]];
    else batch += value;
    if (batch.length < batchLength) continue;
    writeSync(file, batch);
    batch = "";
  }
  writeSync(file, batch);
  closeSync(file);
}
