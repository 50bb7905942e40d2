// The arrays of a file: one is chosen, or a part of it, and becomes the input or a filter. What
// can't be one says why. The slice has the keyboard; up and down choose among the arrays meanwhile,
// Tab chooses what Enter does: its button is the bright one.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "app/panels/file_names.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/dropdown.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/import/arrays/slice_text.h"
#include "core/session/edit/put_tensor.h"

namespace convscope::panels {
namespace {

constexpr float kTableWidth = 620;
constexpr float kTableHeight = 260;
constexpr int kPage = 10;  // rows

using Sides = std::vector<std::int64_t>;

struct Use {
  session::TensorRole role;
  const char* words;
};
constexpr std::array<Use, 3> kUses = {{{session::TensorRole::kInput, "arrays.as_input"},
                                       {session::TensorRole::kWeight, "arrays.as_filter"},
                                       {session::TensorRole::kBias, "arrays.as_bias"}}};

std::string shape_text(const Sides& sides) {
  std::string text = "(";
  for (std::size_t i = 0; i < sides.size(); ++i) {
    text += (i > 0 ? ", " : "") + std::to_string(sides[i]);
  }
  return text + (sides.size() == 1 ? ",)" : ")");
}

// The part that is chosen, or what is wrong with the slice.
imports::Result<Sides> chosen_sides(const ArrayChooser& chooser) {
  const imports::NamedArray& array = chooser.arrays[chooser.chosen];
  if (chooser.slice.empty()) {
    return array.shape;
  }
  const auto sides = imports::read_slice(chooser.slice, array.shape);
  if (const auto* problem = std::get_if<Problem>(&sides)) {
    return *problem;
  }
  return imports::sliced_shape(std::get<std::vector<imports::SliceSide>>(sides));
}

// (N, C, H, W) with leading ones.
std::optional<Shape> shape_of(Sides sides) {
  constexpr std::size_t kSides = 4;
  if (sides.empty() || sides.size() > kSides) {
    return std::nullopt;
  }
  sides.insert(sides.begin(), kSides - sides.size(), 1);
  return Shape{sides[0], sides[1], sides[2], sides[3]};
}

// Why the chosen part can't be this tensor of the layer on stage.
std::optional<Problem> use_problem(const PanelContext& context, const Sides& sides,
                                   session::TensorRole role) {
  const ArrayChooser& chooser = *context.ui.arrays;
  const imports::NamedArray& array = chooser.arrays[chooser.chosen];
  if (!array.readable) {
    return Problem{"npy_dtype", "", {{"file", array.name}, {"dtype", array.dtype}}};
  }
  const std::optional<Shape> shape = shape_of(sides);
  if (!shape) {
    return Problem{
        "npy_rank", "", {{"file", array.name}, {"rank", static_cast<std::int64_t>(sides.size())}}};
  }
  return session::tensor_problem(context.session, role, *shape);
}

void use(const PanelContext& context, session::TensorRole role) {
  const ArrayChooser chooser = *std::exchange(context.ui.arrays, std::nullopt);
  context.emit(session::action::UseArray{role, chooser.file, chooser.arrays[chooser.chosen].name,
                                         chooser.slice});
}

bool array_row(const PanelContext& context, const imports::NamedArray& array, int index,
               bool chosen) {
  ImGui::PushID(index);
  const float left = ImGui::GetCursorPosX();
  const float width = ImGui::GetContentRegionAvail().x - context.em(6);
  const bool pressed = ImGui::Selectable("##array", chosen);
  ImGui::SameLine(left);
  const std::string& name = array.name.empty() ? file_name(context.ui.arrays->file) : array.name;
  ImGui::TextUnformatted(name.c_str());
  {
    const widgets::FontScope font(context.fonts.mono);
    const std::string facts = (array.readable ? shape_text(array.shape) + "  " : "") + array.dtype;
    ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.text_dim));
    ImGui::SameLine(std::max(left + width - ImGui::CalcTextSize(facts.c_str()).x,
                             left + ImGui::CalcTextSize(name.c_str()).x + context.em(12)));
    ImGui::TextUnformatted(facts.c_str());
    ImGui::PopStyleColor();
  }
  ImGui::PopID();
  return pressed;
}

void array_list(const PanelContext& context, ImVec2 size) {
  ArrayChooser& chooser = *context.ui.arrays;
  if (chooser.focus && !chooser.arrays[chooser.chosen].readable) {  // its first frame
    const auto first = std::ranges::find_if(chooser.arrays, &imports::NamedArray::readable);
    chooser.chosen = first == chooser.arrays.end()
                         ? 0
                         : static_cast<std::size_t>(first - chooser.arrays.begin());
  }
  const int step = widgets::list_step(kPage);
  const int last = static_cast<int>(chooser.arrays.size()) - 1;
  int chosen = std::clamp(static_cast<int>(chooser.chosen) + step, 0, last);
  ImGui::BeginChild("arrays", size);
  for (int i = 0; i <= last; ++i) {
    if (array_row(context, chooser.arrays[static_cast<std::size_t>(i)], i, i == chosen)) {
      chosen = i;
    }
    if (i == chosen && step != 0 && !ImGui::IsItemVisible()) {
      ImGui::SetScrollHereY(0.5f);
    }
  }
  ImGui::EndChild();
  chooser.chosen = static_cast<std::size_t>(chosen);
}

void slice_line(const PanelContext& context, float width) {
  ArrayChooser& chooser = *context.ui.arrays;
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(context.locale.text("arrays.slice").c_str());
  ImGui::SameLine(0, context.em(8));
  if (chooser.focus) {
    widgets::focus_next_item();
    chooser.focus = false;
  }
  ImGui::SetNextItemWidth(width * 0.4f);
  {
    const widgets::FontScope font(context.fonts.mono);
    widgets::text_field("##slice", chooser.slice);
  }
  widgets::tooltip(context, context.locale.text("arrays.slice_tip"));
  const auto sides = chosen_sides(chooser);
  if (imports::ok(sides)) {
    const widgets::FontScope font(context.fonts.mono);
    ImGui::SameLine(0, context.em(10));
    ImGui::TextUnformatted(("→ " + shape_text(std::get<Sides>(sides))).c_str());
  } else {
    widgets::warning_text(context, context.locale.sentence(std::get<Problem>(sides)));
  }
}

// The uses that are offered: a bias is a row of numbers.
bool is_offered(const Sides& sides, session::TensorRole role) {
  return role != session::TensorRole::kBias || sides.size() == 1;
}

// Where Enter goes: a kernel of four sides is a filter, everything else an input, if it can.
std::optional<session::TensorRole> likeliest(const PanelContext& context, const Sides& sides) {
  const auto fits = [&](session::TensorRole role) { return !use_problem(context, sides, role); };
  constexpr std::size_t kFilterSides = 4;
  const bool filter = fits(session::TensorRole::kWeight);
  if (filter && (sides.size() == kFilterSides || !fits(session::TensorRole::kInput))) {
    return session::TensorRole::kWeight;
  }
  if (fits(session::TensorRole::kInput)) {
    return session::TensorRole::kInput;
  }
  return is_offered(sides, session::TensorRole::kBias) && fits(session::TensorRole::kBias)
             ? std::optional(session::TensorRole::kBias)
             : std::nullopt;
}

// The next use that the chosen part allows.
session::TensorRole next_use(const PanelContext& context, const Sides& sides,
                             session::TensorRole now) {
  const auto at = std::ranges::find(kUses, now, &Use::role) - kUses.begin();
  for (std::size_t i = 1; i <= kUses.size(); ++i) {
    const Use& next = kUses[(static_cast<std::size_t>(at) + i) % kUses.size()];
    if (is_offered(sides, next.role) && !use_problem(context, sides, next.role)) {
      return next.role;
    }
  }
  return now;
}

std::optional<session::TensorRole> use_of_enter(const PanelContext& context, const Sides& sides) {
  ArrayChooser& chooser = *context.ui.arrays;
  std::optional<session::TensorRole> enter = likeliest(context, sides);
  if (enter && chooser.use && is_offered(sides, *chooser.use) &&
      !use_problem(context, sides, *chooser.use)) {
    enter = chooser.use;
  }
  if (enter && widgets::is_pressed(Key::kTab)) {
    chooser.use = enter = next_use(context, sides, *enter);
  }
  return enter;
}

// The buttons, and below them why some rest.
void uses(const PanelContext& context, const Sides& sides) {
  const std::optional<session::TensorRole> enter = use_of_enter(context, sides);
  const bool entered = widgets::is_pressed(Key::kEnter, false) && !ImGui::IsWindowAppearing();
  std::optional<session::TensorRole> taken = entered ? enter : std::nullopt;
  if (entered && !enter) {
    context.ui.arrays->focus = true;  // Enter has ended the typing
  }
  for (const Use& each : kUses) {
    if (!is_offered(sides, each.role)) {
      continue;
    }
    const std::string& words = context.locale.text(each.words);
    ImGui::BeginDisabled(use_problem(context, sides, each.role).has_value());
    const bool pressed =
        enter == each.role ? widgets::primary_button(context, words) : ImGui::Button(words.c_str());
    ImGui::EndDisabled();
    taken = pressed ? std::optional(each.role) : taken;
    ImGui::SameLine();
  }
  const bool cancelled = ImGui::Button(context.locale.text("panel.cancel").c_str());
  for (const Use& each : kUses) {
    const auto problem = use_problem(context, sides, each.role);
    if (problem && is_offered(sides, each.role)) {
      widgets::dim_text(context,
                        context.locale.text(each.words) + ": " + context.locale.sentence(*problem));
    }
  }
  if (taken) {
    use(context, *taken);
  } else if (cancelled) {
    context.ui.arrays.reset();
  }
}

// Everything below the title. A chooser without arrays is never opened.
void body(const PanelContext& context, float width, float height) {
  const widgets::NoTabStops no_stops(true);  // Tab is ours
  const float row = ImGui::GetTextLineHeightWithSpacing();
  const float rows = row * static_cast<float>(context.ui.arrays->arrays.size());
  array_list(context, {width, std::min(rows, height)});
  ImGui::Separator();
  slice_line(context, width);
  ImGui::Spacing();
  const auto sides = chosen_sides(*context.ui.arrays);
  if (imports::ok(sides)) {
    uses(context, std::get<Sides>(sides));
  } else if (ImGui::Button(context.locale.text("panel.cancel").c_str())) {
    context.ui.arrays.reset();
  }
}

}  // namespace

void array_panel(const PanelContext& context, const picture::Rect& window) {
  const bool wanted = topmost_modal(context.ui, context.unsaved) == Modal::kArrays;
  if (!widgets::begin_modal(context, "arrays", window, wanted)) {
    return;
  }
  if (context.ui.arrays && !context.ui.arrays->arrays.empty()) {
    {
      const widgets::FontScope font(context.fonts.title);
      const std::string name = file_name(context.ui.arrays->file);
      ImGui::TextUnformatted(context.locale.text("arrays.title", {{"file", name}}).c_str());
    }
    body(context, std::min(context.em(kTableWidth), window.w * 0.9f),
         std::min(context.em(kTableHeight), window.h * 0.5f));
  }
  widgets::end_modal();
}

}  // namespace convscope::panels
