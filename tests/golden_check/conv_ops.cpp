// Convolution, transposed convolution, and their gradients.
#include <stdexcept>

#include "core/conv/analysis/as_convolution.h"
#include "core/conv/analysis/step.h"
#include "core/conv/conv_transpose2d.h"
#include "core/conv/correlate.h"
#include "core/conv/rounding.h"
#include "core/conv/training/gradients.h"
#include "tests/golden_check/families.h"
#include "tests/golden_check/params.h"

namespace convscope::golden {

namespace {

void require_pads(const Case& golden, const conv::LayerSpec& spec, const Tensor& input) {
  if (conv::resolved_pads(spec, input.shape()) != pads_of(golden.params.at("pads"))) {
    throw std::runtime_error("The padding differs from the manifest's pads.");
  }
}

std::vector<Answer> gradient(const Case& golden, const conv::LayerSpec& spec) {
  const Tensor input = image(golden, "input");
  const Tensor grad_out = image(golden, "grad_out");
  require_possible(spec, input);
  if (grad_out.shape() != conv::output_shape(spec, input.shape())) {
    throw std::runtime_error("grad_out does not have the shape of the output.");
  }
  const std::string wrt = golden.params.at("wrt");
  if (wrt == "bias") {
    const Tensor bias = conv::gradient_of_bias(grad_out);
    return {{"gradient_of_bias", {{bias.shape().w}, {bias.values().begin(), bias.values().end()}}}};
  }
  if (wrt == "weight") {
    const Tensor result = conv::gradient_of_weight(grad_out, input, spec, golden.run);
    return {{"gradient_of_weight", array_of(result, is_flat(golden))}};
  }
  if (wrt == "input") {
    const Tensor result =
        conv::gradient_of_input(grad_out, image(golden, "weight"), spec, input.shape(), golden.run);
    return {{"gradient_of_input", array_of(result, is_flat(golden))}};
  }
  throw std::runtime_error("There is no gradient with respect to \"" + wrt + "\".");
}

}  // namespace

Tensor by_steps(const Tensor& input, const Tensor& weight, const Tensor& bias,
                const conv::LayerSpec& spec) {
  const Shape output = conv::output_shape(spec, input.shape());
  std::vector<float> values;
  for (std::int64_t p = 0; p < output.count(); ++p) {
    values.push_back(conv::rounded(conv::step_at(input, weight, bias, spec, p).value));
  }
  return Tensor(output, std::move(values));
}

std::vector<Answer> convolution(const Case& golden) {
  const conv::LayerSpec spec = conv_spec(golden);
  const Tensor input = image(golden, "input");
  const Tensor weight = image(golden, "weight");
  const Tensor bias = bias_in(golden);
  require_possible(spec, input);
  require_pads(golden, spec, input);
  const bool flat = is_flat(golden);
  return {{"conv2d", array_of(conv::conv2d(input, weight, bias, spec, golden.run), flat)},
          {"conv2d_reference", array_of(conv::conv2d_reference(input, weight, bias, spec), flat)}};
}

std::vector<Answer> transposed_convolution(const Case& golden) {
  const conv::LayerSpec spec = transpose_spec(golden);
  const Tensor input = image(golden, "input");
  const Tensor weight = image(golden, "weight");
  const Tensor bias = bias_in(golden);
  require_possible(spec, input);
  const bool flat = is_flat(golden);
  const conv::AsConvolution stage = conv::as_convolution(input, weight, spec);
  return {
      {"conv_transpose2d",
       array_of(conv::conv_transpose2d(input, weight, bias, spec, golden.run), flat)},
      {"stamps", array_of(conv::conv_transpose2d_reference(input, weight, bias, spec), flat)},
      {"as_convolution",
       array_of(conv::correlate(stage.input, stage.weight, bias, stage.spec, golden.run), flat)},
      {"step_at", array_of(by_steps(input, weight, bias, spec), flat)}};
}

std::vector<Answer> convolution_gradient(const Case& golden) {
  const conv::LayerSpec spec = conv_spec(golden);
  require_pads(golden, spec, image(golden, "input"));
  return gradient(golden, spec);
}

std::vector<Answer> transposed_gradient(const Case& golden) {
  return gradient(golden, transpose_spec(golden));
}

}  // namespace convscope::golden
