#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/lesson/json/lesson_json.h"
#include "core/picture/display/target_rect.h"
#include "core/picture/stamp/moment.h"
#include "core/picture/svg/svg.h"
#include "tests/core/picture/scene_fixture.h"
#include "tests/support/golden_text.h"

namespace convscope::picture {
namespace {

const std::string kSmall = R"("values": [[0, 1], [2, 3]])";

// The transposed convolution of `kSmall` with itself, or with the layer given.
Stage scatter_add(const std::string& layer, const std::string& input = kSmall) {
  const std::string json = R"({"format": 1, "id": "stamp", "title": "Stamp", "scenes": [{
      "input": {"name": "x", )" +
                           input + R"(}, "transposed_as": "stamp", "layers": [{
      "op": "conv_transpose2d", )" +
                           layer + "}]}]}";
  Stage stage("cross-5x5");
  const lesson::LoadTensor none = [](const lesson::FileSource&) { return Tensor(); };
  stage.apply(session::action::Opened{lesson::parse_lesson(json, "stamp.json", none)});
  return stage;
}

Stage small(const std::string& settings = "") {
  return scatter_add(settings + R"("weight": {)" + kSmall + "}");
}

// Two channels, three filters, all settings at once.
Stage rich() {
  return scatter_add(R"("stride": 2, "padding": 1, "output_padding": [1, 0],
      "weight": {"seed": 3, "shape": [2, 3, 3, 3], "distribution": "integers", "low": -2, "high": 2},
      "bias": {"values": [1, -2, 3]})",
                     R"("values": [[[1, 2], [3, 4]], [[0, -1], [2, 1]]])");
}

// Between two open panels, in large letters, a caption may be wider than its plane.
TEST(Stamp, NoCaptionCrossesTheMargin) {
  Stage stage = scatter_add(R"("stride": 2, "weight": {)" + kSmall + "}",
                            R"("values": [[4, 3, 4], [2, 4, 3], [2, 3, 4]])");
  stage.apply(session::action::SetTheme{session::Theme::kProjector});
  for (const float width : {520.0F, 600.0F, 735.0F}) {
    const Picture picture = compose_stage(stage, {width, 540, 1});
    for (const Record& record : picture.records) {
      if (const auto* text = std::get_if<Text>(&record); text && text->align == Align::kLeft) {
        EXPECT_GE(text->at.x, 20) << width << ": " << text->text;
      }
    }
  }
}

// The map shown in the picture.
Tensor map_of(const Picture& picture) {
  for (const Record& record : picture.records) {
    const auto* grid = std::get_if<TensorGrid>(&record);
    if (grid != nullptr && grid->role == session::TensorRole::kOutput) {
      return grid->tensor;
    }
  }
  return {};
}

std::vector<float> last_map(Stage stage) {
  stage.apply(session::action::Last{});
  const Tensor map = map_of(compose_stage(stage));
  return {map.values().begin(), map.values().end()};
}

std::string said(const Stage& stage) { return read_aloud(compose_stage(stage)); }

// The transposed convolution of "Dive into Deep Learning", with its strided and padded versions.
TEST(StampView, EndsInThePublishedMaps) {
  EXPECT_EQ(last_map(small()), (std::vector<float>{0, 0, 1, 0, 4, 6, 4, 12, 9}));
  EXPECT_EQ(last_map(small(R"("stride": 2, )")),
            (std::vector<float>{0, 0, 0, 1, 0, 0, 2, 3, 0, 2, 0, 3, 4, 6, 6, 9}));
  EXPECT_EQ(last_map(small(R"("padding": 1, )")), (std::vector<float>{4}));
}

// 1 · kernel at the top right, then 2 · kernel at the bottom left.
TEST(StampView, TheMapAddsUpStampByStamp) {
  Stage stage = small();
  stage.apply(session::action::GoTo{1});
  const Tensor one = map_of(compose_stage(stage));
  EXPECT_EQ(std::vector<float>(one.values().begin(), one.values().end()),
            (std::vector<float>{0, 0, 1, 0, 2, 3, 0, 0, 0}));
  stage.apply(session::action::GoTo{2});
  const Tensor two = map_of(compose_stage(stage));
  EXPECT_EQ(std::vector<float>(two.values().begin(), two.values().end()),
            (std::vector<float>{0, 0, 1, 0, 4, 3, 4, 6, 0}));
}

TEST(StampView, TheLastFrameIsTheLayersOutput) {
  Stage stage = rich();
  stage.apply(session::action::Last{});
  const Tensor map = map_of(compose_stage(stage));
  EXPECT_TRUE(identical(map, stage.derived.layers[0].output));
}

TEST(StampView, BeforeTheLastStampThereIsNoBias) {
  Stage stage = rich();
  stage.apply(session::action::GoTo{stage.derived.layers[0].input.shape().count() - 2});
  const derive::LayerResult& layer = stage.derived.layers[0];
  const Tensor map = map_of(compose_stage(stage));
  EXPECT_TRUE(identical(
      map, conv::stamped(layer.input, layer.weight, layer.spec, layer.input.shape().count() - 1)));
  EXPECT_NE(said(stage).find("bias 1, \u22122, 3 will be added"), std::string::npos);
  stage.apply(session::action::Last{});
  EXPECT_NE(said(stage).find("bias 1, \u22122, 3 has been added"), std::string::npos);
}

TEST(StampView, AnyOrderOfStepsShowsTheSame) {
  Stage stage = rich();
  const std::int64_t cells = stage.derived.layers[0].input.shape().count();
  std::vector<std::string> sequence;
  std::vector<std::int64_t> order;
  for (std::int64_t p = 0; p < cells; ++p) {
    stage.apply(session::action::GoTo{p});
    sequence.push_back(svg::svg_of(compose_stage(stage), golden_metrics()));
    order.push_back(p);
  }
  std::shuffle(order.begin(), order.end(), std::mt19937(5));
  for (const std::int64_t p : order) {
    stage.apply(session::action::GoTo{p});
    EXPECT_EQ(svg::svg_of(compose_stage(stage), golden_metrics()),
              sequence[static_cast<std::size_t>(p)])
        << p;
  }
}

TEST(StampView, SpellsTheStampOut) {
  Stage stage = small();
  EXPECT_NE(said(stage).find("out[n, o, y+i, x+j] += x[n, c, y, x] \u00B7 weight[c, o, i, j]"),
            std::string::npos)
      << said(stage);
  stage.apply(session::action::GoTo{2});
  EXPECT_NE(said(stage).find("2 \u00B7 [[0, 1], [2, 3]] = [[0, 2], [4, 6]]"), std::string::npos)
      << said(stage);
}

TEST(StampView, ProductsAppearOneByOne) {
  Stage stage = small();
  stage.apply(session::action::SetGranularity{session::Granularity::kTerm});
  stage.apply(session::action::GoTo{1});
  stage.apply(session::action::Next{});  // the first product of the third stamp
  stage.apply(session::action::Next{});
  EXPECT_NE(said(stage).find("= [[0, 2], [, ]]"), std::string::npos) << said(stage);
  EXPECT_EQ(map_of(compose_stage(stage)).at({0, 0, 1, 1}), 2) << "the stamp has not landed";
}

TEST(StampView, NamesWhatPaddingCutsOff) {
  Stage stage = small(R"("padding": 1, )");
  EXPECT_NE(said(stage).find("cut off by padding 1"), std::string::npos) << said(stage);
  EXPECT_EQ(said(small()).find("cut off"), std::string::npos);
  stage.apply(session::action::SetLanguage{lesson::Language::kRussian});
  EXPECT_NE(said(stage).find("отрезает паддинг 1"), std::string::npos) << said(stage);
}

TEST(StampView, TheBorderKnowsPaddingAndOutputPadding) {
  Stage stage = small(R"("stride": 2, "output_padding": 1, )");
  const stamp::StampBorder more = stamp::stamp_border(stage.derived.layers[0]);
  EXPECT_EQ(more.cut, conv::Pads{});
  EXPECT_EQ(more.rows, 1);
  const stamp::StampBorder both = stamp::stamp_border(
      small(R"("stride": 2, "padding": 1, "output_padding": 1, )").derived.layers[0]);
  EXPECT_EQ(both.cut, (conv::Pads{1, 0, 1, 0})) << "the row that padding cut off is given back";
  EXPECT_EQ(both.rows, 0);
}

// Counted stamp by stamp, and compared with the closed form.
TEST(StampView, CountsTheStampsInEveryCell) {
  const Stage stage = rich();
  const derive::LayerResult& layer = stage.derived.layers[0];
  std::vector<float> counts(static_cast<std::size_t>(layer.output_shape.h * layer.output_shape.w));
  for (std::int64_t p = 0; p < layer.input.shape().count(); ++p) {
    const Tensor got = stamp::stamp_counts(layer, 0, 0, p);
    EXPECT_EQ(std::vector<float>(got.values().begin(), got.values().end()), counts) << p;
    for (const conv::StampTerm& term :
         conv::stamp_at(layer.input, layer.weight, layer.spec, p).terms) {
      if (term.kept && term.output_at.c == 0) {
        counts[static_cast<std::size_t>(term.output_at.y * layer.output_shape.w +
                                        term.output_at.x)] += 1;
      }
    }
  }
}

// The centre of the 3x3 map: each of the four input cells meets the opposite weight.
TEST(StampView, AnOutputCellKnowsItsInputs) {
  Stage stage = small();
  stage.apply(session::action::Last{});
  stage.apply(session::action::Hover{session::Target{session::TensorRole::kOutput, {0, 0, 1, 1}}});
  EXPECT_NE(said(stage).find("out[0, 0, 1, 1] = 0\u00B73 + 1\u00B72 + 2\u00B71 + 3\u00B70 = 4"),
            std::string::npos)
      << said(stage);
  stage.apply(session::action::GoTo{1});
  EXPECT_NE(said(stage).find("out[0, 0, 1, 1] = 0\u00B73 + 1\u00B72 = 2"), std::string::npos)
      << "only what has been added: " << said(stage);
}

TEST(StampView, AnInputCellShowsItsFootprint) {
  Stage stage = small(R"("stride": 2, )");
  const auto outlined = [&](const session::Target& target) {
    const Picture picture = compose_stage(stage);
    const Rect cell = *target_rect(picture, target);
    return std::any_of(picture.records.begin(), picture.records.end(), [&](const Record& record) {
      const auto* box = std::get_if<Box>(&record);
      return box != nullptr && box->fill == kTransparent && box->stroke_width > 0 &&
             box->rect.w < cell.w && box->rect.w > cell.w * 0.8F &&
             std::abs(box->rect.center().x - cell.center().x) < 1 &&
             std::abs(box->rect.center().y - cell.center().y) < 1;
    });
  };
  const session::Target inside{session::TensorRole::kOutput, {0, 0, 3, 3}};
  const session::Target outside{session::TensorRole::kOutput, {0, 0, 1, 1}};
  EXPECT_FALSE(outlined(inside));
  stage.apply(session::action::Hover{session::Target{session::TensorRole::kInput, {0, 0, 1, 1}}});
  EXPECT_TRUE(outlined(inside));
  EXPECT_FALSE(outlined(outside));
}

// Every cell has a target where it is drawn.
TEST(StampView, CellsHaveTargets) {
  const Stage stage = rich();
  const Picture picture = compose_stage(stage);
  for (const session::Target& target :
       {session::Target{session::TensorRole::kInput, {0, 0, 1, 0}},
        session::Target{session::TensorRole::kWeight, {0, 2, 1, 2}},
        session::Target{session::TensorRole::kOutput, {0, 1, 2, 1}},
        session::Target{session::TensorRole::kProduct, {0, 1, 0, 2}}}) {
    const std::optional<Rect> rect = target_rect(picture, target);
    ASSERT_TRUE(rect);
    EXPECT_EQ(hit(picture, rect->center()), target);
  }
}

TEST(StampView, Golden) {
  Stage stage = scatter_add(
      R"("stride": 2, "padding": 1, "weight": {"values": [[1, 2, 1], [2, 4, 2], [1, 2, 1]]},
         "bias": {"values": [1]})",
      R"("values": [[1, 2], [3, 4]])");
  stage.apply(session::action::GoTo{2});
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(stage), golden_metrics()),
                                  "svg/stamp_s2p1.svg"));
}

// Views of a single output cell have no stamps: they, and views side by side with them, show the
// stretched input.
TEST(StampView, OtherViewsShowTheStretchedInput) {
  const auto svg = [](const Stage& stage) {
    return svg::svg_of(compose_stage(stage), golden_metrics());
  };
  for (const lesson::View view : {lesson::View::kVolume, lesson::View::kStrip,
                                  lesson::View::kNeuron, lesson::View::kMatrix}) {
    Stage stamps = small();
    Stage zero_inserted = small();
    zero_inserted.apply(session::action::SetTransposedAs{lesson::TransposedAs::kZeroInsert});
    const std::string flat = svg(stamps);
    for (Stage* stage : {&stamps, &zero_inserted}) {
      stage->apply(session::action::SetView{view});
      stage->apply(session::action::GoTo{5});
    }
    EXPECT_EQ(svg(stamps), svg(zero_inserted));
    EXPECT_NE(svg(stamps), flat);
    for (Stage* stage : {&stamps, &zero_inserted}) {
      stage->apply(session::action::SetView{lesson::View::kFlat});
      stage->apply(session::action::SetSecondView{view});
      stage->apply(session::action::GoTo{5});
    }
    EXPECT_EQ(svg(stamps), svg(zero_inserted));
    stamps.apply(session::action::SetSecondView{});
    EXPECT_EQ(svg(stamps), flat);
  }
}

}  // namespace
}  // namespace convscope::picture
