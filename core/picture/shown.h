// Shown: all that a picture depends on, apart from the words and the fonts. Equal values give equal
// pictures.
#pragma once

#include <memory>

#include "core/derive/derived.h"
#include "core/picture/display/viewport.h"
#include "core/session/session.h"

namespace convscope::picture {

struct Shown {
  // Compared by address: a change makes a new one. First, so that no edited lesson is compared with
  // the one before it.
  std::shared_ptr<const derive::Derived> derived;
  Viewport viewport;
  // Only what pictures show: all else has its initial value, so that no view can depend on it.
  session::Session session;

  bool operator==(const Shown&) const = default;
};

Shown shown_of(const session::Session& session, std::shared_ptr<const derive::Derived> derived,
               const Viewport& viewport);

}  // namespace convscope::picture
