#include "core/import/layers/layer_scene.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/lesson/layer_code.h"
#include "core/lesson/limits.h"

namespace convscope::imports {
namespace {

constexpr std::int64_t kUsualSide = 16;
constexpr std::int64_t kMostSide = 4096;
constexpr std::int64_t kMostPastedWeights = 4 * lesson::kMaxWeights;

// The input channels implied by the layers; 0 if none are.
std::int64_t told_channels(const std::vector<PastedLayer>& layers) {
  std::int64_t copies = 1;  // an unfold multiplies the channels
  for (const PastedLayer& layer : layers) {
    if (conv::has_weight(layer.spec.op)) {
      const std::int64_t in = layer.spec.in_channels;
      return in % copies == 0 ? in / copies : in;
    }
    if (layer.spec.op == conv::Op::kUnfold) {
      const conv::Size2 kernel = layer.spec.kernel_size;
      copies = lesson::saturating_count({1, copies, kernel.h, kernel.w});
      copies = std::clamp<std::int64_t>(copies, 1, lesson::kMaxTensorValues);
    }
  }
  return 0;
}

// TensorFlow's "SAME" for a pool on this input: the same number of cells on both sides, or all
// after the input, if ceil_mode reaches as far. nullopt if it is neither.
std::optional<conv::LayerSpec> with_pool_padding(conv::LayerSpec spec, const Shape& input) {
  const conv::Pads pads = conv::resolved_pads(spec, input);
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = pads;
  if (pads.top == pads.bottom && pads.left == pads.right) {
    return spec;
  }
  const auto at_the_end = [](std::int64_t before, std::int64_t after) {
    return before == 0 && after <= 1;
  };
  if (!at_the_end(pads.top, pads.bottom) || !at_the_end(pads.left, pads.right)) {
    return std::nullopt;
  }
  spec.pads = {};
  spec.ceil_mode = true;
  return spec;
}

// The layer's settings on an input of this shape.
conv::LayerSpec completed(const PastedLayer& layer, const Shape& input) {
  conv::LayerSpec spec = layer.spec;
  if (conv::has_weight(spec.op)) {
    spec.in_channels = spec.in_channels == 0 ? input.c : spec.in_channels;
    if (layer.filters_per_channel != 0) {
      spec.groups = spec.in_channels;
      spec.out_channels =
          lesson::saturating_count({1, 1, spec.in_channels, layer.filters_per_channel});
    }
  }
  return conv::fitted(spec, input);
}

struct Walk {
  std::vector<conv::LayerSpec> specs;  // of the layers that can run
  std::optional<Problem> problem;      // of the first that can't
};

Walk walk(const std::vector<PastedLayer>& layers, Shape input) {
  Walk found;
  std::int64_t kept = lesson::saturating_count(input);
  for (const PastedLayer& layer : layers) {
    conv::LayerSpec spec = completed(layer, input);
    if (spec.padding == conv::PaddingRule::kSameTf && spec.op != conv::Op::kConv) {
      const auto padded = with_pool_padding(spec, input);
      if (!padded) {
        found.problem = Problem{"layer_pool_same", "padding", {{"h", input.h}, {"w", input.w}}};
        return found;
      }
      spec = *padded;
    }
    auto problems = lesson::layer_problems(spec, input, kept);
    if (!problems.empty()) {
      found.problem = std::move(problems.front());
      return found;
    }
    input = conv::output_shape(spec, input);
    found.specs.push_back(spec);
  }
  return found;
}

bool larger_would_do(const Problem& problem) {
  for (const char* start :
       {"kernel_too_", "reflect_too_", "circular_too_", "padding_cuts_all_", "layer_pool_same"}) {
    if (problem.code.starts_with(start)) {
      return true;
    }
  }
  return false;
}

// Adds the place in the text to the problem.
Problem placed(Problem problem, const PastedLayer& layer, std::size_t index) {
  Place place = layer.place;
  for (const auto& [setting, where] : layer.settings) {
    // Keras and Flax use other names for some of them.
    const bool same = setting == problem.field ||
                      (setting == "strides" && problem.field == "stride") ||
                      (setting == "pool_size" && problem.field == "kernel_size") ||
                      (setting == "window_shape" && problem.field == "kernel_size");
    place = same ? where : place;
  }
  problem.values.insert(problem.values.begin(), {{"layer", static_cast<std::int64_t>(index) + 1},
                                                 {"row", place.row},
                                                 {"column", place.column}});
  return problem;
}

// (C, L) of an array, in its last two dimensions, as a signal.
lesson::TensorRef as_signal(lesson::TensorRef input) {
  const Shape shape = input.base.shape();
  if (shape.h == 1 || shape.n != 1) {
    return input;
  }
  const Tensor tensor = input.tensor();
  const auto values = tensor.values();
  return {lesson::InlineSource{},
          Tensor({shape.c, shape.h, 1, shape.w}, {values.begin(), values.end()}),
          {}};
}

lesson::TensorRef uniform(const Shape& shape, double bound, std::uint64_t seed) {
  const RandomSpec random = {seed, Distribution::kUniform, -bound, bound};
  return {lesson::SeededSource{random}, random_tensor(shape, random), {}};
}

double bound_of(const conv::LayerSpec& spec) {
  const Shape weight = conv::weight_shape(spec);
  return 1.0 / std::sqrt(static_cast<double>(weight.c * weight.h * weight.w));
}

// The settings and input shape of a network that can run; otherwise throws the Failure that says
// why not.
struct Plan {
  Shape input;
  std::vector<conv::LayerSpec> specs;
};

void check_input_size(const Shape& input) {
  if (lesson::saturating_count(input) > lesson::kMaxTensorValues) {
    throw Failure({"input_too_large",
                   "input",
                   {{"n", input.n},
                    {"c", input.c},
                    {"h", input.h},
                    {"w", input.w},
                    {"limit", lesson::kMaxTensorValues}}});
  }
}

// Each layer stays below kMaxWeights, but there may be many.
void check_weights(const Plan& plan) {
  std::int64_t sum = 0;
  for (const conv::LayerSpec& spec : plan.specs) {
    sum += conv::has_weight(spec.op) ? conv::parameter_count(spec) : 0;
    if (sum > kMostPastedWeights) {
      throw Failure({"layer_weights_too_many", "", {{"limit", kMostPastedWeights}}});
    }
  }
}

Plan plan_on(const std::vector<PastedLayer>& layers, const Shape& input) {
  Walk found = walk(layers, input);
  if (found.problem) {
    const std::size_t at = found.specs.size();
    throw Failure(placed(*found.problem, layers[at], at));
  }
  return {input, std::move(found.specs)};
}

// On the smallest square input on which it runs.
Plan plan_for(const LayerText& text, std::int64_t channels) {
  const bool one = text.layers.front().one_dimensional;
  const Shape said = text.input;
  std::optional<Problem> first;
  for (std::int64_t side = kUsualSide; side <= kMostSide; ++side) {
    const Shape input = {std::max<std::int64_t>(said.n, 1), channels,
                         one ? 1 : (said.h > 0 ? said.h : side), said.w > 0 ? said.w : side};
    check_input_size(input);
    Walk found = walk(text.layers, input);
    if (!found.problem) {
      return {input, std::move(found.specs)};
    }
    if (!first) {
      const std::size_t at = found.specs.size();
      first = placed(*found.problem, text.layers[at], at);
    }
    if (!larger_would_do(*found.problem) || (said.w > 0 && (one || said.h > 0))) {
      const std::size_t at = found.specs.size();
      throw Failure(placed(*found.problem, text.layers[at], at));
    }
  }
  throw Failure(*first);
}

// Layers in the order of their definition may not be consecutive, as in a ResNet with shortcuts.
// Then only those before the break are shown.
LayerText up_to_break(LayerText text, std::int64_t channels, std::vector<Problem>& remarks) {
  for (std::size_t i = 0; i < text.layers.size() && text.order_assumed; ++i) {
    const PastedLayer& layer = text.layers[i];
    const conv::LayerSpec spec = completed(layer, {1, channels, 1, 1});
    if (conv::has_weight(spec.op) && spec.in_channels != channels && i > 0) {
      remarks.push_back(
          Problem{"layer_chain_breaks",
                  "",
                  {{"row", layer.place.row},
                   {"column", layer.place.column},
                   {"count", std::ssize(text.layers) - static_cast<std::ptrdiff_t>(i)}}});
      text.layers.resize(i);
      return text;
    }
    channels = spec.out_channels;
  }
  return text;
}

ScenedLayers build(LayerText text, const SceneOptions& options) {
  const bool one = text.layers.front().one_dimensional;
  ScenedLayers result;
  result.remarks = text.remarks;
  Plan plan;
  lesson::Scene& scene = result.scene;
  if (options.input) {
    scene.input = one ? as_signal(*options.input) : *options.input;
    const Shape shape = scene.input.base.shape();
    text = up_to_break(std::move(text), shape.c, result.remarks);
    plan = plan_on(text.layers, shape);
  } else {
    std::int64_t channels = text.input.c > 0 ? text.input.c : told_channels(text.layers);
    if (channels <= 0) {
      const Place place = text.layers.front().place;
      // A grouped layer needs as many as it has groups, or twice, ...
      const std::int64_t groups = std::max<std::int64_t>(text.layers.front().spec.groups, 1);
      channels = options.channels % groups == 0 ? options.channels : groups;
      result.remarks.push_back(
          Problem{"layer_channels_assumed",
                  "",
                  {{"row", place.row}, {"column", place.column}, {"channels", channels}}});
    }
    text = up_to_break(std::move(text), channels, result.remarks);
    plan = plan_for(text, channels);
    const RandomSpec noise = {.seed = options.seed};
    scene.input = {lesson::SeededSource{noise}, random_tensor(plan.input, noise), {}};
  }
  check_weights(plan);
  for (std::size_t i = 0; i < plan.specs.size(); ++i) {
    lesson::Layer layer;
    layer.name = text.layers[i].name;
    layer.spec = plan.specs[i];
    layer.one_dimensional = one;
    layer.weight = fresh_weight(layer.spec, options.seed + 2 * i + 1);
    layer.bias = fresh_bias(layer.spec, options.seed + 2 * i + 2);
    scene.layers.push_back(std::move(layer));
  }
  scene.view = one ? lesson::View::kStrip : lesson::View::kFlat;
  return result;
}

}  // namespace

lesson::TensorRef fresh_weight(const conv::LayerSpec& spec, std::uint64_t seed) {
  return conv::has_weight(spec.op) ? uniform(conv::weight_shape(spec), bound_of(spec), seed)
                                   : lesson::TensorRef{};
}

lesson::TensorRef fresh_bias(const conv::LayerSpec& spec, std::uint64_t seed) {
  return conv::has_weight(spec.op) && spec.bias
             ? uniform({1, 1, 1, spec.out_channels}, bound_of(spec), seed)
             : lesson::TensorRef{};
}

Result<ScenedLayers> scene_of(const LayerText& text, const SceneOptions& options) {
  return as_result([&] { return build(text, options); });
}

lesson::Lesson lesson_of(lesson::Scene scene) {
  constexpr std::size_t kMostNamed = 4;
  std::string title;
  for (std::size_t i = 0; i < std::min(scene.layers.size(), kMostNamed); ++i) {
    title += (i > 0 ? ", " : "") + lesson::torch_class(scene.layers[i]);
  }
  title += scene.layers.size() > kMostNamed ? ", ..." : "";
  lesson::Lesson lesson;
  lesson.id = "pasted";
  lesson.title.by_language["en"] = title;
  lesson.scenes.push_back(std::move(scene));
  return lesson;
}

}  // namespace convscope::imports
