// Concept 17: a step of gradient descent.
#include <cmath>
#include <numeric>
#include <string_view>
#include <vector>

#include "core/conv/training/gradient_descent.h"
#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons[] = {"weights-are-learned"};

// Reads the first step of a scene trained by plain gradient descent, on one channel.
std::optional<Setting> read_step(const lesson::Scene& scene, Draw& draw) {
  auto s = read_conv(scene, {});
  if (!s || !scene.training || scene.training->start.base.empty() || scene.training->all_layers) {
    return std::nullopt;
  }
  const lesson::Training& training = *scene.training;
  const Shape& input = s->input.shape();
  const bool fits = input.n == 1 && input.c == 1 && s->spec.out_channels == 1 && !s->spec.bias &&
                    s->spec.stride == conv::Size2{1, 1} && s->spec.dilation == conv::Size2{1, 1} &&
                    conv::resolved_pads(s->spec, input) == conv::Pads{} &&
                    training.optimizer.kind == conv::Optimizer::Kind::kSgd &&
                    training.optimizer.momentum == 0 && s->output.h >= s->spec.kernel_size.h &&
                    s->output.w >= s->spec.kernel_size.w && is_by_hand(*s);
  if (!fits) {
    return std::nullopt;
  }
  s->scene.training = training;
  s->scene.view = lesson::View::kDescent;
  const Tensor target =
      training.target.base.empty() ? map_of(own_computation(*s)) : training.target.tensor();
  s->error = conv::descent_step(conv::descent_start(training.start.tensor(), Tensor()), s->input,
                                target, s->spec)
                 .error;
  put(*s, "i", draw.between(0, s->spec.kernel_size.h - 1));
  put(*s, "j", draw.between(0, s->spec.kernel_size.w - 1));
  return s;
}

Index weight_at(const Setting& s) {
  return {0, 0, static_cast<std::int64_t>(s["i"]), static_cast<std::int64_t>(s["j"])};
}

// The sum over all positions of the error times the input under this weight.
double collected(const Setting& s) {
  double sum = 0;
  for (std::int64_t y = 0; y < s.output.h; ++y) {
    for (std::int64_t x = 0; x < s.output.w; ++x) {
      const Index under = {0, 0, y + weight_at(s).y, x + weight_at(s).x};
      sum += static_cast<double>(s.error.at({0, 0, y, x})) * s.input.at(under);
    }
  }
  return sum;
}

double all_errors(const Setting& s) {
  return std::accumulate(s.error.values().begin(), s.error.values().end(), 0.0);
}

double one_error(const Setting& s) { return s.error.at(weight_at(s)); }

// The direction against the gradient: up if it is negative.
Answer against(double gradient) {
  constexpr double kStill = 1e-6;  // rounding error of a sum that is 0
  if (std::abs(gradient) < kStill) {
    return of_word("stays");
  }
  return of_word(gradient < 0 ? "up" : "down");
}

// The weight after the step, as the engine has it: a float.
double after_step(const Setting& s) {
  const lesson::Training& training = *s.scene.training;
  const Tensor target =
      training.target.base.empty() ? map_of(own_computation(s)) : training.target.tensor();
  const conv::DescentState start = conv::descent_start(training.start.tensor(), Tensor());
  const conv::DescentState next =
      conv::advanced(start, conv::descent_step(start, s.input, target, s.spec), training.optimizer);
  return next.weight[static_cast<std::size_t>(offset_of(conv::weight_shape(s.spec), weight_at(s)))];
}

double before_step(const Setting& s) { return s.scene.training->start.tensor().at(weight_at(s)); }

bool same_word(const Answer& a, const Answer& b) { return a.word == b.word; }

// Requires that the whole sum leads to another direction than one of its parts.
std::optional<Setting> read_17a(const lesson::Scene& scene, const Spot&, Draw& draw) {
  auto s = read_step(scene, draw);
  if (!s) {
    return std::nullopt;
  }
  s->values.put("G", collected(*s));
  const Answer right = against(collected(*s));
  const bool told_apart =
      !same_word(right, against(all_errors(*s))) || !same_word(right, against(one_error(*s)));
  return told_apart ? s : std::nullopt;
}

std::optional<Setting> read_17b(const lesson::Scene& scene, const Spot&, Draw& draw) {
  auto s = read_step(scene, draw);
  if (s) {
    s->values.put("w0", before_step(*s));
    s->values.put("lr", scene.training->optimizer.lr);
    put(*s, "M", s->output.count());
    s->values.put("G", collected(*s));
  }
  return s;
}

// Weights from -1 to 2 in steps of 1/parts; small numbers, so that some errors are 0.
Drawn draw_training(Draw& draw, std::int64_t parts) {
  lesson::Scene scene =
      scene_of(draw.integers({1, 1, 5, 5}, 0, 1), conv_layer(draw.integers({1, 1, 3, 3}, 0, 1)));
  scene.view = lesson::View::kDescent;
  lesson::Training training;
  training.optimizer.lr = static_cast<double>(draw.pick({1, 2, 5})) / 10;
  const Tensor whole = draw.integers({1, 1, 3, 3}, -parts, 2 * parts);
  std::vector<float> start;
  for (const float value : whole.values()) {
    start.push_back(value / static_cast<float>(parts));
  }
  training.start = inline_tensor(Tensor({1, 1, 3, 3}, std::move(start)));
  scene.training = training;
  return {scene, {}};
}

constexpr Distractor kWrong17a[] = {
    {"ASCENT", [](const Setting& s) { return against(-s["G"]); }},
    {"ERRONLY", [](const Setting& s) { return against(all_errors(s)); }},
    {"ONEPOS", [](const Setting& s) { return against(one_error(s)); }},
};

// The weight after a step with another gradient sum.
Answer moved_by(const Setting& s, double sum) {
  return of_number(s["w0"] - s["lr"] * 2 / s["M"] * sum);
}

constexpr Distractor kWrong17b[] = {
    {"ASCENT", [](const Setting& s) { return moved_by(s, -s["G"]); }},
    {"NOLR", [](const Setting& s) { return of_number(s["w0"] - 2 / s["M"] * s["G"]); }},
    {"NOMEAN", [](const Setting& s) { return of_number(s["w0"] - s["lr"] * s["G"]); }},
    {"ERRONLY", [](const Setting& s) { return moved_by(s, all_errors(s)); }},
    {"ONEPOS",
     [](const Setting& s) { return moved_by(s, one_error(s) * s.input.at(weight_at(s))); }},
};

// The gradient's sum without its zeros.
WorkedStep gradient_step(const Setting& s) {
  WorkedStep gradient;
  for (std::int64_t y = 0; y < s.output.h; ++y) {
    for (std::int64_t x = 0; x < s.output.w; ++x) {
      const double error = s.error.at({0, 0, y, x});
      const double input = s.input.at({0, 0, y + weight_at(s).y, x + weight_at(s).x});
      if (error != 0 && input != 0) {
        gradient.parts.push_back({gradient.parts.empty() ? "" : " + "});
        gradient.parts.push_back({operand_text(error) + "·"});
        gradient.parts.push_back({operand_text(input), WorkedPart::Role::kInput});
      }
    }
  }
  if (gradient.parts.empty()) {
    gradient.parts.push_back({"0"});
  }
  gradient.value = s["G"];
  return gradient;
}

// The weight moves against it.
WorkedSteps worked_17a(const Setting& s) { return {gradient_step(s)}; }

// Then the move.
WorkedSteps worked_17b(const Setting& s) {
  return {gradient_step(s), plain_step(number_text(s["lr"]) + "·2 / " + number_text(s["M"]) + "·" +
                                           operand_text(s["G"]),
                                       s["lr"] * 2 / s["M"] * s["G"])};
}

constexpr Shows kShows = {.input = true, .error = true};
constexpr Veil kVeil = {.inspector_numbers = true, .training_line = true};

constexpr Template kTemplates[] = {
    {.id = "17a",
     .concept_number = 17,
     .asked = Asked::kChoice,
     .lessons = kLessons,
     .shows = kShows,
     .veil = kVeil,
     .reveal = Reveal::kSlideErrors,
     .read = read_17a,
     .draw = [](Draw& draw) { return draw_training(draw, 1); },
     .answer = [](const Setting& s) { return against(before_step(s) - after_step(s)); },
     .distractors = kWrong17a,
     .most_wrong = 2,
     .worked = worked_17a},
    {.id = "17b",
     .concept_number = 17,
     .asked = Asked::kNumber,
     .lessons = kLessons,
     .shows = kShows,
     .veil = kVeil,
     .reveal = Reveal::kUpdateLine,
     .read = read_17b,
     .draw = [](Draw& draw) { return draw_training(draw, 4); },
     // In double like the wrong ones, so that an exact comparison can tell them apart.
     .answer = [](const Setting& s) { return moved_by(s, s["G"]); },
     .distractors = kWrong17b,
     .worked = worked_17b},
};

}  // namespace

std::span<const Template> learning_templates() { return kTemplates; }

}  // namespace convscope::quiz
