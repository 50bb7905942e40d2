#include "app/cli/manual.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "app/cli/version.h"
#include "app/files/bundled.h"
#include "app/panels/commands/key_rows.h"

namespace convscope::cli {
namespace {

// Escapes text for roff: backslashes and hyphens, and command characters at the start of a line.
std::string escaped(std::string_view text) {
  std::string result = !text.empty() && (text[0] == '.' || text[0] == '\'') ? "\\&" : "";
  for (const char letter : text) {
    result += letter == '\\' ? std::string("\\e") : letter == '-' ? "\\-" : std::string(1, letter);
  }
  return result;
}

std::string section(const char* name) { return std::string(".SH ") + name + "\n"; }

// A term in bold and what it means.
std::string entry(const std::string& term, const std::string& meaning) {
  return ".TP\n.B " + escaped(term) + "\n" + escaped(meaning) + "\n";
}

std::string entries(std::span<const Entry> table) {
  std::string text;
  for (const Entry& each : table) {
    text += entry(each.term, each.meaning);
  }
  return text;
}

bool is_help(const CLI::Option& option) { return option.get_name() == "--help"; }

// "LESSON" or "--theme VALUE"; "-h, --help" has no value.
std::string spelling(const CLI::Option& option) {
  std::string text = option.get_name(false, true);
  std::ranges::replace(text, ',', ' ');
  return option.get_positional() || option.get_items_expected_max() == 0 ? text : text + " VALUE";
}

bool is_shared(const CLI::App& app, const CLI::Option& option) {
  return std::ranges::any_of(app.get_options(), [&](const CLI::Option* other) {
    return !other->get_positional() && other->get_name() == option.get_name();
  });
}

std::string synopsis(const CLI::App& app, const std::string& command) {
  std::string line = ".B convscope" + (command.empty() ? "" : " " + command) + "\n";
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) {
      line += option->get_required() ? escaped(option->get_name()) + "\n"
                                     : "[" + escaped(option->get_name()) + "]\n";
    } else if (option->get_required()) {
      line += escaped(spelling(*option)) + "\n";
    }
  }
  return line + "[OPTIONS]\n";
}

std::string commands_section(const CLI::App& app) {
  std::string text = section("COMMANDS");
  for (const CLI::App* command : app.get_subcommands({})) {
    text += ".SS " + command->get_name() + "\n" + escaped(command->get_description()) + ".\n";
    for (const CLI::Option* option : command->get_options()) {
      if (!is_help(*option) && !is_shared(app, *option)) {
        text += entry(spelling(*option), option->get_description());
      }
    }
    if (command->get_footer().starts_with("Example")) {
      text += ".PP\n" + escaped(command->get_footer()) + "\n";
    }
  }
  return text;
}

std::string keys_section() {
  std::string text = section("KEYS");
  const lesson::Locale locale = files::bundled_locale(lesson::Language::kEnglish);
  for (const panels::KeyRow& row : panels::key_rows(panels::commands(), locale)) {
    if (!row.keys.empty()) {
      text += entry(row.keys, locale.text(row.name));
    }
  }
  return text;
}

}  // namespace

std::string manual_page(const Syntax& syntax) {
  const CLI::App& app = syntax.app;
  std::string text = ".TH CONVSCOPE 1 \"\" \"convscope " + version_number() +
                     "\" \"User Commands\"\n" + section("NAME") +
                     "convscope \\- makes convolution visible\n" + section("SYNOPSIS") +
                     synopsis(app, "");
  for (const CLI::App* command : app.get_subcommands({})) {
    text += ".br\n" + synopsis(*command, command->get_name());
  }
  text += section("DESCRIPTION") + escaped(app.get_description()) +
          "\nA filter slides over an image, every dot product is spelled out, and the feature map "
          "grows cell by cell.\n" +
          section("OPTIONS");
  for (const CLI::Option* option : app.get_options()) {
    text += entry(spelling(*option), option->get_description());
  }
  text += commands_section(app) + keys_section();
  text += section("EXIT STATUS") + entries(kExitStatuses);
  text += section("FILES") + entries(kOwnFiles);
  return text;
}

}  // namespace convscope::cli
