// Pictures of the whole window, panels included, drawn by a window that nobody sees. All need a
// current GL context (HeadlessContext).
#pragma once

#include <memory>
#include <optional>

#include "app/files/image/pixels.h"
#include "app/window/store.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::window {

struct ShotSize {
  int width = 0;
  int height = 0;
  float scale = 1;
};

// One picture. Waits for the store's maps.
files::Pixels screenshot_pixels(Store& store, const picture::TextMetrics& metrics, int width,
                                int height, float scale);

// Many moments of one session.
class WindowFilm {
 public:
  WindowFilm(session::Session session, const picture::TextMetrics& metrics, const ShotSize& size);
  ~WindowFilm();
  WindowFilm(const WindowFilm&) = delete;
  WindowFilm& operator=(const WindowFilm&) = delete;

  // As in Shell.
  void open_sides(std::optional<bool> lessons, std::optional<bool> inspector);
  files::Pixels at(session::Frame moment);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace convscope::window
