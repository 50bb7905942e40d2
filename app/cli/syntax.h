// The commands and options, as used by the parser, the help, the manual page and the completions.
#pragma once

#include <CLI/CLI.hpp>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convscope::cli {

using OptionalText = std::optional<std::string>;

// Options as typed. Commands share them, as only one command runs.
struct Typed {
  OptionalText theme, language, scale;
  OptionalText lesson, input, watch, scene, layer, view;
  bool shrink = false;
  bool no_answers = false;
  bool explain = false;
  OptionalText format, step, steps, granularity, size, frames_per_second;
  OptionalText out, out_dir, session, code_target, tensor;
  OptionalText sheet, background, style, what;
  std::vector<std::string> more_lessons;
  OptionalText algorithm;
  OptionalText seed, count, template_id;
  OptionalText shell;
};

struct Entry {
  const char* term;
  const char* meaning;
};

inline constexpr std::array<Entry, 5> kExitStatuses = {
    {{"0", "done"},
     {"1", "bad input"},
     {"2", "wrong usage"},
     {"3", "this machine can't"},
     {"130", "interrupted by Ctrl+C; by another signal, 128 and its number"}}};

// The files that the program writes by itself; user_folders.h decides where.
inline constexpr std::array<Entry, 3> kOwnFiles = {
    {{"$XDG_CONFIG_HOME/convscope/settings.json", "what is remembered (else below ~/.config)"},
     {"$XDG_STATE_HOME/convscope/autosave",
      "unsaved work of a program that died (else below ~/.local/state)"},
     {"$XDG_STATE_HOME/convscope/answers.jsonl", "answers to questions"}}};

// `typed` must outlive it: the parser stores its results there.
struct Syntax {
  explicit Syntax(Typed& typed);

  CLI::App app;
  // Options with a list of words to choose from. All others take a file or a number.
  std::map<const CLI::Option*, std::vector<std::string>> words;
};

}  // namespace convscope::cli
