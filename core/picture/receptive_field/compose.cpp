#include "core/picture/receptive_field/compose.h"

#include <algorithm>

#include "core/picture/flat/layout.h"
#include "core/picture/kit/stage_header.h"
#include "core/picture/receptive_field/stage.h"

namespace convscope::picture::receptive_field {

namespace {

// At scale 1. Many layers leave less room for words.
constexpr float kText = 15.5F;
constexpr float kSmallText = 13.5F;
constexpr std::size_t kManyLayers = 8;

ReceptiveWords words_of(const kit::Brush& brush, const session::Session& session,
                        const std::vector<ReceptiveLine>& table, const Canvas& canvas) {
  const float size =
      brush.text_size(session::scene_of(session).layers.size() > kManyLayers ? kSmallText : kText);
  ReceptiveWords words{
      .header = kit::stage_header_height(brush, session, canvas.width - 48 * canvas.scale),
      .lines = table.size(),
      .text_size = size};
  for (const ReceptiveLine& line : table) {
    words.labels = std::max(words.labels, brush.metrics.width(line.word, Font::kSans, size));
    for (const std::string& number : line.by_map) {
      words.narrowest =
          std::max(words.narrowest, brush.metrics.width(number, Font::kSansBold, size) + size);
    }
  }
  return words;
}

}  // namespace

void compose_receptive_field(kit::Brush& brush, const session::Session& session,
                             const derive::Derived& derived, const Canvas& canvas) {
  if (derived.layers.empty() || derived.layers.front().input.empty()) {
    return;
  }
  brush.text_scale =
      flat::fitting_text_scale(derived.layers.front(), canvas, brush.palette.text_scale);
  const ReceptiveStack stack = stack_of(derived);
  const ReceptiveFocus focus = focus_of(session, stack);
  const ReceptiveRegions regions = regions_of(stack, focus);
  const std::vector<ReceptiveLine> table = table_of(brush, session, stack);
  const ReceptiveLayout layout =
      receptive_layout(stack, words_of(brush, session, table, canvas), session.look.camera, canvas);
  const ReceptiveStage stage{session, derived, stack, focus, regions, layout, table};

  brush.picture.camera_area = layout.main;
  kit::draw_stage_header(brush, session, layout.header);
  brush.add(ClipBegin{layout.view});
  draw_maps(brush, stage);
  draw_table(brush, stage);
  brush.add(ClipEnd{});
  draw_sentence(brush, stage);
}

}  // namespace convscope::picture::receptive_field
