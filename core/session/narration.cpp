#include "core/session/narration.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/lesson/stamping.h"
#include "core/lesson/views.h"

namespace convscope::session {
namespace {

// Whether the clock counts what the texts about this layer count: its positions as the scene opens.
bool counts_as_told(const Session& session) {
  const lesson::Scene& scene = scene_of(session);
  return lesson::counts_steps(session.look.view) == lesson::counts_steps(scene.view) &&
         is_scatter_add(session) == lesson::opens_stamping(scene, session.look.layer);
}

// Whether a text is about the layer on stage.
bool is_told(const Session& session) {
  return std::ranges::any_of(scene_of(session).narration, [&](const lesson::Narration& narration) {
    return narration.layer == session.look.layer;
  });
}

// The last text about the layer on stage that has a position; null: there is none.
const lesson::Narration* last_told(const Session& session) {
  const lesson::Narration* last = nullptr;
  for (const lesson::Narration& narration : scene_of(session).narration) {
    if (narration.layer == session.look.layer && narration.position >= 0) {
      last = &narration;
    }
  }
  return last;
}

// The stills of the texts about the layer on stage, in order; none where other positions are
// counted.
std::vector<Frame> told_frames(const Session& session) {
  std::vector<Frame> frames;
  if (!counts_as_told(session)) {
    return frames;
  }
  const Timeline timeline = timeline_of(session);
  for (const lesson::Narration& narration : scene_of(session).narration) {
    if (narration.layer == session.look.layer && narration.position >= 0 &&
        narration.position < timeline.positions) {
      frames.push_back(frame_of(timeline, narration.position));
    }
  }
  return frames;
}

}  // namespace

const lesson::LocalizedText& narration_of(const Session& session) {
  static const lesson::LocalizedText kSilence;
  const Timeline timeline = timeline_of(session);
  const Beat beat = beat_at(timeline, session.clock.frame);
  // Where other positions are counted only a text before the first one fits; a layer that no text
  // is about has that of the scene.
  const bool told_here = is_told(session);
  const std::int64_t layer = told_here ? session.look.layer : 0;
  const bool counted = layer == session.look.layer && counts_as_told(session);
  const std::int64_t position = counted ? beat.position : -1;
  const lesson::Narration* told = nullptr;
  for (const lesson::Narration& narration : scene_of(session).narration) {
    if (narration.layer != layer) {
      continue;
    }
    if (narration.position > position) {
      break;
    }
    const bool hidden = narration.position == position && !shows_result(timeline, beat);
    if (!hidden) {
      told = &narration;
    } else if (told != nullptr && told->position >= 0) {
      told = nullptr;
    }
  }
  return told != nullptr ? told->text : kSilence;
}

const lesson::LocalizedText& next_narration_of(const Session& session) {
  static const lesson::LocalizedText kSilence;
  if (const std::optional<Frame> next = next_told(session)) {
    const Timeline timeline = timeline_of(session);
    for (const lesson::Narration& narration : scene_of(session).narration) {
      if (narration.layer == session.look.layer && narration.position >= 0 &&
          frame_of(timeline, narration.position) == *next) {
        return narration.text;
      }
    }
  }
  const auto& scenes = session.document.lesson->scenes;
  const auto following = static_cast<std::size_t>(session.look.scene + 1);
  const bool told = following < scenes.size() && !scenes[following]->narration.empty();
  return told ? scenes[following]->narration.front().text : kSilence;
}

std::optional<std::int64_t> told_position(const Session& session) {
  if (!counts_as_told(session)) {
    return std::nullopt;
  }
  return beat_at(timeline_of(session), session.clock.frame).position;
}

bool keeps_size(const Session& session) {
  if (!scene_of(session).asks || session.look.layer != 0 || has_other_numbers(session)) {
    return false;
  }
  const lesson::Narration* last = last_told(session);
  if (last == nullptr || !counts_as_told(session)) {
    return false;
  }
  const Timeline timeline = timeline_of(session);
  const Beat beat = beat_at(timeline, session.clock.frame);
  return beat.position < last->position ||
         (beat.position == last->position && !shows_result(timeline, beat));
}

bool has_other_numbers(const Session& session) {
  const auto scene = static_cast<std::size_t>(session.look.scene);
  return !lesson::same_numbers(session.document.original->scenes[scene], scene_of(session));
}

std::optional<Frame> next_told(const Session& session) {
  const std::vector<Frame> frames = told_frames(session);
  const auto next = std::ranges::upper_bound(frames, session.clock.frame);
  return next == frames.end() ? std::nullopt : std::optional(*next);
}

std::optional<Frame> previous_told(const Session& session) {
  const std::vector<Frame> frames = told_frames(session);
  const auto now = std::ranges::lower_bound(frames, session.clock.frame);
  return now == frames.begin() ? std::nullopt : std::optional(*std::prev(now));
}

Frame last_moment(const Session& session) {
  if (scene_of(session).start < 0 || !session.toggles.guided || !counts_as_told(session) ||
      !is_told(session)) {
    return timeline_of(session).last();
  }
  const lesson::Narration* last = last_told(session);
  const Timeline timeline = timeline_of(session);
  // An edit may have left the map without that position.
  return last == nullptr ? opening_frame(session)
                         : std::min(frame_of(timeline, last->position), timeline.last());
}

bool told_at_start(const Session& session) {
  const std::vector<lesson::Narration>& all = scene_of(session).narration;
  const auto first = std::ranges::find(all, session.look.layer, &lesson::Narration::layer);
  return first != all.end() && (first->position < 0 || scene_of(session).start >= 0);
}

bool is_all_told(const Session& session) {
  const Frame end = last_moment(session);
  return session.clock.frame == end && end != timeline_of(session).last();
}

}  // namespace convscope::session
