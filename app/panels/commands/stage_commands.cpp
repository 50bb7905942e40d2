// Commands that work on what the stage shows: tools, places on the map, comparisons.
#include <algorithm>

#include "app/panels/commands/commands.h"
#include "app/panels/stage/brush.h"
#include "core/conv/analysis/step.h"
#include "core/derive/statistics.h"
#include "core/session/cell_under_way.h"
#include "core/session/comparing.h"

namespace convscope::panels {
namespace {

// Asked for twice, the pointer is back.
CommandRow tool_row_of(Command command, std::string_view name, Key letter, Brush::Tool tool) {
  return {command, name, {key(letter)}, kOnStage, [tool](const PanelContext& context) {
            Brush& brush = context.ui.brush;
            brush.tool = brush.tool == tool ? Brush::Tool::kPointer : tool;
            brush.typed.reset();
          }};
}

// By one cell, of a large brush by a quarter.
CommandRow size_row(Command command, std::string_view name, char32_t character, int sign) {
  return {command,
          name,
          {typed(character)},
          kRepeatsOnStage,
          [sign](const PanelContext& context) {
            const std::int64_t size = brush_size(context);
            resize_brush(context, size + sign * std::max<std::int64_t>(1, size / 4));
          },
          [](const PanelContext& context) { return context.ui.brush.in_hand(); }};
}

bool is_pinned(const PanelContext& context) { return context.session.transient.pin.has_value(); }

// The map of the layer on stage, where the clock counts its cells.
const Tensor* map_on_stage(const PanelContext& context) {
  const auto layer = static_cast<std::size_t>(context.session.look.layer);
  const bool known = layer < context.derived.layers.size() &&
                     !context.derived.layers[layer].output.empty() &&
                     session::cell_under_way(context.session);
  return known ? &context.derived.layers[layer].output : nullptr;
}

bool has_map(const PanelContext& context) { return map_on_stage(context) != nullptr; }

// In the map that is stepped through.
CommandRow extreme_row(Command command, std::string_view name, Key arrow, bool largest) {
  return {command,
          name,
          {shift(arrow)},
          kOnStage,
          [largest](const PanelContext& context) {
            const Tensor* map = map_on_stage(context);
            const std::optional<Index> now = session::cell_under_way(context.session);
            if (map == nullptr || !now || !contains(map->shape(), {now->n, now->c, 0, 0})) {
              return;
            }
            if (const auto cell = derive::extreme_cell(*map, now->n, now->c, largest)) {
              context.emit(session::action::GoTo{conv::position_of(map->shape(), *cell)});
            }
          },
          has_map};
}

CommandRow compare_row(Command command, std::string_view name, session::Comparison with) {
  return {command,
          name,
          {},
          {},
          asks_for(session::action::Compare{with}),
          [with](const PanelContext& context) {
            return !context.empty && session::can_compare(context.session, with);
          }};
}

// In the middle, or away.
void toggle_split(const PanelContext& context) {
  constexpr double kMiddle = 0.5;
  context.emit(session::action::SetSplit{context.session.look.split ? std::nullopt
                                                                    : std::optional(kMiddle)});
}

}  // namespace

void release_by_key(const InputEvent& event, const PanelContext& context) {
  if (event.kind == InputEvent::Kind::kKey && !event.down && event.key == Key::kO &&
      context.session.transient.flipped) {
    context.emit(session::action::Flip{false});
  }
}

std::vector<CommandRow> stage_commands() {
  using session::Comparison;
  return {tool_row_of(Command::kPointer, "pointer", Key::kV, Brush::Tool::kPointer),
          tool_row_of(Command::kBrush, "brush", Key::kD, Brush::Tool::kBrush),
          tool_row_of(Command::kEraser, "eraser", Key::kE, Brush::Tool::kEraser),
          size_row(Command::kBrushSmaller, "brush_smaller", U',', -1),
          size_row(Command::kBrushLarger, "brush_larger", U'.', 1),
          {Command::kUnpin, "unpin", {}, {}, asks_for(session::action::Pin{}), is_pinned},
          {Command::kLoupe,
           "loupe",
           {key(Key::kZ)},
           kOnStage,
           [](const PanelContext& context) { context.ui.loupe = !context.ui.loupe; }},
          {Command::kSplit,
           "split",
           {key(Key::kS)},
           kOnStage,
           toggle_split,
           [](const PanelContext& context) { return context.stage.split_area.has_value(); }},
          extreme_row(Command::kStrongest, "strongest", Key::kUp, true),
          extreme_row(Command::kWeakest, "weakest", Key::kDown, false),
          {Command::kFlip,
           "flip",
           {key(Key::kO)},
           kOnStage,
           asks_for(session::action::Flip{true}),
           [](const PanelContext& context) {
             return context.session.look.comparison != Comparison::kNone ||
                    (!context.empty && session::can_compare(context.session, Comparison::kLesson));
           }},
          compare_row(Command::kCompareLesson, "compare_lesson", Comparison::kLesson),
          compare_row(Command::kCompareBefore, "compare_before", Comparison::kBefore),
          compare_row(Command::kComparePadding, "compare_padding", Comparison::kPadding),
          compare_row(Command::kCompareStride, "compare_stride", Comparison::kStride),
          compare_row(Command::kCompareSame, "compare_same", Comparison::kSame),
          {Command::kCompareNone,
           "compare_none",
           {},
           {},
           asks_for(session::action::Compare{}),
           [](const PanelContext& context) {
             return context.session.look.comparison != Comparison::kNone;
           }}};
}

}  // namespace convscope::panels
