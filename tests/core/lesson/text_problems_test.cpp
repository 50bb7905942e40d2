// What `check` says of a lesson's texts.
#include "core/lesson/text_problems.h"

#include <gtest/gtest.h>

#include "tests/core/lesson/bundled.h"

namespace convscope::lesson {
namespace {

std::vector<std::string> codes_of(const Lesson& lesson) {
  std::vector<std::string> codes;
  for (const Problem& problem : text_problems(lesson)) {
    codes.push_back(problem.code + " " + problem.field);
  }
  return codes;
}

Lesson with_scene(const std::string& texts) {
  return parse_lesson(R"({"format": 1, "id": "x", "title": {"en": "X", "ru": "X"}, "scenes": [{
      "input": {"values": [[1, 2, 3]]},
      "layers": [{"op": "conv2d", "weight": {"values": [[1]]}}], )" +
                          texts + "}]}",
                      "x.json", {});
}

TEST(TextProblems, NoBundledLessonHasAny) {
  for (const std::string& id : testing::names_in("lessons")) {
    EXPECT_EQ(codes_of(testing::bundled(id)), std::vector<std::string>()) << id;
  }
}

TEST(TextProblems, ATextThatOneLanguageLacksIsNamed) {
  const Lesson lesson = with_scene(R"("title": {"ru": "A"}, "narration": [
      {"at": "start", "text": {"en": "a", "ru": "b"}}, {"at": 0, "text": "English alone"}])");
  EXPECT_EQ(codes_of(lesson),
            (std::vector<std::string>{"text_missing scenes[0].title",
                                      "text_missing scenes[0].narration[1].text"}));
}

TEST(TextProblems, BlanksAreNoText) {
  EXPECT_EQ(codes_of(with_scene(R"("narration": [
      {"at": "start", "text": {"en": "a", "ru": " \n "}}])")),
            (std::vector<std::string>{"text_missing scenes[0].narration[0].text"}));
}

TEST(TextProblems, ALessonInOneLanguageLacksNothing) {
  const Lesson lesson = parse_lesson(R"({"format": 1, "id": "x", "title": "X", "scenes": [{
      "input": {"values": [[1]]}, "layers": [{"op": "relu"}],
      "narration": [{"at": 0, "text": "one"}]}]})",
                                     "x.json", {});
  EXPECT_EQ(codes_of(lesson), std::vector<std::string>());
}

TEST(TextProblems, ATextBehindWhichTheSceneStartsIsNeverShown) {
  const std::string narration = R"("narration": [
      {"at": "start", "text": {"en": "a", "ru": "a"}}, {"at": 1, "text": {"en": "b", "ru": "b"}}])";
  EXPECT_EQ(codes_of(with_scene("\"start\": 0, " + narration)), std::vector<std::string>());
  EXPECT_EQ(codes_of(with_scene("\"start\": 1, " + narration)),
            std::vector<std::string>{"text_never_shown scenes[0].narration[0]"});
}

}  // namespace
}  // namespace convscope::lesson
