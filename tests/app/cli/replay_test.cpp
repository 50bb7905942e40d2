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
