// The parts of README.md that are made from the code's own tables, so that they cannot disagree with it.

/** Markdown by section name, from the tables that `facecut` itself uses. */
export function readmeSections({ options, errorCodes, exitMeanings, formats, timelineRates }) {
  return {
    formats: table(
      ["format", "file", "what it is", "what it cannot carry"],
      Object.entries(formats).map(([id, format]) => [
        `\`${id}\``,
        `\`${format.extension}\``,
        format.label,
        format.leavesOut.join("; ") || "nothing",
      ]),
    ),
    options: optionTable(options.exportOptions, options.flagName),
    searchOptions: optionTable(options.searchCommandOptions, options.flagName),
    listOptions: optionTable(options.listOptions, options.flagName),
    checkOptions: optionTable(options.checkOptions, options.flagName),
    emulateOptions: optionTable(options.emulateOptions, options.flagName),
    commonOptions: optionTable(options.commonOptions, options.flagName),
    rates: table(
      ["rate", "frames a second", "timecode"],
      timelineRates.map((rate) => [`\`${rate.id}\``, rate.den === 1 ? `${rate.num}` : `${rate.num}/${rate.den}`, counting(rate)]),
    ),
    exits: table(
      ["status", "meaning"],
      Object.entries(exitMeanings).map(([status, meaning]) => [`\`${status}\``, meaning]),
    ),
    errors: table(
      ["code", "status", "meaning"],
      Object.entries(errorCodes).map(([code, { exit, meaning }]) => [`\`${code}\``, String(exit), meaning]),
    ),
  };
}

/** README text with every generated section replaced by the given one. */
export function withSections(readme, sections) {
  return readme.replace(/(<!-- generated: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g, (_all, open, name, close) => {
    if (sections[name] === undefined) throw new Error(`README.md has a section ${name} that nothing makes`);
    return `${open}\n${sections[name]}\n\n${close}`;
  });
}

function optionTable(rows, flagName) {
  return table(
    ["option", "default", "meaning"],
    Object.entries(rows).map(([key, row]) => [
      flags(key, row, flagName),
      row.default === undefined ? "" : `\`${row.default}\``,
      row.describe.replaceAll("|", "\\|"),
    ]),
  );
}

function flags(key, row, flagName) {
  const names = [flagName(key), ...(row.aliases ?? [])].map((name) => (name.length === 1 ? `-${name}` : `--${name}`));
  return `\`${names.join(", ")}${row.value === undefined ? "" : ` ${row.value.replaceAll("|", "\\|")}`}\``;
}

function counting({ nominal, dropped }) {
  return dropped > 0
    ? `drop-frame: counts ${nominal}, leaves out ${dropped} labels a minute but each tenth`
    : `counts ${nominal}`;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
