// What the export panel asks for: a preview of its choice, and exports. Needs a current GL context.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/paint/frame_reader.h"
#include "app/paint/texture.h"
#include "app/panels/ui_state.h"
#include "app/window/export/exporter.h"
#include "app/window/screenshot.h"
#include "app/window/stage_cache.h"
#include "app/window/store.h"

namespace convscope::window {

// The table of formats, as the panel lists it.
std::vector<panels::ExportKind> export_kinds();

// What a picture of the whole window depends on.
struct WindowWish {
  session::Session session;
  std::optional<bool> lessons;  // open or not
  std::optional<bool> inspector;
  int width = 0;
  int height = 0;
  float scale = 1;

  bool operator==(const WindowWish&) const = default;
};

class ExportDesk {
 public:
  explicit ExportDesk(const picture::TextMetrics& metrics) : metrics_(metrics) {}

  // Between frames: the preview, what waits to be painted, and what became of an export, as a
  // notice. True when the next frame differs.
  bool turn(panels::UiState& ui, Store& store);
  // Writes the file, or fills the clipboard if the path is empty. Throws Failure.
  void start(panels::UiState& ui, Store& store, const std::string& path);
  bool is_busy() const { return exporter_.is_busy(); }
  void on_ready(std::function<void()> wake) { exporter_.on_ready(std::move(wake)); }

 private:
  bool refresh_preview(panels::UiState& ui, const Store& store);
  bool refresh_window_preview(panels::UiState& ui, const Store& store);
  files::Pixels painted(const ToPaint& wanted);

  const picture::TextMetrics& metrics_;
  std::unique_ptr<paint::Painter> preview_painter_;
  std::unique_ptr<paint::FrameReader> reader_;
  std::unique_ptr<WindowFilm> window_;  // while the whole window is exported
  std::optional<picture::Shown> previewed_;
  session::ExportChoice::What previewed_what_ = session::ExportChoice::What::kStage;
  std::optional<WindowWish> previewed_window_;
  paint::GlTexture window_texture_;
  Exporter exporter_;  // last: it ends before what it is served with
};

}  // namespace convscope::window
