#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

using Json = nlohmann::json;

class ReplayFile : public Workbench {
 protected:
  Json session_after(const std::string& actions, const std::string& lesson = "cross-5x5") const {
    write("actions.json",
          R"({"format": 1, "lesson": ")" + lesson + R"(", "actions": )" + actions + "}");
    const Outcome outcome = convscope("replay actions.json --session out.json", "LC_ALL=C");
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    return Json::parse(read(path("out.json")));
  }
};

TEST_F(ReplayFile, EveryNextArrivesBeforeTheNextAction) {
  const Json once = session_after(R"([{"do": "next"}])");
  const Json thrice = session_after(R"([{"do": "next"}, {"do": "next"}, {"do": "next"}])");
  const Json back = session_after(R"([{"do": "next"}, {"do": "next"}, {"do": "previous"}])");
  EXPECT_EQ(thrice["frame"].get<std::int64_t>(), 3 * once["frame"].get<std::int64_t>());
  EXPECT_GT(once["frame"].get<std::int64_t>(), 0);
  EXPECT_EQ(back, once);
}

TEST_F(ReplayFile, AnEditIsInTheSessionAndUndoTakesItBack) {
  const std::string edit =
      R"({"do": "set_value", "tensor": "weight", "at": [0,0,1,1], "value": 2})";
  const Json untouched = session_after("[]");
  EXPECT_NE(session_after("[" + edit + "]")["lesson"], untouched["lesson"]);
  EXPECT_EQ(session_after("[" + edit + R"(, {"do": "undo"}])")["lesson"], untouched["lesson"]);
}

TEST_F(ReplayFile, ALessonBesideTheActionsIsFound) {
  write("own.json",
        tiny_lesson(R"({"values": [[1]]})", R"({"op": "conv2d", "weight": {"values": [[1]]}})"));
  EXPECT_EQ(session_after("[]", "own.json")["lesson"]["id"], "tiny");
}

TEST_F(ReplayFile, WithoutAFileTheSessionIsPrinted) {
  write("actions.json", R"({"format": 1, "lesson": "cross-5x5", "actions": []})");
  EXPECT_EQ(Json::parse(convscope("replay actions.json").out)["lesson"]["id"], "cross-5x5");
}

TEST_F(ReplayFile, AnUnknownActionIsStatusOneWithItsIndex) {
  write("actions.json",
        R"({"format": 1, "lesson": "cross-5x5", "actions": [{"do": "next"}, {"do": "jump"}]})");
  const Outcome outcome = convscope("replay actions.json --session out.json", "LC_ALL=C");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("1"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("jump"), std::string::npos) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(path("out.json")));
}

TEST_F(ReplayFile, AFailureToOpenOrSaveEndsItWithTheIndex) {
  for (const std::string action :
       {R"({"do": "open", "lesson": "none.json"})", R"({"do": "save", "path": "none/x.json"})"}) {
    write("actions.json",
          R"({"format": 1, "lesson": "cross-5x5", "actions": [{"do": "next"}, )" + action + "]}");
    const Outcome outcome = convscope("replay actions.json --session out.json", "LC_ALL=C");
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find("action 1 "), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("none"), std::string::npos) << outcome.err;
    EXPECT_FALSE(std::filesystem::exists(path("out.json")));
  }
}

TEST_F(ReplayFile, ARefusedActionIsToldWithItsLineAndTheReasonAndTheRestGoesOn) {
  write("actions.json", R"({"format": 1, "lesson": "cross-5x5", "actions": [
    {"do": "next"},
    {"do": "set_value", "tensor": "weight", "at": [0,0,7,7], "value": 2},
    {"do": "set_value", "tensor": "output", "at": [0,0,0,0], "value": 2},
    {"do": "set_value", "tensor": "output", "at": [0,0,0,0], "value": 2},
    {"do": "set_spec", "kernel_size": 9},
    {"do": "set_value", "tensor": "weight", "at": [0,0,0,0], "value": 7}]})");
  const Outcome outcome = convscope("replay actions.json --session out.json", "LC_ALL=C");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 4) << outcome.err;
  for (const char* part : {"line 3: action 1 (set_value) was refused. There is no such cell",
                           "line 4: action 2 (set_value) was refused. This value is computed",
                           "line 5: action 3 (set_value)", "line 6: action 4 (set_spec)",
                           "kernel_size of at most 5"}) {
    EXPECT_NE(outcome.err.find(part), std::string::npos) << part << "\n" << outcome.err;
  }
  const Json session = Json::parse(read(path("out.json")));
  EXPECT_EQ(session["lesson"]["scenes"][0]["layers"][0]["weight"]["edits"].size(), 1u);
}

TEST_F(ReplayFile, AnActionThatAQuestionHoldsBackIsTold) {
  write(
      "actions.json",
      R"({"format": 1, "lesson": "cross-5x5", "actions": [{"do": "ask", "about": "quiz", "seed": 3, "templates": "1a"},
        {"do": "set_value", "tensor": "weight", "at": [0,0,1,1], "value": 2}]})");
  const Outcome outcome = convscope("replay actions.json --session out.json", "LC_ALL=C");
  EXPECT_NE(outcome.err.find("line 2: action 1 (set_value) was refused. A question waits"),
            std::string::npos)
      << outcome.err;
}

TEST_F(ReplayFile, AFileIsOpenBeforeTheNextAction) {
  write("own.json",
        tiny_lesson(R"({"values": [[1]]})", R"({"op": "conv2d", "weight": {"values": [[1]]}})"));
  const Json session = session_after(
      R"([{"do": "open", "lesson": "own.json"},
          {"do": "set_value", "tensor": "input", "at": [0,0,0,0], "value": 5},
          {"do": "save", "path": "saved.json"}])");
  EXPECT_EQ(session["lesson"]["id"], "tiny");
  EXPECT_EQ(Json::parse(read(path("saved.json")))["id"], "tiny");
  const Json numbers = Json::parse(convscope("run saved.json --format json").out);
  EXPECT_EQ(numbers["output"], Json::parse("[[[[5]]]]"));
}

TEST_F(ReplayFile, TheFinalStateCanBeWrittenAsAPicture) {
  write("actions.json", R"({"format": 1, "lesson": "cross-5x5", "actions": [{"do": "last"}]})");
  const Outcome outcome = convscope("replay actions.json --out end.png --size 640x360", "LC_ALL=C");
  if (outcome.status == 3) {
    GTEST_SKIP() << outcome.err;
  }
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(read(path("end.png")).substr(1, 3), "PNG");
}

}  // namespace
}  // namespace convscope::cli
