import { FacecutError } from "../errors.js";

/** Who has to be on screen together, or not: what `--match` says. */
export type MatchExpression =
  | { readonly kind: "person"; readonly word: string; readonly column: number }
  | { readonly kind: "not"; readonly of: MatchExpression }
  | { readonly kind: "and" | "or"; readonly of: readonly MatchExpression[] };

const quoteNames = 'Write names with blanks or signs in double quotes: "Ada Example"';

interface Token {
  readonly kind: "not" | "and" | "or" | "(" | ")" | "word" | "end";
  readonly text: string;
  /** From 1, in characters as people count them. */
  readonly column: number;
}

const pattern = /(?<sign>[()!]|&&?|\|\|?)|"(?<quoted>[^"]*)"|(?<word>[^\s()!&|"]+)/uy;
const signs: Readonly<Record<string, Token["kind"]>> = {
  "(": "(",
  ")": ")",
  "!": "not",
  "&": "and",
  "&&": "and",
  "|": "or",
  "||": "or",
};
const keywords: Readonly<Record<string, Token["kind"]>> = { not: "not", and: "and", or: "or" };

/**
 * Reads a match expression: `not` (`!`) binds before `and` (`&`), before `or` (`|`); brackets; names with spaces or
 * signs in double quotes. Throws `bad-option` with the column.
 */
export function parseMatch(text: string): MatchExpression {
  return new Parser(text, tokensOf(text)).whole();
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let [at, column] = [0, 1];
  const goTo = (index: number) => {
    column += [...text.slice(at, index)].length;
    at = index;
  };
  for (goTo(skipBlanks(text, 0)); at < text.length; goTo(skipBlanks(text, pattern.lastIndex))) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) throw wrong("A double quote is opened and not closed", column, text, quoteNames);
    tokens.push(tokenOf(match, column, text));
  }
  return [...tokens, { kind: "end", text: "", column: columnAfter(text) }];
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] as string)) at++;
  return at;
}

function columnAfter(text: string): number {
  return [...text.trimEnd()].length + 1;
}

function tokenOf({ groups = {} }: RegExpExecArray, column: number, text: string): Token {
  const { sign, quoted, word } = groups;
  if (sign !== undefined) return { kind: signs[sign] as Token["kind"], text: sign, column };
  if (quoted?.trim() === "") throw wrong("A name is empty", column, text, "Write the name between the quotes");
  if (quoted !== undefined) return { kind: "word", text: quoted, column };
  const plain = word as string;
  return { kind: keywords[plain.toLowerCase()] ?? "word", text: plain, column };
}

// Nobody writes deeper ones, and each bracket costs a place on the stack.
const deepest = 100;

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  whole(): MatchExpression {
    const expression = this.#alternatives();
    const rest = this.#token();
    if (rest.kind === "end") return expression;
    if (rest.kind === ")") throw this.#wrong("A bracket is closed that was not opened", "Take it out, or open one before");
    throw this.#wrong(`Expected "and" or "or" before ${JSON.stringify(rest.text)}`, quoteNames);
  }

  #alternatives(): MatchExpression {
    return this.#row("or", () => this.#row("and", () => this.#factor()));
  }

  #row(kind: "and" | "or", operand: () => MatchExpression): MatchExpression {
    const of = [operand()];
    while (this.#token().kind === kind) {
      this.#next++;
      of.push(operand());
    }
    return of.length === 1 ? (of[0] as MatchExpression) : { kind, of };
  }

  #factor(): MatchExpression {
    const { kind, text, column } = this.#token();
    if (++this.#depth > deepest) throw this.#wrong("The expression goes too deep", "Write it with fewer brackets");
    const factor = kind === "word" ? this.#person(text, column) : kind === "not" ? this.#not() : this.#bracket();
    this.#depth--;
    return factor;
  }

  #person(word: string, column: number): MatchExpression {
    this.#next++;
    return { kind: "person", word, column };
  }

  #not(): MatchExpression {
    this.#next++;
    return { kind: "not", of: this.#factor() };
  }

  #bracket(): MatchExpression {
    if (this.#token().kind !== "(") throw this.#nameExpected();
    const { column } = this.#token();
    this.#next++;
    const inner = this.#alternatives();
    if (this.#token().kind === "end") throw wrong("A bracket is opened and not closed", column, this.#text, "Close it");
    if (this.#token().kind !== ")")
      throw this.#wrong(`Expected "and", "or" or a closing bracket before ${JSON.stringify(this.#token().text)}`, quoteNames);
    this.#next++;
    return inner;
  }

  #token(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #nameExpected(): FacecutError {
    const { kind, text } = this.#token();
    const found = kind === "end" ? "the expression ends" : `there is ${JSON.stringify(text)}`;
    return this.#wrong(`Expected a name, but ${found}`, "Write an expression such as 'Ada and not \"Ben Sample\"'");
  }

  #wrong(what: string, cure: string): FacecutError {
    return wrong(what, this.#token().column, this.#text, cure);
  }
}

function wrong(what: string, column: number, text: string, cure: string): FacecutError {
  return new FacecutError("bad-option", { what, where: placeIn(text, column), cure, option: "match" });
}

const mostShown = 40;

/** `column 5: … B)`: the place in an expression, for messages. */
export function placeIn(text: string, column: number): string {
  const rest = [...text].slice(column - 1, column - 1 + mostShown).join("");
  return rest === "" ? `column ${column}, at the end` : `column ${column}, at ${rest}`;
}
