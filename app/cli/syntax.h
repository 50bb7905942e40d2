// The commands and options as the parser, the help, the manual page and the completions know them.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convscope::cli {

using OptionalText = std::optional<std::string>;

// Options as typed. Commands share them, as only one command runs.
struct Typed {
  OptionalText theme, language, scale;
  OptionalText lesson, scene, layer, view;
  OptionalText format, step, steps, granularity, size, frames_per_second;
  OptionalText out, session, code_target;
  OptionalText algorithm;
  OptionalText seed, count, template_id;
  OptionalText shell;
};

// `typed` must outlive it: that is where the parser puts what it reads.
struct Syntax {
  explicit Syntax(Typed& typed);

  CLI::App app;
  // Options with a list of words to choose from. All others take a file or a number.
  std::map<const CLI::Option*, std::vector<std::string>> words;
};

}  // namespace convscope::cli
