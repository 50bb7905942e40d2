// The panels: each reads the session and asks for actions. No clock, no file, no GL here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/lesson/action.h"
#include "core/lesson/derived.h"
#include "core/lesson/locale.h"
#include "core/lesson/session.h"
#include "core/picture/picture.h"
#include "core/picture/text_metrics.h"
#include "core/picture/theme.h"

namespace convscope {

// What exists only between two keystrokes: half-typed text, open menus, a drag in progress.
struct FileEntry {
  std::string name;
  bool folder = false;
};

struct UiState {
  bool help_open = false;
  enum class FileDialog { kClosed, kOpen, kSave };
  FileDialog file_dialog = FileDialog::kClosed;
  std::string folder;              // shown by the file dialog
  std::vector<FileEntry> entries;  // of `folder`, filled by the front when `folder_wanted` changes
  std::optional<std::string> folder_wanted;
  std::string file_name;          // half-typed
  std::optional<Target> editing;  // the cell whose value is being typed
  std::string edit_text;
  bool edit_focus = false;  // give the field the keyboard at its first frame
  struct Drag {
    Target target;
    float start_value = 0;
    Point start;
    bool moved = false;
  };
  std::optional<Drag> drag;
  bool quit = false;
};

// Everything a panel may look at.
struct PanelContext {
  const Session& session;
  const Derived& derived;
  const Locale& locale;
  const Palette& palette;
  const TextMetrics& metrics;
  float scale = 1;                 // 1 at 1080 lines
  std::optional<double> progress;  // of the map under way
  UiState& ui;
  Actions& actions;
};

}  // namespace convscope
