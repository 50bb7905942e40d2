#include "app/paint/frame_reader.h"

#include <utility>

#include "core/picture/display/changes.h"

namespace convscope::paint {

FrameReader::FrameReader(const picture::TextMetrics& metrics)
    : metrics_(metrics), painter_(metrics) {}

const files::Pixels& FrameReader::read(picture::Picture picture) {
  std::optional<std::vector<picture::Rect>> changed;
  if (last_) {
    changed = picture::changed_areas(*last_, picture, metrics_);
  }
  if (changed) {
    painter_.draw_again(picture, *changed);
    for (const picture::Rect& area : *changed) {
      painter_.read(area, pixels_);
    }
  } else {
    painter_.draw(picture);
    pixels_ = painter_.read();
  }
  last_ = std::move(picture);
  return pixels_;
}

}  // namespace convscope::paint
