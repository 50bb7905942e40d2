#include "app/cli/render/rendering.h"

#include <memory>
#include <optional>
#include <utility>

#include "app/cli/render/sheet.h"
#include "app/cli/still.h"
#include "app/cli/texts.h"
#include "app/cli/values.h"
#include "app/files/bundled.h"
#include "app/files/export_format.h"
#include "app/files/system/file_io.h"
#include "app/paint/frame_reader.h"
#include "app/paint/headless.h"
#include "core/derive/derived.h"
#include "core/picture/display/paper.h"
#include "core/picture/part.h"
#include "core/session/export_choice.h"
#include "core/session/film.h"
#include "core/tensor/problem.h"

namespace convscope::cli {
namespace {

// Everything a picture depends on, except the moment.
struct Stage {
  std::shared_ptr<const derive::Derived> derived;
  lesson::Locale locale;
  picture::TextMetrics metrics;
  picture::Part part = picture::Part::kStage;
  bool print = false;
  bool transparent = false;

  // Within `viewport`, of which a part may leave some.
  picture::Shown shown(const session::Session& session, const picture::Viewport& viewport) const {
    picture::Shown shown = picture::shown_of(session, derived, viewport);
    shown.viewport = picture::part_viewport(shown, part);
    return shown;
  }
  picture::Picture at(const session::Session& session, const picture::Viewport& viewport) const {
    return finished(picture::compose_part(shown(session, viewport), part, locale, metrics));
  }
  picture::Picture finished(picture::Picture picture) const {
    if (print) {
      picture = picture::on_paper(std::move(picture));
    }
    if (transparent) {
      picture.background = picture::kTransparent;
    }
    return picture;
  }
};

std::int64_t last_position(const session::Session& session) {
  return session::position_shape(session).count() - 1;
}

StepRange checked_steps(const command::Render& what, const session::Session& session) {
  StepRange steps = {0, last_position(session)};
  if (what.steps) {
    steps = *what.steps;
  } else if (what.step && *what.step != kStartStep) {
    steps = {*what.step, *what.step};
  }
  steps.first = checked_step(session, steps.first, last_position(session) + 1);
  steps.last = checked_step(session, steps.last, last_position(session) + 1);
  return steps;
}

session::Film checked_animation(const command::Render& what, const session::Session& session) {
  const StepRange steps = checked_steps(what, session);
  const session::Film animation = session::film_of(session::timeline_of(session), steps.first,
                                                   steps.last, what.frames_per_second);
  if (animation.count() > session::kMostExportFrames) {
    throw Failure({"usage_too_many_frames",
                   "--steps",
                   {{"frames", animation.count()}, {"limit", session::kMostExportFrames}}});
  }
  return animation;
}

// A figure has its words in the text around it.
lesson::Lesson without_words(lesson::Lesson lesson) {
  lesson.title = {};
  for (Shared<lesson::Scene>& scene : lesson.scenes) {
    scene.change([](lesson::Scene& copy) {
      copy.title = {};
      copy.narration.clear();
    });
  }
  return lesson;
}

// Draws without a display. OpenGL starts when pixels are first asked for.
class Camera {
 public:
  explicit Camera(const picture::TextMetrics& metrics) : metrics_(metrics) {}

  files::Frame pixels(picture::Picture picture) {
    if (!reader_) {
      context_.emplace();
      reader_.emplace(metrics_);
    }
    return files::Frame(&reader_->read(std::move(picture)));
  }

 private:
  const picture::TextMetrics& metrics_;
  std::optional<paint::HeadlessContext> context_;
  std::optional<paint::FrameReader> reader_;
};

// One after another: pictures of any size.
struct Reel {
  PixelSize size;
  std::int64_t frames = 1;
  std::function<picture::Picture(std::int64_t frame)> picture;
  std::optional<picture::Viewport> viewport = std::nullopt;  // of all; a sheet has none
};

Reel reel_of(const command::Render& what, const Look& look, const Stage& stage,
             session::Session& session) {
  if (what.sheet) {
    const StepRange steps = checked_steps(what, session);
    const SheetLayout layout =
        sheet_layout(steps.last - steps.first + 1, *what.sheet, what.size ? what.size->width : 0,
                     what.size ? what.size->height : 0);
    picture::Viewport viewport = viewport_of({layout.cell_width, layout.cell_height}, look);
    viewport.scale *= layout.scale();
    const auto page = [&, steps, layout, viewport](std::int64_t) {
      return stage.finished(sheet_of(
          layout, picture::palette_of(session.look.theme), viewport.scale,
          [&](std::int64_t i) {
            session = at_step(std::move(session), steps.first + i);
            return stage.at(session, viewport);
          },
          [&](std::int64_t i) { return std::to_string(steps.first + i); }));
    };
    return {{layout.width(), layout.height()}, 1, page};
  }
  const PixelSize size = what.size.value_or(PixelSize{});
  const picture::Viewport viewport = viewport_of(size, look);
  if (!what.animated) {
    const std::int64_t step = what.step.value_or(last_position(session));
    session = at_step(std::move(session), step);
    return {size, 1, [&, viewport](std::int64_t) { return stage.at(session, viewport); }, viewport};
  }
  const session::Film animation = checked_animation(what, session);
  return {size, animation.count(),
          [&, viewport, animation](std::int64_t frame) {
            session.clock.frame = animation.at(frame);
            return stage.at(session, viewport);
          },
          viewport};
}

// Once the layer is derived: a part may be missing, or smaller than the room for it.
PixelSize fitted_size(const Reel& reel, const Stage& stage, const session::Session& session) {
  const picture::Viewport room = reel.viewport.value_or(picture::Viewport{1, 1});
  const picture::Shown shown = stage.shown(session, room);
  if (!picture::has_part(shown, stage.part)) {
    throw Failure(
        {"part_missing",
         "--what",
         {{"lesson", session.document.lesson->id}, {"what", std::string(word_of(stage.part))}}});
  }
  return reel.viewport ? PixelSize{static_cast<int>(shown.viewport.width),
                                   static_cast<int>(shown.viewport.height)}
                       : reel.size;
}

}  // namespace

void render_file(const command::Render& what, const Look& look, Interruption& interruption) {
  Look on_page = look;
  if (what.print && !look.theme_given) {
    on_page.theme = session::Theme::kLight;
  }
  session::Session session = session_on(what.lesson, on_page, what.granularity, what.place);
  if (what.print || what.sheet) {
    session.document.lesson = without_words(*session.document.lesson);
  }
  Stage stage = {.derived = nullptr,
                 .locale = locale_of(look),
                 .metrics = files::bundled_metrics(),
                 .part = what.what,
                 .print = what.print,
                 .transparent = what.transparent};
  // Refuses before anything is computed.
  Reel reel = reel_of(what, on_page, stage, session);
  {
    const auto held = interruption.hold();
    files::check_writable(what.out);
  }
  stage.derived = std::make_shared<const derive::Derived>(
      derive::derive(session::scene_of(session), {.algorithm = what.algorithm}, {},
                     session::wants_training(session)));
  reel.size = fitted_size(reel, stage, session);
  Camera camera(stage.metrics);
  const auto picture = [&](std::int64_t frame) {
    interruption.check();
    return reel.picture(frame);
  };
  const auto held =
      what.format->keeps_files ? interruption.hold() : std::shared_lock<std::shared_mutex>();
  const std::string bytes = what.format->encode({
      .width = reel.size.width,
      .height = reel.size.height,
      .frames = reel.frames,
      .frames_per_second = what.frames_per_second,
      .transparent = what.transparent,
      .metrics = stage.metrics,
      .picture = picture,
      .pixels = [&](std::int64_t frame) { return camera.pixels(picture(frame)); },
  });
  const auto writing = interruption.hold();
  interruption.check();
  files::write_file(what.out, bytes);
}

}  // namespace convscope::cli
