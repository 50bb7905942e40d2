// What a lesson file may hold in all: refused before the memory is taken.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "core/lesson/json/lesson_json.h"
#include "core/tensor/problem.h"

namespace convscope::lesson {
namespace {

// A tensor as large as one may be, whose numbers nobody reads.
Tensor huge() {
  static const auto kNumbers = std::make_shared<float[]>(16);
  return Tensor({1, 1, 1 << 14, 1 << 14}, std::shared_ptr<const float[]>(kNumbers));
}

std::string lesson_of(int scenes, const std::string& input, int layers) {
  std::string relus;
  for (int i = 0; i < layers; ++i) {
    relus += std::string(i > 0 ? ", " : "") + R"({"op": "relu"})";
  }
  std::string all;
  for (int i = 0; i < scenes; ++i) {
    std::string own = input;
    if (const std::size_t at = own.find('#'); at != std::string::npos) {
      own.replace(at, 1, std::to_string(i));
    }
    all += (i > 0 ? ", " : "") + (R"({"input": )" + own) + R"(, "layers": [)" + relus + "]}";
  }
  return R"({"format": 1, "id": "x", "title": "X", "scenes": [)" + all + "]}";
}

Problem problem_of(const std::string& json) {
  try {
    parse_lesson(json, "x.json", [](const FileSource&) { return huge(); });
  } catch (const Failure& failure) {
    return failure.problem();
  }
  return {};
}

TEST(DocumentSize, DifferentTensorsOfManyScenesAreLimitedTogether) {
  const Problem problem = problem_of(lesson_of(3, R"({"npy": "#.npy"})", 1));
  EXPECT_EQ(problem.code, "document_too_large");
  EXPECT_EQ(problem.field, "scenes[2].input");
}

TEST(DocumentSize, ATensorThatManyScenesNameIsReadOnce) {
  int reads = 0;
  const Lesson lesson =
      parse_lesson(lesson_of(12, R"({"npy": "same.npy"})", 1), "x.json", [&](const FileSource&) {
        ++reads;
        return huge();
      });
  EXPECT_EQ(reads, 1);
  EXPECT_TRUE(
      lesson.scenes.front()->input.base.shares_storage_with(lesson.scenes.back()->input.base));
}

TEST(DocumentSize, NoiseOfOneSeedIsDrawnOnce) {
  const Lesson lesson =
      parse_lesson(lesson_of(2, R"({"seed": 5, "shape": [3, 4]})", 1), "x.json", {});
  EXPECT_TRUE(
      lesson.scenes.front()->input.base.shares_storage_with(lesson.scenes.back()->input.base));
  const Lesson other =
      parse_lesson(lesson_of(2, R"({"seed": #, "shape": [3, 4]})", 1), "x.json", {});
  EXPECT_NE(other.scenes.front()->input, other.scenes.back()->input);
}

TEST(DocumentSize, TheMapsOfOneSceneAreLimitedTogether) {
  EXPECT_EQ(problem_of(lesson_of(1, R"({"npy": "x.npy"})", 1)).code, "");
  const Problem problem = problem_of(lesson_of(1, R"({"npy": "x.npy"})", 2));
  EXPECT_EQ(problem.code, "scene_too_large");
  EXPECT_EQ(problem.field, "scenes[0].layers[1]");
}

}  // namespace
}  // namespace convscope::lesson
