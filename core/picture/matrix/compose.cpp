#include "core/picture/matrix/compose.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/picture/kit/stage_colors.h"
#include "core/picture/matrix/stage.h"

namespace convscope::picture::matrix {

namespace {

constexpr std::int64_t kMostFilters = 5;  // results side by side
constexpr float kFilterShare = 110;       // of the stage's height, for each; at scale 1

// The filters of the group under way that are shown.
kit::Page shown_filters(const kit::Brush& brush, const step::WindowScene& scene) {
  const Shape& out = scene.layer.output_shape;
  if (scene.layer.spec.op == conv::Op::kUnfold) {
    return {};
  }
  const std::int64_t group = out.c / scene.layer.spec.groups;
  const std::int64_t k = scene.step().output_at.c;
  const auto room = static_cast<std::int64_t>(scene.main.h / (kFilterShare * brush.scale));
  kit::Page page =
      kit::page_of(k % group, 1, std::clamp<std::int64_t>(room, 1, kMostFilters), group);
  page.first += k / group * group;
  return page;
}

// Columns of the Toeplitz matrix from the first weight of the first shown row on, so that the
// diagonal runs down the page; or, where it would run out of it, from the row under way on.
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

MatrixContent content_of(const kit::Brush& brush, const MatrixStage& stage) {
  const Im2col& im2col = stage.im2col;
  const std::int64_t column = stage.op() == conv::Op::kUnfold   ? stage.step().output_at.c
                              : stage.moment().active_term >= 0 ? stage.moment().active_term
                                                                : stage.channel * im2col.taps();
  const CaptionWidths words = caption_widths(brush, stage);
  MatrixContent content{.im2col = {.rows = im2col.rows(),
                                   .columns = im2col.columns(),
                                   .vectors = stage.toeplitz ? stage.filters.count : 0,
                                   .results = stage.filters.count},
                        .im2col_focus = {stage.active_row(), column, 1},
                        .toeplitz = std::nullopt,
                        .toeplitz_focus = {stage.active_row(), 0, 1},
                        .labels = row_names_width(brush, stage),
                        .im2col_caption = words.im2col,
                        .toeplitz_caption = words.toeplitz};
  if (stage.toeplitz) {
    content.toeplitz = BlockSize{.rows = stage.toeplitz->rows(),
                                 .columns = stage.toeplitz->columns(),
                                 .vectors = 1,
                                 .results = 1};
  }
  return content;
}

// Numbers of a tensor are written alike in both blocks.
MatrixNumbers fit_numbers(const kit::Brush& brush, const MatrixStage& stage) {
  const BlockLayout& block = stage.layout.im2col;
  // Numbers in a matrix stand closer than in a picture: they may fill more of their cells.
  const float cell = block.matrix.cell * 1.1F;
  std::vector<float> inputs;
  std::vector<float> weights;
  std::vector<float> outputs;
  for (std::int64_t row = block.rows.first; row < block.rows.end(); ++row) {
    for (std::int64_t column = block.columns.first; column < block.columns.end(); ++column) {
      inputs.push_back(stage.im2col.at(row, column).value);
    }
    for (std::int64_t k = stage.filters.first; k < stage.filters.end(); ++k) {
      if (!stage.layer().output.empty()) {
        outputs.push_back(stage.layer().output.at(stage.output_at(row, k)));
      }
    }
  }
  if (stage.toeplitz) {
    for (std::int64_t column = block.columns.first; column < block.columns.end(); ++column) {
      for (std::int64_t k = stage.filters.first; k < stage.filters.end(); ++k) {
        weights.push_back(stage.scene.weight().at(stage.im2col.stage_weight_at(k, column)));
      }
    }
  }
  return {.input = kit::fit_values(brush, cell, std::move(inputs)),
          .weight = kit::fit_values(brush, cell, std::move(weights)),
          .output = kit::fit_values(brush, cell, std::move(outputs))};
}

// Where the value of the step lands.
std::optional<Rect> landing(const MatrixStage& stage) {
  const BlockLayout& block = stage.layout.im2col;
  if (!block.rows.holds(stage.active_row())) {
    return std::nullopt;
  }
  const auto row = static_cast<double>(stage.active_row() - block.rows.first);
  const std::int64_t k = stage.step().output_at.c;
  if (stage.op() == conv::Op::kUnfold) {
    return block.matrix.cells(row, static_cast<double>(k - block.columns.first));
  }
  return block.results.cells(row, static_cast<double>(k - stage.filters.first));
}

}  // namespace

void compose_matrix(kit::Brush& brush, const session::Session& session,
                    const derive::LayerResult& layer, const step::Moment& moment,
                    const Canvas& canvas) {
  const step::WindowScene scene = step::window_scene(brush, session, layer, moment, canvas);
  const Im2col im2col(scene.layer, scene.step().output_at);
  const std::int64_t channel = std::max<std::int64_t>(scene.moment.active_channel, 0);
  std::optional<Toeplitz> toeplitz;
  if (scene.weighted()) {
    toeplitz.emplace(scene.layer, scene.step().output_at.c, channel);
  }
  const Rect view = {0, scene.main.y - 4 * canvas.scale, canvas.width,
                     scene.main.h + 10 * canvas.scale};
  MatrixStage stage{scene, view, im2col, toeplitz, shown_filters(brush, scene), channel};
  stage.layout = matrix_layout(content_of(brush, stage), scene.main, canvas.scale, brush.text_scale,
                               session.look.camera);
  const MatrixLayout& layout = stage.layout;
  if (toeplitz) {
    stage.layout.toeplitz->columns =
        toeplitz_columns(*toeplitz, *layout.toeplitz, stage.active_row(), scene.step().window.w);
  }
  stage.numbers = fit_numbers(brush, stage);

  brush.picture.camera_area = scene.main;
  brush.add(ClipBegin{view});
  draw_im2col(brush, stage);
  draw_row_names(brush, stage, layout.im2col);
  if (layout.toeplitz) {
    draw_toeplitz(brush, stage);
    draw_row_names(brush, stage, *layout.toeplitz);
    draw_filters(brush, stage);
    draw_flat_input(brush, stage);
  }
  draw_captions(brush, stage);
  brush.add(ClipEnd{});
  const Rect from = step::draw_scene_words(brush, scene);
  const std::optional<Rect> to = landing(stage);
  if (scene.moment.flight >= 0 && to) {
    step::draw_flying_value(brush, scene.moment.step.value, from.center(), to->center(),
                            static_cast<float>(scene.moment.flight));
  }
}

}  // namespace convscope::picture::matrix
