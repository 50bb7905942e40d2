#include "app/panels/inspector/input_tab.h"

#include <algorithm>
#include <array>
#include <string>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/number_field.h"
#include "app/panels/widgets/widgets.h"
#include "core/lesson/build/pictures.h"
#include "core/lesson/formula.h"
#include "core/session/edit/build_input.h"

namespace convscope::panels {
namespace {

using lesson::InputChange;
using lesson::InputFill;

constexpr std::array kFills = {FillChoice{InputFill::kZeros, "fill_zeros"},
                               FillChoice{InputFill::kOnes, "fill_ones"},
                               FillChoice{InputFill::kRamp, "fill_ramp"},
                               FillChoice{InputFill::kChecker, "fill_checker"},
                               FillChoice{InputFill::kImpulse, "fill_impulse"},
                               FillChoice{InputFill::kNoise, "fill_noise"}};

struct ChangeChoice {
  InputChange change;
  const char* name;  // below "panel." and "tip." in the locale
};
constexpr std::array kChanges = {ChangeChoice{InputChange::kGray, "change_gray"},
                                 ChangeChoice{InputChange::kRgb, "change_rgb"},
                                 ChangeChoice{InputChange::kUnit, "change_unit"},
                                 ChangeChoice{InputChange::kBytes, "change_bytes"},
                                 ChangeChoice{InputChange::kStandardize, "change_standardize"}};
constexpr std::array kSizedChanges = {ChangeChoice{InputChange::kScale, "change_scale"},
                                      ChangeChoice{InputChange::kCrop, "change_crop"}};

// A shape that was asked for and refused stays in the fields.
Shape shown_shape(const PanelContext& context) {
  const Building& building = context.ui.building;
  const Shape now = session::scene_of(context.session).input.base.shape();
  return building.typed_size.value_or(building.refused_size.value_or(now));
}

// What the layers can't read is not asked for.
void hand_over(const PanelContext& context, const widgets::NumberEdit& edit, const Shape& shape) {
  Building& building = context.ui.building;
  if (widgets::is_due(edit, shape, building.typed_size)) {
    if (session::input_problems(context.session, shape, session::Mend::kNone).empty()) {
      building.refused_size.reset();
      context.emit(
          session::action::SetInputSize{shape.c, shape.h, shape.w, session::Mend::kNone, false});
    } else {
      building.refused_size = shape;
    }
  }
  if (edit.released) {
    context.emit(session::action::Commit{});
  }
}

std::optional<float> size_rows(const PanelContext& context) {
  const bool flat = session::layer_of(context.session).one_dimensional;
  const lesson::Locale& locale = context.locale;
  Shape shape = shown_shape(context);
  const Shape good = session::scene_of(context.session).input.base.shape();
  const bool refused = context.ui.building.refused_size.has_value();
  // To blame is what differs from the size that runs: the channels first.
  const bool wrong_channels = refused && shape.c != good.c;
  const bool wrong_h = refused && !wrong_channels && shape.h != good.h;
  const bool wrong_w = refused && !wrong_channels && shape.w != good.w;
  std::optional<float> fault_y;
  widgets::NumberEdit edit;
  widgets::begin_field_row(context, "C");
  const float top = ImGui::GetCursorScreenPos().y + ImGui::GetFrameHeight() / 2;
  edit |= widgets::integer_field(context, "##channels", locale.text("tip.input_channels"), shape.c,
                                 {widgets::field_width(context), wrong_channels});
  widgets::begin_field_row(context, flat ? "L" : "H, W");
  const float next = ImGui::GetCursorScreenPos().y + ImGui::GetFrameHeight() / 2;
  const float width = flat ? widgets::field_width(context) : widgets::half_field_width(context);
  if (!flat) {
    edit |= widgets::integer_field(context, "##height", locale.text("tip.input_height"), shape.h,
                                   {width, wrong_h});
    ImGui::SameLine(0, widgets::field_gap(context));
  }
  edit |= widgets::integer_field(context, "##width", locale.text("tip.input_width"), shape.w,
                                 {width, wrong_w});
  hand_over(context, edit, shape);
  if (wrong_channels) {
    fault_y = top;
  } else if (refused) {
    fault_y = next;
  }
  return fault_y;
}

void fills(const PanelContext& context) {
  const lesson::Locale& locale = context.locale;
  widgets::heading(context, locale.text("panel.fill"));
  widgets::ButtonFlow flow(context);
  for (const FillChoice& choice : kFills) {
    const std::string name(choice.name);
    if (flow.button(locale.text("panel." + name), locale.text("tip." + name))) {
      fill_with(context, choice.fill);
    }
  }
  const float width = context.em(64);
  flow.place(width);
  // The next noise takes the seed: changing it shows noise at once.
  std::int64_t seed = context.ui.building.seed;
  const widgets::NumberEdit edit =
      widgets::integer_field(context, "##seed", locale.text("tip.seed"), seed, {width, false});
  context.ui.building.seed = seed;
  if (edit.released) {
    fill_with(context, InputFill::kNoise);
  }
}

void change(const PanelContext& context, InputChange change) {
  context.emit(
      session::action::ChangeInput{change, context.ui.building.side, session::Mend::kLayers});
}

void pictures(const PanelContext& context) {
  const lesson::Locale& locale = context.locale;
  const Shape shape = session::scene_of(context.session).input.base.shape();
  widgets::heading(context, locale.text("panel.pictures"));
  widgets::ButtonFlow row(context);
  for (const lesson::BuiltInPicture& picture : lesson::kPictures) {
    if (row.button(locale.text("panel." + std::string(picture.word)),
                   locale.text("tip.take_picture"))) {
      context.emit(session::action::TakePicture{lesson::picture_path(picture.name)});
    }
  }
  if (row.button(locale.text("panel.picture_file"), command_tip(context, Command::kOpen))) {
    run_command(Command::kOpen, context);
  }
  widgets::begin_field_row(context, "N");
  widgets::integer_field(context, "##side", locale.text("tip.side"), context.ui.building.side,
                         {widgets::field_width(context)});
  const std::string side = std::to_string(context.ui.building.side);
  widgets::ButtonFlow sized(context);
  for (const ChangeChoice& choice : kSizedChanges) {
    const std::string name(choice.name);
    if (sized.button(locale.text("panel." + name, {{"side", side}}), locale.text("tip." + name))) {
      change(context, choice.change);
    }
  }
  widgets::ButtonFlow flow(context);
  for (const ChangeChoice& choice : kChanges) {
    const std::string name(choice.name);
    const bool there = (choice.change == InputChange::kGray && shape.c == 1) ||
                       (choice.change == InputChange::kRgb && shape.c != 1);
    if (flow.button(locale.text("panel." + name), locale.text("tip." + name), !there)) {
      change(context, choice.change);
    }
  }
}

}  // namespace

std::span<const FillChoice> fill_choices() { return kFills; }

void fill_with(const PanelContext& context, InputFill fill) {
  context.emit(session::action::FillInput{fill, context.ui.building.seed});
}

std::optional<float> input_tab(const PanelContext& context) {
  const lesson::Scene& scene = session::scene_of(context.session);
  const bool flat = session::layer_of(context.session).one_dimensional;
  {
    const widgets::FontScope font(context.fonts.mono);
    ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.input.text));
    ImGui::TextUnformatted(
        (scene.input_name + " " + lesson::shape_text(scene.input.base.shape(), flat)).c_str());
    ImGui::PopStyleColor();
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {context.em(8), context.em(4)});
  const std::optional<float> fault_y = size_rows(context);
  fills(context);
  if (!flat) {
    pictures(context);
  }
  ImGui::PopStyleVar();
  return fault_y;
}

}  // namespace convscope::panels
