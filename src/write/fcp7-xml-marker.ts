import type { Colour, Marker, Person } from "../model/timeline.js";
import type { Dialect } from "./dialect.js";
import { element, textElement } from "./xml.js";

interface MarkerColour {
  /** Premiere's number for one of its own marker colours, 0xAABBGGRR. */
  readonly ppro: number;
  /** Final Cut Pro 7's marker colour, by which Premiere finds its own when the number is missing. */
  readonly rgb: readonly [number, number, number];
  /** Premiere's name of a clip label. */
  readonly label: string;
}

// Premiere's numbers and their nearest Final Cut colours: OpenTimelineIO wiki, "Editorial File Format Notes".
// biome-ignore format: one aligned row a colour
const colourTable: Readonly<Record<Colour, MarkerColour>> = {
  GREEN:   { ppro: 4281828977, rgb: [ 48, 191,  72], label: "Forest" },
  CYAN:    { ppro: 4292277273, rgb: [ 48, 191, 191], label: "Caribbean" },
  MAGENTA: { ppro: 4289825711, rgb: [127,   0, 255], label: "Violet" },
  YELLOW:  { ppro: 4281049552, rgb: [255, 255,   0], label: "Mango" },
  BLUE:    { ppro: 4294741314, rgb: [  0, 128, 255], label: "Cerulean" },
  RED:     { ppro: 4281740498, rgb: [255,   0,   0], label: "Rose" },
  WHITE:   { ppro: 4294967295, rgb: [255, 255, 255], label: "Lavender" },
};

export function labelOf({ colour }: Person): string {
  return colourTable[colour].label;
}

/** Writes markers `depth` levels in; what is the same for all markers of a person is put together once. */
export class MarkerWriter {
  readonly #depth: number;
  readonly #dialect: Dialect["fcp7xml"];
  readonly #people = new Map<Person, { readonly name: string; readonly colour: string }>();

  constructor(depth: number, dialect: Dialect["fcp7xml"]) {
    this.#depth = depth;
    this.#dialect = dialect;
  }

  /** A marker, counted as the sequence or clip around it counts; `out` -1 says that it has no length. */
  element({ person, note, duration }: Marker, frame: number): string {
    const inner = this.#depth + 1;
    const { name, colour } = this.#linesOf(person);
    const place = textElement(inner, "in", frame) + textElement(inner, "out", duration === undefined ? -1 : frame + duration);
    return element(this.#depth, "marker", {}, textElement(inner, "comment", note) + name + place + colour);
  }

  #linesOf(person: Person) {
    const known = this.#people.get(person);
    if (known !== undefined) return known;
    const inner = this.#depth + 1;
    const lines = { name: textElement(inner, "name", person.name), colour: colourLines(inner, person.colour, this.#dialect) };
    this.#people.set(person, lines);
    return lines;
  }
}

function colourLines(depth: number, colour: Colour, { pproColours }: Dialect["fcp7xml"]): string {
  const { ppro, rgb } = colourTable[colour];
  const [red, green, blue] = rgb;
  const channels = Object.entries({ alpha: 0, red, green, blue }).map(([name, value]) => textElement(depth + 1, name, value));
  return (pproColours ? textElement(depth, "pproColor", ppro) : "") + element(depth, "color", {}, channels.join(""));
}
