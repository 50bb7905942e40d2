#include "app/window/stage_cache.h"

namespace convscope::window {

bool StageCache::refresh(const picture::Shown& shown, const lesson::Locale& locale,
                         const picture::TextMetrics& metrics) {
  if (shown_ == shown) {
    return false;
  }
  picture_ = picture::compose(shown, locale, metrics);
  shown_ = shown;
  ++composes_;
  return true;
}

}  // namespace convscope::window
