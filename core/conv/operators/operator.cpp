#include "core/conv/operators/operator.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace convscope::conv {

extern const Operator kConvolution;
extern const Operator kTransposedConvolution;
extern const Operator kMaxPooling;
extern const Operator kAveragePooling;
extern const Operator kReluOperator;
extern const Operator kUnfolding;

namespace {

constexpr std::array kOperators = {&kConvolution,    &kTransposedConvolution, &kMaxPooling,
                                   &kAveragePooling, &kReluOperator,          &kUnfolding};

}  // namespace

bool Operator::reads(Setting setting) const {
  return std::find(settings.begin(), settings.end(), setting) != settings.end();
}

bool Operator::reads(Setting setting, bool one_dimensional) const {
  return reads(setting) && !(one_dimensional && setting == Setting::kDivisorOverride);
}

std::vector<Setting> Operator::settings_read(bool one_dimensional) const {
  std::vector<Setting> read;
  std::copy_if(settings.begin(), settings.end(), std::back_inserter(read),
               [&](Setting setting) { return reads(setting, one_dimensional); });
  return read;
}

const Operator& operator_of(Op op) { return *kOperators[static_cast<std::size_t>(op)]; }

std::span<const Operator* const> all_operators() { return kOperators; }

}  // namespace convscope::conv
