#include "core/picture/beside/difference.h"

#include <algorithm>
#include <string>

#include "core/conv/analysis/step.h"
#include "core/picture/beside/map_column.h"
#include "core/picture/kit/cell_plane.h"
#include "core/picture/kit/marks.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/tensor_colors.h"

namespace convscope::picture::beside {

namespace {

std::vector<std::string> words_of(const kit::Canvas& canvas, std::int64_t cells,
                                  const derive::DifferenceSurvey& told, float width) {
  std::string text;
  if (cells > 0) {
    text = canvas.locale.text("compare.told", {{"different", told.different}, {"cells", cells}});
  }
  if (told.different > 0) {
    text +=
        " " + canvas.locale.text("compare.largest", {{"value", kit::number_text(told.largest)}});
  }
  return column_words(canvas, text, Font::kSans, width);
}

}  // namespace

void draw_difference(kit::Canvas& canvas, const session::Session& session,
                     const derive::Difference& difference, const Rect& rect) {
  const Shape& shape = difference.first.shape();
  const session::Beat beat = session::beat_at(session::timeline_of(session), session.clock.frame);
  const Index at = conv::output_index(shape, std::max<std::int64_t>(beat.position, 0));
  const std::int64_t cells = shape.h * shape.w;
  const std::int64_t from = (at.n * shape.c + at.c) * cells;
  const bool whole = cells > kit::kMostCells;
  const std::int64_t finished = beat.position + (beat.finished ? 1 : 0);
  const std::int64_t known = std::max(finished, session.clock.kept) - from;
  const std::int64_t revealed = whole ? cells : std::clamp<std::int64_t>(known, 0, cells);

  // Room and colours are those of the end, so that nothing changes until then.
  const derive::DifferenceSurvey& all =
      difference.told[static_cast<std::size_t>(at.n * shape.c + at.c)];
  const derive::DifferenceSurvey told =
      revealed == cells ? all : derive::difference_survey(difference, from, revealed);
  const std::size_t lines = words_of(canvas, cells, all, rect.w).size();
  const MapColumn column =
      lay_out_column(canvas, canvas.locale.text("compare.difference"), shape, lines, rect);
  const kit::Plane& plane = column.plane;
  draw_column_title(canvas, column);
  const float range = std::max(all.largest, 1e-30F);
  const kit::PlaneStyle style{.tensor = difference.first,
                              .minus = difference.second,
                              .n = at.n,
                              .c = at.c,
                              .scale = kit::diverging_scale({-range, range}, canvas.palette),
                              .role = session::TensorRole::kOutput,
                              .revealed = revealed};
  kit::draw_empty_cells(canvas, plane, session::TensorRole::kOutput, at.n, at.c, rect);
  kit::draw_cells(canvas, plane, style, rect);
  kit::draw_numbers(canvas, plane, style, kit::fit_numbers(canvas, plane, style, rect), rect);
  canvas.outline(plane.rect, canvas.palette.text_dim, canvas.line_width(1.5F), 2 * canvas.scale);
  if (beat.position >= 0) {
    kit::draw_frame(canvas, plane.cell_at(at), canvas.palette.output.line,
                    kit::frame_width(canvas, plane.cell));
  }
  Point at_left = column.below();
  for (const std::string& line : words_of(canvas, revealed, told, rect.w)) {
    canvas.text(at_left, line, Font::kSans, column.size, canvas.palette.text_dim);
    at_left.y += column.line;
  }
}

}  // namespace convscope::picture::beside
