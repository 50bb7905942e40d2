#include "core/conv/training/descent_history.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/conv/ceil_div.h"
#include "core/conv/forward.h"
#include "core/conv/training/gradients.h"

namespace convscope::conv {

namespace {

std::int64_t count_values(const ChainState& state, const Optimizer& optimizer) {
  std::size_t parameters = 0;
  for (const DescentState& layer : state) {
    parameters += layer.weight.size() + layer.bias.size();
  }
  return static_cast<std::int64_t>(parameters) * (optimizer.kind == Optimizer::Kind::kAdam ? 3 : 2);
}

// The stride between saved states at which all of them hold about `most_values` numbers.
std::int64_t stride_for(std::int64_t steps, std::int64_t state_values, std::int64_t most_values) {
  const std::int64_t states =
      std::max<std::int64_t>(1, most_values / std::max<std::int64_t>(1, state_values));
  return std::max<std::int64_t>(1, ceil_div(steps, states));
}

Tensor where_positive(const Tensor& gradient, const Tensor& input) {
  std::vector<float> values(gradient.values().begin(), gradient.values().end());
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = input.values()[i] > 0 ? values[i] : 0;
  }
  return Tensor(input.shape(), std::move(values));
}

// A run's steps; one layer alone does without most of its maps.
class Runner {
 public:
  Runner(const Tensor& input, const Tensor& target, const std::vector<LayerSpec>& chain)
      : input_(input), target_(target), chain_(chain), map_(target.values().size()) {}

  double advance(ChainState& state, const Optimizer& optimizer) {
    if (chain_.size() > 1) {
      const ChainStep step = chain_step(state, input_, target_, chain_);
      state = advanced(std::move(state), step, optimizer);
      return step.loss;
    }
    const DescentStep step = training_step(state.front(), input_, target_, chain_.front(), map_);
    state.front() = advanced(std::move(state.front()), step, optimizer);
    return step.loss;
  }

 private:
  const Tensor& input_;
  const Tensor& target_;
  const std::vector<LayerSpec>& chain_;
  std::vector<float> map_;
};

}  // namespace

bool is_trainable(const std::vector<LayerSpec>& chain) {
  return !chain.empty() && chain.front().op == Op::kConv &&
         std::all_of(chain.begin(), chain.end(), [](const LayerSpec& spec) {
           return spec.op == Op::kConv || spec.op == Op::kRelu;
         });
}

ChainStep chain_step(const ChainState& state, const Tensor& input, const Tensor& target,
                     const std::vector<LayerSpec>& chain) {
  assert(is_trainable(chain) && state.size() == chain.size());
  ChainStep chained;
  chained.layers.resize(chain.size());
  Tensor passed = input;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const bool weighted = chain[i].op == Op::kConv;
    chained.inputs.push_back(passed);
    passed = forward(passed, weighted ? weight_of(state[i], chain[i]) : Tensor(), bias_of(state[i]),
                     chain[i]);
    chained.layers[i].prediction = passed;
  }
  measure_error(chained.layers.back(), target);
  chained.loss = chained.layers.back().loss;
  for (std::size_t i = chain.size(); i-- > 0;) {
    DescentStep& step = chained.layers[i];
    const Tensor& given = chained.inputs[i];
    if (chain[i].op == Op::kConv) {
      find_gradients(step, step.grad_out, state[i], given, chain[i]);
    }
    if (i > 0) {
      chained.layers[i - 1].grad_out =
          chain[i].op == Op::kConv ? gradient_of_input(step.grad_out, weight_of(state[i], chain[i]),
                                                       chain[i], given.shape())
                                   : where_positive(step.grad_out, given);
    }
  }
  return chained;
}

ChainState advanced(ChainState state, const ChainStep& step, const Optimizer& optimizer) {
  for (std::size_t i = 0; i < state.size(); ++i) {
    state[i] = advanced(std::move(state[i]), step.layers[i], optimizer);
  }
  return state;
}

DescentHistory descend(const ChainState& start, const Tensor& input, const Tensor& target,
                       const std::vector<LayerSpec>& chain, const Optimizer& optimizer,
                       std::int64_t steps, std::int64_t most_values, Progress* progress) {
  Progress unwatched;
  Progress& watched = progress != nullptr ? *progress : unwatched;
  watched.done = 0;
  watched.total = steps + 1;
  DescentHistory history;
  history.chain = chain;
  history.input = input;
  history.target = target;
  history.optimizer = optimizer;
  history.stride = stride_for(steps, count_values(start, optimizer), most_values);
  history.losses.reserve(static_cast<std::size_t>(steps + 1));
  ChainState state = start;
  Runner runner(input, target, chain);
  for (std::int64_t i = 0; i <= steps; ++i) {
    if (watched.cancel) {
      return {};
    }
    if (i % history.stride == 0 || i == steps) {
      history.states.push_back(state);
    }
    history.losses.push_back(runner.advance(state, optimizer));
    ++watched.done;
  }
  return history;
}

ChainState state_at(const DescentHistory& history, std::int64_t step) {
  assert(!history.empty());
  const std::int64_t first = history.states.front().front().step;
  const auto last = static_cast<std::int64_t>(history.losses.size()) - 1;
  assert(step >= 0 && step <= last);
  ChainState state = step == last ? history.states.back()
                                  : history.states[static_cast<std::size_t>(step / history.stride)];
  Runner runner(history.input, history.target, history.chain);
  while (state.front().step - first < step) {
    runner.advance(state, history.optimizer);
  }
  return state;
}

}  // namespace convscope::conv
