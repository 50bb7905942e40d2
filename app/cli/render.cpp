#include <memory>
#include <utility>

#include "app/cli/animation.h"
#include "app/cli/front.h"
#include "app/cli/still.h"
#include "app/files/bundled.h"
#include "app/files/file_io.h"
#include "app/files/gif.h"
#include "app/files/image_file.h"
#include "app/paint/headless.h"
#include "app/paint/painter.h"
#include "core/derive/derived.h"
#include "core/picture/compose.h"
#include "core/picture/svg/svg.h"
#include "core/tensor/problem.h"

namespace convscope::cli {
namespace {

constexpr std::int64_t kMaxFrames = 2000;

// All that a picture is made of, except the moment.
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

std::string gif_of(const command::Render& what, const Animation& animation,
                   session::Session session, const Stage& stage) {
  const paint::HeadlessContext context;
  paint::Painter painter(stage.metrics);
  files::GifWriter gif(what.size.width, what.size.height, what.frames_per_second);
  for (std::int64_t i = 0; i < animation.count(); ++i) {
    session.clock.frame = animation.at(i);
    painter.draw(stage.at(session));
    gif.add(painter.read());
  }
  return gif.finish();
}

std::string png_of(const picture::Picture& picture, const picture::TextMetrics& metrics) {
  const paint::HeadlessContext context;
  paint::Painter painter(metrics);
  painter.draw(picture);
  return files::png_bytes(painter.read());
}

}  // namespace

void render_stage(const command::Render& what, const Look& look) {
  using Format = command::Render::Format;
  session::Session session = session_on(what.lesson, look, what.granularity, what.place);
  if (what.format != Format::kGif) {
    const auto step = what.step.value_or(last_position(session));
    session = at_step(std::move(session), step);
  }
  const Animation animation =
      what.format == Format::kGif ? checked_animation(what, session) : Animation{};
  files::check_writable(what.out);
  const Stage stage = {std::make_shared<const derive::Derived>(
                           derive::derive(session::scene_of(session), {.algorithm = what.algorithm},
                                          {}, session::wants_training(session))),
                       files::bundled_locale(look.language), files::bundled_metrics(),
                       viewport_of(what.size, look)};
  switch (what.format) {
    case Format::kSvg:
      files::write_file(what.out, picture::svg::svg_of(stage.at(session), stage.metrics));
      break;
    case Format::kPng:
      files::write_file(what.out, png_of(stage.at(session), stage.metrics));
      break;
    case Format::kGif:
      files::write_file(what.out, gif_of(what, animation, session, stage));
      break;
  }
}

}  // namespace convscope::cli
