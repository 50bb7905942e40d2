// Runs of gradient descent.
#include <stdexcept>

#include "core/conv/training/descent_history.h"
#include "tests/golden_check/families.h"
#include "tests/golden_check/params.h"

namespace convscope::golden {

namespace {

using nlohmann::json;

conv::Optimizer optimizer_of(const json& params) {
  if (params.at("loss") != "mse") {
    throw std::runtime_error("Only the loss \"mse\" is known.");
  }
  conv::Optimizer optimizer;
  optimizer.kind = named<conv::Optimizer::Kind>(
      {{"sgd", conv::Optimizer::Kind::kSgd}, {"adam", conv::Optimizer::Kind::kAdam}},
      params.at("optimizer"));
  optimizer.lr = params.at("lr");
  if (optimizer.kind == conv::Optimizer::Kind::kSgd) {
    optimizer.momentum = params.at("momentum");
  } else {
    optimizer.beta1 = params.at("betas").at(0);
    optimizer.beta2 = params.at("betas").at(1);
    optimizer.eps = params.at("eps");
  }
  return optimizer;
}

// The parameters before each step and after the last, rounded as when shown.
NpyArray parameters(const conv::DescentHistory& history, std::vector<std::int64_t> shape,
                    bool biases) {
  const auto states = static_cast<std::int64_t>(history.losses.size());
  shape.insert(shape.begin(), states);
  NpyArray array{std::move(shape), {}};
  for (std::int64_t step = 0; step < states; ++step) {
    const conv::DescentState state = conv::state_at(history, step).front();
    const Tensor values =
        biases ? conv::bias_of(state) : conv::weight_of(state, history.chain.front());
    array.values.insert(array.values.end(), values.values().begin(), values.values().end());
  }
  return array;
}

NpyArray losses(const conv::DescentHistory& history) {
  NpyArray array{{static_cast<std::int64_t>(history.losses.size())}, {}};
  for (const double loss : history.losses) {
    array.values.push_back(static_cast<float>(loss));
  }
  return array;
}

}  // namespace

std::vector<Answer> gradient_descent(const Case& golden) {
  const conv::LayerSpec spec = conv_spec(golden);
  const Tensor input = image(golden, "input");
  require_possible(spec, input);
  const conv::DescentState start = conv::descent_start(image(golden, "weight"), bias_in(golden));
  std::vector<Answer> answers;
  for (const std::int64_t most_values : {1'000'000, 1}) {  // every state kept; almost none
    const conv::DescentHistory history =
        conv::descend({start}, input, image(golden, "target"), {spec}, optimizer_of(golden.params),
                      golden.params.at("steps"), most_values);
    const std::string output = golden.params.at("output");
    NpyArray array;
    if (output == "losses") {
      array = losses(history);
    } else if (output == "weights") {
      array = parameters(history, golden.inputs.at("weight").shape, false);
    } else if (output == "biases") {
      array = parameters(history, golden.inputs.at("bias").shape, true);
    } else {
      throw std::runtime_error("The output \"" + output + "\" is not known.");
    }
    answers.push_back({"stride " + std::to_string(history.stride), std::move(array)});
  }
  return answers;
}

}  // namespace convscope::golden
