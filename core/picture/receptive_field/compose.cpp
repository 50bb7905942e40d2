#include "core/picture/receptive_field/compose.h"

#include <algorithm>

#include "core/picture/kit/bands.h"
#include "core/picture/kit/header.h"
#include "core/picture/receptive_field/context.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::receptive_field {

namespace {

// At scale 1. Many layers leave less room for words.
constexpr float kText = 15.5F;
constexpr float kSmallText = 14.5F;
constexpr std::size_t kManyLayers = 8;

ReceptiveWords words_of(const kit::Canvas& canvas, const session::Session& session,
                        const std::vector<ReceptiveLine>& table, const Viewport& viewport) {
  const float size =
      canvas.text_size(session::scene_of(session).layers.size() > kManyLayers ? kSmallText : kText);
  ReceptiveWords words{.header = kit::header_height(canvas, session, kit::band_width(viewport)),
                       .lines = table.size(),
                       .text_size = size};
  for (const ReceptiveLine& line : table) {
    words.labels = std::max(words.labels, canvas.metrics.width(line.word, Font::kSans, size));
    for (const std::string& number : line.by_map) {
      words.narrowest =
          std::max(words.narrowest, canvas.metrics.width(number, Font::kSansBold, size) + size);
    }
  }
  return words;
}

}  // namespace

void compose_receptive_field(kit::Canvas& canvas, const session::Session& session,
                             const derive::Derived& derived, const Viewport& viewport) {
  if (derived.layers.empty() || derived.layers.front().input.empty()) {
    return;
  }
  canvas.text_scale = kit::fitting_text_scale(sum::sum_words(derived.layers.front()), viewport,
                                              canvas.palette.text_scale);
  const ReceptiveStack stack = stack_of(derived);
  const ReceptiveFocus focus = focus_of(session, stack);
  const ReceptiveRegions regions = regions_of(stack, focus);
  std::vector<ReceptiveLine> table = table_of(canvas, session, stack);
  const Layout layout =
      lay_out(stack, words_of(canvas, session, table, viewport), session.look.camera, viewport);
  shorten(table, layout.lines);
  const Context context{session, derived, stack, focus, regions, layout, table};

  canvas.picture.camera_area = layout.main;
  kit::draw_header(canvas, session, layout.header);
  canvas.add(ClipBegin{layout.view});
  draw_maps(canvas, context);
  draw_table(canvas, context);
  canvas.add(ClipEnd{});
  draw_sentence(canvas, context);
}

}  // namespace convscope::picture::receptive_field
