#include "app/window/export/exporting.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/paint/frame_target.h"
#include "app/window/screenshot.h"
#include "core/picture/part.h"
#include "core/tensor/problem.h"

namespace convscope::window {
namespace {

using Choice = session::ExportChoice;
using What = Choice::What;

// How long the window's thread paints for the exporter before it draws its own next frame.
constexpr double kServes = 0.04;
constexpr float kPreviewWidth = 640;  // pixels

float picture_scale(const Choice& choice) {
  return std::max(1.0F, static_cast<float>(choice.height) / 1080.0F);
}

// What the stage shows, in the chosen colours, language and size, without what is pointed at.
picture::Shown shown_as(const Choice& choice, const Store& store) {
  const float scale = picture_scale(choice);
  picture::Shown shown =
      store.shown({static_cast<float>(choice.width), static_cast<float>(choice.height), scale});
  shown.session.look.theme = choice.theme;
  shown.session.look.language = choice.language.value_or(store.session().look.language);
  shown.session.transient.hover = store.session().transient.pin;
  shown.viewport = picture::part_viewport(shown, choice.what);
  return shown;
}

const lesson::Locale& locale_in(const Store& store, lesson::Language language) {
  const auto locales = store.locales();
  const auto found = std::ranges::find(locales, language, &lesson::Locale::language);
  return found == locales.end() ? store.locale() : *found;
}

// The whole window in the chosen look, with the panels that are open; `factor` of its size.
WindowWish window_wish(const Choice& choice, const panels::UiState& ui, const Store& store,
                       float factor = 1) {
  const auto pixels = [&](std::int64_t side) {
    return std::max(1, static_cast<int>(std::round(static_cast<float>(side) * factor)));
  };
  WindowWish wish{.session = store.session(),
                  .lessons = ui.lessons_open,
                  .inspector = ui.inspector_open,
                  .width = pixels(choice.width),
                  .height = pixels(choice.height),
                  .scale = picture_scale(choice) * factor};
  wish.session.look.theme = choice.theme;
  wish.session.look.language = choice.language.value_or(wish.session.look.language);
  wish.session.transient.notice.reset();
  wish.session.clock.playing = choice.animated;
  return wish;
}

std::unique_ptr<WindowFilm> film_of_window(const WindowWish& wish,
                                           const picture::TextMetrics& metrics) {
  auto film = std::make_unique<WindowFilm>(wish.session, metrics,
                                           ShotSize{wish.width, wish.height, wish.scale});
  film->open_sides(wish.lessons, wish.inspector);
  return film;
}

// The bottom row first, as a painter's texture.
std::vector<picture::Rgba> texels_of(const files::Pixels& pixels) {
  const auto width = static_cast<std::size_t>(pixels.width);
  std::vector<picture::Rgba> texels;
  texels.reserve(width * static_cast<std::size_t>(pixels.height));
  for (auto y = static_cast<std::size_t>(pixels.height); y-- > 0;) {
    for (std::size_t x = 0; x < width; ++x) {
      const std::uint8_t* texel = &pixels.rgba[(y * width + x) * 4];
      texels.push_back({texel[0], texel[1], texel[2], texel[3]});
    }
  }
  return texels;
}

ExportJob job_of(const panels::ExportForm& form, const std::string& path,
                 const files::ExportFormat& format, const Store& store,
                 const picture::TextMetrics& metrics) {
  const Choice& choice = form.choice;
  ExportJob job{.path = path,
                .format = &format,
                .width = static_cast<int>(choice.width),
                .height = static_cast<int>(choice.height),
                .moment = store.session().clock.frame,
                .loop = choice.loop,
                .metrics = &metrics};
  if (choice.animated) {
    job.film = session::film_of(session::timeline_of(store.session()), form.first, form.last,
                                static_cast<int>(choice.frames_per_second));
    job.film->pause = static_cast<std::int64_t>(choice.pause * 1000);
  }
  if (choice.what == What::kWindow) {
    return job;
  }
  const picture::Shown shown = shown_as(choice, store);
  job.width = static_cast<int>(shown.viewport.width);
  job.height = static_cast<int>(shown.viewport.height);
  job.picture = [shown, what = choice.what, moves = choice.animated,
                 locale = locale_in(store, shown.session.look.language),
                 &metrics](session::Frame frame) {
    picture::Shown now = shown;
    if (moves) {
      now.session.clock.frame = frame;
      now.session.clock.kept = 0;
    }
    return picture::compose_part(now, what, locale, metrics);
  };
  return job;
}

}  // namespace

std::vector<panels::ExportKind> export_kinds() {
  std::vector<panels::ExportKind> kinds;
  for (const files::ExportFormat& format : files::export_formats()) {
    kinds.push_back({std::string(format.extension), format.still, format.animated});
  }
  return kinds;
}

files::Pixels ExportDesk::painted(const ToPaint& wanted) {
  if (wanted.picture == nullptr) {
    return window_->at(wanted.moment);
  }
  if (!reader_) {
    reader_ = std::make_unique<paint::FrameReader>(metrics_);
  }
  return reader_->read(*wanted.picture);
}

// Smaller than what will be written, but laid out the same.
bool ExportDesk::refresh_preview(panels::UiState& ui, const Store& store) {
  if (!ui.exporting || store.empty()) {
    previewed_.reset();
    return false;
  }
  panels::Exporting& exporting = *ui.exporting;
  const What what = exporting.form.choice.what;
  if (what == What::kWindow) {
    return refresh_window_preview(ui, store);
  }
  picture::Shown shown = shown_as(exporting.form.choice, store);
  exporting.has_part = picture::has_part(shown, what);
  const float factor = std::min(1.0F, kPreviewWidth / shown.viewport.width);
  shown.viewport = {std::round(shown.viewport.width * factor),
                    std::max(1.0F, std::round(shown.viewport.height * factor)),
                    shown.viewport.scale * factor};
  if (exporting.preview != 0 && previewed_ == shown && previewed_what_ == what) {
    return false;
  }
  if (!preview_painter_) {
    preview_painter_ = std::make_unique<paint::Painter>(metrics_);
  }
  preview_painter_->draw(
      picture::compose_part(shown, what, locale_in(store, shown.session.look.language), metrics_));
  exporting.preview = preview_painter_->texture();
  exporting.preview_width = static_cast<int>(shown.viewport.width);
  exporting.preview_height = static_cast<int>(shown.viewport.height);
  previewed_ = std::move(shown);
  previewed_what_ = what;
  return true;
}

// A window within the window. It follows each step, but not the play, which it would slow down.
bool ExportDesk::refresh_window_preview(panels::UiState& ui, const Store& store) {
  panels::Exporting& exporting = *ui.exporting;
  const Choice& choice = exporting.form.choice;
  const float factor = std::min(1.0F, kPreviewWidth / static_cast<float>(choice.width));
  WindowWish wish = window_wish(choice, ui, store, factor);
  wish.session.clock.playing = false;
  wish.session.transient = {};
  const bool there = exporting.preview != 0 && previewed_what_ == What::kWindow;
  const bool busy = store.session().clock.playing || store.progress();
  if (there && (busy || previewed_window_ == wish)) {
    return false;
  }
  const files::Pixels pixels = film_of_window(wish, metrics_)->at(wish.session.clock.frame);
  window_texture_ = paint::make_rgba_texture(pixels.width, pixels.height, texels_of(pixels));
  exporting.preview = window_texture_.get();
  exporting.preview_width = pixels.width;
  exporting.preview_height = pixels.height;
  previewed_window_ = std::move(wish);
  previewed_what_ = What::kWindow;
  return true;
}

bool ExportDesk::turn(panels::UiState& ui, Store& store) {
  const paint::SavedTarget target;  // the window around it draws on there
  bool changed = refresh_preview(ui, store);
  if (ui.export_progress && ui.export_progress->cancel) {
    exporter_.cancel();
  }
  if (exporter_.is_busy()) {
    exporter_.serve([this](const ToPaint& wanted) { return painted(wanted); }, kServes);
  }
  const std::optional<Exporter::Progress> progress = exporter_.progress();
  if (progress) {
    const bool cancel = ui.export_progress && ui.export_progress->cancel;
    ui.export_progress = panels::ExportProgress{.file = progress->path,
                                                .done = progress->done,
                                                .seconds_left = progress->seconds_left,
                                                .cancel = cancel};
    changed = true;
  } else if (std::exchange(ui.export_progress, std::nullopt)) {
    reader_.reset();  // large pictures take much memory
    window_.reset();
    changed = true;
  }
  if (std::optional<Problem> result = exporter_.take_result()) {
    store.dispatch(session::action::Notify{*std::move(result)});
    changed = true;
  }
  return changed;
}

void ExportDesk::start(panels::UiState& ui, Store& store, const std::string& path) {
  panels::ExportForm form =
      ui.exporting ? ui.exporting->form : panels::ExportForm{.choice = ui.export_choice};
  const bool to_clipboard = path.empty();
  const files::ExportFormat* format = files::export_format_of(to_clipboard ? "copy.png" : path);
  if (format == nullptr) {
    throw Failure({"export_format",
                   "",
                   {{"file", path}, {"endings", files::export_endings(/*animated=*/true)}}});
  }
  // The ending that somebody has typed decides.
  form.choice.animated =
      !to_clipboard && format->animated && (form.choice.animated || !format->still);
  if (form.choice.animated && !ui.exporting) {
    form.last = session::position_shape(store.session()).count() - 1;
  }
  if (form.choice.what == What::kWindow) {
    window_ = film_of_window(window_wish(form.choice, ui, store), metrics_);
  } else if (!picture::has_part(shown_as(form.choice, store), form.choice.what)) {
    form.choice.what = What::kStage;
  }
  exporter_.start(job_of(form, path, *format, store, metrics_));
  if (!to_clipboard) {
    ui.exporting.reset();
  }
  ui.export_progress = panels::ExportProgress{.file = path};
}

}  // namespace convscope::window
