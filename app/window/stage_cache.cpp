#include "app/window/stage_cache.h"

#include <utility>

#include "core/picture/display/theme.h"

namespace convscope::window {
namespace {

const void* training_of(const derive::Derived& derived) { return derived.training.losses.data(); }

std::vector<TensorName> names(const derive::Derived& derived) {
  std::vector<TensorName> all;
  for (const derive::LayerResult& layer : derived.layers) {
    all.insert(all.end(), {layer.input, layer.weight, layer.bias, layer.output});
  }
  return all;
}

picture::Picture bare_picture(const session::Session& session, const picture::Viewport& viewport) {
  picture::Picture picture;
  picture.width = viewport.width;
  picture.height = viewport.height;
  picture.background = picture::palette_of(session.look.theme).background;
  return picture;
}

}  // namespace

bool StageCache::same(const Key& key, const session::Session& t, const derive::Derived& derived,
                      const lesson::Locale& locale, const picture::Viewport& viewport) {
  const session::Session& s = key.session;
  return s.clock.frame == t.clock.frame && s.look.scene == t.look.scene &&
         s.look.layer == t.look.layer && s.clock.granularity == t.clock.granularity &&
         s.look.view == t.look.view && s.look.second_view == t.look.second_view &&
         s.look.code == t.look.code && s.look.transposed_as == t.look.transposed_as &&
         s.look.camera == t.look.camera && s.look.orbit == t.look.orbit &&
         s.transient.hover == t.transient.hover && s.transient.selection == t.transient.selection &&
         s.look.theme == t.look.theme && s.clock.playing == t.clock.playing &&
         s.clock.run_to == t.clock.run_to && key.language == locale.language() &&
         s.toggles == t.toggles && key.viewport == viewport &&
         key.training == training_of(derived) && key.tensors == names(derived) &&
         s.document.original == t.document.original &&
         lesson::same_document(s.document.lesson, t.document.lesson);
}

bool StageCache::refresh(const session::Session& session, const derive::Derived& derived,
                         const lesson::Locale& locale, const picture::TextMetrics& metrics,
                         const picture::Viewport& viewport) {
  if (key_ && same(*key_, session, derived, locale, viewport)) {
    return false;
  }
  const bool ready = session.look.layer < static_cast<std::int64_t>(derived.layers.size());
  picture_ = ready ? picture::compose(session, derived, locale, metrics, viewport)
                   : bare_picture(session, viewport);
  key_ = Key{session, names(derived), training_of(derived), locale.language(), viewport};
  key_->session.document.history = {};  // not shown; holding it would keep old tensors alive
  ++composes_;
  return true;
}

}  // namespace convscope::window
