// Pictures into pixels, one after another. Draws and reads only what changed since the one before.
#pragma once

#include <optional>

#include "app/files/image/pixels.h"
#include "app/paint/painter.h"

namespace convscope::paint {

class FrameReader {
 public:
  // Needs a current GL context. `metrics` must outlive it.
  explicit FrameReader(const picture::TextMetrics& metrics);

  // Exactly what a Painter makes of the whole picture. Valid until the next call.
  const files::Pixels& read(picture::Picture picture);

 private:
  const picture::TextMetrics& metrics_;
  Painter painter_;
  std::optional<picture::Picture> last_;
  files::Pixels pixels_;
};

}  // namespace convscope::paint
