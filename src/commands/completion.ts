import { basename } from "node:path";
import { shells } from "../command-line/commands.js";
import { completionFlag } from "../command-line/completions.js";
import { exitStatus, FacecutError } from "../errors.js";
import type { CommonOptions } from "../options.js";
import type { Streams } from "../streams.js";
import { nearest } from "../text.js";

type Shell = (typeof shells)[number];

// Each asks facecut with the words up to the cursor, and offers files where it has no answer.
const scripts: Readonly<Record<Shell, string>> = {
  bash: `# facecut for bash: source <(facecut completion bash)
_facecut() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(facecut ${completionFlag} "\${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o bashdefault -o default -F _facecut facecut
`,
  zsh: `#compdef facecut
# facecut for zsh: source <(facecut completion zsh)
_facecut() {
  local -a found
  found=(\${(f)"$(facecut ${completionFlag} "\${(@)words[1,CURRENT]}" 2>/dev/null)"})
  if (( $#found )); then compadd -- $found; else _files; fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _facecut facecut
`,
  fish: `# facecut for fish: facecut completion fish | source
complete -c facecut -a '(facecut ${completionFlag} (commandline -opc) (commandline -ct) 2>/dev/null)'
`,
};

/** `facecut completion [SHELL]`: the script by which a shell completes. */
export function runCompletion(asked: string | undefined, { json }: CommonOptions, streams: Streams): number {
  const shell = requireShell(asked ?? basename(process.env.SHELL ?? ""));
  streams.out(json ? `${JSON.stringify({ shell, script: scripts[shell] })}\n` : scripts[shell]);
  return exitStatus.done;
}

function requireShell(word: string): Shell {
  const found = shells.find((shell) => shell === word);
  if (found !== undefined) return found;
  const near = nearest(word, shells);
  throw new FacecutError("usage", {
    what: word === "" ? "No shell is given, and $SHELL is empty" : `There is no completion for ${word}`,
    cure: near === undefined ? `Write: facecut completion ${shells.join("|")}` : `Did you mean facecut completion ${near}?`,
  });
}
