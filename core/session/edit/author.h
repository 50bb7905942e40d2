// Writing a lesson: texts, scenes, and what belongs to it. Internal to update(). What can't be done
// is a notice.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/session/action/author.h"
#include "core/session/session.h"

namespace convscope::session {

inline constexpr std::size_t kMostScenes = 200;
inline constexpr std::size_t kMostTextBytes = 4000;

void set_title(Session& session, const action::SetTitle& action);
void set_narration(Session& session, const action::SetNarration& action);
void add_scene(Session& session, const action::AddScene& action);
void remove_scene(Session& session, const action::RemoveScene& action);
void move_scene(Session& session, const action::MoveScene& action);
void attach(Session& session, const action::Attach& action);

}  // namespace convscope::session
