#include <gtest/gtest.h>

#include <algorithm>

#include "core/conv/analysis/coverage.h"
#include "core/conv/conv_transpose2d.h"
#include "core/picture/coverage/counts.h"
#include "core/picture/display/target_rect.h"
#include "core/picture/display/theme.h"
#include "core/picture/svg/svg.h"
#include "tests/core/conv/window_reads.h"
#include "tests/core/picture/scene_fixture.h"
#include "tests/support/golden_text.h"

namespace convscope::picture {
namespace {

using Histogram = std::map<std::int64_t, std::int64_t>;

constexpr conv::Op kAllOps[] = {conv::Op::kConv,    conv::Op::kConvTranspose, conv::Op::kMaxPool,
                                conv::Op::kAvgPool, conv::Op::kRelu,          conv::Op::kUnfold};

// A scene of a lesson, with transposed convolutions shown by stamps, at a position; -1: before the
// first.
Stage scene_at(const std::string& lesson, std::int64_t scene, std::int64_t position) {
  Stage stage(lesson);
  stage.apply(session::action::SetScene{scene});
  stage.session.look.transposed_as = lesson::TransposedAs::kScatterAdd;
  stage.apply(session::action::GoTo{position});
  return stage;
}

Stage scene_at_end(const std::string& lesson, std::int64_t scene) {
  Stage stage = scene_at(lesson, scene, -1);
  stage.apply(session::action::Last{});
  return stage;
}

// The counts that the picture shows for a plane.
const TensorGrid* grid_in(const Picture& picture, session::TensorRole role) {
  for (const Record& record : picture.records) {
    const auto* grid = std::get_if<TensorGrid>(&record);
    if (grid != nullptr && grid->role == role) {
      return grid;
    }
  }
  return nullptr;
}

std::vector<float> counts_in(const Picture& picture, session::TensorRole role) {
  const TensorGrid* grid = grid_in(picture, role);
  return grid == nullptr
             ? std::vector<float>{}
             : std::vector<float>{grid->tensor.values().begin(), grid->tensor.values().end()};
}

std::int64_t outlines_of(const Picture& picture, Rgba color) {
  return std::count_if(picture.records.begin(), picture.records.end(), [&](const Record& record) {
    const auto* box = std::get_if<Box>(&record);
    return box != nullptr && box->stroke == color && !box->target;
  });
}

TEST(CoverageCounts, InTheEndAreTheEngines) {
  for (const conv::Op op : kAllOps) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
      const conv::RandomLayer layer = conv::random_layer(op, seed);
      EXPECT_TRUE(identical(coverage::windows_on_input(layer.spec, layer.input_shape).tensor(),
                            conv::input_coverage(layer.spec, layer.input_shape)))
          << layer;
      EXPECT_TRUE(identical(coverage::terms_of_output(layer.spec, layer.input_shape).tensor(),
                            conv::output_coverage(layer.spec, layer.input_shape)))
          << layer;
    }
  }
}

// What the steps themselves read, one after another.
TEST(CoverageCounts, EveryWindowAddsOneToWhatItReads) {
  for (const conv::Op op : kAllOps) {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
      const conv::RandomLayer layer = conv::random_layer(op, seed);
      const Shape& in = layer.input_shape;
      std::vector<float> expected(static_cast<std::size_t>(in.h * in.w));
      std::int64_t windows = 0;
      for (const auto& [window, reads] : conv::window_reads(layer)) {
        for (const conv::Cell& cell : reads.cells) {
          ++expected[static_cast<std::size_t>(cell.first * in.w + cell.second)];
        }
        const Tensor got = coverage::windows_on_input(layer.spec, in, ++windows).tensor();
        ASSERT_TRUE(std::ranges::equal(got.values(), expected)) << windows << '\n' << layer;
      }
    }
  }
}

TEST(CoverageCounts, EveryStampAddsOneToWhatItReaches) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const conv::RandomLayer layer = conv::random_layer(conv::Op::kConvTranspose, seed);
    const Shape& in = layer.input_shape;
    const Shape out = conv::output_shape(layer.spec, in);
    std::vector<float> expected(static_cast<std::size_t>(out.h * out.w));
    for (std::int64_t p = 0; p < in.h * in.w; ++p) {
      for (const conv::StampTerm& term :
           conv::stamp_at(layer.input, layer.weight, layer.spec, p).terms) {
        if (term.kept && term.output_at.c == 0) {
          ++expected[static_cast<std::size_t>(term.output_at.y * out.w + term.output_at.x)];
        }
      }
      const Tensor got = coverage::terms_of_output(layer.spec, in, p + 1).tensor();
      ASSERT_TRUE(std::ranges::equal(got.values(), expected)) << p << '\n' << layer;
    }
  }
}

// 7x7, kernel 3, stride 3: 13 of 49 cells are never read.
TEST(CoverageCounts, Histogram) {
  EXPECT_EQ(coverage::windows_on_input({.stride = {3, 3}}, {1, 1, 7, 7}).histogram(),
            (Histogram{{0, 13}, {1, 36}}));
  const conv::LayerSpec up{.op = conv::Op::kConvTranspose, .stride = {2, 2}};
  EXPECT_EQ(coverage::terms_of_output(up, {1, 1, 4, 4}).histogram(),
            (Histogram{{1, 36}, {2, 36}, {4, 9}}));
  EXPECT_EQ(coverage::terms_of_output(up, {1, 1, 4, 4}, 0).histogram(), (Histogram{{0, 81}}));
}

// Odena et al., "Deconvolution and checkerboard artifacts": even if the stride divides the kernel.
TEST(CoverageCounts, Overlap) {
  const auto overlap = [](std::int64_t kernel, std::int64_t stride, std::int64_t dilation) {
    const coverage::StampOverlap found = coverage::overlap_of(kernel, stride, dilation);
    return std::pair(found.fewest, found.most);
  };
  EXPECT_EQ(overlap(3, 2, 1), std::pair(1L, 2L));
  EXPECT_EQ(overlap(4, 2, 1), std::pair(2L, 2L));
  EXPECT_EQ(overlap(2, 3, 1), std::pair(0L, 1L)) << "gaps between stamps";
  EXPECT_EQ(overlap(2, 2, 2), std::pair(0L, 2L)) << "both taps fall on the same cells";
  EXPECT_EQ(overlap(2, 2, 3), std::pair(1L, 1L));
  EXPECT_EQ(overlap(5, 1, 7), std::pair(5L, 5L));
}

TEST(CoverageView, EndsInTheCountsOfTheLayer) {
  const Stage stage = scene_at_end("never-read", 1);
  const derive::LayerResult& layer = stage.derived.layers[0];
  const Tensor wanted = conv::input_coverage(layer.spec, layer.input.shape());
  const Picture picture = compose_stage(stage);
  EXPECT_TRUE(std::ranges::equal(counts_in(picture, session::TensorRole::kInput), wanted.values()));
  EXPECT_TRUE(says(picture, "13 of 49 cells are never read.")) << read_aloud(picture);
  EXPECT_TRUE(says(picture, "row 6 is never read (stride 3)")) << read_aloud(picture);
  EXPECT_TRUE(says(picture, "36 cells")) << "of count 1, beside the scale";
}

TEST(CoverageView, GrowsWindowByWindow) {
  for (std::int64_t position = -1; position < 4; ++position) {
    const Picture picture = compose_stage(scene_at("never-read", 1, position));
    const auto counts = counts_in(picture, session::TensorRole::kInput);
    EXPECT_EQ(std::count(counts.begin(), counts.end(), 1.0F), 9 * (position + 1)) << position;
    EXPECT_EQ(grid_in(picture, session::TensorRole::kOutput)->revealed, position + 1);
    if (position < 3) {
      EXPECT_TRUE(says(picture, std::to_string(position + 1) + " of 4 windows counted"));
      EXPECT_FALSE(says(picture, "never read.")) << "not before everything is counted";
    }
  }
}

TEST(CoverageView, TheCheckerboardAndWhy) {
  const Picture uneven = compose_stage(scene_at_end("checkerboard", 1));
  const auto counts = counts_in(uneven, session::TensorRole::kOutput);
  ASSERT_EQ(counts.size(), 81u);
  EXPECT_EQ(std::vector<float>(counts.begin() + 18, counts.begin() + 27),
            (std::vector<float>{2, 2, 4, 2, 4, 2, 4, 2, 2}));
  EXPECT_TRUE(
      says(uneven, "1 to 4 stamps reach a cell: uneven, as stride 2 does not divide kernel 3."))
      << read_aloud(uneven);
  const Picture even = compose_stage(scene_at_end("checkerboard", 2));
  EXPECT_TRUE(says(even,
                   "Inside, every cell gets 4 stamps: even, as stride 2 divides kernel 4. "
                   "Only the border gets fewer."))
      << read_aloud(even);
}

// Here the clock counts input cells, each of which adds its 3x3 stamp.
TEST(CoverageView, StampsAreCountedByInputCells) {
  const Picture picture = compose_stage(scene_at("checkerboard", 1, 0));
  const auto counts = counts_in(picture, session::TensorRole::kOutput);
  EXPECT_EQ(std::count(counts.begin(), counts.end(), 1.0F), 9);
  EXPECT_EQ(std::count(counts.begin(), counts.end(), 0.0F), 72);
  EXPECT_EQ(grid_in(picture, session::TensorRole::kInput)->revealed, 1);
}

// Cells of a stretched convolution's output are finished one by one.
TEST(CoverageView, ATransposedConvolutionShownByItsOutput) {
  Stage stage("checkerboard");
  stage.session.look.view = lesson::View::kCoverage;
  stage.session.look.transposed_as = lesson::TransposedAs::kZeroInsert;
  stage.apply(session::action::GoTo{40});
  const Picture picture = compose_stage(stage);
  EXPECT_EQ(grid_in(picture, session::TensorRole::kOutput)->revealed, 41);
  EXPECT_EQ(grid_in(picture, session::TensorRole::kInput)->revealed, -1);
}

TEST(CoverageView, PointingNamesACellAndLightsItsWindows) {
  Stage stage = scene_at_end("never-read", 3);
  const Picture before = compose_stage(stage);
  const Rgba lit = palette_of(session::Theme::kDark).text;
  const std::int64_t quiet = outlines_of(before, lit);
  const session::Target corner{session::TensorRole::kInput, {0, 0, 1, 1}};
  EXPECT_EQ(hit(before, target_rect(before, corner)->center()), corner);
  stage.apply(session::action::Hover{corner});
  const Picture input = compose_stage(stage);
  EXPECT_TRUE(says(input, "img[1, 1]: read by 4 windows")) << read_aloud(input);
  EXPECT_EQ(outlines_of(input, lit) - quiet, 1 + 4);
  stage.apply(session::action::Hover{session::Target{session::TensorRole::kOutput, {0, 0, 4, 4}}});
  const Picture output = compose_stage(stage);
  EXPECT_TRUE(says(output, "out[4, 4]: its window holds 9 cells of the input"));
  EXPECT_EQ(outlines_of(output, lit) - quiet, 1 + 9);
}

TEST(CoverageView, EveryMapIsCountedSeparately) {
  Stage stage("conv2d-3-to-5");
  stage.session.look.view = lesson::View::kCoverage;
  const Shape out = stage.derived.layers[0].output_shape;
  stage.apply(session::action::GoTo{out.h * out.w - 1});
  const Picture first = compose_stage(stage);
  stage.apply(session::action::Last{});
  const Picture last = compose_stage(stage);
  EXPECT_EQ(counts_in(first, session::TensorRole::kInput),
            counts_in(last, session::TensorRole::kInput));
  EXPECT_TRUE(says(last, "the same in every channel and every feature map"));
}

// The lecture's strip: inputs 12 and 13 are dropped, input 6 is read twice.
TEST(CoverageView, WhatIsReadAndWhatIsNot) {
  Stage stage("valid-vs-same");
  stage.session.look.view = lesson::View::kCoverage;
  stage.apply(session::action::Last{});
  const Picture picture = compose_stage(stage);
  EXPECT_EQ(counts_in(picture, session::TensorRole::kInput),
            (std::vector<float>{1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 0, 0}));
  EXPECT_TRUE(says(picture,
                   "What is read is read by 1 to 2 windows. "
                   "2 of 13 cells are never read."))
      << read_aloud(picture);
  EXPECT_TRUE(says(picture, "columns 11, 12 are never read (stride 5)"));
}

TEST(CoverageView, APhotoGivesFewRecords) {
  Stage stage("photo-edges");
  stage.session.look.view = lesson::View::kCoverage;
  const Picture picture = compose_stage(stage);
  EXPECT_LT(picture.records.size(), 300u);
  const Shape& shape = stage.derived.layers[0].input.shape();
  const session::Target last{session::TensorRole::kInput, {0, 0, shape.h - 1, shape.w - 1}};
  const auto rect = target_rect(picture, last);
  ASSERT_TRUE(rect);
  EXPECT_EQ(hit(picture, rect->center()), last);
}

TEST(CoverageView, EveryBundledLessonCanBeCounted) {
  for (const char* lesson : {"cross-5x5", "rgb-same", "valid-vs-same", "pooling", "dilation",
                             "padding-modes", "depthwise-separable", "transposed"}) {
    Stage stage(lesson);
    for (std::size_t scene = 0; scene < stage.session.document.lesson->scenes.size(); ++scene) {
      stage.apply(session::action::SetScene{static_cast<std::int64_t>(scene)});
      stage.session.look.view = lesson::View::kCoverage;
      stage.apply(session::action::Last{});
      EXPECT_NE(grid_in(compose_stage(stage), session::TensorRole::kInput), nullptr)
          << lesson << scene;
    }
  }
}

TEST(CoverageView, AnyCanvas) {
  const Stage stage = scene_at_end("checkerboard", 1);
  for (const Viewport& viewport :
       {Viewport{64, 64, 1}, Viewport{70, 900, 1}, Viewport{900, 70, 2}, Viewport{3840, 2160, 2}}) {
    EXPECT_GT(compose_stage(stage, viewport).records.size(), 10u) << viewport.width;
  }
}

TEST(CoverageView, Golden) {
  EXPECT_TRUE(matches_golden_text(
      svg::svg_of(compose_stage(scene_at("checkerboard", 1, 5)), golden_metrics()),
      "svg/coverage_checkerboard_5.svg"));
  Stage russian("never-read", session::Theme::kLight, lesson::Language::kRussian);
  russian.apply(session::action::SetScene{1});
  russian.apply(session::action::Last{});
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(russian), golden_metrics()),
                                  "svg/coverage_never_read_last_ru.svg"));
}

}  // namespace
}  // namespace convscope::picture
