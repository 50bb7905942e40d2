#include "core/picture/shown.h"

#include <utility>

#include "core/session/comparing.h"
#include "core/session/pace.h"

namespace convscope::picture {
namespace {

// What the pointer is on, else what is pinned. The terms of a pinned cell's sum are its own.
std::optional<session::Target> lit_cell(const session::Session& session) {
  const std::optional<session::Target>& hover = session.transient.hover;
  const std::optional<session::Target>& pin = session.transient.pin;
  const bool own_term = hover && pin && hover->tensor == session::TensorRole::kProduct &&
                        pin->tensor == session::TensorRole::kOutput;
  return hover && !own_term ? hover : pin;
}

}  // namespace

Shown shown_of(const session::Session& session, std::shared_ptr<const derive::Derived> derived,
               const Viewport& viewport, std::shared_ptr<const derive::Derived> beside_derived,
               std::shared_ptr<const derive::Difference> difference) {
  Shown shown;
  shown.session.document.lesson = session.document.lesson;
  shown.session.document.original = session.document.original;
  shown.session.clock.frame =
      session.toggles.reduced_motion ? session::stop_shown(session) : session.clock.frame;
  shown.session.clock.granularity = session.clock.granularity;
  shown.session.clock.kept = session.clock.kept;
  shown.session.look = session.look;
  shown.session.transient.hover = lit_cell(session);
  if (session::is_asking(session)) {
    shown.asked = session.asking->questions[session.asking->number];
  } else if (beside_derived) {
    shown.beside = session::beside_of(session);
    if (shown.beside) {
      shown.beside_derived = std::move(beside_derived);
      shown.difference = std::move(difference);
      shown.flipped = session.transient.flipped;
    }
  }
  shown.derived = std::move(derived);
  shown.viewport = viewport;
  return shown;
}

std::shared_ptr<const derive::Difference> difference_of(const session::Session& session,
                                                        const derive::Derived& first,
                                                        const derive::Derived& second) {
  const auto layer = static_cast<std::size_t>(session.look.layer);
  if (layer >= first.layers.size() || layer >= second.layers.size()) {
    return nullptr;
  }
  derive::Difference difference =
      derive::Differences().of(first.layers[layer].map, second.layers[layer].map);
  return difference.empty() ? nullptr
                            : std::make_shared<const derive::Difference>(std::move(difference));
}

}  // namespace convscope::picture
