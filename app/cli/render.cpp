#include <memory>
#include <optional>
#include <utility>

#include "app/cli/animation.h"
#include "app/cli/front.h"
#include "app/cli/still.h"
#include "app/cli/texts.h"
#include "app/files/bundled.h"
#include "app/files/export_format.h"
#include "app/files/system/file_io.h"
#include "app/paint/headless.h"
#include "app/paint/painter.h"
#include "core/derive/derived.h"
#include "core/picture/compose.h"
#include "core/tensor/problem.h"

namespace convscope::cli {
namespace {

constexpr std::int64_t kMaxFrames = 2000;

// Everything a picture depends on, except the moment.
struct Stage {
  std::shared_ptr<const derive::Derived> derived;
  lesson::Locale locale;
  picture::TextMetrics metrics;
  picture::Viewport viewport;

  picture::Picture at(const session::Session& session) const {
    return picture::compose(picture::shown_of(session, derived, viewport), locale, metrics);
  }
};

std::int64_t last_position(const session::Session& session) {
  return session::position_shape(session).count() - 1;
}

Animation checked_animation(const command::Render& what, const session::Session& session) {
  StepRange steps = {0, last_position(session)};
  if (what.steps) {
    steps = *what.steps;
  } else if (what.step && *what.step != kStartStep) {
    steps = {*what.step, *what.step};
  }
  steps.first = checked_step(session, steps.first, last_position(session) + 1);
  steps.last = checked_step(session, steps.last, last_position(session) + 1);
  const Animation animation =
      animation_of(session::timeline_of(session), steps, what.frames_per_second);
  if (animation.count() > kMaxFrames) {
    throw Failure({"usage_too_many_frames",
                   "--steps",
                   {{"frames", animation.count()}, {"limit", kMaxFrames}}});
  }
  return animation;
}

// Draws without a display. OpenGL starts when pixels are first asked for.
class Camera {
 public:
  explicit Camera(const picture::TextMetrics& metrics) : metrics_(metrics) {}

  files::Pixels pixels(const picture::Picture& picture) {
    if (!painter_) {
      context_.emplace();
      painter_.emplace(metrics_);
    }
    painter_->draw(picture);
    return painter_->read();
  }

 private:
  const picture::TextMetrics& metrics_;
  std::optional<paint::HeadlessContext> context_;
  std::optional<paint::Painter> painter_;
};

}  // namespace

void render_stage(const command::Render& what, const Look& look) {
  const bool animated = what.format->animated;
  session::Session session = session_on(what.lesson, look, what.granularity, what.place);
  if (!animated) {
    const std::int64_t step = what.step.value_or(last_position(session));
    session = at_step(std::move(session), step);
  }
  const Animation animation = animated ? checked_animation(what, session) : Animation{};
  files::check_writable(what.out);
  const Stage stage = {std::make_shared<const derive::Derived>(
                           derive::derive(session::scene_of(session), {.algorithm = what.algorithm},
                                          {}, session::wants_training(session))),
                       locale_of(look), files::bundled_metrics(), viewport_of(what.size, look)};
  Camera camera(stage.metrics);
  const auto picture = [&](std::int64_t frame) {
    if (animated) {
      session.clock.frame = animation.at(frame);
    }
    return stage.at(session);
  };
  files::write_file(what.out,
                    what.format->encode({
                        .width = what.size.width,
                        .height = what.size.height,
                        .frames = animated ? animation.count() : 1,
                        .frames_per_second = what.frames_per_second,
                        .metrics = stage.metrics,
                        .picture = picture,
                        .pixels = [&](std::int64_t frame) { return camera.pixels(picture(frame)); },
                    }));
}

}  // namespace convscope::cli
