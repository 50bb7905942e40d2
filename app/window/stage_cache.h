// The stage's picture, composed only when something that it shows has changed.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/picture/compose.h"

namespace convscope::window {

class StageCache {
 public:
  // Whether `picture()` has to be drawn anew: composes when anything it depends on differs.
  bool refresh(const session::Session& session, const derive::Derived& derived,
               const lesson::Locale& locale, const picture::TextMetrics& metrics,
               const picture::Viewport& viewport);
  const picture::Picture& picture() const { return picture_; }
  // How often it was composed.
  std::int64_t composes() const { return composes_; }

 private:
  // What the picture depends on, cheap to compare: tensors by their names.
  struct Key {
    session::Session session;
    std::vector<TensorName> tensors;
    const void* training = nullptr;
    lesson::Language language = lesson::Language::kEnglish;
    picture::Viewport viewport;
  };
  static bool same(const Key& key, const session::Session& session, const derive::Derived& derived,
                   const lesson::Locale& locale, const picture::Viewport& viewport);

  std::optional<Key> key_;
  picture::Picture picture_;
  std::int64_t composes_ = 0;
};

}  // namespace convscope::window
