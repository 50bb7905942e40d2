#include "core/picture/asked/kept_size.h"

#include "core/picture/kit/bands.h"
#include "core/picture/kit/header.h"

namespace convscope::picture::asked {

bool waits_for_size(const session::Session& session, lesson::View view) {
  return view != lesson::View::kFlat && session::keeps_size(session);
}

void compose_waiting(kit::Canvas& canvas, const session::Session& session,
                     const Viewport& viewport) {
  constexpr float kWordsSize = 15;  // at scale 1
  const float header = kit::header_height(canvas, session, kit::band_width(viewport));
  const kit::Bands bands = kit::bands_of(viewport, header, 0);
  kit::draw_header(canvas, session, bands.header);
  const float size = canvas.text_size(kWordsSize);
  const float line = size * 1.4F;
  const std::vector<std::string> words = kit::wrap_text(
      canvas.metrics, canvas.locale.text("stage.size_kept"), Font::kSans, size, bands.main.w);
  float y = bands.main.center().y - line * static_cast<float>(words.size()) / 2;
  for (const std::string& each : words) {
    canvas.centered_text({bands.main.x, y, bands.main.w, line}, each, Font::kSans, size,
                         canvas.palette.text_dim);
    y += line;
  }
}

}  // namespace convscope::picture::asked
