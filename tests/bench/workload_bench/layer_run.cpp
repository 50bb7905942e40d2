#include "tests/bench/workload_bench/layer_run.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "core/conv/analysis/step.h"
#include "core/conv/forward.h"
#include "core/conv/training/gradients.h"
#include "tests/bench/workload_bench/naive.h"

namespace convscope::bench {

Buffer::Buffer(const Shape& shape, unsigned seed) : shape_(shape), floats_(shape.count()) {
  std::mt19937 generator(seed);
  for (float& value : values()) {
    value = static_cast<float>(generator() >> 8) / static_cast<float>(1 << 23) - 1;
  }
}

LayerRun::LayerRun(const Workload& workload)
    : work_(workload),
      input_(work_.input, 1),
      weight_(conv::weight_shape(work_.spec), 2),
      output_(conv::output_shape(work_.spec, work_.input), 3),
      result_(result_shape(), 4) {
  if (work_.image) {
    const std::span<float> all = weight_.values();
    const auto kernel =
        static_cast<std::size_t>(work_.spec.kernel_size.h * work_.spec.kernel_size.w);
    for (std::size_t i = kernel; i < all.size(); ++i) {
      all[i] = all[i - kernel];
    }
  }
}

void LayerRun::make_separable() {
  const auto [height, width] = work_.spec.kernel_size;
  const std::span<float> all = weight_.values();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto tap = static_cast<std::int64_t>(i) % (height * width);
    all[i] = static_cast<float>((1 + tap / width) * (2 + tap % width)) / 64;
  }
}

Shape LayerRun::result_shape() const {
  switch (work_.kind) {
    case Kind::kInputGradient:
      return work_.input;
    case Kind::kWeightGradient:
      return conv::weight_shape(work_.spec);
    case Kind::kForward:
    case Kind::kTransposed:
      break;
  }
  return conv::output_shape(work_.spec, work_.input);
}

void LayerRun::compute(const conv::RunOptions& run) {
  switch (work_.kind) {
    case Kind::kForward:
    case Kind::kTransposed:
      conv::forward_into(result_.values(), input_.view(), weight_.view(), {}, work_.spec, run);
      break;
    case Kind::kInputGradient:
      conv::gradient_of_input_into(result_.values(), output_.view(), weight_.view(), work_.spec,
                                   work_.input, run);
      break;
    case Kind::kWeightGradient:
      conv::gradient_of_weight_into(result_.values(), output_.view(), input_.view(), work_.spec,
                                    run);
      break;
  }
}

std::string_view LayerRun::rung(conv::Algorithm wanted) const {
  switch (work_.kind) {
    case Kind::kForward:
    case Kind::kTransposed:
      return conv::name_of(
          *conv::forward_algorithm(weight_.view(), work_.spec, work_.input, wanted));
    case Kind::kInputGradient:
      return conv::name_of(
          conv::gradient_of_input_algorithm(weight_.view(), work_.spec, work_.input, wanted));
    case Kind::kWeightGradient:
      break;
  }
  return conv::name_of(conv::gradient_of_weight_algorithm(work_.spec, work_.input, wanted));
}

double LayerRun::worst_error() const {
  const bool back = work_.kind == Kind::kTransposed;
  const NaiveConvolution naive = {back ? output_.view() : input_.view(), weight_.view(),
                                  back ? input_.view() : output_.view(), work_.spec};
  const auto sum_at = [&](const Index& at) {
    switch (work_.kind) {
      case Kind::kForward:
        return naive.at_small(at);
      case Kind::kWeightGradient:
        return naive.at_weight(at);
      case Kind::kInputGradient:
      case Kind::kTransposed:
        break;
    }
    return naive.at_large(at);
  };
  // The corners, and other random places.
  constexpr int kValues = 40;
  const TensorView result = result_.view();
  const std::int64_t count = result.shape.count();
  std::mt19937_64 generator(7);
  double worst = 0;
  for (int draw = 0; draw < kValues; ++draw) {
    const auto any = static_cast<std::int64_t>(generator() % static_cast<std::uint64_t>(count));
    const std::int64_t place = draw == 0 ? 0 : draw == 1 ? count - 1 : any;
    const NaiveSum sum = sum_at(conv::output_index(result.shape, place));
    const double error =
        std::abs(result.data[place] - sum.value) / (sum.size + std::numeric_limits<double>::min());
    worst = std::isnan(error) ? std::numeric_limits<double>::infinity() : std::max(worst, error);
  }
  return worst;
}

}  // namespace convscope::bench
