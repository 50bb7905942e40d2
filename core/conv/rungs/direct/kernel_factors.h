// A kernel as the product of a column and a row.
#pragma once

#include <optional>
#include <vector>

#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// kernel(i, j) = column[i] · row[j], each cell to within 2^-22 of itself.
struct KernelFactors {
  std::vector<float> column;
  std::vector<float> row;
};

// The factors of the kernel weight[i · row + j · column] of this size; nullopt if it isn't of rank
// 1, or is zero or not finite. They are the leading singular pair, each scaled by the square root
// of the singular value: the nearest matrix of rank 1 (Eckart and Young), found by power iteration
// (Golub and Van Loan, Matrix Computations, 8.2), which takes few steps for a matrix this close to
// rank 1.
std::optional<KernelFactors> factors_of(const float* weight, Size2 kernel,
                                        const WeightStrides& strides);

}  // namespace convscope::conv::rungs
