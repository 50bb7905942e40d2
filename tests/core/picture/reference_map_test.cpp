#include <gtest/gtest.h>

#include "core/lesson/json/lesson_json.h"
#include "core/picture/beside/reference_map.h"
#include "core/picture/display/target_rect.h"
#include "core/picture/svg/svg.h"
#include "scene_fixture.h"
#include "tests/support/golden_text.h"

namespace convscope::picture {
namespace {

// A figure that was published with an error: conv_arithmetic, issue 17. Correct is [[1, 5, 6], [7,
// 8, 3], [3, 10, 4]].
Stage published_wrong(const std::string& view = "flat") {
  const std::string json = R"({"format": 1, "id": "claim", "title": "Claim", "scenes": [{
      "input": {"name": "x", "values": [[2,2,3,3,3],[0,1,3,0,3],[2,3,0,1,3],[3,3,2,1,2],[3,3,0,2,3]]},
      "layers": [{"op": "conv2d", "stride": 2, "padding": 1,
                  "weight": {"values": [[2,0,1],[1,0,0],[0,1,1]]}}],
      "view": ")" + view + R"(",
      "claim": {"label": {"en": "As once printed", "ru": "Как было напечатано"},
                "values": [[1,6,5],[7,10,9],[7,10,8]]}}]})";
  Stage stage("cross-5x5");
  const lesson::LoadTensor none = [](const lesson::FileSource&) { return Tensor(); };
  stage.apply(session::action::Opened{lesson::parse_lesson(json, "claim.json", none)});
  return stage;
}

std::string said(const Stage& stage) { return read_aloud(compose_stage(stage)); }

TEST(ReferenceMap, CountsWhatHasBeenCompared) {
  Stage stage = published_wrong();
  EXPECT_NE(said(stage).find("As once printed"), std::string::npos);
  EXPECT_EQ(said(stage).find("differ"), std::string::npos) << "nothing is compared yet";
  stage.apply(session::action::GoTo{0});
  EXPECT_NE(said(stage).find("no difference in 1 cell"), std::string::npos) << said(stage);
  stage.apply(session::action::GoTo{1});
  EXPECT_NE(said(stage).find("1 of 2 differs"), std::string::npos) << said(stage);
  stage.apply(session::action::Last{});
  EXPECT_NE(said(stage).find("6 of 9 differ"), std::string::npos) << said(stage);
  stage.apply(session::action::SetLanguage{lesson::Language::kRussian});
  EXPECT_NE(said(stage).find("отличаются 6 из 9"), std::string::npos) << said(stage);
  stage.apply(session::action::GoTo{1});
  EXPECT_NE(said(stage).find("отличается 1 из 2"), std::string::npos) << said(stage);
}

TEST(ReferenceMap, RoundedNumbersAgree) {
  const Tensor published({1, 1, 1, 3}, {0.1F, 100000, 3});
  const Tensor output({1, 1, 1, 3}, {0.10000001F, 100000.5F, 3.01F});
  EXPECT_EQ(beside::count_agreement(published, output, 0, 0, 3), (beside::ReferenceCount{3, 1}));
  EXPECT_EQ(beside::count_agreement(published, output, 0, 0, 2), (beside::ReferenceCount{2, 0}));
  EXPECT_EQ(beside::count_agreement(published, Tensor(), 0, 0, 3), beside::ReferenceCount{})
      << "not computed yet";
}

TEST(ReferenceMap, IsNextToViewsThatCountCells) {
  for (const char* view : {"flat", "matrix", "neuron"}) {
    EXPECT_NE(said(published_wrong(view)).find("As once printed"), std::string::npos) << view;
  }
  EXPECT_EQ(said(published_wrong("descent")).find("As once printed"), std::string::npos);
}

// The value of a cell is taken from our map, not from the reference map.
TEST(ReferenceMap, ACellIsFoundInTheView) {
  Stage stage = published_wrong();
  stage.apply(session::action::Last{});
  const Picture picture = compose_stage(stage);
  const std::optional<Rect> cell =
      target_rect(picture, {session::TensorRole::kOutput, {0, 0, 1, 1}});
  ASSERT_TRUE(cell);
  Picture scratch;
  const lesson::Locale locale(lesson::Language::kEnglish, files::asset_text("locale/en.json"));
  const kit::Canvas canvas{scratch, palette_of(session::Theme::kDark), golden_metrics(), locale};
  const float reference_map =
      beside::reference_map_width(canvas, stage.session, stage.derived.layers[0], {1280, 720, 1});
  EXPECT_GT(reference_map, 0);
  EXPECT_LT(cell->right(), 1280 - reference_map);
}

// Only the column: the views next to it have their own goldens.
TEST(ReferenceMap, Golden) {
  Stage stage = published_wrong();
  stage.apply(session::action::GoTo{4});
  Picture picture{.width = 240, .height = 480, .background = {}, .records = {}, .camera_area = {}};
  const lesson::Locale locale(lesson::Language::kEnglish, files::asset_text("locale/en.json"));
  kit::Canvas canvas{picture, palette_of(session::Theme::kLight), golden_metrics(), locale};
  const derive::LayerResult& layer = stage.derived.layers.front();
  beside::draw_reference_map(canvas, stage.session, layer, *step::moment_of(stage.session, layer),
                             {0, 0, 240, 480});
  EXPECT_TRUE(matches_golden_text(svg::svg_of(picture, golden_metrics()), "svg/claim.svg"));
}

}  // namespace
}  // namespace convscope::picture
