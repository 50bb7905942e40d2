// FilePreviewer: a small picture and a few words of the file that is chosen in the file dialog.
// Reads the file on a thread of its own, once a choice. Needs a current GL context.
#pragma once

#include <future>
#include <memory>
#include <optional>
#include <string>

#include "app/files/image/pixels.h"
#include "app/panels/ui_state.h"
#include "core/lesson/locale.h"

namespace convscope::window {

// What is shown of a file; made without GL.
struct FileLook {
  files::Pixels picture;  // of the first scene's input; empty: none
  lesson::LocalizedText title;
  lesson::LocalizedText text;
  std::optional<Problem> problem;  // the file can't be opened
};
FileLook look_of(const std::string& path);

class FilePreviewer {
 public:
  FilePreviewer();
  ~FilePreviewer();
  FilePreviewer(const FilePreviewer&) = delete;
  FilePreviewer& operator=(const FilePreviewer&) = delete;

  // Brings `preview` up to the file `wanted` (empty: none); true when it changed. Between frames.
  bool follow(const std::string& wanted, const lesson::Locale& locale,
              panels::FilePreview& preview);
  bool is_busy() const { return look_.valid(); }

 private:
  struct Texture;
  std::future<FileLook> look_;
  std::string reading_;
  std::string shown_;
  std::unique_ptr<Texture> texture_;
};

}  // namespace convscope::window
