// Every problem and remark of core/import gives a complete sentence in both languages, starting
// with its place and without unfilled placeholders.
#include <gtest/gtest.h>

#include "core/import/arrays/array_text.h"
#include "core/import/arrays/slice_text.h"
#include "core/import/layers/layer_scene.h"
#include "core/import/layers/mismatch_text.h"
#include "core/lesson/locale.h"
#include "tests/core/import/golden.h"

namespace convscope::imports {
namespace {

using testing::value_of;

const lesson::Locale& locale_of(lesson::Language language) {
  static const lesson::Locale kEnglish(lesson::Language::kEnglish,
                                       testing::read_text("assets/locale/en.json"));
  static const lesson::Locale kRussian(lesson::Language::kRussian,
                                       testing::read_text("assets/locale/ru.json"));
  return language == lesson::Language::kEnglish ? kEnglish : kRussian;
}

void expect_sentences(const Problem& problem) {
  SCOPED_TRACE(problem.code);
  for (const lesson::Language language : {lesson::Language::kEnglish, lesson::Language::kRussian}) {
    const std::string sentence = locale_of(language).sentence(problem);
    EXPECT_EQ(sentence.find("[problem"), std::string::npos) << sentence;
    EXPECT_EQ(sentence.find_first_of("{}|"), std::string::npos) << sentence;
  }
}

TEST(Sentences, ArraysThatCannotBeRead) {
  for (const char* text :
       {"", "1 x", "1 nan", "1e99", "1/0", "1\t\t2", "[1, [2]]", "[[1, 2], [3]]", "[1, ...]", "[1",
        "[1)", "[1] 2", "[[[[[1]]]]]", "x =\n Column 1\n 1\n 2\n Column 2\n 1\n", "[1,"}) {
    const auto result = read_array_text(text);
    ASSERT_FALSE(ok(result)) << text;
    expect_sentences(std::get<Problem>(result));
  }
}

TEST(Sentences, LayersThatCannotBeRead) {
  for (const char* text :
       {"",
        "42",
        "nn.Foo()",
        "if f():\n nn.ReLU()",
        "def f():\n l = []\n for i in range(900):\n  for j in range(900):\n   l = l + [i]\nf()",
        "self.a(x)",
        "F.conv2d(1, 2, 3)",
        "nn.Conv2f(1, 1, 1)",
        "nn.Flatten()",
        "nn.Conv2d(",
        "nn.Conv2d(1,",
        "x =\nnn.ReLU()",
        "nn.ReLU() nn.ReLU()",
        "'a",
        "nn.Conv2d(1, 1)",
        "nn.Conv2d(1, 1, 1, kernel_size=1)",
        "nn.ReLU(True, 1)",
        "nn.ReLU(x=1)",
        "nn.Conv2d(1, 1, 1, strid=1)",
        "nn.Conv2d(1, 1, 1, padding='x')",
        "nn.Conv2d(1, 1.5, 1)",
        "nn.Conv2d(1, 1, 1, bias=2)",
        "nn.Conv2d(1, 1, k)",
        "nn.Conv2d(1, 1, (1, 2, 3))",
        "nn.ConstantPad2d(1, 2.5), nn.Conv2d(1, 1, 1)",
        "nn.ZeroPad2d(1)",
        "Conv2DTranspose(1, 3, strides=2, padding='same')",
        "a.weight.data = torch.flip(a.weight.data, (2, 3))",
        "nn.Conv1d(1, 1, 1), nn.Conv2d(1, 1, 1)",
        "(0-1): 9999 x ReLU()",
        "((((((((((((((((((((((((((((((1"}) {
    const auto result = read_layer_text(text);
    ASSERT_FALSE(ok(result)) << text;
    expect_sentences(std::get<Problem>(result));
  }
}

TEST(Sentences, LayersThatCannotRun) {
  for (const char* text :
       {"nn.Conv2d(1, 1, 9999)", "nn.Conv2d(2, 1, 1), nn.Conv2d(3, 1, 1)",
        "nn.Conv2d(9999, 9999, 9)", "nn.MaxPool2d(2), nn.Conv2d(9999999, 1, 1)",
        "Conv2D(1, 1, input_shape=(8, 8, 1)), MaxPooling2D(6, 1, padding='same')"}) {
    const auto result = scene_of(value_of(read_layer_text(text)));
    ASSERT_FALSE(ok(result)) << text;
    expect_sentences(std::get<Problem>(result));
  }
}

TEST(Sentences, Remarks) {
  const LayerText text = value_of(
      read_layer_text("class A(nn.Module):\n self.a = F.conv2d(x, w)\n self.b = nn.Dropout(0.1)\n"
                      " self.c = nn.GELU()\n self.d = nn.ReLU()\n self.e = nn.Flatten()"));
  const ScenedLayers scened = value_of(scene_of(text));
  std::vector<std::string> codes;
  for (const Problem& remark : scened.remarks) {
    codes.push_back(remark.code);
    expect_sentences(remark);
  }
  const ScenedLayers broken = value_of(
      scene_of(value_of(read_layer_text("Net(\n (a): Conv2d(3, 8, 1)\n (b): Conv2d(4, 8, 1)\n)"))));
  expect_sentences(broken.remarks.back());
  EXPECT_EQ(broken.remarks.back().code, "layer_chain_breaks");
  EXPECT_EQ(codes, (std::vector<std::string>{"layer_weight_assumed", "layer_left_out",
                                             "layer_activation_left_out", "layer_rest_left_out",
                                             "layer_order_assumed", "layer_channels_assumed"}));
}

TEST(Sentences, Mismatches) {
  for (const auto& one : testing::golden_cases("messages.json")) {
    expect_sentences(read_mismatch(one.at("error").get<std::string>(), {})->problem);
  }
  for (const auto& one : testing::golden_cases("meetings.json")) {
    expect_sentences(read_mismatch(one.at("error").get<std::string>(), {})->problem);
  }
  const conv::LayerSpec layers[] = {{.in_channels = 1, .out_channels = 8}, {.in_channels = 16}};
  const auto found = read_mismatch(
      "Given groups=1, weight of size [1, 16, 3, 3], expected input[1, 8, 26, 26] to have 16 "
      "channels, but got 8 channels instead",
      layers);
  ASSERT_TRUE(found);
  expect_sentences(found->problem);
  EXPECT_TRUE(
      locale_of(lesson::Language::kEnglish).sentence(found->problem).starts_with("Layer 2: "));
}

TEST(Sentences, Slices) {
  const std::int64_t shape[] = {2, 3};
  for (const char* text : {"x", "[0", "5", "1:1", "::0", "0, 0, 0", "..., ..."}) {
    const auto result = read_slice(text, shape);
    ASSERT_FALSE(ok(result)) << text;
    expect_sentences(std::get<Problem>(result));
  }
}

TEST(Sentences, SayRowAndColumnFirst) {
  const auto result = read_array_text("1 2\n3 x");
  EXPECT_TRUE(locale_of(lesson::Language::kEnglish)
                  .sentence(std::get<Problem>(result))
                  .starts_with("Row 2, column 3: \"x\" is not a number"));
  EXPECT_TRUE(locale_of(lesson::Language::kRussian)
                  .sentence(std::get<Problem>(result))
                  .starts_with("Строка 2, столбец 3: «x» — не число"));
}

}  // namespace
}  // namespace convscope::imports
