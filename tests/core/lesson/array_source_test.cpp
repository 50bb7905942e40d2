// Tensors of a lesson that lie in .npz and safetensors files: read, written, and refused.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/lesson/json/lesson_json.h"
#include "core/tensor/problem.h"

namespace convscope::lesson {
namespace {

std::string with_input(const std::string& input) {
  return R"({"format": 1, "id": "x", "title": "X", "scenes": [{"input": )" + input +
         R"(, "layers": [{"op": "relu"}]}]})";
}

// What the parser asks for.
std::vector<FileSource> asked_for(const std::string& json) {
  std::vector<FileSource> asked;
  parse_lesson(json, "x.json", [&](const FileSource& source) {
    asked.push_back(source);
    return Tensor({1, 1, 1, 2}, std::vector<float>{1, 2});
  });
  return asked;
}

Problem problem_of(const std::string& json, const LoadTensor& load) {
  try {
    parse_lesson(json, "x.json", load);
  } catch (const Failure& failure) {
    return failure.problem();
  }
  return {};
}

TEST(ArraySource, NameAndSliceAreHandedOn) {
  const auto asked = asked_for(
      with_input(R"({"safetensors": "m.safetensors", "name": "conv.weight", "slice": "0:8, :"})"));
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0],
            (FileSource{FileSource::Kind::kSafetensors, "m.safetensors", "conv.weight", "0:8, :"}));
}

// The reference stays, not the numbers; the variable's name has a key of its own.
TEST(ArraySource, WritingKeepsTheReference) {
  const std::string json = with_input(R"({"npz": "w.npz", "name": "a", "slice": "0", "as": "x"})");
  const Lesson lesson = parse_lesson(json, "x.json", [](const FileSource&) {
    return Tensor({1, 1, 1, 2}, std::vector<float>{1, 2});
  });
  EXPECT_EQ(lesson.scenes.front()->input_name, "x");
  const std::string written = lesson_json(lesson);
  for (const char* part :
       {R"("npz": "w.npz")", R"("name": "a")", R"("slice": "0")", R"("as": "x")"}) {
    EXPECT_NE(written.find(part), std::string::npos) << written;
  }
  EXPECT_EQ(written.find("values"), std::string::npos);
  EXPECT_EQ(asked_for(written), asked_for(json));
}

TEST(ArraySource, AWrongSliceIsNamedWhereItStands) {
  const Problem problem =
      problem_of(with_input(R"({"npy": "x.npy", "slice": "9"})"), [](const FileSource&) -> Tensor {
        throw Failure({"slice_outside", "", {{"column", std::int64_t{1}}}});
      });
  EXPECT_EQ(problem.code, "slice_outside");
  EXPECT_EQ(problem.field, "scenes[0].input.slice");
}

}  // namespace
}  // namespace convscope::lesson
