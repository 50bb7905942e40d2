// Layers of every kind in lesson files: reading, writing, refusing.
#include <gtest/gtest.h>

#include <set>

#include "core/derive/derived.h"
#include "core/lesson/json/lesson_json.h"
#include "core/lesson/layer_code.h"
#include "tests/core/lesson/bundled.h"

namespace convscope::lesson {
namespace {

constexpr const char* kPlanes = R"({"seed": 1, "shape": [2, 4, 9, 10], "distribution": "uniform"})";
constexpr const char* kSignalTensor = R"({"seed": 1, "shape": [2, 4, 13]})";

std::string lesson_of(const std::string& input, const std::string& layers,
                      const std::string& more = "") {
  return R"({"format": 1, "id": "l", "title": "L", "scenes": [{"input": )" + input +
         ", \"layers\": [" + layers + "]" + more + "}]}";
}

Lesson read(const std::string& json) { return parse_lesson(json, "l.json", {}); }

Problem refused(const std::string& json) {
  try {
    read(json);
  } catch (const Failure& failure) {
    return failure.problem();
  }
  ADD_FAILURE() << "was accepted: " << json;
  return {};
}

struct Case {
  const char* input;
  const char* layers;
  Shape output;  // computed by hand from PyTorch's formulas
};

const Case kCases[] = {
    {kPlanes,
     R"({"op": "conv2d", "name": "a", "stride": [2, 1], "padding": [1, 2, 0, 3],
         "padding_mode": "reflect", "dilation": [1, 2], "groups": 2, "flip": true,
         "weight": {"seed": 2, "shape": [6, 2, 3, 2]}, "bias": {"seed": 3, "shape": [6]}})",
     {2, 6, 5, 11}},
    {kPlanes,
     R"({"op": "conv2d", "padding": "same", "weight": {"seed": 2, "shape": [1, 4, 2, 2]}})",
     {2, 1, 9, 10}},
    {kSignalTensor,
     R"({"op": "conv1d", "stride": 5, "padding": "same_tf", "flip": true,
         "weight": {"seed": 2, "shape": [3, 4, 6]}})",
     {2, 3, 1, 3}},
    {kPlanes,
     R"({"op": "conv_transpose2d", "stride": [2, 3], "padding": [1, 0], "output_padding": [1, 2],
         "dilation": [2, 1], "groups": 4, "weight": {"seed": 2, "shape": [4, 2, 3, 3]},
         "bias": {"values": [1, 2, 3, 4, 5, 6, 7, 8]}})",
     {2, 8, 20, 32}},
    {kSignalTensor,
     R"({"op": "conv_transpose1d", "stride": 2, "padding": 1, "output_padding": 1,
         "weight": {"seed": 2, "shape": [4, 1, 3]}})",
     {2, 1, 1, 26}},
    {kPlanes,
     R"({"op": "max_pool2d", "kernel_size": 3, "stride": [2, 1], "padding": 1, "dilation": [1, 2],
         "ceil_mode": true})",
     {2, 4, 5, 8}},
    {kPlanes, R"({"op": "max_pool2d", "kernel_size": [2, 3]})", {2, 4, 4, 3}},
    {kSignalTensor, R"({"op": "max_pool1d", "kernel_size": 3})", {2, 4, 1, 4}},
    {kPlanes,
     R"({"op": "avg_pool2d", "kernel_size": 2, "stride": 1, "padding": [1, 0], "ceil_mode": true,
         "count_include_pad": false, "divisor_override": 3})",
     {2, 4, 10, 9}},
    {kSignalTensor,
     R"({"op": "avg_pool1d", "kernel_size": 3, "count_include_pad": false, "padding": 1})",
     {2, 4, 1, 5}},
    {kPlanes, R"({"op": "relu", "name": "act"})", {2, 4, 9, 10}},
    {kPlanes,
     R"({"op": "unfold", "kernel_size": [2, 3], "stride": 2, "padding": 1, "dilation": [1, 2]})",
     {2, 24, 5, 4}},
    {kSignalTensor,
     R"({"op": "relu"}, {"op": "conv1d", "weight": {"seed": 2, "shape": [3, 4, 4]}}, {"op": "relu"},
        {"op": "max_pool1d", "kernel_size": 2})",
     {2, 3, 1, 5}},
    {kPlanes,
     R"({"op": "conv_transpose2d", "weight": {"seed": 2, "shape": [4, 3, 2, 2]}}, {"op": "relu"},
        {"op": "avg_pool2d", "kernel_size": 2}, {"op": "unfold", "kernel_size": 5})",
     {2, 75, 1, 1}},
};

TEST(LayerJson, EveryOpSurvivesWritingAndReading) {
  for (const Case& one : kCases) {
    SCOPED_TRACE(one.layers);
    const Lesson lesson = read(lesson_of(one.input, one.layers));
    const std::string json = lesson_json(lesson);
    const Lesson again = read(json);
    EXPECT_EQ(lesson_json(again), json);
    const std::vector<Layer>& layers = lesson.scenes[0]->layers;
    ASSERT_EQ(again.scenes[0]->layers.size(), layers.size());
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const Layer& layer = again.scenes[0]->layers[i];
      EXPECT_EQ(layer.spec, layers[i].spec);
      EXPECT_EQ(layer.name, layers[i].name);
      EXPECT_EQ(layer.one_dimensional, layers[i].one_dimensional);
      EXPECT_TRUE(identical(layer.weight.base, layers[i].weight.base));
      EXPECT_TRUE(identical(layer.bias.base, layers[i].bias.base));
    }
    const derive::Derived derived = derive::derive(lesson.scenes[0]);
    EXPECT_EQ(derived.layers.back().output.shape(), one.output);
  }
}

TEST(LayerJson, EveryOpOfTheFormatIsHeldAbove) {
  std::set<std::string_view> met;
  for (const Case& one : kCases) {
    const Lesson lesson = read(lesson_of(one.input, one.layers));
    for (const Layer& layer : lesson.scenes[0]->layers) {
      met.insert(op_word(layer));
    }
  }
  EXPECT_EQ(met.size(), 10U);
}

TEST(LayerJson, SettingsAreReadAsTheyStand) {
  const conv::LayerSpec spec =
      read(lesson_of(kCases[0].input, kCases[0].layers)).scenes[0]->layers[0].spec;
  EXPECT_EQ(spec.stride, (conv::Size2{2, 1}));
  EXPECT_EQ(spec.pads, (conv::Pads{1, 2, 0, 3}));
  EXPECT_EQ(spec.dilation, (conv::Size2{1, 2}));
  EXPECT_EQ(spec.padding_mode, conv::PaddingMode::kReflect);
  EXPECT_EQ(spec.groups, 2);
  EXPECT_EQ(spec.in_channels, 4);
  EXPECT_EQ(spec.out_channels, 6);
  EXPECT_TRUE(spec.flip);
  const conv::LayerSpec pool =
      read(lesson_of(kCases[8].input, kCases[8].layers)).scenes[0]->layers[0].spec;
  EXPECT_TRUE(pool.ceil_mode);
  EXPECT_FALSE(pool.count_include_pad);
  EXPECT_EQ(pool.divisor_override, 3);
  // The default stride of PyTorch's pools is the kernel size, that of unfold is 1.
  EXPECT_EQ(read(lesson_of(kPlanes, R"({"op": "max_pool2d", "kernel_size": [2, 3]})"))
                .scenes[0]
                ->layers[0]
                .spec.stride,
            (conv::Size2{2, 3}));
  EXPECT_EQ(read(lesson_of(kPlanes, R"({"op": "unfold", "kernel_size": 3})"))
                .scenes[0]
                ->layers[0]
                .spec.stride,
            (conv::Size2{1, 1}));
}

TEST(LayerJson, ASettingOfAnotherOpIsRefused) {
  constexpr const char* kKernel = "\"kernel_size\": 2";
  constexpr const char* kWeight = R"("weight": {"seed": 2, "shape": [4, 4, 2, 2]})";
  const std::pair<std::string, std::string> wrong[] = {
      {std::string(R"("op": "conv2d", )") + kWeight, "\"output_padding\": 1"},
      {std::string(R"("op": "conv2d", )") + kWeight, "\"ceil_mode\": true"},
      {std::string(R"("op": "conv_transpose2d", )") + kWeight, "\"padding_mode\": \"zeros\""},
      {std::string(R"("op": "conv_transpose2d", )") + kWeight, "\"flip\": true"},
      {std::string(R"("op": "max_pool2d", )") + kKernel, "\"groups\": 1"},
      {std::string(R"("op": "max_pool2d", )") + kKernel, "\"count_include_pad\": true"},
      {std::string(R"("op": "max_pool2d", )") + kKernel, kWeight},
      {std::string(R"("op": "avg_pool2d", )") + kKernel, "\"dilation\": 1"},
      {std::string(R"("op": "avg_pool1d", )") + kKernel, "\"divisor_override\": 2"},
      {std::string(R"("op": "unfold", )") + kKernel, "\"bias\": {\"values\": [1]}"},
      {R"("op": "relu")", kKernel},
  };
  for (const auto& [layer, key] : wrong) {
    SCOPED_TRACE(layer + key);
    const bool signal = layer.find("1d") != std::string::npos;
    const Problem problem =
        refused(lesson_of(signal ? kSignalTensor : kPlanes, "{" + layer + ",\n" + key + "}"));
    EXPECT_TRUE(problem.code.starts_with("json_unknown_key")) << problem.code;
    EXPECT_TRUE(problem.field.starts_with("scenes[0].layers[0].")) << problem.field;
    EXPECT_EQ(problem.values[1], (std::pair<std::string, ProblemValue>{"line", std::int64_t{2}}));
  }
}

TEST(LayerJson, WhatCannotRunSaysWhichSetting) {
  const auto expect = [](const std::string& layer, const char* code, const char* field) {
    const Problem problem = refused(lesson_of(kPlanes, layer));
    EXPECT_EQ(problem.code, code) << layer;
    EXPECT_EQ(problem.field, std::string("scenes[0].layers[0]") + field) << layer;
  };
  expect(R"({"op": "max_pool2d", "kernel_size": 2, "padding": 2})", "pool_padding_too_large",
         ".padding");
  expect(R"({"op": "max_pool2d", "kernel_size": 2, "padding": "same"})", "padding_needs_numbers",
         ".padding");
  expect(R"({"op": "avg_pool2d", "kernel_size": 4, "padding": [0, 1, 0, 1]})", "padding_uneven",
         ".padding");
  expect(R"({"op": "avg_pool2d", "kernel_size": 2, "divisor_override": -1})", "json_out_of_range",
         ".divisor_override");
  expect(R"({"op": "unfold", "kernel_size": 11})", "kernel_too_tall", ".kernel_size");
  expect(R"({"op": "max_pool2d"})", "json_missing_key", "");
  expect(R"({"op": "conv_transpose2d", "output_padding": 1,
             "weight": {"seed": 1, "shape": [4, 1, 2, 2]}})",
         "output_padding_too_large", ".output_padding");
  expect(
      R"({"op": "conv_transpose2d", "padding": 9, "weight": {"seed": 1, "shape": [4, 1, 2, 2]}})",
      "padding_cuts_all_rows", ".padding");
  expect(R"({"op": "conv_transpose2d", "weight": {"seed": 1, "shape": [3, 1, 2, 2]}})",
         "channels_differ", "");
}

TEST(LayerJson, AnUnfoldThatWouldNotFitIsRefused) {
  const Problem problem = refused(lesson_of(R"({"seed": 1, "shape": [64, 300, 300]})",
                                            R"({"op": "unfold", "kernel_size": 9})"));
  EXPECT_EQ(problem.code, "output_too_large");
}

TEST(LayerJson, OneSceneOneNumberOfDimensions) {
  EXPECT_EQ(refused(lesson_of(kSignalTensor, R"({"op": "max_pool1d", "kernel_size": 2},
                                          {"op": "unfold", "kernel_size": 1})"))
                .code,
            "layer_needs_planes");
  const Problem problem = refused(lesson_of(kPlanes, R"({"op": "relu"},
    {"op": "max_pool2d", "kernel_size": 2}, {"op": "max_pool1d", "kernel_size": 2})"));
  EXPECT_EQ(problem.code, "layer_needs_signal");
  EXPECT_EQ(problem.field, "scenes[0].layers[2].op");
}

TEST(SceneJson, LooksSurviveWritingAndReading) {
  const std::string conv = R"({"op": "conv2d", "weight": {"seed": 2, "shape": [1, 4, 2, 2]}})";
  const std::string more = R"(, "view": ["flat", "receptive-field"], "code": "linear",
    "transposed_as": "stamp",
    "training": {"optimizer": "adam", "lr": 0.01, "momentum": 0.5, "beta1": 0.8, "beta2": 0.99,
                 "eps": 1e-6, "steps": 30, "start": {"seed": 5, "shape": [4, 2, 2]},
                 "target": {"seed": 6, "shape": [2, 1, 8, 9], "distribution": "integers",
                            "low": -2, "high": 2, "edits": [{"at": [7, 8], "value": 5}]}},
    "claim": {"label": {"en": "As printed", "ru": "Как напечатано"},
              "seed": 7, "shape": [2, 1, 8, 9]},
    "narration": [{"at": "start", "text": "a"}, {"at": 5, "text": "b"}, {"at": "last", "text": "c"}])";
  const Lesson lesson = read(lesson_of(kPlanes, conv, more));
  const Lesson again = read(lesson_json(lesson));
  EXPECT_EQ(lesson_json(again), lesson_json(lesson));
  for (const Scene& scene : {lesson.scenes[0], again.scenes[0]}) {
    EXPECT_EQ(scene.view, View::kFlat);
    EXPECT_EQ(scene.second_view, View::kReceptiveField);
    EXPECT_EQ(scene.code, CodeStrip::kLinear);
    EXPECT_EQ(scene.transposed_as, TransposedAs::kScatterAdd);
    ASSERT_TRUE(scene.training && scene.reference_map);
    EXPECT_EQ(scene.training->optimizer,
              (conv::Optimizer{conv::Optimizer::Kind::kAdam, 0.01, 0.5, 0.8, 0.99, 1e-6}));
    EXPECT_EQ(scene.training->steps, 30);
    EXPECT_EQ(scene.training->start.base.shape(), (Shape{1, 4, 2, 2}));
    EXPECT_EQ(scene.training->target.tensor().at({0, 0, 7, 8}), 5);
    EXPECT_EQ(scene.reference_map->label.in(Language::kRussian), "Как напечатано");
    EXPECT_EQ(scene.reference_map->map.base.shape(), (Shape{2, 1, 8, 9}));
    ASSERT_EQ(scene.narration.size(), 3U);
    EXPECT_EQ(scene.narration.back().position, 2 * 8 * 9 - 1);
  }
}

TEST(SceneJson, SeveralLayersAreTrainedTogether) {
  const std::string layers =
      R"({"op": "conv2d", "weight": {"seed": 2, "shape": [2, 4, 2, 2]}}, {"op": "relu"},
         {"op": "conv2d", "weight": {"seed": 3, "shape": [1, 2, 1, 1]}})";
  const std::string starts =
      R"([{"seed": 4, "shape": [2, 4, 2, 2]}, {"seed": 5, "shape": [1, 2, 1, 1]}])";
  const auto training = [](const std::string& more) {
    return R"(, "training": {"layers": "all", )" + more + "}";
  };
  const Lesson lesson = read(lesson_of(kPlanes, layers, training(R"("start": )" + starts)));
  const Lesson again = read(lesson_json(lesson));
  EXPECT_EQ(lesson_json(again), lesson_json(lesson));
  for (const Scene& scene : {lesson.scenes[0], again.scenes[0]}) {
    ASSERT_TRUE(scene.training && scene.training->all_layers);
    EXPECT_EQ(scene.training->start.base.shape(), (Shape{2, 4, 2, 2}));
    ASSERT_EQ(scene.training->later_starts.size(), 1U);
    EXPECT_EQ(scene.training->later_starts[0].base.shape(), (Shape{1, 2, 1, 1}));
  }
  const std::string pooled = layers + R"(, {"op": "max_pool2d", "kernel_size": 2})";
  EXPECT_EQ(refused(lesson_of(kPlanes, pooled, training(R"("steps": 3)"))).code, "training_chain");
  EXPECT_EQ(refused(lesson_of(kPlanes, layers, training(R"("start": [])"))).field,
            "scenes[0].training.start");
  EXPECT_EQ(refused(lesson_of(kPlanes, layers, R"(, "training": {"start": )" + starts + "}")).code,
            "size_length");
}

// In these views narration counts training steps and stamps.
TEST(SceneJson, NarrationCountsWhatTheSceneShows) {
  const std::string conv = R"({"op": "conv2d", "weight": {"seed": 2, "shape": [1, 4, 2, 2]}})";
  const std::string steps = R"(, "view": "descent", "training": {"steps": 30}, "narration": )";
  EXPECT_EQ(read(lesson_of(kPlanes, conv, steps + R"([{"at": "last", "text": "x"}])"))
                .scenes[0]
                ->narration[0]
                .position,
            29);
  EXPECT_EQ(refused(lesson_of(kPlanes, conv, steps + R"([{"at": 30, "text": "x"}])")).code,
            "json_out_of_range");
  const std::string transposed =
      R"({"op": "conv_transpose2d", "stride": 2, "weight": {"seed": 2, "shape": [4, 1, 2, 2]}})";
  const std::string stamps = R"(, "transposed_as": "stamp", "narration": )";
  EXPECT_EQ(read(lesson_of(kPlanes, transposed, stamps + R"([{"at": "last", "text": "x"}])"))
                .scenes[0]
                ->narration[0]
                .position,
            2 * 4 * 9 * 10 - 1);
}

TEST(SceneJson, MistakesAreNamed) {
  const std::string conv = R"({"op": "conv2d", "weight": {"seed": 2, "shape": [1, 4, 2, 2]}})";
  const auto expect = [&](const std::string& more, const char* code, const std::string& path) {
    const Problem problem = refused(lesson_of(kPlanes, conv, ", " + more));
    EXPECT_EQ(problem.code, code) << more;
    EXPECT_EQ(problem.field, "scenes[0]." + path) << more;
  };
  expect(R"("view": "sideways")", "json_unknown_choice", "view");
  expect(R"("view": ["flat"])", "views_count", "view");
  expect(R"("view": ["flat", "matrix", "strip"])", "views_count", "view");
  expect(R"("view": ["flat", "flat"])", "views_pair", "view");
  expect(R"("view": ["descent", "flat"])", "views_pair", "view");
  expect(R"("view": ["flat", 5])", "json_not_string", "view[1]");
  expect(R"("code": "while")", "json_unknown_choice", "code");
  expect(R"("transposed_as": "both")", "json_unknown_choice", "transposed_as");
  expect(R"("training": {"optimizer": "rmsprop"})", "json_unknown_choice", "training.optimizer");
  expect(R"("training": {"steps": 0})", "json_out_of_range", "training.steps");
  expect(R"("training": {"lr": "fast"})", "json_not_number", "training.lr");
  expect(R"("training": {"rate": 1})", "json_unknown_key", "training.rate");
  expect(R"("training": {"start": {"seed": 1, "shape": [3, 3]}})", "tensor_shape",
         "training.start");
  expect(R"("training": {"target": {"seed": 1, "shape": [3, 3]}})", "tensor_shape",
         "training.target");
  expect(R"("claim": {"seed": 1, "shape": [2, 1, 8, 9]})", "json_missing_key", "claim");
  expect(R"("claim": {"label": "x", "seed": 1, "shape": [8, 9]})", "tensor_shape", "claim");
  expect(R"("title": {})", "json_not_text", "title");
  expect(R"("narration": [{"at": "end", "text": "x"}])", "json_unknown_choice", "narration[0].at");
  EXPECT_EQ(refused(lesson_of(kPlanes, R"({"op": "relu"})", R"(, "training": {})")).code,
            "training_needs_conv");
}

TEST(SceneJson, TheSchemaMayBeNamed) {
  const std::string json = R"({"$schema": "../lesson.schema.json", "format": 1, "id": "l",
    "title": "L", "scenes": [{"input": {"values": [[1]]}, "layers": [{"op": "relu"}]}]})";
  EXPECT_EQ(read(json).id, "l");
}

// Texts whose place an edit removed are not written: the file could not be opened again.
TEST(SceneJson, AnEditedLessonCanBeReadAgain) {
  session::Session session = testing::opened("cross-5x5");
  conv::LayerSpec spec = session::layer_of(session).spec;
  spec.stride = {2, 2};
  session = testing::after(session, session::action::SetSpec{spec, true});
  const Lesson again = read(lesson_json(session.document.lesson));
  EXPECT_EQ(lesson::layer_output_shape(again.scenes[0], 0).count(), 4);
  // Also the texts whose places are gone.
  EXPECT_EQ(again.scenes[0]->narration, session::scene_of(session).narration);
  EXPECT_EQ(again.scenes[0]->narration.back().position, 8);
}

}  // namespace
}  // namespace convscope::lesson
