// The stage's picture, composed only when something that it shows has changed.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/picture/compose.h"

namespace convscope {

class StageCache {
 public:
  // Whether `picture()` has to be drawn anew: composes when anything it depends on differs.
  bool refresh(const Session& session, const Derived& derived, const Locale& locale,
               const TextMetrics& metrics, const Canvas& canvas);
  const Picture& picture() const { return picture_; }
  // How often it was composed.
  std::int64_t composes() const { return composes_; }

 private:
  // What the picture depends on, cheap to compare: tensors by their names.
  struct Key {
    Session session;
    std::vector<TensorName> tensors;
    const void* training = nullptr;
    Language language = Language::kEnglish;
    Canvas canvas;
  };
  static bool same(const Key& key, const Session& session, const Derived& derived,
                   const Locale& locale, const Canvas& canvas);

  std::optional<Key> key_;
  Picture picture_;
  std::int64_t composes_ = 0;
};

}  // namespace convscope
