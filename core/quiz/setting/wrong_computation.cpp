#include "core/quiz/setting/wrong_computation.h"

#include <vector>

#include "core/conv/forward.h"
#include "core/quiz/setting/patch.h"

namespace convscope::quiz {

WrongComputation own_computation(const Setting& setting) {
  return {setting.input, setting.weight, setting.bias, setting.spec,
          Index{0, setting.spot.filter, setting.spot.y, setting.spot.x}};
}

WrongComputation with_weights(const Setting& setting, const Patch& patch) {
  WrongComputation computation = own_computation(setting);
  computation.weight = with_filter(setting.weight, setting.spot.filter, patch);
  return computation;
}

WrongComputation with_bias(const Setting& setting, double bias) {
  WrongComputation computation = own_computation(setting);
  std::vector<float> values(static_cast<std::size_t>(setting.spec.out_channels));
  if (!setting.bias.empty()) {
    values.assign(setting.bias.values().begin(), setting.bias.values().end());
  }
  values[static_cast<std::size_t>(setting.spot.filter)] = static_cast<float>(bias);
  computation.spec.bias = true;
  computation.bias = Tensor({1, 1, 1, setting.spec.out_channels}, std::move(values));
  return computation;
}

Tensor map_of(const WrongComputation& c) {
  return conv::reference_forward(c.input, c.weight, c.bias, c.spec);
}

}  // namespace convscope::quiz
