// `describe` and `check` as scripts call them.
#include <gtest/gtest.h>

#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

class Describe : public Workbench {};

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

TEST_F(Describe, PrintsTheStageInTheLanguageAskedFor) {
  const Outcome english = convscope("describe cross-5x5 --step 4 --lang en");
  EXPECT_EQ(english.status, 0) << english.err;
  EXPECT_TRUE(has(english.out, "out, row by row: 4, 3, 4; 2, 4.")) << english.out;
  const Outcome russian = convscope("describe cross-5x5 --step 4 --lang ru");
  EXPECT_TRUE(has(russian.out, "out по строкам: 4, 3, 4; 2, 4.")) << russian.out;
}

TEST_F(Describe, TakesSceneLayerAndView) {
  const Outcome scene = convscope("describe stride --scene 3 --step last --lang en");
  EXPECT_TRUE(has(scene.out, "scene 3 of 4: A stride for each axis")) << scene.out;
  const Outcome view = convscope("describe cross-5x5 --view coverage --step last --lang en");
  EXPECT_TRUE(has(view.out, "Windows that read each cell of the input, row by row: 1, 2, 3, 2, 1"))
      << view.out;
  const Outcome layer = convscope("describe pooling --scene 5 --layer 2 --step last --lang en");
  EXPECT_TRUE(has(layer.out, "Layer 2 of 3: relu = nn.ReLU()")) << layer.out;
  EXPECT_EQ(convscope("describe cross-5x5 --step 99").status, 1);
  EXPECT_EQ(convscope("describe").status, 2);
}

// A photo is opened where its text speaks of: an edge, not the flat corner.
TEST_F(Describe, WithoutAStepItIsTheMomentAtWhichTheSceneOpens) {
  const Outcome photo = convscope("describe photo-edges --scene 2 --lang en");
  EXPECT_TRUE(has(photo.out, "cell [185, 288] of the map")) << photo.out;
}

TEST_F(Describe, CheckNamesATextThatALanguageLacksAndALayerThatIsNotThere) {
  const std::string lesson =
      R"({"format": 1, "id": "x", "title": {"en": "X", "ru": "X"}, "scenes": [{
      "input": {"values": [[1, 2], [3, 4]]},
      "layers": [{"op": "conv2d", "weight": {"values": [[1]]}}],
      "narration": [{"at": "start", "text": "English alone"}LAYER]}]})";
  const auto with = [&](const std::string& more) {
    std::string text = lesson;
    return text.replace(text.find("LAYER"), 5, more);
  };
  write("missing.json", with(""));
  const Outcome missing = convscope("check missing.json --lang en");
  EXPECT_EQ(missing.status, 1);
  EXPECT_TRUE(has(missing.out, "scenes[0].narration[0].text")) << missing.out;
  EXPECT_TRUE(has(missing.out, "ru")) << missing.out;
  write("layer.json", with(",\n{\"at\": 0, \"layer\": 2, \"text\": \"x\"}"));
  const Outcome layer = convscope("check layer.json --lang en");
  EXPECT_EQ(layer.status, 1);
  EXPECT_TRUE(has(layer.err, "line 5")) << layer.err;
  EXPECT_TRUE(has(layer.err, "narration[1].layer")) << layer.err;
  write("outside.json", with(", {\"at\": 4, \"text\": \"x\"}"));
  EXPECT_EQ(convscope("check outside.json").status, 1);
}

}  // namespace
}  // namespace convscope::cli
