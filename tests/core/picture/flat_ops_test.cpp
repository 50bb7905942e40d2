// The flat view of layers other than plain convolution, with published numbers: the course's
// pooling example and the transposed examples of "A guide to convolution arithmetic".
#include <gtest/gtest.h>

#include <string>

#include "core/lesson/json/lesson_json.h"
#include "core/picture/flat/subject.h"
#include "core/picture/step/highlight.h"
#include "core/picture/step/moment.h"
#include "core/picture/svg/svg.h"
#include "scene_fixture.h"
#include "tests/support/golden_text.h"

namespace convscope::picture {
namespace {

const std::string kPool = "[[1,1,2,4],[5,6,7,8],[3,2,1,0],[1,2,3,4]]";
const std::string kFour = "[[0,1],[2,3]]";
const std::string kSigned = "[[1,-2,3],[-4,5,-6]]";
const std::string kCross = "[[1,1,1,0,0],[0,1,1,1,0],[0,0,1,1,1],[0,0,1,1,0],[0,1,1,0,0]]";

Stage stage_of(const std::string& input, const std::string& layer) {
  const std::string json =
      R"({"format": 1, "id": "op", "title": "An op", "scenes": [{"view": "flat",
      "input": {"values": )" +
      input + R"(}, "layers": [{)" + layer + "}]}]}";
  Stage stage("cross-5x5");
  const lesson::LoadTensor none = [](const lesson::FileSource&) { return Tensor(); };
  stage.apply(session::action::Opened{lesson::parse_lesson(json, "op.json", none)});
  return stage;
}

Stage transposed(const std::string& settings) {
  return stage_of(kFour,
                  R"("op": "conv_transpose2d", "weight": {"values": )" + kFour + "}" + settings);
}

std::string told(Stage& stage, std::int64_t position) {
  stage.apply(session::action::GoTo{position});
  return read_aloud(compose_stage(stage));
}

void expect_says(const std::string& words, const std::string& part) {
  EXPECT_NE(words.find(part), std::string::npos) << part << " in: " << words;
}

TEST(FlatOps, AMaximumIsSpelledOut) {
  Stage stage = stage_of(kPool, R"("op": "max_pool2d", "kernel_size": 2)");
  expect_says(told(stage, 0), "max(1, 1, 5, 6) = 6");
  expect_says(told(stage, 1), "max(2, 4, 7, 8) = 8");
  expect_says(told(stage, 2), "max(3, 2, 1, 2) = 3");
  expect_says(told(stage, 3), "max(1, 0, 3, 4) = 4");
}

TEST(FlatOps, AMaximumClimbsTermByTerm) {
  Stage stage = stage_of(kPool, R"("op": "max_pool2d", "kernel_size": 2)");
  stage.apply(session::action::SetGranularity{session::Granularity::kTerm});
  const session::Timeline timeline = session::timeline_of(stage.session);
  std::vector<std::string> climbed;
  for (std::int64_t part = 1; part <= 4; ++part) {
    stage.session.clock.frame = part * timeline.ticks_per_part;
    const std::string words = read_aloud(compose_stage(stage));
    climbed.push_back(words.substr(words.find("max(")));
  }
  EXPECT_EQ(climbed, (std::vector<std::string>{"max(1 = 1", "max(1, 1 = 1", "max(1, 1, 5 = 5",
                                               "max(1, 1, 5, 6) = 6"}));
}

TEST(FlatOps, PaddingNeverWinsAMaximum) {
  Stage stage = stage_of("[[-5,-7],[-6,-8]]",
                         R"("op": "max_pool2d", "kernel_size": 2, "stride": 2, "padding": 1)");
  expect_says(told(stage, 0), "max(\u2212\u221E, \u2212\u221E, \u2212\u221E, \u22125) = \u22125");
}

TEST(FlatOps, TheFirstOfEqualMaximaIsRinged) {
  Stage stage = stage_of("[[7,7],[7,7]]", R"("op": "max_pool2d", "kernel_size": 2)");
  stage.apply(session::action::GoTo{0});
  EXPECT_EQ(step::moment_of(stage.session, stage.derived.layers[0])->step.winner, 0);
}

TEST(FlatOps, AnAverageSaysWhatItDividesBy) {
  Stage plain = stage_of(kPool, R"("op": "avg_pool2d", "kernel_size": 2)");
  expect_says(told(plain, 0), "(1 + 1 + 5 + 6) / 4 = 3.25");
  expect_says(told(plain, 1), "(2 + 4 + 7 + 8) / 4 = 5.25");
  EXPECT_EQ(told(plain, 0).find("cells lie"), std::string::npos) << "nothing to explain";
  const std::string padded = R"("op": "avg_pool2d", "kernel_size": 2, "padding": 1)";
  Stage counted = stage_of(kPool, padded);
  expect_says(told(counted, 0), "(0 + 0 + 0 + 1) / 4 = 0.25");
  Stage inside = stage_of(kPool, padded + R"(, "count_include_pad": false)");
  expect_says(told(inside, 0), "(1) / 1 = 1");
  expect_says(told(inside, 0), "1 of the window's 4 cells lie in the input");
  Stage given = stage_of(kPool, R"("op": "avg_pool2d", "kernel_size": 2, "divisor_override": 5)");
  expect_says(told(given, 0), "(1 + 1 + 5 + 6) / 5 = 2.6");
  expect_says(told(given, 0), "divisor_override = 5");
}

TEST(FlatOps, AReluDropsWhatIsNegative) {
  Stage stage = stage_of("[[1,-3]]", R"("op": "relu")");
  expect_says(told(stage, 0), "max(0, 1) = 1");
  expect_says(told(stage, 1), "max(0, \u22123) = 0");
}

TEST(FlatOps, AnUnfoldCopiesOneCellIntoItsRow) {
  Stage stage = stage_of(kCross, R"("op": "unfold", "kernel_size": 3)");
  // Row 5 of the matrix is tap (1, 2); its fifth column is the window at (1, 1).
  const std::string words = told(stage, 5 * 9 + 4);
  expect_says(words, "img[0,0,2,3] = 1");
  expect_says(words, "row 5 of (1, 9, 9)");
  expect_says(words, "window 5 of 9");
}

// The map of a transposed convolution, read from its cells.
std::string map_of(const Stage& stage) {
  std::string text;
  for (const float value : stage.derived.layers[0].output.values()) {
    text += std::to_string(static_cast<int>(value)) + " ";
  }
  return text;
}

TEST(FlatOps, TransposedExamplesAreStretchedAndTurned) {
  Stage one = transposed("");
  EXPECT_EQ(map_of(one), "0 0 1 0 4 6 4 12 9 ");
  expect_says(told(one, 4), "0·3 + 1·2 + 2·1 + 3·0 = 4");
  expect_says(told(one, 4), "turned 180°");
  expect_says(told(one, 4), "→ 4×4 padded");
  Stage two = transposed(R"(, "stride": 2)");
  EXPECT_EQ(map_of(two), "0 0 0 1 0 0 2 3 0 2 0 3 4 6 6 9 ");
  expect_says(told(two, 15), "3·3 + 0·2 + 0·1 + 0·0 = 9");
  expect_says(told(two, 15), "stretched by stride 2 → 3×3 → 5×5 padded");
  Stage cut = transposed(R"(, "padding": 1)");
  EXPECT_EQ(map_of(cut), "4 ");
  expect_says(told(cut, 0), "0·3 + 1·2 + 2·1 + 3·0 = 4");
}

// Padding wider than the kernel's reach crops the stretched input, and a caption says so.
TEST(FlatOps, ACutStretchedInputIsHatchedAndNamed) {
  Stage stage = transposed(R"(, "stride": 3, "padding": 2)");
  const std::string words = told(stage, 0);
  expect_says(words, "→ cut to 2×2");
  expect_says(words, "rows 0, 3 of the stretched input are never read");
}

// Cells of the drawn tensors map to the layer's own cells, and back.
TEST(FlatOps, TransposedCellsAreHoveredBothWays) {
  Stage stage = transposed(R"(, "stride": 2)");
  stage.apply(session::action::GoTo{15});
  const auto grid_of = [](const Picture& picture, session::TensorRole role) {
    for (const Record& record : picture.records) {
      const auto* grid = std::get_if<TensorGrid>(&record);
      if (grid != nullptr && grid->role == role) {
        return *grid;
      }
    }
    return TensorGrid{};
  };
  const auto cell_of = [](const TensorGrid& grid, float y, float x) {
    const Shape& shape = grid.tensor.shape();
    return Point{grid.rect.x + (x + 0.3F) * grid.rect.w / static_cast<float>(shape.w),
                 grid.rect.y + (y + 0.3F) * grid.rect.h / static_cast<float>(shape.h)};
  };
  const Picture picture = compose_stage(stage);
  const TensorGrid zero_inserted = grid_of(picture, session::TensorRole::kZeroInserted);
  ASSERT_EQ(zero_inserted.tensor.shape(), (Shape{1, 1, 3, 3}));
  stage.apply(session::action::Hover{hit(picture, cell_of(zero_inserted, 0, 2))});
  ASSERT_TRUE(stage.session.transient.hover.has_value());
  EXPECT_EQ(*stage.session.transient.hover,
            (session::Target{session::TensorRole::kInput, {0, 0, 0, 1}}));
  stage.apply(session::action::Hover{hit(picture, cell_of(zero_inserted, 0, 1))});
  EXPECT_FALSE(stage.session.transient.hover.has_value()) << "a zero between cells is no cell";

  const TensorGrid kernel = grid_of(picture, session::TensorRole::kFlipped);
  stage.apply(session::action::Hover{hit(picture, cell_of(kernel, 0, 0))});
  ASSERT_TRUE(stage.session.transient.hover.has_value());
  EXPECT_EQ(*stage.session.transient.hover,
            (session::Target{session::TensorRole::kWeight, {0, 0, 1, 1}}));

  // 1, at (0, 1) of the input, stamps the kernel into the upper right corner of the map.
  const derive::LayerResult& layer = stage.derived.layers[0];
  const step::Moment moment = *step::moment_of(stage.session, layer);
  const step::Highlight lit =
      step::highlight_of({session::TensorRole::kInput, {0, 0, 0, 1}}, layer, moment.step);
  ASSERT_EQ(lit.uses.size(), 4U);
  for (const step::Use& use : lit.uses) {
    EXPECT_EQ(use.output_at.y, use.weight_at.y);
    EXPECT_EQ(use.output_at.x, 2 + use.weight_at.x);
  }
  EXPECT_EQ(
      step::highlight_of({session::TensorRole::kZeroInserted, {0, 0, 0, 2}}, layer, moment.step)
          .uses.size(),
      4U);
  const step::Highlight weight =
      step::highlight_of({session::TensorRole::kWeight, {0, 0, 1, 1}}, layer, moment.step);
  EXPECT_EQ(weight.terms, std::vector<std::int64_t>{0}) << "turned, it lies at the upper left";
}

TEST(FlatOps, FlipShowsTrueConvolutionBesideCorrelation) {
  // A single 1 gives the kernel back: unchanged in true convolution, turned in correlation.
  Stage stage = stage_of("[[0,0,0,0,0],[0,0,0,0,0],[0,0,1,0,0],[0,0,0,0,0],[0,0,0,0,0]]",
                         R"("op": "conv2d", "flip": true,
                            "weight": {"values": [[1,2,3],[4,5,6],[7,8,9]]})");
  const std::string words = told(stage, 8);
  expect_says(words, "true convolution");
  expect_says(words, "correlation");
  std::vector<Tensor> maps;
  for (const Record& record : compose_stage(stage).records) {
    const auto* grid = std::get_if<TensorGrid>(&record);
    if (grid != nullptr && grid->role == session::TensorRole::kOutput) {
      maps.push_back(grid->tensor);
    }
  }
  ASSERT_EQ(maps.size(), 2U);
  for (std::int64_t i = 0; i < 9; ++i) {
    EXPECT_EQ(maps[1].values()[static_cast<std::size_t>(i)], static_cast<float>(i + 1));
    EXPECT_EQ(maps[0].values()[static_cast<std::size_t>(i)], static_cast<float>(9 - i));
  }
}

TEST(FlatSubject, DrawsWhatAPoolOverhangsAndNoNegativePadding) {
  const Stage ceil =
      stage_of(kPool, R"("op": "max_pool2d", "kernel_size": 3, "stride": 2, "ceil_mode": true)");
  EXPECT_EQ(flat::subject_of(ceil.derived.layers[0]).pads, (conv::Pads{0, 1, 0, 1}));
  const Stage cut = transposed(R"(, "stride": 3, "padding": 2)");
  EXPECT_EQ(flat::subject_of(cut.derived.layers[0]).pads, conv::Pads{});
  EXPECT_EQ(flat::equivalent_pads(cut.derived.layers[0]), (conv::Pads{-1, -1, -1, -1}));
}

// It is created anew in every frame.
TEST(FlatSubject, SharesTensorsAndCarriesNoSamples) {
  const Stage photo("photo-edges");
  const derive::LayerResult& own = photo.derived.layers.front();
  ASSERT_FALSE(own.map.surveys->front().samples.empty());
  const derive::LayerResult subject = flat::subject_of(own);
  EXPECT_TRUE(subject.output.shares_storage_with(own.output));
  EXPECT_TRUE(subject.map.surveys->empty());
}

struct OpCase {
  const char* name;
  const std::string& input;
  const char* layer;
  std::int64_t position;
  session::Theme theme;
  lesson::Language language;
};

void PrintTo(const OpCase& golden, std::ostream* out) { *out << golden.name; }

class FlatOpGolden : public ::testing::TestWithParam<OpCase> {};

TEST_P(FlatOpGolden, MatchesTheReviewedSvg) {
  const OpCase& golden = GetParam();
  Stage stage = stage_of(golden.input, golden.layer);
  stage.session.look.theme = golden.theme;
  stage.session.look.language = golden.language;
  stage.apply(session::action::GoTo{golden.position});
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(stage), golden_metrics()),
                                  std::string("svg/") + golden.name + ".svg"));
}

INSTANTIATE_TEST_SUITE_P(
    Ops, FlatOpGolden,
    ::testing::Values(OpCase{"flat_max_pool", kPool,
                             R"("op": "max_pool2d", "kernel_size": 3, "stride": 2,
               "padding": 1, "ceil_mode": true)",
                             0, session::Theme::kDark, lesson::Language::kEnglish},
                      OpCase{"flat_avg_pool", kPool,
                             R"("op": "avg_pool2d", "kernel_size": 3, "stride": 2,
               "padding": 1, "count_include_pad": false)",
                             1, session::Theme::kLight, lesson::Language::kRussian},
                      OpCase{"flat_relu", kSigned, R"("op": "relu")", 3, session::Theme::kDark,
                             lesson::Language::kEnglish},
                      OpCase{"flat_unfold", kCross, R"("op": "unfold", "kernel_size": 3)", 49,
                             session::Theme::kLight, lesson::Language::kEnglish},
                      OpCase{"flat_transposed", kFour, R"("op": "conv_transpose2d", "stride": 2,
               "weight": {"values": [[0,1],[2,3]]})",
                             9, session::Theme::kDark, lesson::Language::kRussian},
                      OpCase{"flat_flip", kCross, R"("op": "conv2d", "flip": true,
               "weight": {"values": [[1,2,0],[0,1,0],[0,0,-1]]})",
                             4, session::Theme::kLight, lesson::Language::kEnglish}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace convscope::picture
