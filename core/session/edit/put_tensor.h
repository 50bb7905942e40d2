// Other numbers for a tensor of the lesson: pasted, of a file, or of a file that has changed.
#pragma once

#include <optional>
#include <variant>

#include "core/session/action.h"
#include "core/session/session.h"

namespace convscope::session {

// The scene on stage with `ref` as its input, or as weight or bias of the layer on stage, or why it
// doesn't go: by its channels, its rank, or what the layers make of it. A weight brings its kernel
// and its filters; with one channel for each filter it may make the layer depthwise.
std::variant<lesson::Scene, Problem> with_tensor(const Session& session, TensorRole role,
                                                 lesson::TensorRef ref);

// The same by the shape alone, before anything is read: what a chooser says.
std::optional<Problem> tensor_problem(const Session& session, TensorRole role, const Shape& shape);

// Internal to update().
void set_tensor(Session& session, const action::SetTensor& action);
void refresh_tensors(Session& session, const action::Refreshed& action);

}  // namespace convscope::session
