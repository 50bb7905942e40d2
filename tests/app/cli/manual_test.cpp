// Files generated for an installed program: the manual page and the completions.
#include <string>

#include "app/cli/syntax.h"
#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

class Manual : public Workbench {
 protected:
  // What bash suggests after these words; the last one is incomplete.
  std::string offers(const std::string& words) {
    write("completion.sh", convscope("completion bash").out + "COMP_WORDS=(convscope " + words +
                               ")\n"
                               "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                               "_convscope\n"
                               "printf '%s ' \"${COMPREPLY[@]}\"\n");
    EXPECT_EQ(std::system(
                  ("cd '" + folder_.string() + "' && bash completion.sh >offers 2>errors").c_str()),
              0);
    EXPECT_EQ(read(path("errors")), "");
    return read(path("offers"));
  }
};

TEST_F(Manual, NamesEveryCommandOptionAndKey) {
  const Outcome outcome = convscope("manual");
  EXPECT_EQ(outcome.status, 0);
  std::string page;
  for (const char letter : outcome.out) {
    page += letter == '\\' ? "" : std::string(1, letter);
  }
  Typed typed;
  const Syntax syntax(typed);
  for (const CLI::App* command : syntax.app.get_subcommands({})) {
    EXPECT_NE(page.find(".SS " + command->get_name() + "\n"), std::string::npos)
        << command->get_name();
    for (const CLI::Option* option : command->get_options()) {
      EXPECT_NE(page.find(option->get_name()), std::string::npos) << option->get_name();
    }
  }
  EXPECT_NE(page.find("Ctrl+K"), std::string::npos);
  EXPECT_NE(page.find("settings.json"), std::string::npos);
  EXPECT_NE(page.find("wrong usage"), std::string::npos);
  EXPECT_NE(convscope("--help").out.find("settings.json"), std::string::npos);
}

TEST_F(Manual, IsAPageThatManReadsWithoutWarnings) {
  if (std::system("command -v man >/dev/null") != 0) {
    GTEST_SKIP() << "no man here";
  }
  write("page.1", convscope("manual").out);
  EXPECT_EQ(
      std::system(("LC_ALL=C.UTF-8 MANWIDTH=100 man --warnings -l '" + path("page.1").string() +
                   "' >/dev/null 2>'" + path("warnings").string() + "'")
                      .c_str()),
      0);
  EXPECT_EQ(read(path("warnings")), "");
}

TEST_F(Manual, BashCompletesCommandsLessonsOptionsAndTheirWords) {
  EXPECT_EQ(offers("scr"), "screenshot ");
  EXPECT_EQ(offers("run cross"), "cross-5x5 ");
  EXPECT_EQ(offers("run stride --gran"), "--granularity ");
  EXPECT_EQ(offers("render stride --theme p"), "projector ");
  EXPECT_EQ(offers("--theme d"), "dark ");
  EXPECT_EQ(offers("completion ''"), "bash zsh fish ");
  EXPECT_EQ(offers("quiz stride --th"), "--theme ");
  EXPECT_EQ(offers("quiz al"), "aliasing all ");
}

TEST_F(Manual, BashCompletesFilesToo) {
  write("my lesson.json", "");
  EXPECT_EQ(offers("run my"), "my lesson.json ");
  EXPECT_EQ(offers("render stride --out my"), "my lesson.json ");
  EXPECT_EQ(offers("render stride --theme my"), " ");
}

TEST_F(Manual, EachShellReadsItsScript) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    if (std::system(("command -v " + std::string(shell) + " >/dev/null").c_str()) != 0) {
      continue;
    }
    write("script", convscope("completion " + std::string(shell)).out);
    EXPECT_EQ(std::system((std::string(shell) + " -n '" + path("script").string() + "'").c_str()),
              0)
        << shell;
  }
}

TEST_F(Manual, AnUnknownShellIsRefusedInOneSentence) {
  const Outcome outcome = convscope("completion csh");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("bash, zsh, fish"), std::string::npos) << outcome.err;
}

TEST_F(Manual, TheVersionSaysWhatItWasBuiltWith) {
  const std::string text = convscope("--version").out;
  EXPECT_TRUE(text.starts_with("convscope ")) << text;
  for (const char* part : {"Dear ImGui ", "GLFW ", "Highway ", "CLI11 "}) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace convscope::cli
