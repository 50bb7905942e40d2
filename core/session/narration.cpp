#include "core/session/narration.h"

#include "core/lesson/stamping.h"
#include "core/lesson/views.h"

namespace convscope::session {
namespace {

// Whether the clock counts what the texts count: the first layer's positions as the scene opens.
bool counts_as_told(const Session& session) {
  const lesson::Scene& scene = scene_of(session);
  return session.look.layer == 0 &&
         lesson::counts_steps(session.look.view) == lesson::counts_steps(scene.view) &&
         is_scatter_add(session) == lesson::opens_stamping(scene);
}

}  // namespace

const lesson::LocalizedText& narration_of(const Session& session) {
  static const lesson::LocalizedText kSilence;
  const Timeline timeline = timeline_of(session);
  const Beat beat = beat_at(timeline, session.clock.frame);
  // Where other positions are counted only the text before the first one fits.
  const std::int64_t position = counts_as_told(session) ? beat.position : -1;
  const lesson::Narration* told = nullptr;
  for (const lesson::Narration& narration : scene_of(session).narration) {
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
      if (narration.position >= 0 && frame_of(timeline, narration.position) == *next) {
        return narration.text;
      }
    }
  }
  const auto& scenes = session.document.lesson->scenes;
  const auto following = static_cast<std::size_t>(session.look.scene + 1);
  const bool told = following < scenes.size() && !scenes[following]->narration.empty();
  return told ? scenes[following]->narration.front().text : kSilence;
}

bool has_other_numbers(const Session& session) {
  const auto scene = static_cast<std::size_t>(session.look.scene);
  return !lesson::same_numbers(session.document.original->scenes[scene], scene_of(session));
}

std::optional<Frame> next_told(const Session& session) {
  if (!counts_as_told(session)) {
    return std::nullopt;
  }
  const Timeline timeline = timeline_of(session);
  for (const lesson::Narration& narration : scene_of(session).narration) {
    const bool there = narration.position >= 0 && narration.position < timeline.positions;
    if (there && frame_of(timeline, narration.position) > session.clock.frame) {
      return frame_of(timeline, narration.position);
    }
  }
  return std::nullopt;
}

bool told_at_start(const Session& session) {
  const std::vector<lesson::Narration>& narration = scene_of(session).narration;
  return !narration.empty() && narration.front().position < 0;
}

}  // namespace convscope::session
