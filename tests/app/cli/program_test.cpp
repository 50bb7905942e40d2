// The program as started by a user: exit status, one line on standard error, no partial output.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cli/program.h"
#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

using Json = nlohmann::json;

constexpr const char* kOneCell = R"({"op": "conv2d", "weight": {"values": [[1]]}})";

class Program : public Workbench {
 protected:
  // One line, a complete sentence of the locale (a missing one would be in brackets).
  void expect_refused(const std::string& arguments, int status, const std::string& mentions = "",
                      const std::string& environment = "LC_ALL=C") const {
    const Outcome outcome = convscope(arguments, environment);
    SCOPED_TRACE(arguments + "\n" + outcome.err);
    EXPECT_EQ(outcome.status, status);
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1);
    EXPECT_TRUE(outcome.err.starts_with("convscope: "));
    EXPECT_TRUE(outcome.err.ends_with(".\n"));
    EXPECT_EQ(outcome.err.find('{'), std::string::npos) << "a placeholder without a value";
    EXPECT_NE(outcome.err.find(mentions), std::string::npos);
    EXPECT_EQ(outcome.out, "");
  }

  bool exists(const std::string& name) const { return std::filesystem::exists(path(name)); }
};

TEST_F(Program, BadInputIsStatusOneAndNamesTheFile) {
  write("cut.png", "\x89PNG\r\n\x1a\n");
  write("notes.txt", "hello");
  write("empty.json", "");
  write("cut.json", "{\"format\": 1,\n \"id\": ");
  write("types.json", tiny_lesson(R"({"values": "many"})", kOneCell));
  write("nan.json", tiny_lesson(R"({"values": [[NaN]]})", kOneCell));
  write("newer.json", R"({"format": 99})");
  write("kernel.json",
        tiny_lesson(R"({"values": [[1]]})",
                    R"({"op": "conv2d", "weight": {"values": [[1,1,1],[1,1,1],[1,1,1]]}})"));
  write("groups.json", tiny_lesson(R"({"values": [[[1]],[[1]],[[1]]]})",
                                   R"({"op": "conv2d", "groups": 2,
                        "weight": {"values": [[[[1]]],[[[1]]]]}})"));
  write("huge.json",
        tiny_lesson(R"({"seed": 1, "shape": [1, 1, 1000000000, 1000000000]})", kOneCell));
  write("zero.json", tiny_lesson(R"({"seed": 1, "shape": [1, 1, 0, 5]})", kOneCell));
  write("minus.json", tiny_lesson(R"({"seed": 1, "shape": [1, 1, -3, 5]})", kOneCell));
  write("lost.json", tiny_lesson(R"({"npy": "nowhere.npy"})", kOneCell));
  for (const char* file :
       {"missing.png", "cut.png", "notes.txt", "empty.json", "cut.json", "types.json", "nan.json",
        "newer.json", "kernel.json", "groups.json", "huge.json", "zero.json", "minus.json"}) {
    expect_refused(std::string("run ") + file, 1, file);
    expect_refused(file, 1, file);  // before a window opens
  }
  expect_refused("run lost.json", 1, "nowhere.npy");
  expect_refused("run .", 1);
  expect_refused("run cross-5x4", 1, "cross-5x5");
  expect_refused("run no-such-lesson", 1, "nearest lessons");
  expect_refused("run ''", 1);
  expect_refused("run cross-5x5 --step 9", 1, "0 to 8");
  expect_refused("render cross-5x5 --step 9 --out a.svg", 1, "0 to 8");
  expect_refused("render cross-5x5 --steps 0:9 --out a.gif", 1, "0 to 8");
  EXPECT_FALSE(exists("a.svg"));
}

TEST_F(Program, WrongUsageIsStatusTwo) {
  for (const char* arguments :
       {"--bogus", "run", "run cross-5x5 --step x", "run cross-5x5 --step",
        "render cross-5x5 --out a.png --size 9x9", "render cross-5x5 --out a.png --size 1e9x1e9",
        "render cross-5x5 --out a.bin", "render cross-5x5 --out a.png --view nowhere",
        "render cross-5x5 --out a.gif --steps 1", "lessons --format yaml", "lessons extra",
        "render conv2d-3-to-5 --out a.gif"}) {
    expect_refused(arguments, 2);
    expect_refused(std::string(arguments) + " --lang ru", 2);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(Program, WithoutADisplayTheWindowIsStatusThree) {
  const std::string none = "env -u DISPLAY -u WAYLAND_DISPLAY -u XDG_RUNTIME_DIR ";
  expect_refused("cross-5x5", 3, "", none + "LC_ALL=C");
  expect_refused("cross-5x5", 3, "", none + "LC_ALL=C XDG_RUNTIME_DIR=" + path(".").string());
}

TEST_F(Program, UsesTheLanguageOfTheEnvironment) {
  expect_refused("run cross-5x5 --step 9", 1, "Позиции 9 нет",
                 "LC_ALL= LC_MESSAGES= LANG=ru_RU.UTF-8");
  expect_refused("run cross-5x5 --step 9", 1, "no step 9", "LC_ALL=C LANG=ru_RU.UTF-8");
  expect_refused("run cross-5x5 --step 9 --lang en", 1, "no step 9", "LC_ALL=ru_RU.UTF-8");
}

TEST_F(Program, RunsInABareEnvironment) {
  EXPECT_EQ(convscope("run cross-5x5", "env -i").status, 0);
}

TEST_F(Program, AStandardOutputThatCannotBeWrittenIsStatusOne) {
  for (const char* redirection : {">/dev/full", ">&-"}) {
    const Outcome outcome = convscope(std::string("run cross-5x5 ") + redirection, "LC_ALL=C");
    EXPECT_EQ(outcome.status, 1) << redirection;
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  }
}

TEST_F(Program, UnwritablePlacesAreStatusOneAndStayUnchanged) {
  write("file", "in the way");
  std::filesystem::create_directory(path("folder.svg"));
  expect_refused("render cross-5x5 --out nowhere/a.svg", 1, "nowhere/a.svg");
  expect_refused("render cross-5x5 --out folder.svg", 1, "folder.svg");
  expect_refused("render cross-5x5 --out file/a.svg", 1, "file/a.svg");
  expect_refused("render cross-5x5 --out /proc/a.svg", 1, "/proc/a.svg");
  expect_refused("run cross-5x5 --out file/deeper", 1, "file");
  expect_refused("run cross-5x5 --out /proc/arrays", 1, "/proc/arrays");
  EXPECT_EQ(read(path("file")), "in the way");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 2);
}

TEST_F(Program, HelpAndVersionAreStatusZero) {
  EXPECT_NE(convscope("--help").out.find("render"), std::string::npos);
  EXPECT_EQ(convscope("render --help").status, 0);
  EXPECT_TRUE(convscope("--version").out.starts_with("convscope "));
}

TEST_F(Program, LessonsAreListedInBothForms) {
  const Outcome text = convscope("lessons", "LC_ALL=C");
  EXPECT_EQ(text.status, 0) << text.err;
  EXPECT_TRUE(text.out.starts_with("cross-5x5")) << text.out;
  const Json english = Json::parse(convscope("lessons --format json --lang en").out);
  const Json russian = Json::parse(convscope("lessons --format json --lang ru").out);
  ASSERT_GE(english.size(), 23U);
  EXPECT_EQ(english[4]["id"], "linear-layer");
  for (std::size_t i = 0; i < english.size(); ++i) {
    EXPECT_NE(english[i]["title"], russian[i]["title"]);
    EXPECT_NE(english[i]["summary"], "");
  }
  EXPECT_EQ(english[0]["unit"], "Unit 1: one layer");
  EXPECT_EQ(english[0]["minutes"], 10);
  EXPECT_NE(text.out.find("Unit 2"), std::string::npos);
}

TEST_F(Program, EveryStatusOfTheContract) {
  EXPECT_EQ(exit_status_of({"file_missing", "", {}}), 1);
  EXPECT_EQ(exit_status_of({"kernel_too_tall", "", {}}), 1);
  EXPECT_EQ(exit_status_of({"usage_value", "", {}}), 2);
  for (const char* code : {"no_display", "no_gl", "no_headless_gl", "gl_shader", "ffmpeg_missing",
                           "ffmpeg_failed", "ffmpeg_silent"}) {
    EXPECT_EQ(exit_status_of({code, "", {}}), 3) << code;
  }
  EXPECT_EQ(exit_status_of({"interrupted", "", {{"signal", std::int64_t{2}}}}), 130);
}

}  // namespace
}  // namespace convscope::cli
