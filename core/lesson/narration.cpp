#include "core/lesson/narration.h"

#include "core/lesson/stamping.h"

namespace convscope {
namespace {

// Whether the clock counts what the texts count: the first layer's positions as the scene opens.
bool counts_as_told(const Session& session) {
  const Scene& scene = scene_of(session);
  const bool descent = scene.view == View::kDescent;
  return session.layer == 0 && (session.view == View::kDescent) == descent &&
         is_stamping(session) == opens_stamping(scene);
}

}  // namespace

const LocalizedText& narration_of(const Session& session) {
  static const LocalizedText kSilence;
  const Beat beat = beat_at(timeline_of(session), session.frame);
  // While a sum is under way its text would give the answer away. Where other positions are counted
  // only the first text fits.
  const std::int64_t finished = beat.finished ? beat.position : beat.position - 1;
  const std::int64_t position = counts_as_told(session) ? finished : -1;
  const LocalizedText* text = &kSilence;
  for (const Narration& narration : scene_of(session).narration) {
    if (narration.position <= position) {
      text = &narration.text;
    }
  }
  return *text;
}

std::optional<Frame> next_told(const Session& session) {
  if (!counts_as_told(session)) {
    return std::nullopt;
  }
  const Timeline timeline = timeline_of(session);
  for (const Narration& narration : scene_of(session).narration) {
    const bool there = narration.position >= 0 && narration.position < timeline.positions;
    if (there && frame_of(timeline, narration.position) > session.frame) {
      return frame_of(timeline, narration.position);
    }
  }
  return std::nullopt;
}

bool told_at_start(const Session& session) {
  const std::vector<Narration>& narration = scene_of(session).narration;
  return !narration.empty() && narration.front().position < 0;
}

}  // namespace convscope
