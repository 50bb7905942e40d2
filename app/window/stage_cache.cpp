#include "app/window/stage_cache.h"

#include <utility>

#include "core/picture/theme.h"

namespace convscope {
namespace {

const void* training_of(const Derived& derived) { return derived.training.losses.data(); }

std::vector<TensorName> names(const Derived& derived) {
  std::vector<TensorName> all;
  for (const LayerResult& layer : derived.layers) {
    all.insert(all.end(), {layer.input, layer.weight, layer.bias, layer.output});
  }
  return all;
}

Picture bare_picture(const Session& session, const Canvas& canvas) {
  Picture picture;
  picture.width = canvas.width;
  picture.height = canvas.height;
  picture.background = palette_of(session.theme).background;
  return picture;
}

}  // namespace

bool StageCache::same(const Key& key, const Session& t, const Derived& derived,
                      const Locale& locale, const Canvas& canvas) {
  const Session& s = key.session;
  return s.frame == t.frame && s.scene == t.scene && s.layer == t.layer &&
         s.granularity == t.granularity && s.view == t.view && s.second_view == t.second_view &&
         s.code == t.code && s.transposed_as == t.transposed_as && s.camera == t.camera &&
         s.orbit == t.orbit && s.hover == t.hover && s.selection == t.selection &&
         s.theme == t.theme && s.playing == t.playing && s.run_to == t.run_to &&
         key.language == locale.language() && key.canvas == canvas &&
         key.training == training_of(derived) && key.tensors == names(derived) &&
         s.original == t.original && same_document(s.lesson, t.lesson);
}

bool StageCache::refresh(const Session& session, const Derived& derived, const Locale& locale,
                         const TextMetrics& metrics, const Canvas& canvas) {
  if (key_ && same(*key_, session, derived, locale, canvas)) {
    return false;
  }
  const bool ready = session.layer < static_cast<std::int64_t>(derived.layers.size());
  picture_ =
      ready ? compose(session, derived, locale, metrics, canvas) : bare_picture(session, canvas);
  key_ = Key{session, names(derived), training_of(derived), locale.language(), canvas};
  key_->session.history = {};  // not shown; holding it would keep old tensors alive
  ++composes_;
  return true;
}

}  // namespace convscope
