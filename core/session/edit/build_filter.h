// Edits of whole filters. Internal to update().
#pragma once

#include <cstdint>
#include <vector>

#include "core/session/action.h"
#include "core/session/session.h"

namespace convscope::session {

void set_filter(Session& session, const action::SetFilter& action);
void preset_filter(Session& session, const action::PresetFilter& action);
void transform_filter(Session& session, const action::TransformFilter& action);
void add_filter(Session& session, const action::AddFilter& action);
void remove_filter(Session& session, const action::RemoveFilter& action);

// The (C/groups, kh, kw) that a filter of the layer on stage holds.
std::vector<float> filter_values(const Session& session, std::int64_t filter);

}  // namespace convscope::session
