#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "core/picture/display/target_rect.h"
#include "core/picture/neuron/context.h"
#include "core/picture/svg/svg.h"
#include "tests/core/picture/one_layer.h"
#include "tests/core/picture/scene_fixture.h"
#include "tests/support/golden_text.h"

namespace convscope::picture {
namespace {

Stage neuron_of(const std::string& lesson, session::Theme theme = session::Theme::kDark,
                lesson::Language language = lesson::Language::kEnglish) {
  Stage stage(lesson, theme, language);
  stage.apply(session::action::SetCodeStrip{lesson::CodeStrip::kNone});
  stage.apply(session::action::SetView{lesson::View::kNeuron});
  return stage;
}

// The lecture's nn.Linear(9, 1): its first patch gives 4.
TEST(NeuronView, UnrollsThePatchAsTheLectureDoes) {
  Stage stage = neuron_of("cross-5x5");
  stage.apply(session::action::GoTo{0});
  const Picture picture = compose_stage(stage);
  EXPECT_TRUE(says(picture, "segment = img[0:3, 0:3].reshape(-1)"));
  EXPECT_TRUE(says(picture, "nn.Linear(9, 1, bias=False)"));
  EXPECT_TRUE(says(picture, "\u03A34")) << "the neuron holds the sum: " << read_aloud(picture);
  const std::vector<std::string> words = words_of(picture);
  for (const char* name : {"x0", "x8"}) {
    EXPECT_EQ(std::ranges::count(words, name), 1) << name;
  }
  EXPECT_EQ(std::ranges::count(words, "x9"), 0);
}

TEST(NeuronView, TheSliceFollowsTheWindow) {
  Stage stage = neuron_of("cross-5x5");
  stage.apply(session::action::GoTo{5});  // row 1, column 2
  EXPECT_TRUE(says(compose_stage(stage), "img[1:4, 2:5]"));
}

Stage neuron_of_layer(const std::string& layer) {
  Stage stage = one_layer(
      R"("input": {"values": [[-5, -3, -4, -7], [-6, -1, -2, -3], [-4, -4, -8, -2], [-5, -3, -2, -9]]})",
      layer);
  stage.apply(session::action::SetView{lesson::View::kNeuron});
  return stage;
}

// Zeros would win over negative numbers; the sum below says −∞ too.
TEST(NeuronView, PaddingIsTheLowestNumberOfAMaximum) {
  Stage stage =
      neuron_of_layer(R"({"op": "max_pool2d", "kernel_size": 3, "stride": 2, "padding": 1})");
  stage.apply(session::action::GoTo{0});
  const Picture picture = compose_stage(stage);
  const std::vector<std::string> words = words_of(picture);
  EXPECT_GE(std::ranges::count(words, "−∞"), 5) << read_aloud(picture);
  EXPECT_EQ(std::ranges::count(words, "0"), 0) << read_aloud(picture);
}

// Four of the nine cells count.
TEST(NeuronView, TheCodeOfAMeanDividesAsTheNeuronDoes) {
  Stage stage = neuron_of_layer(
      R"({"op": "avg_pool2d", "kernel_size": 3, "stride": 2, "padding": 1,
          "count_include_pad": false})");
  stage.apply(session::action::GoTo{0});
  EXPECT_TRUE(says(compose_stage(stage), "segment.sum() / 4")) << read_aloud(compose_stage(stage));
  Stage whole = neuron_of_layer(R"({"op": "avg_pool2d", "kernel_size": 2})");
  whole.apply(session::action::GoTo{0});
  EXPECT_TRUE(says(compose_stage(whole), "segment.mean()"));
}

// Nine shared weights; nine for each of nine positions; 25·9 for a layer on the whole image.
TEST(NeuronView, SaysWhatSharingSaves) {
  Stage stage = neuron_of("cross-5x5");
  const std::string english = read_aloud(compose_stage(stage));
  EXPECT_NE(english.find("the same 9 weights at every one of 9 positions, 9 parameters"),
            std::string::npos)
      << english;
  EXPECT_NE(english.find("81; nn.Linear(25, 9) on the whole image, 225"), std::string::npos)
      << english;
  stage.apply(session::action::SetLanguage{lesson::Language::kRussian});
  const std::string russian = read_aloud(compose_stage(stage));
  EXPECT_NE(russian.find("одни и те же 9 весов в каждом из 9 положений окна"), std::string::npos)
      << russian;
}

// The lecture's nine inputs above its program, beside an inspector and on a wall.
TEST(NeuronView, AllNineInputsOfTheLessonAreSeen) {
  const std::pair<session::Theme, Viewport> stages[] = {
      {session::Theme::kDark, {976, 597, 1}},
      {session::Theme::kContrast, {976, 597, 1}},
      {session::Theme::kProjector, {1280, 720, 1}},
      {session::Theme::kProjector, {1280, 585, 1}}};
  for (const auto& [theme, size] : stages) {
    Stage stage("linear-layer", theme, lesson::Language::kRussian);
    stage.apply(session::action::GoTo{4});
    const std::vector<std::string> words = words_of(compose_stage(stage, size));
    for (int i = 0; i < 9; ++i) {
      EXPECT_EQ(std::ranges::count(words, "x" + std::to_string(i)), 1) << i << " at " << size.width;
    }
  }
}

// A filter of the lecture's RGB example has 3·3·3 weights and a bias.
TEST(NeuronView, ABiasIsAnExtraEdge) {
  Stage stage = neuron_of("rgb-same");
  stage.apply(session::action::GoTo{0});
  const Picture picture = compose_stage(stage, {1920, 1080, 1});
  EXPECT_TRUE(says(picture, "nn.Linear(27, 1)"));
  EXPECT_TRUE(says(picture, "28 parameters"));
  EXPECT_TRUE(target_rect(picture, {session::TensorRole::kBias, {0, 0, 0, 0}}));
  EXPECT_TRUE(says(picture, "padded[:, 0:3, 0:3]")) << "the window begins in the padding";
}

// Every weight is drawn on its edge, where it can be hovered and edited.
TEST(NeuronView, WeightsAnswerOnTheirEdges) {
  Stage stage = neuron_of("cross-5x5");
  stage.apply(session::action::GoTo{4});
  const Picture picture = compose_stage(stage);
  float above = 0;
  for (std::int64_t i = 0; i < 9; ++i) {
    const session::Target target{session::TensorRole::kWeight, {0, 0, i / 3, i % 3}};
    const auto rect = target_rect(picture, target);
    ASSERT_TRUE(rect) << i;
    EXPECT_GT(rect->y, above) << "in the order of reshape(-1)";
    above = rect->y;
    EXPECT_EQ(hit(picture, rect->center()), target);
  }
}

// The numbers on the stage are those of the step.
TEST(NeuronView, ProductsAppearOneByOne) {
  Stage stage = neuron_of("one-filter-depth");
  stage.apply(session::action::SetGranularity{session::Granularity::kTerm});
  stage.apply(session::action::GoTo{0});
  const auto products = [](const Stage& s) {
    std::set<std::int64_t> found;
    const Picture picture = compose_stage(s, {1920, 1080, 1});
    for (const Record& record : picture.records) {
      const auto* text = std::get_if<Text>(&record);
      // The sum bar shows products too; the rows are above it.
      if (text != nullptr && text->target &&
          text->target->tensor == session::TensorRole::kProduct && text->align == Align::kCenter) {
        const Index& at = text->target->at;
        found.insert((at.c * 3 + at.y) * 3 + at.x);
      }
    }
    return found.size();
  };
  EXPECT_EQ(products(stage), 27U);
  stage.apply(session::action::First{});
  EXPECT_EQ(products(stage), 0U);
  stage.apply(session::action::Next{});
  EXPECT_EQ(products(stage), 1U);
  stage.apply(session::action::Next{});
  stage.apply(session::action::Next{});
  EXPECT_EQ(products(stage), 3U);
}

// Neurons of earlier positions remain next to the current one, with their values: 4, 3, 4 in the
// lecture.
TEST(NeuronView, EarlierNeuronsRemain) {
  Stage stage = neuron_of("cross-5x5");
  stage.apply(session::action::GoTo{3});
  const Picture picture = compose_stage(stage);
  for (std::int64_t x = 0; x < 3; ++x) {
    int seats = 0;
    for (const Record& record : picture.records) {
      const auto* box = std::get_if<Box>(&record);
      seats += box != nullptr && box->radius > 0 &&
                       box->target == session::Target{session::TensorRole::kOutput, {0, 0, 0, x}}
                   ? 1
                   : 0;
    }
    EXPECT_EQ(seats, 1) << x;
  }
}

TEST(NeuronView, HoveringAWeightLightsItsEdge) {
  Stage stage = neuron_of("cross-5x5");
  stage.apply(session::action::GoTo{4});
  const auto widest = [](const Stage& s) {
    float width = 0;
    for (const Record& record : compose_stage(s).records) {
      if (const auto* line = std::get_if<Line>(&record)) {
        width = std::max(width, line->width);
      }
    }
    return width;
  };
  const float before = widest(stage);
  stage.apply(session::action::Hover{session::Target{session::TensorRole::kWeight, {0, 0, 1, 1}}});
  EXPECT_GT(widest(stage), before * 1.3F);
}

// A pool has no weights: nothing is multiplied, and the largest value wins.
TEST(NeuronView, APoolHasNoWeights) {
  Stage stage = neuron_of("pooling");
  stage.apply(session::action::GoTo{0});
  const Picture picture = compose_stage(stage);
  EXPECT_TRUE(says(picture, "segment.max()"));
  EXPECT_TRUE(says(picture, "max6")) << read_aloud(picture);
  EXPECT_FALSE(says(picture, "nn.Linear"));
  EXPECT_FALSE(says(picture, "parameters"));
}

TEST(NeuronView, ColumnsKeepTheirOrderOnAnyStage) {
  for (const char* lesson : {"cross-5x5", "rgb-same", "one-filter-depth", "conv2d-3-to-5",
                             "pooling", "depthwise-separable"}) {
    for (const Viewport viewport :
         {Viewport{640, 720, 1}, Viewport{980, 560, 1}, Viewport{1280, 720, 1},
          Viewport{1920, 1080, 1}, Viewport{3840, 2160, 2}}) {
      Stage stage = neuron_of(lesson);
      Picture picture;
      const lesson::Locale locale(lesson::Language::kEnglish, files::asset_text("locale/en.json"));
      kit::Canvas canvas{picture, palette_of(session::Theme::kDark), golden_metrics(), locale,
                         viewport.scale};
      const derive::LayerResult& layer = stage.derived.layers.front();
      const step::Moment moment = *step::moment_of(stage.session, layer);
      const step::WindowScene scene =
          step::window_scene(canvas, stage.session, layer, moment, viewport);
      const neuron::Layout layout = neuron::lay_out(scene, viewport.scale, canvas.text_scale);
      for (const neuron::NeuronRow& row : layout.rows) {
        EXPECT_LT(layout.input.front().rect.right(), row.input.x) << lesson << viewport.width;
        EXPECT_LE(row.input.right(), row.weight.x) << lesson << viewport.width;
        EXPECT_LT(row.weight.right(), layout.neuron.x - layout.radius) << lesson << viewport.width;
        EXPECT_GE(row.input.y, scene.main.y) << lesson << viewport.width;
        EXPECT_LE(row.input.bottom(), layout.words.y + 1) << lesson << viewport.width;
      }
      EXPECT_LT(layout.neuron.x + layout.radius, layout.output.rect.x) << lesson << viewport.width;
      EXPECT_LE(layout.output.rect.right(), scene.main.right() + 0.5F) << lesson << viewport.width;
    }
  }
}

TEST(NeuronView, ComposesOnAnyCanvas) {
  for (const char* lesson : {"rgb-same", "transposed", "pooling", "valid-vs-same", "im2col"}) {
    Stage stage = neuron_of(lesson);
    int turn = 0;
    for (const Viewport viewport : {Viewport{0, 0, 1}, Viewport{64, 64, 1}, Viewport{100, 2000, 1},
                                    Viewport{4000, 70, 3}, Viewport{1280, 720, 1}}) {
      for (const session::Frame frame :
           {session::Frame{0}, session::Frame{1}, session::Frame{130}, session::Frame{777}}) {
        stage.session.clock.frame = frame;
        stage.session.look.camera = {0.2 + turn, 0.1, -0.2};
        stage.session.transient.hover = session::Target{static_cast<session::TensorRole>(turn % 7),
                                                        {0, turn % 3, turn % 5 - 1, turn % 4}};
        ++turn;
        for (const Record& record : compose_stage(stage, viewport).records) {
          if (const auto* text = std::get_if<Text>(&record)) {
            ASSERT_TRUE(std::isfinite(text->at.x) && std::isfinite(text->at.y)) << lesson;
            ASSERT_GT(text->size, 0) << lesson;
          } else if (const auto* line = std::get_if<Line>(&record)) {
            ASSERT_TRUE(std::isfinite(line->to.x) && std::isfinite(line->to.y)) << lesson;
          }
        }
      }
    }
  }
}

struct NeuronCase {
  const char* name;
  const char* lesson;
  std::int64_t position;
  session::Theme theme;
  lesson::Language language;
};

void PrintTo(const NeuronCase& golden, std::ostream* out) { *out << golden.name; }

class NeuronGolden : public ::testing::TestWithParam<NeuronCase> {};

TEST_P(NeuronGolden, MatchesTheReviewedSvg) {
  const NeuronCase& golden = GetParam();
  Stage stage = neuron_of(golden.lesson, golden.theme, golden.language);
  stage.apply(session::action::GoTo{golden.position});
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(stage), golden_metrics()),
                                  std::string("svg/") + golden.name + ".svg"));
}

INSTANTIATE_TEST_SUITE_P(
    Lessons, NeuronGolden,
    ::testing::Values(NeuronCase{"neuron_cross_4", "cross-5x5", 4, session::Theme::kDark,
                                 lesson::Language::kEnglish},
                      NeuronCase{"neuron_depth_7", "one-filter-depth", 7, session::Theme::kLight,
                                 lesson::Language::kRussian},
                      NeuronCase{"neuron_conv2d_0", "conv2d-3-to-5", 0, session::Theme::kProjector,
                                 lesson::Language::kEnglish}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace convscope::picture
