#include "app/panels/practice/answer_map.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/quiz/question/worked.h"

namespace convscope::panels {
namespace {

constexpr float kRow = 21;
constexpr float kLeastColumn = 28;

std::int64_t rows_of(const quiz::Answer& map) {
  return static_cast<std::int64_t>(map.numbers.size()) / map.columns;
}

// As wide as its widest number needs.
float column_width(const PanelContext& context, const quiz::Answer& map) {
  float widest = context.em(kLeastColumn);
  for (const double number : map.numbers) {
    const float text = ImGui::CalcTextSize(quiz::number_text(number).c_str()).x;
    widest = std::max(widest, text + context.em(10));
  }
  return std::ceil(widest);
}

}  // namespace

float map_height(const quiz::Answer& answer) {
  return answer.kind == quiz::Answer::Kind::kMap ? kRow * static_cast<float>(rows_of(answer)) : 0;
}

float map_width(const PanelContext& context, const quiz::Answer& answer) {
  return static_cast<float>(answer.columns) * column_width(context, answer);
}

void draw_map(const PanelContext& context, const quiz::Answer& answer, picture::Point left_middle) {
  const picture::Palette& palette = context.palette;
  const float width = column_width(context, answer);
  const float height = std::round(context.em(kRow));
  const std::int64_t rows = rows_of(answer);
  const float top = std::round(left_middle.y - height * static_cast<float>(rows) / 2);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::int64_t i = 0; i < std::ssize(answer.numbers); ++i) {
    const ImVec2 corner = {left_middle.x + width * static_cast<float>(i % answer.columns),
                           top + height * static_cast<float>(i / answer.columns)};
    // One line between neighbours.
    const ImVec2 opposite = {corner.x + width + context.px(1), corner.y + height + context.px(1)};
    list.AddRect(corner, opposite, widgets::color(palette.output.line), 0, 0, context.px(1));
    const std::string text = quiz::number_text(answer.numbers[static_cast<std::size_t>(i)]);
    const ImVec2 size = ImGui::CalcTextSize(text.c_str());
    list.AddText({corner.x + (width - size.x) / 2, corner.y + (height - size.y) / 2},
                 widgets::color(palette.text), text.c_str());
  }
}

}  // namespace convscope::panels
