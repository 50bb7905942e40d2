#include "app/cli/completion.h"

#include <algorithm>
#include <span>

namespace convscope::cli {
namespace {

std::string joined(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

// Escapes each of the letters with a backslash.
std::string marked(const std::string& text, std::string_view letters) {
  std::string result;
  for (const char letter : text) {
    result += (letters.find(letter) == std::string_view::npos ? "" : "\\") + std::string(1, letter);
  }
  return result;
}

// In single quotes, for bash and zsh.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char letter : text) {
    result += letter == '\'' ? std::string(R"('\'')") : std::string(1, letter);
  }
  return result + "'";
}

std::string fish_quoted(const std::string& text) { return "'" + marked(text, "\\'") + "'"; }

std::vector<const CLI::Option*> named_options(const CLI::App& app) {
  std::vector<const CLI::Option*> options = app.get_options();
  std::erase_if(options, [](const CLI::Option* option) { return option->get_positional(); });
  return options;
}

const CLI::Option* positional_of(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) {
      return option;
    }
  }
  return nullptr;
}

std::vector<std::string> words_of(const Syntax& syntax, const CLI::Option* option) {
  const auto found = syntax.words.find(option);
  return found == syntax.words.end() ? std::vector<std::string>{} : found->second;
}

// Whether a file name is also allowed there.
bool takes_file(const Syntax& syntax, const CLI::Option* option) {
  return option == nullptr || option->get_name() == "LESSON" || words_of(syntax, option).empty();
}

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

// The program itself or a command; its name is that of the shell function.
struct Part {
  std::string name;  // empty: the program
  const CLI::App* app;
};

std::vector<Part> parts_of(const Syntax& syntax) {
  std::vector<Part> parts = {{"", &syntax.app}};
  for (const CLI::App* command : syntax.app.get_subcommands({})) {
    parts.push_back({command->get_name(), command});
  }
  return parts;
}

std::vector<std::string> command_names(const Syntax& syntax) {
  std::vector<std::string> names;
  for (const CLI::App* command : syntax.app.get_subcommands({})) {
    names.push_back(command->get_name());
  }
  return names;
}

std::string bash_script(const Syntax& syntax) {
  std::string options;
  std::string values;
  for (const Part& part : parts_of(syntax)) {
    std::vector<std::string> names;
    for (const CLI::Option* option : named_options(*part.app)) {
      names.push_back(option->get_name());
      if (takes_value(*option)) {
        const std::vector<std::string> words = words_of(syntax, option);
        values += "    " + quoted(part.name + ":" + option->get_name()) +
                  ") options='' words=" + quoted(joined(words)) +
                  " files=" + (words.empty() ? "yes" : "''") + " ;;\n";
      }
    }
    std::vector<std::string> words = words_of(syntax, positional_of(*part.app));
    if (part.name.empty()) {
      const std::vector<std::string> commands = command_names(syntax);
      words.insert(words.begin(), commands.begin(), commands.end());
    }
    options += "    " + quoted(part.name) + ") options=" + quoted(joined(names)) +
               " words=" + quoted(joined(words)) +
               " files=" + (takes_file(syntax, positional_of(*part.app)) ? "yes" : "''") + " ;;\n";
  }
  return "# bash completion for convscope\n"
         "_convscope() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  local command='' options='' words='' files='' word\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    case \" " +
         joined(command_names(syntax)) +
         " \" in *\" $word \"*) command=$word; break ;; esac\n"
         "  done\n"
         "  case \"$command\" in\n" +
         options +
         "  esac\n"
         "  case \"$command:$before\" in\n" +
         values +
         "  esac\n"
         "  case \"$current\" in -*) words=$options files='' ;; esac\n"
         "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\"\n"
         "    [ -z \"$files\" ] || compgen -f -- \"$current\")\n"
         "}\n"
         "complete -o filenames -F _convscope convscope\n";
}

std::string zsh_action(const std::vector<std::string>& words, bool files) {
  const std::string list = "(" + joined(words) + ")";
  return words.empty() ? "_files"
         : files       ? "{_alternative \"words:word:" + list + "\" \"files:file:_files\"}"
                       : list;
}

std::string zsh_script(const Syntax& syntax) {
  const std::vector<std::string> commands = command_names(syntax);
  std::string cases;
  for (const Part& part : parts_of(syntax)) {
    cases += "    " + quoted(part.name) + ") _arguments -s";
    for (const CLI::Option* option : named_options(*part.app)) {
      const std::string about = marked(option->get_description(), "[]:\\");
      const std::string value =
          takes_value(*option) ? ": :" + zsh_action(words_of(syntax, option), false) : "";
      cases += " \\\n      " + quoted(option->get_name() + "[" + about + "]" + value);
    }
    std::vector<std::string> words = words_of(syntax, positional_of(*part.app));
    if (part.name.empty()) {
      words.insert(words.begin(), commands.begin(), commands.end());
    } else {
      cases += " \\\n      '1: :'";
    }
    cases += " \\\n      " +
             quoted("*: :" + zsh_action(words, takes_file(syntax, positional_of(*part.app)))) +
             " ;;\n";
  }
  return "#compdef convscope\n"
         "_convscope() {\n"
         "  local command='' word\n"
         "  local -a names=(" +
         joined(commands) +
         ")\n"
         "  for word in \"${(@)words[2,CURRENT-1]}\"; do\n"
         "    if (( ${names[(Ie)$word]} )); then command=$word; break; fi\n"
         "  done\n"
         "  case $command in\n" +
         cases +
         "  esac\n"
         "}\n"
         "_convscope \"$@\"\n";
}

std::string fish_script(const Syntax& syntax) {
  const std::string start = "complete -c convscope";
  std::string script = "# fish completion for convscope\n";
  for (const Part& part : parts_of(syntax)) {
    const std::string when = part.name.empty()
                                 ? " -n __fish_use_subcommand"
                                 : " -n '__fish_seen_subcommand_from " + part.name + "'";
    if (!part.name.empty()) {
      script += start + " -n __fish_use_subcommand -a " + part.name + " -d " +
                fish_quoted(part.app->get_description()) + "\n";
    }
    for (const CLI::Option* option : named_options(*part.app)) {
      const std::vector<std::string> words = words_of(syntax, option);
      script += start + when + " -l " + option->get_name().substr(2);
      script += !takes_value(*option) ? ""
                : words.empty()       ? " -r"
                                      : " -x -a " + fish_quoted(joined(words));
      script += " -d " + fish_quoted(option->get_description()) + "\n";
    }
    const std::vector<std::string> words = words_of(syntax, positional_of(*part.app));
    if (!words.empty()) {
      script += start + when + " -a " + fish_quoted(joined(words)) + "\n";
    }
  }
  return script;
}

}  // namespace

std::string completion(const Syntax& syntax, Shell shell) {
  switch (shell) {
    case Shell::kBash:
      return bash_script(syntax);
    case Shell::kZsh:
      return zsh_script(syntax);
    case Shell::kFish:
      break;
  }
  return fish_script(syntax);
}

}  // namespace convscope::cli
