#include "core/picture/shown.h"

#include <utility>

namespace convscope::picture {

Shown shown_of(const session::Session& session, std::shared_ptr<const derive::Derived> derived,
               const Viewport& viewport, std::shared_ptr<const derive::Derived> beside_derived) {
  Shown shown;
  shown.session.document.lesson = session.document.lesson;
  shown.session.document.original = session.document.original;
  shown.session.clock.frame = session.clock.frame;
  shown.session.clock.granularity = session.clock.granularity;
  shown.session.clock.kept = session.clock.kept;
  shown.session.look = session.look;
  shown.session.transient.hover = session.transient.hover;
  if (session::is_asking(session)) {
    shown.asked = session.asking->questions[session.asking->number];
  } else if (session.asking && session.asking->beside && beside_derived) {
    shown.beside = session.asking->beside;
    shown.beside_derived = std::move(beside_derived);
  }
  shown.derived = std::move(derived);
  shown.viewport = viewport;
  return shown;
}

}  // namespace convscope::picture
