#include "core/picture/matrix/compose.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/conv/operators/operator.h"
#include "core/picture/kit/marks.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/matrix/context.h"
#include "core/picture/sum/value_text.h"

namespace convscope::picture::matrix {

namespace {

constexpr std::int64_t kMostFilters = 5;  // results side by side
constexpr float kFilterShare = 110;       // of the stage's height, for each; at scale 1

// The filters of the current group that are shown.
kit::Page shown_filters(const kit::Canvas& canvas, const step::WindowScene& scene) {
  const Shape& out = scene.layer.output_shape;
  if (conv::operator_of(scene.layer.spec.op).unfolds) {
    return {};
  }
  const std::int64_t group = out.c / scene.layer.spec.groups;
  const std::int64_t k = scene.step().output_at.c;
  const auto room = static_cast<std::int64_t>(scene.main.h / (kFilterShare * canvas.scale));
  kit::Page page =
      kit::page_of(k % group, 1, std::clamp<std::int64_t>(room, 1, kMostFilters), group);
  page.first += k / group * group;
  return page;
}

// Columns of the Toeplitz matrix from the first weight of the first shown row on, so that the
// diagonal runs down the page; or, where it would run out of it, from the current row on.
kit::Page toeplitz_columns(const Toeplitz& toeplitz, const BlockLayout& block, std::int64_t row,
                           std::int64_t reach) {
  const auto first = [&](std::int64_t of) {
    const std::vector<ToeplitzEntry> entries = toeplitz.row(of);
    return entries.empty() ? std::int64_t{0} : entries.front().column;
  };
  const std::int64_t last = toeplitz.columns() - block.columns.count;
  const kit::Page page = {std::clamp<std::int64_t>(first(block.rows.first), 0, last),
                          block.columns.count};
  const std::int64_t active = first(row);
  const bool inside =
      page.holds(active) && page.holds(std::min(active + reach, toeplitz.columns()) - 1);
  return inside ? page : kit::page_of(active, reach, page.count, toeplitz.columns());
}

MatrixContent content_of(const kit::Canvas& canvas, const Context& context) {
  const Im2col& im2col = context.im2col;
  const std::int64_t column = context.operation().unfolds         ? context.step().output_at.c
                              : context.moment().active_term >= 0 ? context.moment().active_term
                                                                  : context.channel * im2col.taps();
  const CaptionWidths words = caption_widths(canvas, context);
  MatrixContent content{.im2col = {.rows = im2col.rows(),
                                   .columns = im2col.columns(),
                                   .vectors = context.toeplitz ? context.filters.count : 0,
                                   .results = context.filters.count},
                        .im2col_focus = {context.active_row(), column, 1},
                        .toeplitz = std::nullopt,
                        .toeplitz_focus = {context.active_row(), 0, 1},
                        .labels = row_names_width(canvas, context),
                        .im2col_caption = words.im2col,
                        .toeplitz_caption = words.toeplitz};
  if (context.toeplitz) {
    content.toeplitz = BlockSize{.rows = context.toeplitz->rows(),
                                 .columns = context.toeplitz->columns(),
                                 .vectors = 1,
                                 .results = 1};
  }
  return content;
}

// Numbers of a tensor are written alike in both blocks.
MatrixNumbers fit_numbers(const kit::Canvas& canvas, const Context& context) {
  const BlockLayout& block = context.layout.im2col;
  // Numbers in a matrix may fill more of their cells than in a picture.
  const float cell = block.matrix.cell * 1.1F;
  std::vector<float> inputs;
  std::vector<float> weights;
  std::vector<float> outputs;
  for (std::int64_t row = block.rows.first; row < block.rows.end(); ++row) {
    for (std::int64_t column = block.columns.first; column < block.columns.end(); ++column) {
      inputs.push_back(context.im2col.at(row, column).value);
    }
    for (std::int64_t k = context.filters.first; k < context.filters.end(); ++k) {
      if (!context.layer().output.empty()) {
        outputs.push_back(context.layer().output.at(context.output_at(row, k)));
      }
    }
  }
  if (context.toeplitz) {
    for (std::int64_t column = block.columns.first; column < block.columns.end(); ++column) {
      for (std::int64_t k = context.filters.first; k < context.filters.end(); ++k) {
        weights.push_back(
            context.scene.weight().at(context.im2col.equivalent_weight_at(k, column)));
      }
    }
  }
  return {.input = kit::fit_values(canvas, cell, std::move(inputs)),
          .weight = kit::fit_values(canvas, cell, std::move(weights)),
          .output = kit::fit_values(canvas, cell, std::move(outputs))};
}

// Where the value of the step lands.
std::optional<Rect> landing(const Context& context) {
  const BlockLayout& block = context.layout.im2col;
  if (!block.rows.holds(context.active_row())) {
    return std::nullopt;
  }
  const auto row = static_cast<double>(context.active_row() - block.rows.first);
  const std::int64_t k = context.step().output_at.c;
  if (context.operation().unfolds) {
    return block.matrix.cells(row, k - block.columns.first);
  }
  return block.results.cells(row, k - context.filters.first);
}

}  // namespace

void compose_matrix(kit::Canvas& canvas, const session::Session& session,
                    const derive::LayerResult& layer, const step::Moment& moment,
                    const Viewport& viewport) {
  const step::WindowScene scene = step::window_scene(canvas, session, layer, moment, viewport);
  const Im2col im2col(scene.layer, scene.step().output_at);
  const std::int64_t channel = std::max<std::int64_t>(scene.moment.active_channel, 0);
  std::optional<Toeplitz> toeplitz;
  if (scene.weighted()) {
    toeplitz.emplace(scene.layer, scene.step().output_at.c, channel);
  }
  const Rect view = {0, scene.main.y - 4 * viewport.scale, viewport.width,
                     scene.main.h + 10 * viewport.scale};
  Context context{scene, view, im2col, toeplitz, shown_filters(canvas, scene), channel};
  context.layout = lay_out(content_of(canvas, context), scene.main, viewport.scale,
                           canvas.text_scale, session.look.camera);
  const Layout& layout = context.layout;
  if (toeplitz) {
    context.layout.toeplitz->columns =
        toeplitz_columns(*toeplitz, *layout.toeplitz, context.active_row(), scene.step().window.w);
  }
  context.numbers = fit_numbers(canvas, context);

  canvas.picture.camera_area = scene.main;
  canvas.add(ClipBegin{view});
  draw_im2col(canvas, context);
  draw_row_names(canvas, context, layout.im2col);
  if (layout.toeplitz) {
    draw_toeplitz(canvas, context);
    draw_row_names(canvas, context, *layout.toeplitz);
    draw_filters(canvas, context);
    draw_flat_input(canvas, context);
  }
  draw_captions(canvas, context);
  canvas.add(ClipEnd{});
  const Rect from = step::draw_scene_words(canvas, scene);
  const std::optional<Rect> to = landing(context);
  if (scene.moment.flight >= 0 && to) {
    kit::draw_flying_value(canvas, sum::value_text(scene.moment.step), from.center(), to->center(),
                           static_cast<float>(scene.moment.flight));
  }
}

}  // namespace convscope::picture::matrix
