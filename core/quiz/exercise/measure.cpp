#include "core/quiz/exercise/measure.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>

#include "core/conv/analysis/coverage.h"
#include "core/conv/forward.h"
#include "core/conv/training/descent_history.h"
#include "core/lesson/enum_names.h"
#include "core/lesson/json/json_tree.h"
#include "core/lesson/layer_code.h"
#include "core/lesson/training.h"

namespace convscope::quiz {
namespace {

Measured row(std::initializer_list<std::int64_t> values) {
  Numbers numbers = {{1, 1, 1, static_cast<std::int64_t>(values.size())}, {}};
  for (const std::int64_t value : values) {
    numbers.values.push_back(static_cast<double>(value));
  }
  return numbers;
}

Measured row(const conv::Size2& size) { return row({size.h, size.w}); }

Measured one(double value) { return Numbers{{1, 1, 1, 1}, {value}}; }

Measured all(const Tensor& tensor) {
  if (tensor.empty()) {
    return {};
  }
  return Numbers{tensor.shape(), {tensor.values().begin(), tensor.values().end()}};
}

const lesson::Layer& first(const Subject& s) { return s.scene.layers.front(); }
Shape input_shape(const Subject& s) { return s.scene.input.base.shape(); }
conv::LayerSpec spec(const Subject& s) { return conv::fitted(first(s).spec, input_shape(s)); }

Tensor run(Tensor map, const std::vector<lesson::Layer>& layers) {
  for (const lesson::Layer& layer : layers) {
    if (!conv::problems(layer.spec, map.shape()).empty()) {
      return {};
    }
    map = conv::forward(map, layer.weight.tensor(), layer.bias.tensor(), layer.spec);
  }
  return map;
}

Shape map_shape(const Subject& s) {
  Shape shape = input_shape(s);
  for (const lesson::Layer& layer : s.scene.layers) {
    shape = conv::output_shape(layer.spec, shape);
  }
  return shape;
}

Measured channel_mean(const Subject& s) {
  const Tensor input = s.scene.input.tensor();
  const Shape& shape = input.shape();
  Numbers mean = {{shape.n, 1, shape.h, shape.w}, {}};
  for (std::int64_t n = 0; n < shape.n; ++n) {
    for (std::int64_t y = 0; y < shape.h; ++y) {
      for (std::int64_t x = 0; x < shape.w; ++x) {
        double sum = 0;
        for (std::int64_t c = 0; c < shape.c; ++c) {
          sum += static_cast<double>(input.at({n, c, y, x}));
        }
        mean.values.push_back(sum / static_cast<double>(shape.c));
      }
    }
  }
  return mean;
}

// The row and column of the map's largest value; nothing if there are several.
Measured largest_at(const Subject& s) {
  const Tensor map = run(s.scene.input.tensor(), s.scene.layers);
  const auto values = map.values();
  const auto largest = std::ranges::max_element(values);
  if (largest == values.end() || std::ranges::count(values, *largest) != 1) {
    return {};
  }
  const auto at = static_cast<std::int64_t>(largest - values.begin());
  return row({at / map.shape().w % map.shape().h, at % map.shape().w});
}

// How many stamps reach a cell far from the edges, for each cell of the interval between two
// stamps: the products of the counts along both axes.
Measured stamps_inside(const Subject& s) {
  const conv::LayerSpec layer = spec(s);
  if (layer.op != conv::Op::kConvTranspose) {
    return {};
  }
  const auto counts = [](std::int64_t kernel, std::int64_t dilation, std::int64_t stride) {
    std::vector<std::int64_t> phases(static_cast<std::size_t>(stride));
    for (std::int64_t tap = 0; tap < kernel; ++tap) {
      ++phases[static_cast<std::size_t>(tap * dilation % stride)];
    }
    return phases;
  };
  const auto rows = counts(layer.kernel_size.h, layer.dilation.h, layer.stride.h);
  const auto columns = counts(layer.kernel_size.w, layer.dilation.w, layer.stride.w);
  Numbers numbers = {{1, 1, layer.stride.h, layer.stride.w}, {}};
  for (const std::int64_t y : rows) {
    for (const std::int64_t x : columns) {
      numbers.values.push_back(static_cast<double>(y * x));
    }
  }
  return numbers;
}

Measured padding(const Subject& s) {
  const conv::Pads pads = conv::resolved_pads(spec(s), input_shape(s));
  return row({pads.top, pads.bottom, pads.left, pads.right});
}

Measured final_loss(const Subject& s) {
  if (!s.scene.training || !lesson::training_problems(s.scene).empty()) {
    return {};
  }
  const lesson::Training training = lesson::training_of(s.scene);
  const Tensor input = s.scene.input.tensor();
  const std::vector<conv::LayerSpec> chain = lesson::trained_chain(s.scene, training.all_layers);
  const std::vector<lesson::Layer>& layers = s.scene.layers;
  const Tensor target = training.target.base.empty()
                            ? run(input, {layers.begin(), layers.begin() + std::ssize(chain)})
                            : training.target.tensor();
  const conv::DescentHistory history =
      conv::descend(lesson::first_state(s.scene, training), input, target, chain,
                    training.optimizer, training.steps, 1);
  return one(history.losses.back());
}

template <typename Read>
Measured of_training(const Subject& s, Read read) {
  return s.scene.training ? read(*s.scene.training) : Measured{};
}

constexpr std::pair<std::string_view, Measure> kMeasures[] = {
    {"layers", [](const Subject& s) { return one(static_cast<double>(s.scene.layers.size())); }},
    {"layer.op", [](const Subject& s) { return Measured(std::string(lesson::op_word(first(s)))); }},
    {"layer.in_channels",
     [](const Subject& s) { return one(static_cast<double>(spec(s).in_channels)); }},
    {"layer.out_channels",
     [](const Subject& s) { return one(static_cast<double>(spec(s).out_channels)); }},
    {"layer.kernel_size", [](const Subject& s) { return row(spec(s).kernel_size); }},
    {"layer.stride", [](const Subject& s) { return row(spec(s).stride); }},
    {"layer.padding", padding},
    {"layer.padding_is_number",
     [](const Subject& s) { return Measured(spec(s).padding == conv::PaddingRule::kExplicit); }},
    {"layer.dilation", [](const Subject& s) { return row(spec(s).dilation); }},
    {"layer.output_padding", [](const Subject& s) { return row(spec(s).output_padding); }},
    {"layer.groups", [](const Subject& s) { return one(static_cast<double>(spec(s).groups)); }},
    {"layer.bias", [](const Subject& s) { return Measured(spec(s).bias); }},
    {"layer.weight", [](const Subject& s) { return all(first(s).weight.tensor()); }},
    {"layer.window", [](const Subject& s) { return row(conv::dilated_kernel(spec(s))); }},
    {"layer.taps",
     [](const Subject& s) {
       return one(static_cast<double>(spec(s).kernel_size.h * spec(s).kernel_size.w));
     }},
    {"layer.parameters",
     [](const Subject& s) { return one(static_cast<double>(conv::parameter_count(spec(s)))); }},
    {"input", [](const Subject& s) { return all(s.scene.input.tensor()); }},
    {"input.size", [](const Subject& s) { return row({input_shape(s).h, input_shape(s).w}); }},
    {"input.channel_mean", channel_mean},
    {"map", [](const Subject& s) { return all(run(s.scene.input.tensor(), s.scene.layers)); }},
    {"map.size", [](const Subject& s) { return row({map_shape(s).h, map_shape(s).w}); }},
    {"map.positions",
     [](const Subject& s) { return one(static_cast<double>(map_shape(s).h * map_shape(s).w)); }},
    {"map.largest_at", largest_at},
    {"coverage",
     [](const Subject& s) { return all(conv::input_coverage(spec(s), input_shape(s))); }},
    {"stamps.inside", stamps_inside},
    {"target",
     [](const Subject& s) {
       return s.target.empty() ? Measured{} : all(run(s.scene.input.tensor(), s.target));
     }},
    {"training.optimizer",
     [](const Subject& s) {
       return of_training(s, [](const lesson::Training& t) {
         return Measured(std::string(lesson::word_of(lesson::kOptimizers, t.optimizer.kind)));
       });
     }},
    {"training.lr",
     [](const Subject& s) {
       return of_training(s, [](const lesson::Training& t) { return one(t.optimizer.lr); });
     }},
    {"training.momentum",
     [](const Subject& s) {
       return of_training(s, [](const lesson::Training& t) { return one(t.optimizer.momentum); });
     }},
    {"training.steps",
     [](const Subject& s) {
       return of_training(
           s, [](const lesson::Training& t) { return one(static_cast<double>(t.steps)); });
     }},
    {"training.start",
     [](const Subject& s) {
       return of_training(s, [](const lesson::Training& t) { return all(t.start.tensor()); });
     }},
    {"training.loss", final_loss},
};

}  // namespace

std::span<const std::pair<std::string_view, Measure>> measures() { return kMeasures; }

}  // namespace convscope::quiz
