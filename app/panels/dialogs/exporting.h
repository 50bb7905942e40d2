// What is chosen and half-typed while the stage is exported, and how far an export is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/session/export_choice.h"

namespace convscope::panels {

// A format that the stage can be exported as.
struct ExportKind {
  std::string ending;  // ".png"
  bool still = false;
  bool animated = false;

  bool operator==(const ExportKind&) const = default;
};

struct ExportForm {
  session::ExportChoice choice = {};
  // The steps of an animation, counted from 0. A picture shows the moment on the stage.
  std::int64_t first = 0;
  std::int64_t last = 0;

  bool operator==(const ExportForm&) const = default;
};

// The panel while it is open.
struct Exporting {
  ExportForm form = {};
  std::optional<ExportForm> typed = std::nullopt;  // with a half-typed number
  // The scene and the layer that the steps are of.
  std::int64_t scene = -1;
  std::int64_t layer = -1;
  bool steps_chosen = false;
  // A small picture of what is written, made by the front: its pixels, bottom row first; 0: none.
  std::uint64_t preview = 0;
  int preview_width = 0;
  int preview_height = 0;
  bool has_part = true;  // the moment has what is chosen
};

// An export under way.
struct ExportProgress {
  std::string file;
  double done = 0;  // 0..1
  std::optional<double> seconds_left = std::nullopt;
  bool cancel = false;  // somebody wants it to end
};

}  // namespace convscope::panels
