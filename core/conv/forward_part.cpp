#include "core/conv/forward_part.h"

#include "core/conv/correlate.h"
#include "core/conv/fresh_tensor.h"
#include "core/conv/operators/operator.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/window_axis.h"

namespace convscope::conv {
namespace {

// The windows of an axis that read one of `count` cells from `begin` on.
struct Reach {
  std::int64_t begin = 0;
  std::int64_t count = 0;
};

Reach windows_that_read(const WindowAxis& axis, std::int64_t begin, std::int64_t count) {
  const auto reads = [&](std::int64_t window) {
    for (std::int64_t tap = 0; tap < axis.kernel; ++tap) {
      const auto cell = axis.source(axis.cell(window, tap));
      if (cell && *cell >= begin && *cell < begin + count) {
        return true;
      }
    }
    return false;
  };
  std::int64_t first = 0;
  std::int64_t end = axis.outputs;
  while (first < end && !reads(first)) {
    ++first;
  }
  while (end > first && !reads(end - 1)) {
    --end;
  }
  return {first, end - first};
}

// A correlation's job for an area of its map, except for the output.
rungs::Correlation part_of(rungs::Correlation job, const Area& area) {
  rungs::Windows& w = job.windows;
  w.output = {area.h, area.w};
  w.top -= area.y * w.stride.h;
  w.left -= area.x * w.stride.w;
  return job;
}

bool stands_alone(const TensorView& weight, const LayerSpec& spec, const Shape& input,
                  const Area& area, const std::optional<Algorithm>& algorithm) {
  if (!has_weight(spec.op)) {
    return operator_of(spec.op).part_into != nullptr;
  }
  if (spec.op != Op::kConv || !algorithm) {
    return false;
  }
  const rungs::Correlation all = correlation_of(nullptr, {input, nullptr}, weight, {}, spec);
  const rungs::Correlation part = part_of(all, area);
  switch (*algorithm) {
    case Algorithm::kExact:
      return true;
    case Algorithm::kDirect:
      return choose(part, Algorithm::kDirect) == Algorithm::kDirect &&
             rungs::direct_sums_alike(part.windows, all.windows);
    case Algorithm::kAuto:
    case Algorithm::kSeparable:
    case Algorithm::kFft:
    case Algorithm::kWinograd:
    case Algorithm::kGemm:
      return false;  // their sums depend on where tiles begin
  }
  return false;
}

}  // namespace

Area area_that_reads(const LayerSpec& spec, const Shape& input, const Area& area) {
  const WindowAxes axes = window_axes(fitted(spec, input), input);
  const Reach rows = windows_that_read(axes.rows, area.y, area.h);
  const Reach columns = windows_that_read(axes.columns, area.x, area.w);
  return {rows.begin, columns.begin, rows.count, columns.count};
}

std::optional<Area> area_that_stands_alone(const TensorView& weight, const LayerSpec& spec,
                                           const Shape& input, const Area& area,
                                           const std::optional<Algorithm>& algorithm) {
  if (area.empty() || stands_alone(weight, spec, input, area, algorithm)) {
    return area;
  }
  const Area rows = {area.y, 0, area.h, output_shape(spec, input).w};
  return stands_alone(weight, spec, input, rows, algorithm) ? std::optional(rows) : std::nullopt;
}

std::optional<Tensor> forward_part(const Tensor& input, const Tensor& weight, const Tensor& bias,
                                   const LayerSpec& spec, const Area& area, const RunOptions& run) {
  const Shape whole = output_shape(spec, input.shape());
  if (!has_weight(spec.op)) {
    return fresh_tensor({whole.n, whole.c, area.h, area.w}, [&](std::span<float> out) {
      return operator_of(spec.op).part_into(out, input, spec, area, run);
    });
  }
  bool finite = true;
  Tensor part = fresh_tensor({whole.n, whole.c, area.h, area.w}, [&](std::span<float> out) {
    const rungs::Correlation job =
        part_of(correlation_of(out.data(), input, weight, bias, spec), area);
    finite = compute(job, run.algorithm, run);
    return !cancelled(run);
  });
  return finite || part.empty() ? std::optional(std::move(part)) : std::nullopt;
}

}  // namespace convscope::conv
