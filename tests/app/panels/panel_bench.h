// All panels in an ImGui context without window and renderer, driven by events.
#pragma once

#include <gtest/gtest.h>
#include <imgui_internal.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "app/panels/commands/key_focus.h"
#include "app/panels/commands/shortcuts.h"
#include "app/panels/inspector/spec_form.h"
#include "app/panels/layout.h"
#include "app/panels/panels.h"
#include "app/panels/practice/practice.h"
#include "app/panels/stage/grip.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/style.h"
#include "core/picture/compose.h"
#include "core/picture/display/target_rect.h"
#include "core/session/comparing.h"
#include "core/session/update.h"

namespace convscope::panels {

inline lesson::Locale test_locale(lesson::Language language) {
  const std::string path = std::string(CONVSCOPE_SOURCE_DIR) + "/assets/locale/" +
                           std::string(lesson::code_of(language)) + ".json";
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return lesson::Locale(language, text.str());
}

// The lecture's cross and its X filter.
inline lesson::Lesson cross_lesson() {
  lesson::Layer layer;
  layer.name = "conv";
  layer.weight.base = Tensor({1, 1, 3, 3}, {1, 0, 1, 0, 1, 0, 1, 0, 1});
  lesson::Scene scene;
  scene.input.base = Tensor(
      {1, 1, 5, 5}, {1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0});
  scene.layers.push_back(layer);
  lesson::Lesson lesson;
  lesson.id = "cross";
  lesson.scenes.push_back(scene);
  return lesson;
}

class PanelBench : public ::testing::Test {
 protected:
  PanelBench() : context_(ImGui::CreateContext()) {
    widgets::configure_imgui();
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {1280, 720};
    io.DeltaTime = 1.0f / 60;
    ImFont* font = io.Fonts->AddFontDefault();
    io.Fonts->Build();
    fonts_ = {font, font, font, font, font};
    for (picture::FontMetrics& metrics : metrics_.fonts) {
      metrics = {0.9f, 0.2f, 0.7f, 0.6f, {}};
    }
    widgets::apply_style(picture::palette_of(session_.look.theme), 1);
    frame();
    frame();
  }
  ~PanelBench() override { ImGui::DestroyContext(context_); }

  PanelContext context(session::Actions& actions) {
    return {.session = session_,
            .derived = derived_,
            .locale = english_,
            .palette = picture::palette_of(session_.look.theme),
            .fonts = fonts_,
            .stage = picture_,
            .lessons = lessons_,
            .recent_files = recent_files_,
            .languages = languages_,
            .path = path_,
            .unsaved = unsaved_,
            .export_endings = ".png, .svg",
            .export_kinds = export_kinds_,
            .lessons_shown = layout_.lessons.has_value(),
            .inspector_shown = layout_.inspector.has_value(),
            .course = course_,
            .ui = ui_,
            .actions = actions};
  }

  // Draws one frame after these events; the emitted actions are applied and recorded.
  void frame() {
    const picture::Palette& palette = picture::palette_of(session_.look.theme);
    layout_ = layout_of(1280, 720, 1, palette.text_scale, sides_of(session_, ui_),
                        foot_of(session_), ui_.presenter.has_value());
    derived_ = derive::derive(session::scene_of(session_));
    const auto derived = std::make_shared<const derive::Derived>(derived_);
    std::shared_ptr<const derive::Derived> second;
    std::shared_ptr<const derive::Difference> difference;
    if (const auto beside = session::beside_of(session_)) {
      second =
          std::make_shared<const derive::Derived>(derive::derive(beside->lesson->scenes.front()));
      difference = picture::difference_of(session_, derived_, *second);
    }
    picture_ =
        picture::compose(picture::shown_of(session_, derived, {layout_.stage.w, layout_.stage.h, 1},
                                           second, difference),
                         english_, metrics_);
    session::Actions actions;
    const PanelContext seen = context(actions);
    feed_events(input_.take(), seen);
    ImGui::NewFrame();
    draw_panels(seen, layout_);
    ImGui::Render();
    for (const session::Action& action : actions) {
      session_ = session::update(session_, action);
      emitted_.push_back(action);
    }
  }
  void settle() {
    do {
      frame();
    } while (!input_.empty());
    frame();
    frame();
  }

  // The pointer is there from the next frame on.
  void point(float x, float y) {
    InputEvent event;
    event.kind = InputEvent::Kind::kMove;
    event.x = x;
    event.y = y;
    input_.push(event);
  }
  void move(float x, float y) {
    point(x, y);
    settle();
  }
  void button(bool down, int which = 0) {
    InputEvent event;
    event.kind = InputEvent::Kind::kButton;
    event.button = which;
    event.down = down;
    input_.push(event);
    settle();
  }
  void click(picture::Point point) {
    move(point.x, point.y);
    button(true);
    button(false);
  }
  void press(Key key, Modifiers modifiers = {}) {
    InputEvent event;
    event.kind = InputEvent::Kind::kKey;
    event.key = key;
    event.modifiers = modifiers;
    event.down = true;
    input_.push(event);
    event.down = false;
    event.modifiers = {};
    input_.push(event);
    settle();
  }
  void type(std::u32string_view text) {
    for (const char32_t character : text) {
      InputEvent event;
      event.kind = InputEvent::Kind::kText;
      event.character = character;
      input_.push(event);
      settle();
    }
  }
  void wheel(float notches, bool ctrl) {
    InputEvent event;
    event.kind = InputEvent::Kind::kWheel;
    event.y = notches;
    event.modifiers.ctrl = ctrl;
    input_.push(event);
    settle();
  }
  // The field of a setting of the inspector (its left one where it has two).
  picture::Point setting(std::string_view name) const {
    const ImGuiStyle& style = ImGui::GetStyle();
    constexpr float kSpacing = 4;
    const float line = ImGui::GetFontSize();
    const float pitch = row_pitch();
    const picture::Rect& panel = *layout_.inspector;
    // The tabs, and the operator.
    float y = panel.y + style.WindowPadding.y + 2 * (ImGui::GetFrameHeight() + style.ItemSpacing.y);
    const lesson::Layer& layer = session::layer_of(session_);
    const conv::LayerSpec& spec =
        session_.transient.draft ? session_.transient.draft->spec : layer.spec;
    const conv::Operator& op = conv::operator_of(spec.op);
    bool first = true;
    for (const SettingGroup& group : setting_groups(op, layer.one_dimensional)) {
      y += (first ? 0 : 2 * kSpacing) + line + kSpacing;
      first = false;
      for (const conv::Setting setting : group.settings) {
        if (conv::name_of(setting) == name) {
          return {panel.right() - style.WindowPadding.x - 130, y + pitch / 2};
        }
        // The rule, the sides where they are given, the mode.
        const bool sides = spec.padding == conv::PaddingRule::kExplicit;
        const bool full = op.reads(conv::Setting::kPaddingMode);
        y += setting == conv::Setting::kPaddingMode       ? 0
             : setting == conv::Setting::kPadding && full ? (sides ? 3 : 2) * pitch
                                                          : pitch;
      }
    }
    ADD_FAILURE() << name;
    return {};
  }
  static float row_pitch() { return ImGui::GetFrameHeight() + 4; }
  void type_setting(std::string_view name, std::u32string_view text) {
    click(setting(name));
    press(Key::kA, {.ctrl = true});
    type(text);
    press(Key::kEnter);
    move(2, 2);
  }
  // The middle of a cell, in window pixels.
  picture::Point cell(session::TensorRole role, const Index& at) {
    const auto rect = picture::target_rect(picture_, {role, at});
    EXPECT_TRUE(rect.has_value());
    const picture::Point middle = rect.value_or(picture::Rect{}).center();
    return {layout_.stage.x + middle.x, layout_.stage.y + middle.y};
  }

  // The grip of a cell's number, which shows while the pointer is on the cell.
  picture::Point grip(session::TensorRole role, const Index& at) {
    session::Actions none;
    const auto rect =
        grip_of(context(none), {role, at}, picture::target_rect(picture_, {role, at}));
    EXPECT_TRUE(rect.has_value());
    const picture::Point middle = rect.value_or(picture::Rect{}).center();
    return {layout_.stage.x + middle.x, layout_.stage.y + middle.y};
  }

  template <typename Kind>
  std::vector<Kind> emitted() const {
    std::vector<Kind> found;
    for (const session::Action& action : emitted_) {
      if (const auto* kind = action.as<Kind>()) {
        found.push_back(*kind);
      }
    }
    return found;
  }

  ImGuiContext* context_;
  session::Session session_ =
      session::open_session(cross_lesson(), session::Theme::kDark, lesson::Language::kEnglish);
  derive::Derived derived_;
  lesson::Locale english_ = test_locale(lesson::Language::kEnglish);
  std::vector<lesson::Locale> languages_ = {test_locale(lesson::Language::kEnglish),
                                            test_locale(lesson::Language::kRussian)};
  picture::TextMetrics metrics_;
  widgets::FontSet fonts_;
  picture::Picture picture_;
  Layout layout_;
  std::vector<LessonEntry> lessons_ = {
      {"photo-edges", {{{"en", "Photo"}}}, {{{"en", "Edges of a photo"}}}}};
  std::vector<ExportKind> export_kinds_ = {{".png", true, false}, {".svg", true, false}};
  std::vector<std::string> recent_files_;
  const lesson::Course* course_ = nullptr;
  std::optional<std::string> path_;
  bool unsaved_ = false;
  UiState ui_;
  widgets::InputQueue input_;
  session::Actions emitted_;
};

}  // namespace convscope::panels
