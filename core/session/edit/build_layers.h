// Edits of the chain of layers. Internal to update(), except for what says whether they can be.
#pragma once

#include <cstdint>
#include <vector>

#include "core/session/action.h"
#include "core/session/session.h"

namespace convscope::session {

void set_operator(Session& session, const action::SetOperator& action);
void add_layer(Session& session, const action::AddLayer& action);
void remove_layer(Session& session, const action::RemoveLayer& action);
void move_layer(Session& session, const action::MoveLayer& action);

// Whether the operator exists for layers of the scene's dimensions.
bool takes_operator(const Session& session, conv::Op op);

// Why the layer on stage can't have these settings, even if the layers behind it follow its
// channels.
std::vector<Problem> followed_problems(const Session& session, const conv::LayerSpec& spec);

// Puts these layers into the scene, with channels that follow each other behind `layer`, which
// comes on stage. A notice where they can't run.
void replace_layers(Session& session, std::vector<lesson::Layer> layers, std::int64_t layer);

}  // namespace convscope::session
