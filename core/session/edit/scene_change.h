// What all edits of a scene share: making a new version of it, and keeping the rest of the session
// in step. Internal to update().
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/session/clock_moves.h"
#include "core/session/edit/history.h"
#include "core/session/edit/mend.h"
#include "core/session/session.h"

namespace convscope::session {

// Forgets what points at cells that are gone.
void drop_lost_targets(Session& session);
// A layer may be gone.
void keep_layer(Session& session);

// Lets `edit` change a copy of the scene on stage, makes a new version of the lesson of it, and
// keeps history, clock and selection in step.
template <typename Edit>
void change_scene(Session& session, bool commit, const Edit& edit) {
  lesson::Scene scene = scene_of(session);
  edit(scene);
  if (scene == scene_of(session)) {
    if (commit) {
      close_drag(session.document);
    }
    return;
  }
  Snapshot before = snapshot_of(session);
  const Timeline timeline = timeline_of(session);
  session.document.lesson.change([&](lesson::Lesson& lesson) {
    lesson.scenes[static_cast<std::size_t>(session.look.scene)] = std::move(scene);
  });
  record_change(session.document, std::move(before), commit);
  keep_layer(session);
  refit_clock(session, timeline);
  drop_lost_targets(session);
}

// A cell's value as an edit over the tensor's source; none where it is what the source has.
void write(lesson::TensorRef& ref, const Index& at, float value);

// Values in the lesson's own text are numbers of JSON, which has no infinity and no NaN; a file of
// arrays may hold them.
bool is_writable(const lesson::TensorRef& ref);
bool is_writable_scene(const lesson::Scene& scene);

// The code of a problem that a later layer has.
inline constexpr const char* kNextLayerBreaks = "next_layer_breaks";

std::vector<conv::LayerSpec> specs_of(std::span<const lesson::Layer> layers);
// Why layers with these settings can't run from `first` on, on this input of the whole chain; empty
// when they can.
std::vector<Problem> chain_problems(std::span<const conv::LayerSpec> specs, const Shape& input,
                                    std::int64_t first);
std::vector<Problem> chain_problems(const lesson::Scene& scene, std::int64_t first);

// The settings of the scene's layers on an input of this shape: those without weights take its
// channels, with Mend::kLayers all do. What follows a layer that can't run is as it was.
std::vector<conv::LayerSpec> specs_on_input(const lesson::Scene& scene, const Shape& shape,
                                            Mend mend);
// Puts the input and settings on which its layers run into the scene. Colours that somebody chose
// are for as many channels as there were.
void put_input(lesson::Scene& scene, lesson::TensorRef input,
               std::span<const conv::LayerSpec> specs);
// How many values the input may have: where they stand in the lesson itself, as many as its file
// may hold.
std::int64_t most_input_values(const lesson::Scene& scene);

// While a number is dragged or typed, every change starts from the scene before the drag: what a
// smaller kernel cuts off comes back with a larger one.
lesson::Scene scene_before_drag(const Session& session);

// Layers without weights have as many channels as what they read.
void refit_layers(lesson::Scene& scene);

// Drops what was made for other shapes: starting weights, a drawn target, a reference map.
void drop_misfits(lesson::Scene& scene);

// Both: after a change of shapes. The layers must run.
void settle_scene(lesson::Scene& scene);

// Whether the layers run and the tensors have their shapes. Every function relies on it;
// parse_lesson() gives no other scenes.
bool can_be_shown(const lesson::Scene& scene);

// Cell `i` of the (C/groups, kh, kw) that filter `k` holds, in the layer's weight.
Index filter_cell(const conv::LayerSpec& spec, std::int64_t k, std::int64_t i);

}  // namespace convscope::session
