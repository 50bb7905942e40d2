#include "core/conv/rungs/direct/kernel_factors.h"

#include <cmath>
#include <utility>

namespace convscope::conv::rungs {

namespace {

constexpr int kSteps = 4;
constexpr double kTolerance = 0x1p-22;

struct Matrix {
  const float* weight;
  Size2 size;
  const WeightStrides& strides;

  double at(std::int64_t i, std::int64_t j) const {
    return weight[i * strides.row + j * strides.column];
  }
};

double norm(const std::vector<double>& vector) {
  double sum = 0;
  for (const double value : vector) {
    sum += value * value;
  }
  return std::sqrt(sum);
}

std::vector<double> times(const Matrix& matrix, const std::vector<double>& row) {
  std::vector<double> column;
  for (std::int64_t i = 0; i < matrix.size.h; ++i) {
    double sum = 0;
    for (std::int64_t j = 0; j < matrix.size.w; ++j) {
      sum += matrix.at(i, j) * row[static_cast<std::size_t>(j)];
    }
    column.push_back(sum);
  }
  return column;
}

std::vector<double> transposed_times(const Matrix& matrix, const std::vector<double>& column) {
  std::vector<double> row(static_cast<std::size_t>(matrix.size.w));
  for (std::int64_t i = 0; i < matrix.size.h; ++i) {
    for (std::int64_t j = 0; j < matrix.size.w; ++j) {
      row[static_cast<std::size_t>(j)] += matrix.at(i, j) * column[static_cast<std::size_t>(i)];
    }
  }
  return row;
}

std::vector<float> scaled(const std::vector<double>& vector, double scale) {
  std::vector<float> result;
  for (const double value : vector) {
    result.push_back(static_cast<float>(value * scale));
  }
  return result;
}

// The row with the largest sum of absolute values: in a matrix of rank 1 it is not orthogonal to
// the singular vector.
std::vector<double> heaviest_row(const Matrix& matrix) {
  std::vector<double> heaviest(static_cast<std::size_t>(matrix.size.w));
  for (std::int64_t i = 0; i < matrix.size.h; ++i) {
    std::vector<double> row;
    for (std::int64_t j = 0; j < matrix.size.w; ++j) {
      row.push_back(matrix.at(i, j));
    }
    if (!(norm(row) <= norm(heaviest))) {
      heaviest = row;
    }
  }
  return heaviest;
}

bool matches(const Matrix& matrix, const KernelFactors& factors) {
  for (std::int64_t i = 0; i < matrix.size.h; ++i) {
    for (std::int64_t j = 0; j < matrix.size.w; ++j) {
      const double value = matrix.at(i, j);
      const double product = static_cast<double>(factors.column[static_cast<std::size_t>(i)]) *
                             factors.row[static_cast<std::size_t>(j)];
      // False for NaN too.
      if (!(std::abs(product - value) <= kTolerance * std::abs(value))) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

std::optional<KernelFactors> factors_of(const float* weight, Size2 kernel,
                                        const WeightStrides& strides) {
  const Matrix matrix = {weight, kernel, strides};
  std::vector<double> row = heaviest_row(matrix);
  std::vector<double> column;
  double value = 0;
  for (int step = 0; step < kSteps; ++step) {
    const double size = norm(row);
    if (!(size > 0) || !std::isfinite(size)) {
      return std::nullopt;
    }
    for (double& cell : row) {
      cell /= size;
    }
    column = times(matrix, row);
    value = norm(column);
    row = transposed_times(matrix, column);
  }
  // Here column = value · u and row = value^2 · v, with u and v of length 1.
  const double root = std::sqrt(value);
  KernelFactors factors = {scaled(column, 1 / root), scaled(row, 1 / (value * root))};
  return matches(matrix, factors) ? std::optional(std::move(factors)) : std::nullopt;
}

}  // namespace convscope::conv::rungs
