#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core/lesson/json/lesson_json.h"
#include "core/picture/display/target_rect.h"
#include "core/picture/flat/layout.h"
#include "core/picture/sum/sum_lines.h"
#include "core/picture/svg/svg.h"
#include "tests/core/picture/scene_fixture.h"
#include "tests/support/golden_text.h"

namespace convscope::picture {
namespace {

TEST(FlatView, SpellsOutTheLecturesFirstSum) {
  Stage stage("cross-5x5");
  stage.apply(session::action::GoTo{0});
  const std::string words = read_aloud(compose_stage(stage));
  EXPECT_NE(words.find("1·1 + 1·0 + 1·1 + 0·0 + 1·1 + 1·0 + 0·1 + 0·0 + 1·1 = 4"),
            std::string::npos)
      << words;
  EXPECT_NE(words.find("4 of 5"), std::string::npos) << words;
}

// The number of map cells with a value, and the opacity of the faintest.
std::pair<std::int64_t, float> filled(const Picture& picture) {
  std::int64_t cells = 0;
  float faintest = 1;
  for (const Record& record : picture.records) {
    const auto* grid = std::get_if<TensorGrid>(&record);
    if (grid != nullptr && grid->role == session::TensorRole::kOutput) {
      cells = std::max(cells, grid->revealed);
      faintest = std::min(faintest, grid->opacity);
    }
  }
  return {cells, faintest};
}

TEST(FlatView, AfterAClickOnACellTheRestOfTheMapStaysDimmed) {
  Stage stage("cross-5x5");
  stage.apply(session::action::Last{});
  EXPECT_EQ(filled(compose_stage(stage)), (std::pair<std::int64_t, float>(9, 1.0F)));
  stage.apply(session::action::GoTo{3});
  const auto [cells, faintest] = filled(compose_stage(stage));
  EXPECT_EQ(cells, 9);
  EXPECT_LT(faintest, 0.6F);
  const std::string words = read_aloud(compose_stage(stage));
  EXPECT_NE(words.find("= 2"), std::string::npos) << "the sum is the cell's: " << words;
  stage.apply(session::action::Previous{});
  EXPECT_EQ(filled(compose_stage(stage)).second, 1.0F);
}

TEST(FlatView, SpellsOutTheRgbTotal) {
  Stage stage("rgb-same");
  stage.apply(session::action::GoTo{0});
  const std::string words = read_aloud(compose_stage(stage));
  EXPECT_NE(words.find("308 " + kMinus + " 498 + 164 + 1 = " + kMinus + "25"), std::string::npos)
      << words;
  EXPECT_NE(words.find("7×7"), std::string::npos) << "the padded size is said too: " << words;
}

TEST(FlatView, CaptionsCarryShapesAsCodeDoes) {
  Stage stage("conv2d-3-to-5");
  const std::string words = read_aloud(compose_stage(stage));
  EXPECT_NE(words.find("img (1, 3, 100, 100)"), std::string::npos) << words;
  EXPECT_NE(words.find("(5, 3, 3, 3)"), std::string::npos) << words;
  EXPECT_NE(words.find("(1, 5, 98, 98)"), std::string::npos) << words;
}

// The lecture's VALID drawing: 13 inputs, kernel 6, stride 5, and 12 and 13 are dropped.
TEST(FlatView, CellsThatAreNeverReadAreNamed) {
  const std::string json = R"({"format": 1, "id": "valid", "title": "VALID", "scenes": [{
      "input": {"values": [1,2,3,4,5,6,7,8,9,10,11,12,13]}, "view": "flat",
      "layers": [{"op": "conv1d", "stride": 5, "weight": {"values": [[[1,1,1,1,1,1]]]}}]}]})";
  Stage stage("cross-5x5");
  const lesson::LoadTensor none = [](const lesson::FileSource&) { return Tensor(); };
  stage.apply(session::action::Opened{lesson::parse_lesson(json, "valid.json", none)});
  const std::string english = read_aloud(compose_stage(stage));
  EXPECT_NE(english.find("columns 11, 12 are never read (stride 5)"), std::string::npos) << english;
  EXPECT_NE(english.find("(1, 1, 13)"), std::string::npos) << "a conv1d has no height: " << english;
  stage.apply(session::action::SetLanguage{lesson::Language::kRussian});
  const std::string russian = read_aloud(compose_stage(stage));
  EXPECT_NE(russian.find("столбцы 11, 12 не читаются никогда (шаг 5)"), std::string::npos)
      << russian;
}

// Nothing is said of the side on which all of it is read.
TEST(FlatView, PaddingThatIsNeverReadIsNamedByItsSide) {
  Stage stage("cross-5x5");
  const auto words_with_stride = [&](const char* stride) {
    const std::string json = R"({"format": 1, "id": "p", "title": "P", "scenes": [{
        "input": {"seed": 1, "shape": [1, 6, 6]}, "view": "flat",
        "layers": [{"op": "conv2d", "padding": 1, "stride": )" +
                             std::string(stride) +
                             R"(, "weight": {"seed": 2, "shape": [1, 1, 3, 3]}}]}]})";
    const lesson::LoadTensor none = [](const lesson::FileSource&) { return Tensor(); };
    stage.apply(session::action::Opened{lesson::parse_lesson(json, "p.json", none)});
    return read_aloud(compose_stage(stage));
  };
  const std::string both = words_with_stride("2");
  EXPECT_NE(both.find("never read: 1 row below, 1 column on the right"), std::string::npos) << both;
  const std::string rows = words_with_stride("[2, 1]");
  EXPECT_NE(rows.find("never read: 1 row below"), std::string::npos) << rows;
  EXPECT_EQ(rows.find("0 columns"), std::string::npos) << rows;
  const std::string columns = words_with_stride("[1, 2]");
  EXPECT_NE(columns.find("never read: 1 column on the right"), std::string::npos) << columns;
}

TEST(FlatView, TheMapGrowsCellByCell) {
  Stage stage("cross-5x5");
  const auto shown = [](const Stage& s) {
    for (const Record& record : compose_stage(s).records) {
      const auto* grid = std::get_if<TensorGrid>(&record);
      if (grid != nullptr && grid->role == session::TensorRole::kOutput) {
        return grid->revealed;
      }
    }
    return std::int64_t{-1};
  };
  EXPECT_EQ(shown(stage), 0);
  stage.apply(session::action::Next{});
  EXPECT_EQ(shown(stage), 1);
  stage.apply(session::action::Last{});
  EXPECT_EQ(shown(stage), 9);
}

// Every cell of every tensor has a target where it is drawn, so that it can be hovered, clicked and
// edited.
TEST(FlatView, CellsAnswerWhereTheyAre) {
  Stage stage("rgb-same");
  stage.apply(session::action::GoTo{7});
  const Picture picture = compose_stage(stage);
  int found = 0;
  for (const Record& record : picture.records) {
    const auto* grid = std::get_if<TensorGrid>(&record);
    if (grid == nullptr) {
      continue;
    }
    const Shape& shape = grid->tensor.shape();
    const float cell_w = grid->rect.w / static_cast<float>(shape.w);
    const float cell_h = grid->rect.h / static_cast<float>(shape.h);
    for (std::int64_t y = 0; y < shape.h; ++y) {
      for (std::int64_t x = 0; x < shape.w; ++x) {
        const Point upper_left = {grid->rect.x + (static_cast<float>(x) + 0.2F) * cell_w,
                                  grid->rect.y + (static_cast<float>(y) + 0.2F) * cell_h};
        const auto target = hit(picture, upper_left);
        ASSERT_TRUE(target.has_value());
        EXPECT_EQ(*target, (session::Target{grid->role, {grid->n, grid->c, y, x}}));
        ++found;
      }
    }
  }
  EXPECT_EQ(found, 3 * 25 + 3 * 9 + 25);
}

bool inside(const Rect& inner, const Rect& outer) {
  return inner.x >= outer.x - 0.5F && inner.y >= outer.y - 0.5F &&
         inner.right() <= outer.right() + 0.5F && inner.bottom() <= outer.bottom() + 0.5F;
}

TEST(FlatLayout, EverythingLiesOnTheStageAndNothingOverlaps) {
  for (const char* lesson : {"cross-5x5", "rgb-same", "one-filter-depth", "conv2d-3-to-5"}) {
    Stage stage(lesson);
    const derive::LayerResult& layer = stage.derived.layers[0];
    for (const Viewport viewport :
         {Viewport{980, 560, 1}, Viewport{1280, 720, 1}, Viewport{1920, 1080, 1},
          Viewport{3840, 2160, 2}, Viewport{1000, 1000, 1}}) {
      const float header = 80 * viewport.scale;
      const float bar = sum::sum_bar_height(layer, viewport, header, 1);
      const flat::Layout layout =
          flat::lay_out(layer, {.header = header, .bar = bar}, session::Camera{}, viewport);
      std::vector<Rect> rects;
      for (const auto* planes : {&layout.lens, &layout.weight, &layout.thumbnails}) {
        for (const kit::Plane& plane : *planes) {
          rects.push_back(plane.rect);
        }
      }
      for (std::size_t i = 0; i < (layout.pixels ? 1 : layout.input.size()); ++i) {
        rects.push_back(layout.input[i].rect);
      }
      rects.push_back(layout.output.rect);
      for (std::size_t i = 0; i < rects.size(); ++i) {
        EXPECT_TRUE(inside(rects[i], layout.main))
            << lesson << " " << viewport.width << "x" << viewport.height << " rect " << i << ": "
            << rects[i].x << "," << rects[i].y << " " << rects[i].w << "x" << rects[i].h;
        for (std::size_t j = i + 1; j < rects.size(); ++j) {
          const bool apart = rects[i].right() <= rects[j].x || rects[j].right() <= rects[i].x ||
                             rects[i].bottom() <= rects[j].y || rects[j].bottom() <= rects[i].y;
          EXPECT_TRUE(apart) << lesson << " " << viewport.width << ": " << i << " and " << j;
        }
      }
    }
  }
}

// A question's band leaves so little of a small window that a sum would fill it.
TEST(FlatView, OnALowStageTheSumIsHiddenAndThePictureShown) {
  Stage stage("rgb-same");
  stage.apply(session::action::GoTo{0});
  const auto has_sum = [](const Picture& picture) {
    return std::ranges::any_of(picture.records, [](const Record& record) {
      const auto* text = std::get_if<Text>(&record);
      return text != nullptr && text->target &&
             text->target->tensor == session::TensorRole::kProduct;
    });
  };
  const auto cell_of = [](const Picture& picture) {
    return target_rect(picture, {session::TensorRole::kOutput, {0, 0, 0, 0}}).value_or(Rect{}).h;
  };
  const Picture low = compose_stage(stage, {800, 234, 1});
  EXPECT_FALSE(has_sum(low));
  EXPECT_GE(cell_of(low), 12);
  const Picture high = compose_stage(stage, {800, 376, 1});
  EXPECT_TRUE(has_sum(high));
  EXPECT_GE(cell_of(high), 12);
}

// No canvas size, hover or frame breaks it: every record is finite.
TEST(FlatView, ComposesOnAnyCanvas) {
  std::mt19937 random(7);
  Stage stage("rgb-same");
  for (const Viewport viewport :
       {Viewport{0, 0, 1}, Viewport{1, 1, 1}, Viewport{64, 64, 1}, Viewport{100, 2000, 1},
        Viewport{4000, 70, 3}, Viewport{65, 65, 4}}) {
    for (int i = 0; i < 20; ++i) {
      stage.session.clock.frame = static_cast<session::Frame>(random() % 7000);
      stage.session.look.camera = {0.1 + static_cast<double>(random() % 100), 0.1, -0.2};
      const auto any = [&] { return static_cast<std::int64_t>(random() % 9) - 2; };
      stage.session.transient.hover = session::Target{
          static_cast<session::TensorRole>(random() % 5), {any(), any(), any(), any()}};
      const Picture picture = compose_stage(stage, viewport);
      for (const Record& record : picture.records) {
        if (const auto* text = std::get_if<Text>(&record)) {
          ASSERT_TRUE(std::isfinite(text->at.x) && std::isfinite(text->at.y));
          ASSERT_GT(text->size, 0);
        } else if (const auto* box = std::get_if<Box>(&record)) {
          ASSERT_TRUE(std::isfinite(box->rect.x) && std::isfinite(box->rect.w));
        }
      }
    }
  }
}

class FlatGolden : public ::testing::TestWithParam<GoldenCase> {};

TEST_P(FlatGolden, MatchesTheReviewedSvg) {
  const GoldenCase& golden = GetParam();
  Stage stage(golden.lesson, golden.theme, golden.language);
  stage.apply(session::action::SetCodeStrip{lesson::CodeStrip::kNone});  // only the view
  stage.apply(session::action::GoTo{golden.position});
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(stage), golden_metrics()),
                                  std::string("svg/") + golden.name + ".svg"));
}

INSTANTIATE_TEST_SUITE_P(
    Lessons, FlatGolden,
    ::testing::Values(GoldenCase{"flat_cross_start", "cross-5x5", -1, session::Theme::kDark,
                                 lesson::Language::kEnglish},
                      GoldenCase{"flat_cross_4", "cross-5x5", 4, session::Theme::kLight,
                                 lesson::Language::kRussian},
                      GoldenCase{"flat_rgb_0", "rgb-same", 0, session::Theme::kDark,
                                 lesson::Language::kEnglish},
                      GoldenCase{"flat_rgb_last", "rgb-same", 24, session::Theme::kProjector,
                                 lesson::Language::kRussian},
                      GoldenCase{"flat_depth_7", "one-filter-depth", 7, session::Theme::kLight,
                                 lesson::Language::kEnglish}),
    [](const auto& info) { return std::string(info.param.name); });

// The area of a caption, from its ascenders to its descenders.
Rect ground_of(const Text& text) {
  const float width = golden_metrics().width(text.text, text.font, text.size);
  const float left = text.align == Align::kCenter  ? text.at.x - width / 2
                     : text.align == Align::kRight ? text.at.x - width
                                                   : text.at.x;
  return {left, text.at.y - text.size * 0.75F, width, text.size};
}

TEST(FlatView, CaptionsNeitherMeetNorLeaveANarrowStage) {
  for (const auto& [lesson, scene] :
       {std::pair{"cross-5x5", 0}, std::pair{"dilation", 1}, std::pair{"dilation", 2},
        std::pair{"im2col", 0}, std::pair{"find-the-mistake", 0}, std::pair{"stride", 1}}) {
    for (const Viewport& viewport : {Viewport{380, 590, 1}, Viewport{846, 627, 1}}) {
      Stage stage(lesson, session::Theme::kProjector);
      stage.apply(session::action::SetScene{scene});
      stage.apply(session::action::SetView{lesson::View::kFlat});
      stage.apply(session::action::SetSecondView{});
      stage.apply(session::action::Last{});
      const Picture picture = compose_stage(stage, viewport);
      std::vector<Text> captions;
      for (const Record& record : picture.records) {
        const auto* text = std::get_if<Text>(&record);
        if (text != nullptr && (text->text.starts_with("img") || text->text == "weight" ||
                                text->text.starts_with("weight (") || text->text == "out" ||
                                text->text.starts_with("out ("))) {
          captions.push_back(*text);
        }
      }
      ASSERT_EQ(captions.size(), 3U) << lesson << ", scene " << scene + 1;
      for (std::size_t i = 0; i < captions.size(); ++i) {
        const Rect a = ground_of(captions[i]);
        EXPECT_GE(a.x, 0) << captions[i].text << " in " << lesson;
        EXPECT_LE(a.right(), picture.width) << captions[i].text << " in " << lesson;
        for (std::size_t k = 0; k < i; ++k) {
          const Rect b = ground_of(captions[k]);
          EXPECT_TRUE(a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y ||
                      b.bottom() <= a.y)
              << captions[i].text << " meets " << captions[k].text << " in " << lesson << ", scene "
              << scene + 1 << ", " << viewport.width << " wide";
        }
      }
    }
  }
}

}  // namespace
}  // namespace convscope::picture
