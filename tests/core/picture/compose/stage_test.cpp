#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/picture/scene_fixture.h"

namespace convscope::picture {
namespace {

std::int64_t times_said(const Picture& picture, const std::string& text) {
  const std::vector<std::string> words = words_of(picture);
  return std::count(words.begin(), words.end(), text);
}

TEST(Compose, TwoViewsNameTheLessonOnce) {
  Stage stage("cross-5x5");
  const std::string title = stage.session.document.lesson->title.in(lesson::Language::kEnglish);
  stage.apply(session::action::SetSecondView{lesson::View::kMatrix});
  const Picture picture = compose_stage(stage, {1920, 1080, 1});
  EXPECT_EQ(times_said(picture, title), 1);
  EXPECT_EQ(times_said(picture, "img (1, 1, 5, 5)"), 1);
}

// The code strip takes its space from the views, which are above it.
TEST(Compose, TheCodeStandsBelowTheView) {
  Stage stage("cross-5x5");
  stage.apply(session::action::SetCodeStrip{lesson::CodeStrip::kLoop});
  const Picture picture = compose_stage(stage);
  float code = picture.height;
  float numbers = 0;
  for (const Record& record : picture.records) {
    const auto* text = std::get_if<Text>(&record);
    if (text != nullptr && text->text == "for") {
      code = std::min(code, text->at.y);
    } else if (text != nullptr && text->text.starts_with("out (")) {
      numbers = text->at.y;
    }
  }
  EXPECT_GT(numbers, 0);
  EXPECT_LT(numbers, code);
  EXPECT_LE(picture.camera_area.bottom(), code);
}

// A strip that would leave less than half of the stage to the picture is omitted.
TEST(Compose, ThePictureComesFirst) {
  Stage stage("cross-5x5");
  stage.apply(session::action::SetCodeStrip{lesson::CodeStrip::kLinear});
  EXPECT_GT(times_said(compose_stage(stage), "for"), 0);
  EXPECT_EQ(times_said(compose_stage(stage, {1280, 240, 1}), "for"), 0);
}

}  // namespace
}  // namespace convscope::picture
