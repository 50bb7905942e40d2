// What Ctrl+V asks for, by the text on the clipboard.
#include "app/panels/commands/pasted.h"

#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

class Pasted : public PanelBench {
 protected:
  session::Actions actions(std::string_view text) { return pasted_actions(text, session_); }

  // The only action, which has to be of this kind.
  template <typename Kind>
  Kind only(std::string_view text) {
    const session::Actions all = actions(text);
    EXPECT_EQ(all.size(), 1u) << text;
    const auto* kind = all.empty() ? nullptr : all.back().as<Kind>();
    EXPECT_NE(kind, nullptr) << text;
    return kind == nullptr ? Kind{} : *kind;
  }
};

TEST_F(Pasted, ControlVAsksForTheClipboardUnlessTextIsTyped) {
  press(Key::kV, {.ctrl = true});
  EXPECT_TRUE(ui_.paste);
  EXPECT_FALSE(ui_.paste_filter);
  ui_.paste = false;
  ui_.building.tab = InspectorTab::kFilter;
  settle();
  press(Key::kV, {.ctrl = true});
  EXPECT_EQ(ui_.paste_filter, 0);
  ui_.paste = false;
  press(Key::kK, {.ctrl = true});  // the palette has a field
  press(Key::kV, {.ctrl = true});
  EXPECT_FALSE(ui_.paste);
}

TEST_F(Pasted, LayersBecomeADocument) {
  const auto opened =
      only<session::action::Opened>("nn.Sequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2))");
  ASSERT_EQ(opened.lesson.scenes.size(), 1u);
  EXPECT_EQ(opened.lesson.scenes.front()->layers.size(), 2u);
  const session::Actions assumed = actions("Conv2D(8, 3)");
  ASSERT_EQ(assumed.size(), 2u);
  EXPECT_EQ(assumed[1].as<session::action::Notify>()->notice.code, "layer_channels_assumed");
}

TEST_F(Pasted, LayersReadWhatSomebodyHasPainted) {
  const auto input_after = [&](std::string_view text) {
    return only<session::action::Opened>(text).lesson.scenes.front()->input;
  };
  EXPECT_EQ(input_after("nn.Conv2d(1, 8, 3)").base.shape(), (Shape{1, 1, 16, 16}));
  session_ = session::update(
      session_, session::action::SetValue{{session::TensorRole::kInput, {0, 0, 2, 1}}, 7, true});
  EXPECT_EQ(input_after("nn.Conv2d(1, 8, 3)"), session::scene_of(session_).input);
  // They would not fit.
  EXPECT_EQ(input_after("nn.Conv2d(3, 8, 3)").base.shape(), (Shape{1, 3, 16, 16}));
  // What was pasted with the painted input keeps it for the next layers.
  session_ = session::update(session_, actions("nn.Conv2d(1, 8, 3)").front());
  const lesson::TensorRef painted = session::scene_of(session_).input;
  EXPECT_EQ(input_after("nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU())"), painted);
}

TEST_F(Pasted, TablesOfNumbersBecomeTheInput) {
  for (const char* text : {"1\t2\t3\n4\t5\t6\n7\t8\t9", "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]",
                           "tensor([[1., 2., 3.],\n        [4., 5., 6.],\n        [7., 8., 9.]])",
                           "[[1 2 3]\n [4 5 6]\n [7 8 9]]", "A = [1 2 3; 4 5 6; 7 8 9]"}) {
    const auto put = only<session::action::SetTensor>(text);
    EXPECT_EQ(put.tensor, session::TensorRole::kInput);
    EXPECT_EQ(put.shape, (Shape{1, 1, 3, 3})) << text;
    EXPECT_EQ(put.values, (std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8, 9})) << text;
  }
  const session::Session after =
      session::update(session_, only<session::action::SetTensor>("1 2 3\n4 5 6\n7 8 9"));
  EXPECT_EQ(session::scene_of(after).input.base.shape(), (Shape{1, 1, 3, 3}));
  EXPECT_EQ(session::update(after, session::action::Undo{}).document.lesson,
            session_.document.lesson);
}

TEST_F(Pasted, AnErrorMessageSaysWhichNumberDisagrees) {
  const session::Actions all = actions(
      "RuntimeError: Given groups=1, weight of size [1, 1, 3, 3], expected input[1, 3, 5, 5] to "
      "have 1 channels, but got 3 channels instead");
  ASSERT_FALSE(all.empty());
  EXPECT_TRUE(all.back().as<session::action::Notify>()->notice.code.starts_with("mismatch_"));
}

// Row and column come from the text.
// While the inspector tells about the filter.
TEST_F(Pasted, NumbersAreForTheFilterWhenThatIsSelected) {
  const auto filter_of = [&](const std::string& text) {
    const session::Session after =
        session::update(session_, pasted_actions(text, session_, 0).front());
    return session::layer_of(after).weight.tensor();
  };
  const Tensor box = filter_of("np.ones((3, 3)) / 9");
  EXPECT_EQ(box.shape(), (Shape{1, 1, 3, 3}));
  EXPECT_FLOAT_EQ(box.at({0, 0, 2, 1}), 1.0F / 9);
  EXPECT_EQ(filter_of("1 2 1\n0 0 0\n-1 -2 -1").at({0, 0, 2, 1}), -2);
  const Tensor wide = filter_of("1 2 3 4 5");  // another kernel
  EXPECT_EQ(wide.shape(), (Shape{1, 1, 1, 5}));
  // Of a layer with several channels and filters the one on stage changes, in all its channels.
  session_ = session::update(session_, actions("nn.Conv2d(3, 2, 3)").front());
  const Tensor before = session::layer_of(session_).weight.tensor();
  const Tensor one = filter_of("1 2 1\n0 0 0\n-1 -2 -1");
  EXPECT_EQ(one.at({0, 2, 0, 1}), 2);
  EXPECT_EQ(one.at({1, 2, 0, 1}), before.at({1, 2, 0, 1}));
}

// A cell of a notebook, copied with what it printed.
TEST_F(Pasted, AnErrorMessageIsAboutTheLayersPastedWithIt) {
  const std::string message =
      "Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\nRuntimeError: "
      "Given groups=1, weight of size [8, 16, 3, 3], expected input[1, 4, 14, 14] to have 16 "
      "channels, but got 4 channels instead";
  const session::Actions apart =
      actions("net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Conv2d(16, 8, 3))\nnet(x)\n" + message);
  ASSERT_EQ(apart.size(), 1u);  // layers that don't fit are no document
  const Problem& between = apart[0].as<session::action::Notify>()->notice;
  EXPECT_EQ(between.code, "mismatch_channels_between");
  const session::Actions together = actions("nn.ReLU(), nn.Conv2d(16, 8, 3)\n" + message);
  ASSERT_EQ(together.size(), 3u);
  EXPECT_TRUE(together[0].is<session::action::Opened>());
  EXPECT_EQ(together[1].as<session::action::SetLayer>()->layer, 1);
  EXPECT_EQ(together[2].as<session::action::Notify>()->notice.code, "mismatch_channels");
}

TEST_F(Pasted, WhatIsNoneOfTheseIsOneSentenceWithItsPlace) {
  const auto place = [](const Problem& problem) {
    std::pair<std::int64_t, std::int64_t> found = {0, 0};
    for (const auto& [key, value] : problem.values) {
      if (key == "row" || key == "column") {
        (key == "row" ? found.first : found.second) = std::get<std::int64_t>(value);
      }
    }
    return found;
  };
  const Problem word = only<session::action::Notify>("1 2 3\n4 x 6").notice;
  EXPECT_EQ(place(word), (std::pair<std::int64_t, std::int64_t>{2, 3})) << word.code;
  EXPECT_EQ(only<session::action::Notify>("1e40").notice.code, "array_number_too_large");
  EXPECT_EQ(only<session::action::Notify>("nan").notice.code, "array_not_finite");
  const Problem layer = only<session::action::Notify>("nn.Conf2d(3, 8, 3)").notice;
  EXPECT_EQ(layer.code, "layer_unknown_near");
  EXPECT_EQ(place(layer), (std::pair<std::int64_t, std::int64_t>{1, 1}));
  EXPECT_TRUE(actions(" \n\t").empty());
}

// 0.299, 0.587 and 0.114 of ITU-R BT.601.
TEST_F(Pasted, APictureTakesTheChannelsThatTheLayersRead) {
  const Tensor rgb({1, 3, 1, 1}, std::vector<float>{200, 100, 50});
  const session::Action picture = pasted_picture(rgb, session_);
  const auto& grey = *picture.as<session::action::SetTensor>();
  EXPECT_EQ(grey.shape, (Shape{1, 1, 1, 1}));
  EXPECT_EQ(grey.values, std::vector<float>{124});
}

// Arrays of a file: what fits is offered, what doesn't says why.
class Arrays : public PanelBench {
 protected:
  void choose(std::vector<imports::NamedArray> arrays) {
    ui_.arrays = ArrayChooser{.file = "/m/w.npz", .arrays = std::move(arrays)};
    settle();
  }
};

TEST_F(Arrays, EnterTakesAKernelAsFilter) {
  choose({{"fc.weight", "float32", {10, 400}}, {"conv.weight", "float32", {4, 1, 3, 3}}});
  press(Key::kDown);
  press(Key::kEnter);
  const auto used = emitted<session::action::UseArray>();
  ASSERT_EQ(used.size(), 1u);
  EXPECT_EQ(used[0].tensor, session::TensorRole::kWeight);
  EXPECT_EQ(used[0].file, "/m/w.npz");
  EXPECT_EQ(used[0].name, "conv.weight");
  EXPECT_FALSE(ui_.arrays);
}

TEST_F(Arrays, ASliceMakesItFit) {
  choose({{"conv.weight", "float32", {4, 3, 3, 3}}});
  press(Key::kEnter);
  EXPECT_TRUE(emitted<session::action::UseArray>().empty())
      << "three channels, the layer reads one";
  type(U":, :1");
  press(Key::kEnter);
  const auto used = emitted<session::action::UseArray>();
  ASSERT_EQ(used.size(), 1u);
  EXPECT_EQ(used[0].slice, ":, :1");
  EXPECT_EQ(used[0].tensor, session::TensorRole::kWeight);
}

TEST_F(Arrays, TheFirstThatCanBeReadIsChosen) {
  imports::NamedArray records{"table", "record", {}};
  records.readable = false;
  choose({records, {"conv.weight", "float32", {4, 1, 3, 3}}});
  press(Key::kEnter);
  ASSERT_EQ(emitted<session::action::UseArray>().size(), 1u);
  EXPECT_EQ(emitted<session::action::UseArray>()[0].name, "conv.weight");
}

TEST_F(Arrays, TwoSidesAreAnInput) {
  choose({{"", "uint8", {28, 28}}});
  press(Key::kEnter);
  ASSERT_EQ(emitted<session::action::UseArray>().size(), 1u);
  EXPECT_EQ(emitted<session::action::UseArray>()[0].tensor, session::TensorRole::kInput);
}

TEST_F(Arrays, TabChoosesWhatEnterDoes) {
  choose({{"", "float32", {1, 1, 3, 3}}});
  press(Key::kTab);
  press(Key::kEnter);
  ASSERT_EQ(emitted<session::action::UseArray>().size(), 1u);
  EXPECT_EQ(emitted<session::action::UseArray>()[0].tensor, session::TensorRole::kInput);
}

TEST_F(Arrays, EscapeCloses) {
  choose({{"", "float32", {28, 28}}});
  press(Key::kEscape);
  EXPECT_FALSE(ui_.arrays);
  EXPECT_TRUE(emitted_.empty());
}

TEST_F(Arrays, WhatCannotBeReadIsNotTaken) {
  choose({{"z", "complex64", {28, 28}, false}});
  press(Key::kEnter);
  EXPECT_TRUE(emitted<session::action::UseArray>().empty());
}

}  // namespace
}  // namespace convscope::panels
