// Building a layer of one's own, by the keyboard where nothing else is said: every control is
// reached by Tab and pressed by Enter.
#include <algorithm>
#include <string>

#include "app/panels/bars/layer_strip.h"
#include "app/panels/commands/palette_entries.h"
#include "app/panels/inspector/filter_tab.h"
#include "app/panels/inspector/inspector_tabs.h"
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

using session::action::SetLayer;

class BuildBench : public PanelBench {
 protected:
  void show(InspectorTab tab) {
    ui_.building.tab = tab;
    settle();
  }
  // A window whose name begins so.
  static const ImGuiWindow* window(const std::string& name) {
    for (const ImGuiWindow* each : ImGui::GetCurrentContext()->Windows) {
      if (each->WasActive && std::string(each->Name).starts_with(name)) {
        return each;
      }
    }
    return nullptr;
  }
  // Goes from control to control until this one has the keyboard.
  bool walk_to(const std::string& name, const char* label, KeyFocus area = KeyFocus::kInspector) {
    const ImGuiWindow* where = window(name);
    if (where == nullptr) {
      return false;
    }
    const unsigned id = const_cast<ImGuiWindow*>(where)->GetID(label);
    ui_.keys = area;
    ui_.focus.clear();
    for (int i = 0; i < 120; ++i) {
      ui_.focus.move_within(1, area);
      if (ui_.focus.focused() && ui_.focus.focused()->id == id) {
        settle();  // it scrolls into sight
        return true;
      }
    }
    return false;
  }
  void press_control(const char* label) {
    ASSERT_TRUE(walk_to("inspector/form", label)) << label;
    press(Key::kEnter);
  }
  void type_field(const char* label, std::u32string_view text) {
    press_control(label);
    press(Key::kA, {.ctrl = true});
    type(text);
    press(Key::kEnter);
  }
  void press_in_strip(const char* label) {
    ASSERT_TRUE(walk_to("strip/chain", label, KeyFocus::kStrip)) << label;
    press(Key::kEnter);
  }
  // In an open dropdown.
  void choose(int down) {
    for (int i = 0; i < down; ++i) {
      press(Key::kDown);
    }
    press(Key::kEnter);
  }
  void run_entry(const std::string& kind, const std::string& name) {
    session::Actions actions;
    const PanelContext seen = context(actions);
    for (const PaletteEntry& entry : palette_entries(seen)) {
      if (entry.kind == kind && entry.name == name && entry.enabled) {
        entry.run(seen);
        for (const session::Action& action : actions) {
          session_ = session::update(session_, action);
          emitted_.push_back(action);
        }
        settle();
        return;
      }
    }
    FAIL() << kind << " " << name;
  }
  const conv::LayerSpec& spec() const { return session::layer_of(session_).spec; }
  const std::vector<lesson::Layer>& layers() const { return session::scene_of(session_).layers; }
  std::vector<float> weights() const {
    const Tensor weight = session::layer_of(session_).weight.tensor();
    return {weight.values().begin(), weight.values().end()};
  }
};

TEST_F(BuildBench, NoTabAsksForAnythingByItself) {
  for (const auto tab :
       {InspectorTab::kInput, InspectorTab::kFilter, InspectorTab::kLayer, InspectorTab::kMap}) {
    show(tab);
    settle();
  }
  EXPECT_TRUE(emitted_.empty());
}

TEST_F(BuildBench, TabsAreReachedByTheKeyboard) {
  ASSERT_TRUE(walk_to("inspector", "Filter##tab_filter"));
  press(Key::kEnter);
  EXPECT_EQ(ui_.building.tab, InspectorTab::kFilter);
}

TEST_F(BuildBench, TheInputsSizeIsTyped) {
  show(InspectorTab::kInput);
  type_field("##height", U"7");
  EXPECT_EQ(session::scene_of(session_).input.base.shape(), (Shape{1, 1, 7, 5}));
  type_field("##width", U"9");
  EXPECT_EQ(session::scene_of(session_).input.base.shape(), (Shape{1, 1, 7, 9}));
  EXPECT_EQ(session_.document.history->past.size(), 2u);
}

TEST_F(BuildBench, ChannelsThatDoNotFitAreMendedByOnePress) {
  show(InspectorTab::kInput);
  type_field("##channels", U"3");
  EXPECT_EQ(ui_.building.refused_size, (Shape{1, 3, 5, 5}));
  EXPECT_TRUE(emitted<session::action::SetInputSize>().empty());
  settle();
  ASSERT_TRUE(walk_to("refusal", "in_channels = 3"));
  press(Key::kEnter);
  settle();
  EXPECT_FALSE(ui_.building.refused_size);
  EXPECT_EQ(spec().in_channels, 3);
  EXPECT_EQ(session::scene_of(session_).input.base.shape().c, 3);
  press(Key::kZ, {.ctrl = true});
  EXPECT_EQ(spec().in_channels, 1);
  EXPECT_EQ(session::scene_of(session_).input.base.shape().c, 1);
}

TEST_F(BuildBench, ALayerThatWantsMoreChannelsIsGivenThem) {
  conv::LayerSpec wanted = spec();
  wanted.in_channels = 4;
  session_ = session::update(session_, session::action::SetSpec{wanted, true});
  settle();
  EXPECT_TRUE(walk_to("refusal", "in_channels = 1"));
  ASSERT_TRUE(walk_to("refusal", "Give the input 4 channels"));
  press(Key::kEnter);
  EXPECT_EQ(session::scene_of(session_).input.base.shape().c, 4);
  EXPECT_EQ(spec().in_channels, 4);
}

TEST_F(BuildBench, TheInputIsFilled) {
  show(InspectorTab::kInput);
  press_control("checker");
  EXPECT_EQ(session::scene_of(session_).input.tensor().at({0, 0, 0, 1}), 1.0f);
  type_field("##seed", U"7");
  const auto fills = emitted<session::action::FillInput>();
  ASSERT_EQ(fills.size(), 2u);
  EXPECT_EQ(fills[1].fill, lesson::InputFill::kNoise);
  EXPECT_EQ(fills[1].seed, 7);
}

TEST_F(BuildBench, TheInputIsScaledAndConverted) {
  show(InspectorTab::kInput);
  type_field("##side", U"4");
  press_control("Crop to 4×4");
  EXPECT_EQ(session::scene_of(session_).input.base.shape(), (Shape{1, 1, 4, 4}));
  press_control("RGB");
  EXPECT_EQ(session::scene_of(session_).input.base.shape().c, 3);
  EXPECT_EQ(spec().in_channels, 3);
  press_control("Grey");
  EXPECT_EQ(spec().in_channels, 1);
  press_control("Still life");
  EXPECT_EQ(emitted<session::action::TakePicture>().size(), 1u);  // the store has the pictures
}

TEST_F(BuildBench, APresetIsChosenAndItsNumbersAreTyped) {
  show(InspectorTab::kFilter);
  press_control("##preset");
  // It opens at the X, which the lecture's filter is.
  for (int i = 0; i < 14; ++i) {
    press(Key::kUp);
  }
  press(Key::kEnter);
  ASSERT_EQ(emitted<session::action::PresetFilter>().back().preset, lesson::FilterKind::kGaussian);
  const float centre = weights()[4];
  type_field("##sigma", U"0.5");
  EXPECT_GT(weights()[4], centre);
  EXPECT_NEAR(weights()[4], 0.6193f, 1e-4f);  // MATLAB's fspecial('gaussian', 3, 0.5)
  EXPECT_EQ(emitted<session::action::PresetFilter>().back().numbers.sigma, 0.5);
}

TEST_F(BuildBench, AFilterIsTurnedByAPress) {
  session_ = session::update(session_, session::action::PresetFilter{lesson::FilterKind::kSobelX});
  show(InspectorTab::kFilter);
  press_control("Transpose");
  EXPECT_EQ(weights(), (std::vector<float>{-1, -2, -1, 0, 0, 0, 1, 2, 1}));
}

TEST_F(BuildBench, FiltersComeAsTabs) {
  show(InspectorTab::kFilter);
  press_control("add filter");
  EXPECT_EQ(spec().out_channels, 2);
  press_control("copy filter");
  EXPECT_EQ(spec().out_channels, 3);
  const std::vector<float> all = weights();
  // The new one is shown, so its copy is of it.
  EXPECT_TRUE(std::equal(all.begin() + 9, all.begin() + 18, all.begin() + 18));
  press_control("filter0");
  press_control("remove filter");
  EXPECT_EQ(emitted<session::action::RemoveFilter>().back().filter, 0);
  EXPECT_EQ(spec().out_channels, 2);
}

TEST_F(BuildBench, ATabGoesToTheFiltersMap) {
  session_ = session::update(session_, session::action::AddFilter{});
  session_ = session::update(session_, session::action::GoTo{4});
  show(InspectorTab::kFilter);
  press_control("filter1");
  const auto asked = emitted<session::action::GoTo>();
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0].position, 9 + 4);  // the same place of its map of 3x3
}

TEST_F(BuildBench, TheOperatorIsChosen) {
  show(InspectorTab::kLayer);
  press_control("##operator");
  choose(2);
  EXPECT_EQ(spec().op, conv::Op::kMaxPool);
  EXPECT_EQ(spec().kernel_size, (conv::Size2{3, 3}));
}

TEST_F(BuildBench, TheStripComesWithTheSecondLayer) {
  EXPECT_FALSE(layout_.strip);
  run_entry("add a layer", "MaxPool2d");
  ASSERT_TRUE(layout_.strip);
  EXPECT_EQ(layers().size(), 2u);
  EXPECT_EQ(session_.look.layer, 1);
  press_in_strip("layer0");
  EXPECT_EQ(session_.look.layer, 0);
  press_in_strip("input");
  EXPECT_EQ(ui_.building.tab, InspectorTab::kInput);
}

// 5x5 and a 3x3 kernel: 3x3.
TEST_F(BuildBench, TheStripKeepsASizeThatTheSceneAsksFor) {
  session_.document.lesson.change([](lesson::Lesson& lesson) {
    lesson.scenes[0].change([](lesson::Scene& scene) {
      scene.asks = true;
      scene.narration = {{.position = 8, .text = {{{"en", "Nine."}}}}};
    });
  });
  session_.document.original = session_.document.lesson;
  EXPECT_EQ(extent_text(session_, 0), "1×5×5");
  EXPECT_EQ(extent_text(session_, 1), "1×?×?");
  session_ = session::update(session_, session::action::Last{});
  EXPECT_EQ(extent_text(session_, 1), "1×3×3");
}

TEST_F(BuildBench, ALayerIsPutWhereTheArrowIs) {
  ui_.building.strip = true;
  settle();
  press_in_strip("##add0");
  choose(5);  // ReLU; the first is lit after one
  ASSERT_EQ(layers().size(), 2u);
  const auto added = emitted<session::action::AddLayer>();
  ASSERT_EQ(added.size(), 1u);
  EXPECT_EQ(added[0].at, 0);
  press_in_strip("remove layer");
  EXPECT_EQ(layers().size(), 1u);
}

TEST_F(BuildBench, ALayerIsDraggedToAnotherPlace) {
  session_ = session::update(session_, session::action::AddLayer{conv::Op::kRelu, 1});
  session_ = session::update(session_, session::action::AddLayer{conv::Op::kConv, 2});
  settle();
  const picture::Rect strip = *layout_.strip;
  const float y = strip.center().y;
  // The ReLU stands behind the first layer: from there to the far left.
  const ImGuiWindow* chain = window("strip/chain");
  ASSERT_NE(chain, nullptr);
  for (float x = strip.x + 12; x < strip.right(); x += 6) {
    move(x, y);
    if (ImGui::GetCurrentContext()->HoveredIdPreviousFrame ==
        const_cast<ImGuiWindow*>(chain)->GetID("layer1")) {
      break;
    }
  }
  button(true);
  const picture::Point from = {ImGui::GetIO().MousePos.x, y};
  move(from.x - 30, y);
  EXPECT_EQ(ui_.building.dragged, 1);
  move(strip.x + 4, y);
  button(false);
  const auto moved = emitted<session::action::MoveLayer>();
  ASSERT_EQ(moved.size(), 1u);
  EXPECT_EQ(moved[0].layer, 1);
  EXPECT_EQ(moved[0].to, 0);
  EXPECT_EQ(layers()[0].spec.op, conv::Op::kRelu);
}

TEST_F(BuildBench, CaptionsOfTheStageSelect) {
  const auto click_caption = [&](const std::string& name) {
    for (const picture::Record& record : picture_.records) {
      const auto* text = std::get_if<picture::Text>(&record);
      if (text != nullptr && text->font == picture::Font::kSansBold &&
          text->text.starts_with(name)) {
        const float x = text->at.x + (text->align == picture::Align::kLeft ? 4.0f : 0.0f);
        click({layout_.stage.x + x, layout_.stage.y + text->at.y - 2});
        return true;
      }
    }
    return false;
  };
  ASSERT_TRUE(click_caption("img"));
  EXPECT_EQ(ui_.building.tab, InspectorTab::kInput);
  ASSERT_TRUE(click_caption("weight"));
  EXPECT_EQ(ui_.building.tab, InspectorTab::kFilter);
  ASSERT_TRUE(click_caption("out"));
  EXPECT_EQ(ui_.building.tab, InspectorTab::kMap);
}

TEST_F(BuildBench, ThePaletteFillsFiltersAndChangesOperators) {
  run_entry("fill the input with", "ones");
  EXPECT_EQ(session::scene_of(session_).input.tensor().at({0, 0, 4, 4}), 1.0f);
  run_entry("filter", "Scharr y");
  EXPECT_EQ(weights(), (std::vector<float>{-3, -10, -3, 0, 0, 0, 3, 10, 3}));
  run_entry("change the operator to", "AvgPool2d");
  EXPECT_EQ(spec().op, conv::Op::kAvgPool);
}

TEST_F(BuildBench, TheTrainingComesWithItsView) {
  session_ = session::update(session_, session::action::SetView{lesson::View::kDescent});
  settle();
  EXPECT_EQ(ui_.building.tab, InspectorTab::kTraining);
  session_ = session::update(session_, session::action::SetView{lesson::View::kFlat});
  settle();
  EXPECT_EQ(ui_.building.tab, InspectorTab::kLayer);
}

TEST_F(BuildBench, TheFormulaAndTheEngineFold) {
  show(InspectorTab::kLayer);
  EXPECT_TRUE(ui_.building.why);
  press_control("Why this size?");
  EXPECT_FALSE(ui_.building.why);
  press_control("Engine");
  EXPECT_TRUE(ui_.building.engine);
}

}  // namespace
}  // namespace convscope::panels
