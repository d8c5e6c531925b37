// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/shells.hpp"

#include <algorithm>

namespace lockstep::cli {
namespace {

constexpr std::string_view licence =
    "# SPDX-FileCopyrightText: The Lockstep authors\n# SPDX-License-Identifier: MIT\n";

/// bash breaks words at `=` too, and replaces what stands behind the last break.
constexpr std::string_view bash_text = R"(_lockstep() {
  local words line cur cut= typed=${COMP_LINE:0:COMP_POINT}
  read -ra words <<<"$typed"
  [[ $typed != *[[:blank:]] ]] || words+=("")
  cur=${words[-1]}
  [[ $COMP_WORDBREAKS != *=* || $cur != *=* ]] || cut=${cur%=*}=
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files | :folders)
        compopt -o filenames
        [[ $line == :files ]] && set -- -f || set -- -d
        mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen "$1" -- "${cur#"$cut"}") ;;
      *) line=${line%%$'\t'*}; COMPREPLY+=("${line#"$cut"}") ;;
    esac
  done < <("${words[0]/#\~/$HOME}" completion candidates -- "${words[@]:1}" 2>/dev/null)
}
complete -F _lockstep lockstep
)";

constexpr std::string_view zsh_text = R"(_lockstep() {
  local line word help
  local -a shown words_typed
  words_typed=("${(@)words[2,CURRENT]}")
  for line in "${(@f)$(${(Q)words[1]/#\~/$HOME} completion candidates -- \
    "${(@Q)words_typed}" 2>/dev/null)}"; do
    case $line in
      '') ;;
      :files) _files ;;
      :folders) _files -/ ;;
      *)
        word=${line%%$'\t'*} help=${line#*$'\t'}
        shown+=("${word//:/\\:}${help:+:$help}") ;;
    esac
  done
  (($#shown == 0)) || _describe -t words word shown
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _lockstep "$@"
else
  compdef _lockstep lockstep
fi
)";

constexpr std::string_view fish_text = R"(function __lockstep_candidates
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    for line in ($program completion candidates -- $words (commandline -ct) 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path (commandline -ct)
            case ':folders'
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c lockstep -f -a '(__lockstep_candidates)'
)";

}  // namespace

const std::vector<std::string>& shells() {
  static const std::vector<std::string> all{"bash", "zsh", "fish"};
  return all;
}

std::string completion_script(const std::string& shell) {
  const std::string head{licence};
  if (shell == "bash") return head + std::string{bash_text};
  if (shell == "zsh") return "#compdef lockstep\n" + head + std::string{zsh_text};
  return head + std::string{fish_text};
}

std::string candidate_lines(const Candidates& candidates) {
  std::string out;
  for (const Candidate& one : candidates.words) {
    std::string help = one.help;
    std::ranges::replace_if(
        help, [](char c) { return c == '\n' || c == '\t'; }, ' ');
    out += one.word + "\t" + help + "\n";
  }
  if (candidates.files) out += ":files\n";
  if (candidates.folders) out += ":folders\n";
  return out;
}

}  // namespace lockstep::cli
