// `quiz` and `check` as scripts call them; answers are compared with the output of `run`.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

using Json = nlohmann::json;

class QuizProgram : public Workbench {
 protected:
  Json quiz(const std::string& arguments) const {
    const Outcome outcome = convscope("quiz " + arguments + " --format json");
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return Json::parse(outcome.out);
  }

  // The output of `run` for a question's scene.
  Json run_scene(const Json& question) const {
    write("scene.json", question.at("scene").dump());
    const Outcome outcome = convscope("run scene.json --format json");
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return Json::parse(outcome.out);
  }
};

Json right_answer(const Json& question) {
  for (const Json& option : question.at("options")) {
    if (option.contains("right")) {
      return option.at("value");
    }
  }
  return nullptr;
}

// The members of an object, in alphabetical order.
std::set<std::string> keys_of(const Json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) {
    keys.insert(key);
  }
  return keys;
}

void expect_options(const Json& question) {
  std::set<std::string> values;
  int right = 0;
  for (const Json& option : question.at("options")) {
    values.insert(option.at("value").dump());
    right += option.contains("right") ? 1 : 0;
    EXPECT_NE(option.contains("right"), option.contains("code")) << option;
  }
  EXPECT_EQ(right, 1) << question.at("options");
  EXPECT_EQ(values.size(), question.at("options").size()) << "two options are the same";
}

TEST_F(QuizProgram, JsonHasTheDocumentedFormat) {
  const Json json = quiz("stride --seed 7 --count 6");
  EXPECT_EQ(keys_of(json), (std::set<std::string>{"format", "questions", "seed"}));
  EXPECT_EQ(json.at("format"), 1);
  EXPECT_EQ(json.at("seed"), 7);
  ASSERT_EQ(json.at("questions").size(), 6U);
  for (const Json& question : json.at("questions")) {
    std::set<std::string> keys = keys_of(question);
    keys.erase("typed");  // only questions without options have it
    EXPECT_EQ(keys, (std::set<std::string>{"concept", "filter", "lesson", "options", "position",
                                           "scene", "template", "text", "values"}));
    EXPECT_EQ(question.at("lesson"), "stride");
    EXPECT_EQ(question.at("scene").at("scenes").size(), 1U);
    EXPECT_EQ(keys_of(question.at("text")), (std::set<std::string>{"en", "ru"}));
    EXPECT_NE(question.at("text").at("en"), question.at("text").at("ru"));
    expect_options(question);
    run_scene(question);
  }
}

TEST_F(QuizProgram, AllAsksEveryTemplateAndEverySceneRuns) {
  const Json json = quiz("all --seed 18446744073709551615 --count 36");
  EXPECT_EQ(json.at("seed"), 18446744073709551615U);
  std::set<std::string> templates;
  for (const Json& question : json.at("questions")) {
    templates.insert(question.at("template").get<std::string>());
    expect_options(question);
    run_scene(question);
  }
  EXPECT_EQ(templates.size(), 36U);
}

TEST_F(QuizProgram, TheSameSeedGivesTheSameBytesInEveryFormat) {
  for (const std::string format : {"text", "json", "html"}) {
    const std::string arguments = "quiz pooling --count 4 --format " + format + " --seed ";
    const Outcome once = convscope(arguments + "3");
    EXPECT_EQ(once.status, 0) << once.err;
    EXPECT_EQ(once.out, convscope(arguments + "3").out) << format;
    EXPECT_NE(once.out, convscope(arguments + "4").out) << format;
  }
}

TEST_F(QuizProgram, TheLanguageChangesThePaperAndNotTheJson) {
  for (const std::string format : {"text", "html"}) {
    const std::string arguments = "quiz dilation --count 3 --format " + format + " --lang ";
    EXPECT_NE(convscope(arguments + "en").out, convscope(arguments + "ru").out) << format;
  }
  EXPECT_EQ(quiz("dilation --count 3 --lang en"), quiz("dilation --count 3 --lang ru"));
  EXPECT_NE(convscope("quiz dilation --format html --lang ru").out.find("<html lang=\"ru\">"),
            std::string::npos);
}

TEST_F(QuizProgram, AValueOfTheMapIsTheOneThatRunPrints) {
  const Json printed = quiz("all --seed 11 --count 8 --template 1a");
  for (const Json& question : printed.at("questions")) {
    EXPECT_EQ(question.at("template"), "1a");
    const Json& at = question.at("position");
    const Json map = run_scene(question).at("output").at(0).at(question.at("filter").get<int>());
    EXPECT_EQ(right_answer(question).get<double>(),
              map.at(at.at(0).get<int>()).at(at.at(1).get<int>()).get<double>())
        << question.at("text");
  }
}

TEST_F(QuizProgram, ASizeIsThatOfTheMapThatRunPrints) {
  for (const char* id : {"3a", "4a", "15a"}) {
    const Json printed = quiz(std::string("all --seed 12 --count 5 --template ") + id);
    for (const Json& question : printed.at("questions")) {
      EXPECT_EQ(right_answer(question), run_scene(question).at("shapes").at("output").back())
          << question.at("text");
    }
  }
  for (const char* id : {"8a", "14b"}) {
    const Json printed = quiz(std::string("all --seed 12 --count 5 --template ") + id);
    for (const Json& question : printed.at("questions")) {
      EXPECT_EQ(right_answer(question), run_scene(question).at("shapes").at("output"))
          << question.at("text");
    }
  }
}

TEST_F(QuizProgram, AQuizOfALessonFileTakesItsNumbers) {
  write("mine.json", tiny_lesson(R"({"values": [[1,2,3,4],[5,6,7,8],[9,1,2,3],[4,5,6,7]]})",
                                 R"({"op": "conv2d", "weight": {"values": [[1,-1],[2,0]]}})"));
  const Json question = quiz("mine.json --template 1a --count 1").at("questions").at(0);
  EXPECT_EQ(question.at("lesson"), "tiny");
  EXPECT_EQ(question.at("scene").at("scenes").at(0).at("input").at("values").dump(),
            "[[1,2,3,4],[5,6,7,8],[9,1,2,3],[4,5,6,7]]");
}

TEST_F(QuizProgram, InvalidRequestsAreRefused) {
  write("broken.json", "{\"format\": 1,\n \"id\": ");
  write("relu.json", tiny_lesson(R"({"values": [[1,-2],[-3,4]]})", R"({"op": "relu"})"));
  const std::vector<std::pair<std::string, int>> cases = {{"quiz relu.json", 1},
                                                          {"quiz nowhere", 1},
                                                          {"quiz broken.json", 1},
                                                          {"quiz stride --count 0", 2},
                                                          {"quiz stride --template 99z", 2},
                                                          {"quiz", 2},
                                                          {"check nowhere", 1},
                                                          {"check broken.json", 1},
                                                          {"check", 2}};
  for (const auto& [arguments, status] : cases) {
    const Outcome outcome = convscope(arguments, "LC_ALL=C");
    EXPECT_EQ(outcome.status, status) << arguments;
    EXPECT_EQ(outcome.out, "") << arguments;
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << arguments << ": " << outcome.err;
  }
  EXPECT_NE(convscope("quiz stride --template 99z", "LC_ALL=C").err.find("99z"), std::string::npos);
  EXPECT_NE(convscope("quiz relu.json", "LC_ALL=C").err.find("about relu.json"), std::string::npos);
  EXPECT_NE(convscope("check broken.json", "LC_ALL=C").err.find("broken.json"), std::string::npos);
}

TEST_F(QuizProgram, HelpShowsAnExample) {
  EXPECT_NE(convscope("quiz --help").out.find("Example: convscope quiz "), std::string::npos);
  EXPECT_NE(convscope("check --help").out.find("Example: convscope check "), std::string::npos);
}

TEST_F(QuizProgram, CheckCountsASoundLesson) {
  write("mine.json", tiny_lesson(R"({"values": [[1,2,3,4],[5,6,7,8],[9,1,2,3],[4,5,6,7]]})",
                                 R"({"op": "conv2d", "weight": {"values": [[1,-1],[2,0]]}})"));
  const Outcome mine = convscope("check mine.json --lang en");
  EXPECT_EQ(mine.status, 0) << mine.err;
  EXPECT_TRUE(mine.out.ends_with(" questions, 0 exercises, no problem\n")) << mine.out;
  EXPECT_FALSE(mine.out.starts_with("0 ")) << mine.out;
  const Outcome stride = convscope("check stride --lang en");
  EXPECT_EQ(stride.status, 0) << stride.err;
  EXPECT_TRUE(stride.out.ends_with(" questions, 1 exercises, no problem\n")) << stride.out;
}

// The program's own assets, with one exercise changed.
class BrokenExercise : public QuizProgram {
 protected:
  void SetUp() override {
    QuizProgram::SetUp();
    std::filesystem::copy(std::string(CONVSCOPE_SOURCE_DIR) + "/assets", path("assets"),
                          std::filesystem::copy_options::recursive);
  }

  void change(const std::string& key, const Json& value) const {
    Json exercise = Json::parse(read(path(kFile)));
    exercise[key] = value;
    write(kFile, exercise.dump());
  }

  Outcome check() const {
    return convscope("check stride --lang en",
                     "CONVSCOPE_ASSETS='" + path("assets").string() + "'");
  }

  static constexpr const char* kFile = "assets/exercises/half-the-size.json";
};

TEST_F(BrokenExercise, GivesALineForEachProblemAndStatusOne) {
  EXPECT_EQ(check().status, 0);
  change("near_misses", Json::parse(read(path(kFile))).at("solution"));
  change("solution", Json::parse(R"([{"layer": {"stride": 3}}])"));
  const Outcome outcome = check();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(std::ranges::count(outcome.out, '\n'), 2) << outcome.out;
  EXPECT_NE(outcome.out.find("half-the-size: its own solution"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("near miss number 1"), std::string::npos) << outcome.out;
}

TEST_F(BrokenExercise, AStartThatPassesIsNamed) {
  change("solved_when", Json::parse(R"([{"what": "layers", "equals": 1}])"));
  const Outcome outcome = check();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.out.find("solved before anything is changed"), std::string::npos)
      << outcome.out;
}

TEST_F(BrokenExercise, AnUnknownWordIsNamedWithItsPlace) {
  change("solved_when", Json::parse(R"([{"what": "layer.colour", "equals": 1}])"));
  const Outcome outcome = check();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("layer.colour"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("half-the-size.json"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace convscope::cli
