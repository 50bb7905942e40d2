// Session: everything the program is showing, as one value. Only update() (update.h) makes a new
// one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/lesson/scene_shapes.h"
#include "core/session/timeline.h"
#include "core/session/toggles.h"
#include "core/tensor/problem.h"

namespace convscope::session {

enum class Theme { kDark, kLight, kProjector };

// The tensors of the layer that the stage shows. A product names the term of the current step by
// its weight's place. kStretched and kTurned are cells of the stage tensors (as_convolution.h),
// which only pictures use: update() names the layer's own cell instead. kTarget is the training's
// drawn map.
enum class TensorRole {
  kInput,
  kWeight,
  kBias,
  kOutput,
  kProduct,
  kZeroInserted,
  kFlipped,
  kTarget
};

// A cell that a pointer or a focus names. Input cells in the padding have coordinates outside.
struct Target {
  TensorRole tensor = TensorRole::kInput;
  Index at;
  std::int64_t layer = -1;  // of which layer of the scene; -1: the one on stage

  bool operator==(const Target&) const = default;
};

// Where the stage looks: zoom 1 and no pan fit everything. The pan is in fractions of the stage's
// height.
struct Camera {
  double zoom = 1.0;
  double pan_x = 0.0;
  double pan_y = 0.0;

  bool operator==(const Camera&) const = default;
};

// From where the volume view is seen, in degrees.
struct Orbit {
  double yaw = 30.0;
  double pitch = 25.0;

  bool operator==(const Orbit&) const = default;
};

// What undo goes back to: a document, and which of its scenes and layers was looked at. Documents
// are numbered in the order in which they were opened. `change` names what was done between it and
// the session's document, or the next snapshot towards it: a word below "undo." in the locale.
struct Snapshot {
  lesson::Lesson lesson;
  std::shared_ptr<const lesson::Lesson> original;
  std::int64_t document = 0;
  std::int64_t scene = 0;
  std::int64_t layer = 0;
  std::string change = {};
};

// Undo: snapshots, which share their tensors. Opening another document is a step like an edit.
struct History {
  std::vector<Snapshot> past;
  std::vector<Snapshot> future;
  bool open = false;  // a drag is under way: its edits replace each other instead of piling up
};

// Settings that were asked for and can't run, with the reasons. The document keeps the last good
// ones.
struct Draft {
  conv::LayerSpec spec;
  std::vector<Problem> problems;

  bool operator==(const Draft&) const = default;
};

// The lesson, as it stands and as it was opened, and its undo.
struct Document {
  lesson::Lesson lesson;
  std::shared_ptr<const lesson::Lesson> original;  // the lesson as it was opened
  std::int64_t number = 0;                         // no two that undo can reach share one
  History history;
};

struct Clock {
  Frame frame = 0;              // the moment shown, in 1/240 s at 1x speed from the empty map
  std::optional<Frame> run_to;  // Next and Previous: where the clock stops
  bool playing = false;
  double speed = 1.0;  // 0.25 .. 32, a multiple of 0.25
  // 0..3 quarters of a frame: what Tick carries over, so that slow play never drifts.
  std::int64_t quarter_ticks = 0;
  Granularity granularity = Granularity::kPosition;

  bool operator==(const Clock&) const = default;
};

// What the stage shows, and how.
struct Look {
  std::int64_t scene = 0;
  std::int64_t layer = 0;  // of the scene
  lesson::View view = lesson::View::kFlat;
  // Only one that can stand beside the first (lesson::can_pair).
  std::optional<lesson::View> second_view;
  lesson::CodeStrip code = lesson::CodeStrip::kNone;
  lesson::TransposedAs transposed_as = lesson::TransposedAs::kZeroInsert;
  Camera camera;
  Orbit orbit;
  Theme theme = Theme::kDark;
  lesson::Language language = lesson::Language::kEnglish;

  bool operator==(const Look&) const = default;
};

// What comes and goes with the pointer and the last action.
struct Transient {
  std::optional<Target> hover;
  std::optional<Target> selection;  // the cell being edited
  std::optional<Draft> draft;
  std::optional<Problem> notice;

  bool operator==(const Transient&) const = default;
};

struct Session {
  Document document;
  Clock clock;
  Look look;
  Toggles toggles;
  Transient transient;
};

inline constexpr double kMinSpeed = 0.25;
inline constexpr double kMaxSpeed = 32.0;

// A fresh session on a lesson.
Session open_session(lesson::Lesson lesson, Theme theme, lesson::Language language);

// The view and the rest of the look as the session's scene wants them.
void show_as_told(Session& session);

const lesson::Scene& scene_of(const Session& session);
const lesson::Layer& layer_of(const Session& session);

// What the clock counts: the cells of this shape, in storage order. The map's; of a transposed
// convolution told by stamps its input's; in the descent view the steps of training (1, 1, 1,
// steps).
Shape position_shape(const Session& session);
bool is_scatter_add(const Session& session);
Timeline timeline_of(const Session& session);

// Whether the clock moves anything.
bool is_moving(const Session& session);

// The narration of the frame, which speaks of the position that the stage shows: that position's
// own text from the moment when its result is seen (earlier it would give it away), and nothing
// until then, for the text before it speaks of another result. Where the position has no text of
// its own the last one stands on, and so does one from before the first position, which tells no
// result. Empty when there is none.
const lesson::LocalizedText& narration_of(const Session& session);

// Whether the scene's numbers are no longer those it was opened with, of which its texts speak.
bool has_other_numbers(const Session& session);

}  // namespace convscope::session
