// Version: how a tensor follows from the one before it. After a stroke of a brush only the cells
// that it touched have to be computed again, in the input and in all that follows from it.
#pragma once

#include <memory>
#include <optional>

#include "core/conv/area.h"

namespace convscope::derive {

struct Version {
  std::weak_ptr<const Version> before;  // none: nothing is known of what there was
  conv::Area changed;                   // all other values are those of `before`
};
using VersionPtr = std::shared_ptr<const Version>;

// One of which nothing else is known, and one that follows from another.
inline VersionPtr first_version() { return std::make_shared<const Version>(); }
inline VersionPtr next_version(const VersionPtr& before, const conv::Area& changed) {
  return std::make_shared<const Version>(Version{before, changed});
}

// Outside of which area `now` has the values of `then`; nullopt if that is not known.
inline std::optional<conv::Area> changed_since(VersionPtr now, const VersionPtr& then) {
  constexpr int kMostSteps = 16;
  conv::Area area;
  for (int step = 0; now != nullptr && then != nullptr && step < kMostSteps; ++step) {
    if (now == then) {
      return area;
    }
    area = joined(area, now->changed);
    now = now->before.lock();
  }
  return std::nullopt;
}

}  // namespace convscope::derive
