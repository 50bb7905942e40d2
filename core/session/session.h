// Session: everything the program is showing, as one value. Only update() (update.h) makes a new
// one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/lesson/scene_shapes.h"
#include "core/session/ask/asking.h"
#include "core/session/ask/solving.h"
#include "core/session/clock.h"
#include "core/session/document.h"
#include "core/session/look.h"
#include "core/session/timeline.h"
#include "core/session/toggles.h"
#include "core/session/transient.h"

namespace convscope::session {

struct Session {
  Document document;
  Clock clock;
  Look look;
  Toggles toggles;
  Transient transient;
  // At most one of them.
  std::optional<Asking> asking = std::nullopt;
  std::optional<Solving> solving = std::nullopt;
  std::vector<quiz::Outcome> outcomes = {};  // of all questions that were answered, in order

  bool operator==(const Session&) const = default;
};

// A fresh session on a lesson.
Session open_session(lesson::Lesson lesson, Theme theme, lesson::Language language);

// Without the questions or the exercise on the stage: the user's own document.
Session own_session(Session session);
const Document& own_document(const Session& session);

// Whether a question waits for its answer, which nothing may give away.
bool is_asking(const Session& session);

// Sets the view and the rest of the look as the scene asks.
void show_as_told(Session& session);

const lesson::Scene& scene_of(const Session& session);
const lesson::Layer& layer_of(const Session& session);

// The input of the layer on stage as code calls it; of all but the first layer "x".
const std::string& input_name(const Session& session);

// What the clock counts: the cells of this shape, in storage order. They are those of the map; for
// a transposed convolution told by stamps, those of its input; in the descent view, the steps of
// training (1, 1, 1, steps).
Shape position_shape(const Session& session);
bool is_scatter_add(const Session& session);
Timeline timeline_of(const Session& session);

// Whether the views need the training.
bool wants_training(const Session& session);

// Whether the clock moves anything.
bool is_moving(const Session& session);

// The text that goes with the frame; empty when there is none. A text about a position appears with
// its result, not before, so that it gives nothing away; until then nothing is shown, because the
// text before it is about another result. A position without a text keeps the last one. A text from
// before the first position tells no result, so it stays until the first text about one appears.
const lesson::LocalizedText& narration_of(const Session& session);
// The one after it, in this scene or at the start of the next; empty at the lesson's end.
const lesson::LocalizedText& next_narration_of(const Session& session);

// Where a text that is written now belongs: the position under way, -1 before the first. None where
// the clock counts something else than the texts about this layer.
std::optional<std::int64_t> told_position(const Session& session);

// Whether the scene asks for the size of the map on stage and has not told it yet (Scene::asks).
bool keeps_size(const Session& session);

// Where the layer's clock stands when it comes on stage: at the scene's start, mostly the empty
// map.
Frame opening_frame(const Session& session);

// Whether the scene's numbers differ from those it was opened with, which its texts are about.
bool has_other_numbers(const Session& session);

}  // namespace convscope::session
