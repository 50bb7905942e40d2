#include "core/picture/matrix/cells.h"
#include "core/conv/operators/operator.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace convscope::picture::matrix {

namespace {

// Real cells that the windows of an axis cover, each window's counted once.
std::int64_t covered_cells(const conv::WindowAxis& axis) {
  std::int64_t count = 0;
  for (std::int64_t window = 0; window < axis.outputs; ++window) {
    std::set<std::int64_t> cells;
    for (std::int64_t tap = 0; tap < axis.kernel; ++tap) {
      if (const auto cell = axis.source(axis.cell(window, tap))) {
        cells.insert(*cell);
      }
    }
    count += static_cast<std::int64_t>(cells.size());
  }
  return count;
}

}  // namespace

Im2col::Im2col(const derive::LayerResult& layer, const Index& output_at)
    : layer_(layer),
      axes_(conv::window_axes(layer.spec, layer.input.shape())),
      n_(output_at.n),
      channels_(layer.input.shape().c) {
  if (!conv::operator_of(layer.spec.op).unfolds) {
    channels_ /= layer.spec.groups;
    first_channel_ = output_at.c / (layer.output_shape.c / layer.spec.groups) * channels_;
  }
}

UnrolledCell Im2col::at(std::int64_t row, std::int64_t column) const {
  const auto& [rows, columns] = axes_;
  const std::int64_t tap = column % taps();
  UnrolledCell cell;
  cell.stage_at = {n_, first_channel_ + column / taps(),
                   rows.cell(row / columns.outputs, tap / columns.kernel),
                   columns.cell(row % columns.outputs, tap % columns.kernel)};
  cell.padding = cell.stage_at.y < 0 || cell.stage_at.y >= rows.stage_size() ||
                 cell.stage_at.x < 0 || cell.stage_at.x >= columns.stage_size();
  const auto y = rows.source(cell.stage_at.y);
  const auto x = columns.source(cell.stage_at.x);
  if (y && x) {
    cell.source = {cell.stage_at.n, cell.stage_at.c, *y, *x};
    cell.value = layer_.input.at(*cell.source);
  }
  return cell;
}

Index Im2col::equivalent_weight_at(std::int64_t k, std::int64_t column) const {
  const std::int64_t tap = column % taps();
  return {k, column / taps(), tap / axes_.columns.kernel, tap % axes_.columns.kernel};
}

Toeplitz::Toeplitz(const derive::LayerResult& layer, std::int64_t k, std::int64_t channel)
    : layer_(layer),
      axes_(conv::window_axes(layer.spec, layer.input.shape())),
      k_(k),
      channel_(channel) {}

std::vector<ToeplitzEntry> Toeplitz::row(std::int64_t row) const {
  const auto& [rows, columns] = axes_;
  std::vector<ToeplitzEntry> entries;
  for (std::int64_t i = 0; i < rows.kernel; ++i) {
    for (std::int64_t j = 0; j < columns.kernel; ++j) {
      const auto y = rows.source(rows.cell(row / columns.outputs, i));
      const auto x = columns.source(columns.cell(row % columns.outputs, j));
      if (y && x) {
        const Index at = conv::own_weight_at(layer_.spec, {k_, channel_, i, j});
        entries.push_back({*y * columns.size + *x, layer_.weight.at(at), at});
      }
    }
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    return std::tie(a.column, a.weight_at) < std::tie(b.column, b.weight_at);
  });
  std::vector<ToeplitzEntry> merged;
  for (const ToeplitzEntry& entry : entries) {
    if (!merged.empty() && merged.back().column == entry.column) {
      merged.back().weight += entry.weight;
      merged.back().weights += 1;
    } else {
      merged.push_back(entry);
    }
  }
  return merged;
}

std::int64_t Toeplitz::entries() const {
  return covered_cells(axes_.rows) * covered_cells(axes_.columns);
}

}  // namespace convscope::picture::matrix
