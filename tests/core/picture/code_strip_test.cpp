#include <gtest/gtest.h>

#include "core/conv/analysis/step.h"
#include "core/lesson/json/lesson_json.h"
#include "core/picture/beside/code_program.h"
#include "core/picture/beside/code_strip.h"
#include "core/picture/svg/svg.h"
#include "scene_fixture.h"
#include "tests/support/golden_text.h"

namespace convscope::picture {
namespace {

Stage with_code(const std::string& lesson, lesson::CodeStrip code) {
  Stage stage(lesson);
  stage.apply(session::action::SetCodeStrip{code});
  return stage;
}

Stage opened(const std::string& scene) {
  const std::string json =
      R"({"format": 1, "id": "code", "title": "Code", "scenes": [{)" + scene + "}]}";
  Stage stage("cross-5x5");
  const lesson::LoadTensor none = [](const lesson::FileSource&) { return Tensor(); };
  stage.apply(session::action::Opened{lesson::parse_lesson(json, "code.json", none)});
  return stage;
}

// Three channels and a kernel of kh x kw.
Stage mistaken(const std::string& kernel) {
  return opened(R"("code": "loop",
      "input": {"seed": 1, "shape": [3, 8, 8], "distribution": "integers", "low": 0, "high": 3},
      "layers": [{"op": "conv2d", "weight": {"seed": 2, "shape": )" +
                kernel + R"(, "distribution": "integers", "low": -1, "high": 1}}])");
}

std::string said(const Stage& stage) { return read_aloud(compose_stage(stage, {1600, 900, 1})); }

bool strip_says(const Stage& stage, const std::string& text) {
  return said(stage).find(text) != std::string::npos;
}

// The statements of the lecture, word for word.
TEST(CodeStrip, ShowsTheLecturesLoop) {
  Stage stage = with_code("one-filter-depth", lesson::CodeStrip::kLoop);
  EXPECT_TRUE(strip_says(stage, "for i in range(result.shape[0]):")) << said(stage);
  EXPECT_TRUE(strip_says(stage, "for j in range(result.shape[1]):"));
  EXPECT_TRUE(
      strip_says(stage, "segment = img[:, i : i + kernel.shape[0], j : j + kernel.shape[1]]"));
  EXPECT_TRUE(strip_says(stage, "result[i, j] = torch.sum(segment * kernel)"));
}

TEST(CodeStrip, ShowsTheLecturesLinearLayer) {
  Stage stage = with_code("cross-5x5", lesson::CodeStrip::kLinear);
  EXPECT_TRUE(strip_says(stage, "local_linear = nn.Linear(9, 1, bias=False)")) << said(stage);
  EXPECT_TRUE(strip_says(stage, "local_linear.weight = nn.Parameter(weights.reshape(-1))"));
  EXPECT_TRUE(strip_says(
      stage, "segment = img[i : i + weights.shape[0], j : j + weights.shape[1]].reshape(-1)"));
  EXPECT_TRUE(strip_says(stage, "result[i, j] = local_linear(segment)"));
}

// Its comments, and the lines that make image and kernel.
TEST(CodeStrip, HasTheLecturesCommentsAndNumbers) {
  Stage loop = with_code("one-filter-depth", lesson::CodeStrip::kLoop);
  EXPECT_TRUE(strip_says(loop, "img = torch.randn((3, 8, 8))  # 3-num of channels, (8,8)-img size"))
      << said(loop);
  EXPECT_TRUE(
      strip_says(loop, "kernel = torch.randn((3, 3, 3))  # 3-num of filters, (3,3)-kernel size"));
  EXPECT_TRUE(strip_says(loop, "result = torch.zeros(6, 6)  # 8 - 3 + 1 = 6"));
  Stage linear = with_code("cross-5x5", lesson::CodeStrip::kLinear);
  EXPECT_TRUE(strip_says(linear,
                         "img = torch.Tensor([[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], "
                         "[0, 0, 1, 1, 0], [0, 1, 1, 0, 0]])"))
      << said(linear);
  EXPECT_TRUE(strip_says(
      linear, "weights = torch.Tensor([[1, 0, 1], [0, 1, 0], [1, 0, 1]])  # kernel weights"));
  EXPECT_TRUE(strip_says(linear, "nn.Linear(9, 1, bias=False)  # 9 = 3 * 3"));
  EXPECT_TRUE(strip_says(linear, "weights.reshape(-1))  # set weights"));
  EXPECT_TRUE(strip_says(linear, "# img - kernel + 1 (5 - 3 + 1 = 3)"));
}

TEST(CodeStrip, OnALowStageTheNumbersAreNotWrittenOut) {
  Stage stage = with_code("cross-5x5", lesson::CodeStrip::kLinear);
  const std::string words = read_aloud(compose_stage(stage, {1280, 520, 1}));
  EXPECT_EQ(words.find("img = torch.Tensor"), std::string::npos);
  EXPECT_NE(words.find("result[i, j] = local_linear(segment)"), std::string::npos);
}

// The first cell, its prints: [1, 5, 98, 98] is the lecture's own comment.
TEST(CodeStrip, ShowsTheLecturesConv2dCellWithItsPrints) {
  Stage stage = with_code("conv2d-3-to-5", lesson::CodeStrip::kConv2d);
  EXPECT_TRUE(strip_says(stage, "conv = torch.nn.Conv2d(")) << said(stage);
  EXPECT_TRUE(strip_says(stage, "in_channels=3,  # Number of input channels"));
  EXPECT_TRUE(strip_says(stage, "out_channels=5,  # Number of filters/output channels"));
  EXPECT_TRUE(strip_says(stage, "kernel_size=3,"));
  EXPECT_TRUE(strip_says(stage, "img shape: torch.Size([1, 3, 100, 100])"));
  EXPECT_TRUE(strip_says(stage, "out shape: torch.Size([1, 5, 98, 98])"));
  EXPECT_FALSE(strip_says(stage, "for i in range"));
  EXPECT_FALSE(strip_says(stage, "out[0, 0, 0, 0] = "));
  stage.apply(session::action::GoTo{0});
  EXPECT_TRUE(strip_says(stage, "out[0, 0, 0, 0] = ")) << said(stage);
}

TEST(CodeStrip, TheCellNamesWhatTheLayerHasBesides) {
  Stage stage = with_code("padding-modes", lesson::CodeStrip::kConv2d);
  EXPECT_TRUE(strip_says(stage, "padding=")) << said(stage);
  Stage pool = with_code("pooling", lesson::CodeStrip::kConv2d);
  EXPECT_TRUE(strip_says(pool, "The lecture's cell is about nn.Conv2d")) << said(pool);
}

// Position 5 of the cross: second row, third column; REFERENCE is 3 there.
TEST(CodeStrip, CarriesTheNumbersOfTheMoment) {
  Stage stage = with_code("cross-5x5", lesson::CodeStrip::kLoop);
  EXPECT_FALSE(strip_says(stage, "i = "));
  stage.apply(session::action::GoTo{5});
  EXPECT_TRUE(strip_says(stage, "i = 1")) << said(stage);
  EXPECT_TRUE(strip_says(stage, "j = 2"));
  EXPECT_TRUE(strip_says(stage, "img[1:4, 2:5]"));
  EXPECT_TRUE(strip_says(stage, "result[1, 2] = torch.sum(segment * kernel) = 3"));
}

TEST(CodeStrip, TheSumClimbsTermByTerm) {
  Stage stage = with_code("cross-5x5", lesson::CodeStrip::kLoop);
  stage.apply(session::action::SetGranularity{session::Granularity::kTerm});
  for (int i = 0; i < 3; ++i) {
    stage.apply(session::action::Next{});
  }
  EXPECT_TRUE(strip_says(stage, "torch.sum(segment * kernel) = 2 \u2026")) << said(stage);
  EXPECT_FALSE(strip_says(stage, "result[0, 0] = torch.sum"));
}

// The mistake in the loop: kernel.shape[0] is the number of channels. torch's message compares
// dimensions from the last.
TEST(CodeStrip, AKernelOfAnotherSizeStopsTheLoop) {
  Stage stage = mistaken("[1, 3, 5, 5]");
  EXPECT_FALSE(strip_says(stage, "RuntimeError")) << "it has not run yet";
  stage.apply(session::action::GoTo{0});
  EXPECT_TRUE(strip_says(stage, "img[:, 0:3, 0:5]  (3, 3, 5)")) << said(stage);
  EXPECT_TRUE(
      strip_says(stage,
                 "RuntimeError: The size of tensor a (3) must match the size of tensor b (5) at "
                 "non-singleton dimension 1"))
      << said(stage);
  EXPECT_TRUE(strip_says(stage, "kernel.shape[0] is the number of channels (3)"));
  stage.apply(session::action::GoTo{7});
  EXPECT_TRUE(strip_says(stage, "i = 0")) << "it stays where it stopped";
  EXPECT_FALSE(strip_says(stage, "i = 1"));
}

TEST(CodeStrip, TheLastDimensionIsComparedFirst) {
  Stage stage = mistaken("[1, 3, 3, 5]");
  stage.apply(session::action::GoTo{0});
  EXPECT_TRUE(strip_says(stage,
                         "tensor a (3) must match the size of tensor b (5) at non-singleton "
                         "dimension 2"))
      << said(stage);
}

TEST(CodeStrip, WorksIfChannelsEqualTheKernelSize) {
  Stage stage = mistaken("[1, 3, 3, 3]");
  const derive::LayerResult& layer = stage.derived.layers[0];
  const beside::Program program = beside::program_of(lesson::CodeStrip::kLoop, layer, 0);
  EXPECT_FALSE(beside::first_error(program, layer, 0, 0));
  for (std::int64_t p = 0; p < layer.output_shape.count(); ++p) {
    const Index at = conv::output_index(layer.output_shape, p);
    EXPECT_EQ(static_cast<float>(beside::turn_of(program, layer, at).value), layer.output.at(at))
        << p;
  }
}

// A kernel of 1x1 is broadcast over the three rows of the slice: no error, but a wrong sum.
TEST(CodeStrip, SizesOfOneAreStretchedSilently) {
  Stage stage = mistaken("[1, 3, 1, 1]");
  stage.apply(session::action::GoTo{0});
  const derive::LayerResult& layer = stage.derived.layers[0];
  double sum = 0;
  for (std::int64_t c = 0; c < 3; ++c) {
    for (std::int64_t y = 0; y < 3; ++y) {
      sum += layer.input.at({0, c, y, 0}) * layer.weight.at({0, c, 0, 0});
    }
  }
  const beside::Program program = beside::program_of(lesson::CodeStrip::kLoop, layer, 0);
  EXPECT_EQ(beside::turn_of(program, layer, {}).value, sum);
  ASSERT_NE(static_cast<float>(sum), layer.output.at({})) << "another seed is needed";
  EXPECT_TRUE(strip_says(stage, "the feature map has ")) << said(stage);
}

TEST(CodeStrip, MarksSettingsThatTheLecturesProgramLacks) {
  Stage stage = opened(R"("code": "loop", "input": {"values": [[1,2,3,4],[1,2,3,4],[1,2,3,4]]},
      "layers": [{"op": "conv2d", "stride": 2, "padding": 1,
                  "weight": {"values": [[1,0,1],[0,1,0],[1,0,1]]}}])");
  EXPECT_TRUE(strip_says(stage, "does not know stride=2, padding=1")) << said(stage);
  EXPECT_FALSE(strip_says(stage, "torch.sum"));
}

TEST(CodeStrip, NamesTheCurrentFilter) {
  Stage stage = with_code("conv2d-3-to-5", lesson::CodeStrip::kLoop);
  stage.apply(session::action::NextFilter{});
  EXPECT_TRUE(strip_says(stage, "kernel = conv.weight[1]")) << said(stage);
}

TEST(CodeStrip, IsHiddenWhereTheClockCountsSomethingElse) {
  Stage stage = with_code("cross-5x5", lesson::CodeStrip::kLoop);
  EXPECT_TRUE(strip_says(stage, "torch.sum"));
  stage.apply(session::action::SetView{lesson::View::kDescent});
  EXPECT_FALSE(strip_says(stage, "torch.sum"));
}

// Nothing of the strip extends beyond the stage, whatever its size and the theme's fonts.
TEST(CodeStrip, FitsTheStage) {
  for (const session::Theme theme : {session::Theme::kDark, session::Theme::kProjector}) {
    for (const Viewport& viewport :
         {Viewport{1280, 720, 1}, Viewport{820, 560, 1}, Viewport{3840, 2160, 2}}) {
      Stage stage = mistaken("[1, 3, 5, 5]");
      stage.apply(session::action::SetTheme{theme});
      stage.apply(session::action::Last{});
      for (const Record& record : compose_stage(stage, viewport).records) {
        const auto* text = std::get_if<Text>(&record);
        if (text != nullptr && text->font == Font::kMono) {
          const float width = golden_metrics().width(text->text, text->font, text->size);
          EXPECT_LE(text->at.x + width, viewport.width) << text->text;
        }
      }
    }
  }
}

// Only the strip: the views above it have their own goldens.
TEST(CodeStrip, Golden) {
  Stage stage = with_code("one-filter-depth", lesson::CodeStrip::kLoop);
  stage.apply(session::action::GoTo{8});
  Picture picture{.width = 1280, .height = 0, .background = {}, .records = {}, .camera_area = {}};
  const lesson::Locale locale(lesson::Language::kEnglish, files::asset_text("locale/en.json"));
  kit::Canvas canvas{picture, palette_of(session::Theme::kLight), golden_metrics(), locale};
  const derive::LayerResult& layer = stage.derived.layers.front();
  const step::Moment moment = *step::moment_of(stage.session, layer);
  picture.height = beside::code_strip_height(canvas, stage.session, layer, moment, {1280, 720, 1});
  EXPECT_GT(picture.height, 80);
  beside::draw_code_strip(canvas, stage.session, layer, moment, {0, 0, 1280, picture.height});
  EXPECT_TRUE(matches_golden_text(svg::svg_of(picture, golden_metrics()), "svg/code_strip.svg"));
}

}  // namespace
}  // namespace convscope::picture
