// Commands that are written down somewhere are commands that work: the examples of the help, the
// gallery's, the notebook's.
#include <nlohmann/json.hpp>
#include <regex>

#include "app/cli/command_line.h"
#include "app/cli/syntax.h"
#include "core/tensor/problem.h"
#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

class Examples : public Workbench {
 protected:
  bool can(const std::string& command) const {
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
  }
};

// The words behind "convscope", as a shell parts them, up to a pipe or a file.
std::vector<std::string> words_of(const std::string& command) {
  std::vector<std::string> words;
  std::istringstream text(command);
  std::string word;
  text >> word;
  EXPECT_EQ(word, "convscope");
  while (text >> word && word != "|" && word != ">") {
    words.push_back(word);
  }
  return words;
}

std::string refusal_of(const std::string& command) {
  try {
    parse_command_line(words_of(command), lesson::Language::kEnglish);
    return "";
  } catch (const Failure& failure) {
    return failure.problem().code;
  }
}

std::string example_of(const CLI::App& app) {
  constexpr std::string_view kMark = "Example: ";
  const std::string footer = app.get_footer();
  return footer.starts_with(kMark) ? footer.substr(kMark.size(), footer.find('\n') - kMark.size())
                                   : "";
}

TEST_F(Examples, EveryCommandHasOneThatItsOwnParserTakes) {
  Typed typed;
  const Syntax syntax(typed);
  const std::string page = convscope("manual").out;
  for (const CLI::App* command : syntax.app.get_subcommands({})) {
    const std::string example = example_of(*command);
    EXPECT_TRUE(example.starts_with("convscope " + command->get_name())) << command->get_name();
    EXPECT_EQ(refusal_of(example), "") << example;
    EXPECT_TRUE(has(convscope(command->get_name() + " --help").out, example)) << example;
  }
  EXPECT_EQ(refusal_of(example_of(syntax.app)), "");
  EXPECT_TRUE(has(page, "Example: convscope quiz"));
}

TEST_F(Examples, TheRefusalsOfThisTestAreReal) {
  EXPECT_EQ(refusal_of("convscope run"), "usage_missing");
  EXPECT_EQ(refusal_of("convscope run stride --stepp 3"), "usage_unexpected");
}

TEST_F(Examples, ThoseOfTheHelpRun) {
  Typed typed;
  const Syntax syntax(typed);
  for (const char* name : {"lessons", "run", "quiz", "describe", "completion"}) {
    const std::string example = example_of(*syntax.app.get_subcommand(name));
    std::string words = example.substr(std::string("convscope ").size());
    words = words.substr(0, words.find(" > "));
    EXPECT_EQ(convscope(words).status, 0) << example;
  }
  EXPECT_TRUE(std::filesystem::exists(path("scene.npz")));
}

TEST_F(Examples, TheGallerysPageShowsEveryLessonByCommandsThatWork) {
  if (!can("python3 --version")) {
    GTEST_SKIP() << "needs python3";
  }
  ASSERT_EQ(std::system(("python3 '" CONVSCOPE_SOURCE_DIR
                         "/tools/gallery/gallery.py' '" CONVSCOPE_PROGRAM "' '" +
                         folder_.string() + "' --page-only")
                            .c_str()),
            0);
  const std::string page = read(path("index.html"));
  EXPECT_FALSE(has(page, "http")) << "nothing comes from a network";
  const std::regex figure("<img src=\"([^\"]+)\"[^>]*><figcaption><code>([^<]+)</code>");
  std::vector<std::string> stills;
  int commands = 0;
  for (std::sregex_iterator match(page.begin(), page.end(), figure), end; match != end; ++match) {
    const std::string file = (*match)[1];
    const std::string command = (*match)[2];
    EXPECT_EQ(refusal_of(command), "") << command;
    EXPECT_TRUE(command.ends_with("--out " + file)) << command;
    if (file.ends_with(".svg")) {
      stills.push_back(command.substr(std::string("convscope ").size()));
    }
    ++commands;
  }
  const auto lessons = nlohmann::json::parse(convscope("lessons --format json").out);
  EXPECT_GE(commands, static_cast<int>(lessons.size()));
  for (const auto& lesson : lessons) {
    EXPECT_TRUE(has(page, "convscope render " + lesson["id"].get<std::string>() + " "))
        << lesson["id"];
  }
  for (std::size_t i = 0; i < stills.size(); i += stills.size() / 3) {
    const Outcome outcome = convscope(stills[i]);
    EXPECT_EQ(outcome.status, 0) << stills[i] << outcome.err;
  }
}

// The code of the notebook, as a kernel would run it.
TEST_F(Examples, TheNotebookRuns) {
  const std::string python = "/usr/bin/python3";
  if (!can(python + " -c 'import numpy'")) {
    GTEST_SKIP() << "needs python3 with numpy";
  }
  const auto notebook = nlohmann::json::parse(
      read(std::filesystem::path(CONVSCOPE_SOURCE_DIR) / "assets/examples/convolution.ipynb"));
  EXPECT_EQ(notebook["nbformat"], 4);
  std::string program;
  int cells = 0;
  for (const auto& cell : notebook["cells"]) {
    if (cell["cell_type"] == "code") {
      EXPECT_TRUE(cell["outputs"].empty()) << "a notebook is committed without outputs";
      for (const auto& line : cell["source"]) {
        program += line.get<std::string>();
      }
      program += "\n";
      ++cells;
    }
  }
  EXPECT_GE(cells, 6);
  write("cells.py", program);
  const int status =
      std::system(("cd '" + folder_.string() + "' && CONVSCOPE='" CONVSCOPE_PROGRAM "' TMPDIR='" +
                   folder_.string() + "' " + python + " -W error cells.py >said 2>&1")
                      .c_str());
  const std::string said = read(path("said"));
  EXPECT_EQ(status, 0) << said;
  EXPECT_TRUE(has(said, "sum: 4 value: 4")) << said;
  EXPECT_TRUE(has(said, "(1, 2, 7, 7)")) << said;
  EXPECT_TRUE(has(said, "stage.svg")) << said;
}

}  // namespace
}  // namespace convscope::cli
