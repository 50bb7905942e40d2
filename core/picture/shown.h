// Shown: all that a picture depends on, apart from the words and the fonts. Equal values give equal
// pictures.
#pragma once

#include <memory>
#include <optional>

#include "core/derive/derived.h"
#include "core/derive/difference.h"
#include "core/picture/display/viewport.h"
#include "core/session/session.h"

namespace convscope::picture {

struct Shown {
  // Compared by address: a change makes a new one. First, so that no edited lesson is compared with
  // the one before it.
  std::shared_ptr<const derive::Derived> derived;
  Viewport viewport;
  // The question that waits for its answer: what it hides is not shown.
  std::optional<Shared<quiz::Question>> asked = std::nullopt;
  // A second scene under the same playhead, and what follows from it.
  std::optional<session::BesideScene> beside = std::nullopt;
  std::shared_ptr<const derive::Derived> beside_derived = nullptr;
  // The first scene's map minus the second's, where both have one shape.
  std::shared_ptr<const derive::Difference> difference = nullptr;
  // The second scene stands in the first one's place.
  bool flipped = false;
  // Only what pictures show: all else has its initial value, so that no view can depend on it.
  session::Session session;

  bool operator==(const Shown&) const = default;
};

// `beside_derived` is of the session's second scene (beside_of()); without it the first one stands
// alone.
Shown shown_of(const session::Session& session, std::shared_ptr<const derive::Derived> derived,
               const Viewport& viewport,
               std::shared_ptr<const derive::Derived> beside_derived = nullptr,
               std::shared_ptr<const derive::Difference> difference = nullptr);

// The difference of the maps of the layer on stage; nullptr where their shapes differ, or one is
// not there yet.
std::shared_ptr<const derive::Difference> difference_of(const session::Session& session,
                                                        const derive::Derived& first,
                                                        const derive::Derived& second);

}  // namespace convscope::picture
