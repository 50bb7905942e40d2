// Commands that change what the stage shows.
#include "app/panels/commands/commands.h"
#include "app/panels/commands/ring.h"
#include "app/panels/stage/stage_camera.h"
#include "core/lesson/views.h"

namespace convscope::panels {
namespace {

// Asking twice for the same second view removes it.
void toggle_beside(const PanelContext& context, lesson::View view) {
  const session::Session& session = context.session;
  if (session.look.second_view == view) {
    context.emit(session::action::SetSecondView{});
  } else if (lesson::can_pair(session.look.view, view)) {
    context.emit(session::action::SetSecondView{view});
  } else if (view != session.look.view) {
    context.emit(session::action::Notify{{"descent_alone", "", {}}});
  }
}

// The first nine views are on the digit keys.
std::vector<KeyChord> digit(std::size_t place, bool with_shift) {
  if (place >= 9) {
    return {};
  }
  const auto number = static_cast<Key>(static_cast<int>(Key::k1) + static_cast<int>(place));
  return {with_shift ? shift(number) : key(number)};
}

void append_views(std::vector<CommandRow>& rows) {
  for (std::size_t i = 0; i < lesson::kViewTable.size(); ++i) {
    const lesson::View view = lesson::kViewTable[i].view;
    rows.push_back({show_command(view), lesson::kViewTable[i].name, digit(i, false), kOnStage,
                    asks_for(session::action::SetView{view})});
  }
  for (std::size_t i = 0; i < lesson::kViewTable.size(); ++i) {
    const lesson::View view = lesson::kViewTable[i].view;
    rows.push_back({beside_command(view), "beside", digit(i, true), kOnStage,
                    [view](const PanelContext& context) { toggle_beside(context, view); }});
  }
}

bool has_scene(const PanelContext& context, std::int64_t scene) {
  return scene >= 0 && scene < std::ssize(context.session.document.lesson->scenes);
}

// Does nothing before the first scene and after the last.
CommandRow scene_row(Command command, std::string_view name, Key page, std::int64_t step) {
  return {command,
          name,
          {ctrl(page)},
          {},
          [step](const PanelContext& context) {
            const std::int64_t scene = context.session.look.scene + step;
            if (has_scene(context, scene)) {
              context.emit(session::action::SetScene{scene});
            }
          },
          [step](const PanelContext& context) {
            return has_scene(context, context.session.look.scene + step);
          }};
}

CommandRow zoom_row(Command command, std::string_view name, std::vector<KeyChord> chords,
                    double factor) {
  return {command, name, std::move(chords), kRepeatsOnStage, [factor](const PanelContext& context) {
            const session::Camera& camera = context.session.look.camera;
            const picture::Rect area = camera_area(context.stage);
            const picture::Point fixed = context.ui.pointer.value_or(area.center());
            context.emit(session::action::SetCamera{
                zoomed(camera, factor, fixed, area, most_zoom(context.stage, camera))});
          }};
}

}  // namespace

std::vector<CommandRow> look_commands() {
  std::vector<CommandRow> rows;
  append_views(rows);
  rows.insert(rows.end(),
              {{Command::kBesideNone,
                "beside_none",
                {shift(Key::k0)},
                kOnStage,
                asks_for(session::action::SetSecondView{})},
               {Command::kCode,
                "code",
                {key(Key::kK)},
                kOnStage,
                [](const PanelContext& context) {
                  context.emit(session::action::SetCodeStrip{
                      following(lesson::kCodeStrips, context.session.look.code)});
                }},
               scene_row(Command::kNextScene, "next_scene", Key::kPageDown, 1),
               scene_row(Command::kPreviousScene, "previous_scene", Key::kPageUp, -1),
               {Command::kNextFilter,
                "next_filter",
                {key(Key::kF)},
                kRepeatsOnStage,
                asks_for(session::action::NextFilter{})},
               zoom_row(Command::kZoomIn, "zoom_in", {typed(U'+'), typed(U'=')}, kZoomStep),
               zoom_row(Command::kZoomOut, "zoom_out", {typed(U'-')}, 1 / kZoomStep),
               {Command::kFit, "fit", {key(Key::k0)}, kOnStage, [](const PanelContext& context) {
                  context.emit(session::action::SetCamera{});
                  context.emit(session::action::SetOrbit{});
                }}});
  return rows;
}

}  // namespace convscope::panels
