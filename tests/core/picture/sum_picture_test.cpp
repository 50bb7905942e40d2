// The sum alone as a picture.
#include "core/picture/sum/sum_picture.h"

#include <gtest/gtest.h>

#include "core/picture/display/theme.h"
#include "tests/core/picture/scene_fixture.h"

namespace convscope::picture {
namespace {

Shown shown_at(const Stage& stage, float width) {
  Shown shown = shown_of(stage.session, std::make_shared<const derive::Derived>(stage.derived),
                         {width, 100, 1});
  shown.viewport.height = sum::sum_picture_height(shown, 1);
  return shown;
}

Picture sum_of(const Shown& shown) {
  return sum::compose_sum(
      shown, lesson::Locale(lesson::Language::kEnglish, files::asset_text("locale/en.json")),
      golden_metrics());
}

TEST(SumPicture, SaysTheSumOfTheStageAndNothingElse) {
  Stage stage("rgb-same");
  stage.apply(session::action::GoTo{0});
  const Picture picture = sum_of(shown_at(stage, 1280));
  for (const char* part : {"308", "498", "164", "25"}) {
    EXPECT_TRUE(says(picture, part)) << part << ": " << read_aloud(picture);
  }
  EXPECT_FALSE(says(picture, "weight ("));
  EXPECT_EQ(picture.width, 1280);
  EXPECT_LT(picture.height, 300);
  EXPECT_EQ(picture.background, palette_of(session::Theme::kDark).background);
}

TEST(SumPicture, KeepsItsWordsWithinItsEdges) {
  Stage stage("rgb-same");
  stage.apply(session::action::GoTo{0});
  const Picture picture = sum_of(shown_at(stage, 700));
  for (const Record& record : picture.records) {
    if (const auto* text = std::get_if<Text>(&record)) {
      EXPECT_GE(text->at.x, 0) << text->text;
      EXPECT_LE(text->at.x + golden_metrics().width(text->text, text->font, text->size), 700)
          << text->text;
      EXPECT_LE(text->at.y, picture.height);
    }
  }
}

TEST(SumPicture, IsEmptyWhereAViewHasNoSum) {
  Stage stage("cross-5x5");
  EXPECT_TRUE(sum::has_sum(shown_at(stage, 800)));
  stage.apply(session::action::SetView{lesson::View::kDescent});
  EXPECT_FALSE(sum::has_sum(shown_at(stage, 800)));
  EXPECT_TRUE(sum_of(shown_at(stage, 800)).records.empty());
}

}  // namespace
}  // namespace convscope::picture
