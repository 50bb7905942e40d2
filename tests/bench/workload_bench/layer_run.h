// A workload with its tensors, allocated and filled once, which can be computed repeatedly.
#pragma once

#include <string_view>

#include "core/conv/fresh_tensor.h"
#include "core/conv/run_options.h"
#include "core/tensor/tensor_view.h"
#include "tests/bench/workload_bench/workload.h"

namespace convscope::bench {

// Floats at a 64-byte boundary; random values in [-1, 1), the same on every machine.
class Buffer {
 public:
  Buffer(const Shape& shape, unsigned seed);
  TensorView view() const { return {shape_, floats_.data()}; }
  std::span<float> values() { return {floats_.data(), static_cast<std::size_t>(shape_.count())}; }

 private:
  Shape shape_;
  conv::rungs::Scratch floats_;
};

class LayerRun {
 public:
  explicit LayerRun(const Workload& workload);

  // Makes every kernel the product of a column and a row.
  void make_separable();

  // Computes what the workload asks for.
  void compute(const conv::RunOptions& run);

  // The rung that compute() uses.
  std::string_view rung(conv::Algorithm wanted) const;

  // The largest error among some values of the last compute(), compared with plain sums, in units
  // of the sum of the products' magnitudes; infinite if any value is NaN.
  double worst_error() const;

 private:
  Shape result_shape() const;

  Workload work_;
  Buffer input_;
  Buffer weight_;
  Buffer output_;  // the input of a gradient computation
  Buffer result_;  // separate, so that no operand is overwritten
};

}  // namespace convscope::bench
