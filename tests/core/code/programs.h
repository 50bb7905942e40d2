// Scenes to write programs of, and what their maps are.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "core/code/code_target.h"
#include "core/conv/forward.h"
#include "core/conv/operators/operator.h"
#include "tests/support/bundled_files.h"

namespace convscope::code {

struct Case {
  std::string name;
  Plan plan;
};

inline Plan english(const lesson::Lesson& lesson, std::size_t scene) {
  return plan_of(lesson, scene, lesson::Language::kEnglish);
}

// Every scene of every bundled lesson whose tensors a program may hold.
inline std::vector<Case> bundled_cases() {
  std::vector<Case> cases;
  for (const std::string& id : testing::names_in("lessons")) {
    const lesson::Lesson lesson = testing::bundled(id);
    for (std::size_t scene = 0; scene < lesson.scenes.size(); ++scene) {
      Plan plan = english(lesson, scene);
      if (!too_large(plan, 1'000'000)) {
        cases.push_back({id + "_" + std::to_string(scene + 1), std::move(plan)});
      }
    }
  }
  return cases;
}

// Draws the same numbers on every machine: the engine is specified, distributions are not.
class Draw {
 public:
  explicit Draw(std::uint32_t seed) : random_(seed) {}

  std::int64_t number(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint32_t>(high - low + 1));
  }
  bool one_in(std::int64_t many) { return number(1, many) == 1; }
  conv::Size2 size(std::int64_t low, std::int64_t high, bool line) {
    const std::int64_t w = number(low, high);
    return {line ? (low == 0 ? 0 : 1) : number(low, high), w};
  }
  lesson::TensorRef tensor(const Shape& shape) {
    std::vector<float> values(static_cast<std::size_t>(shape.count()));
    const bool whole = one_in(2);
    for (float& value : values) {
      value =
          whole ? static_cast<float>(number(-4, 4)) : static_cast<float>(number(-999, 999)) / 64;
    }
    lesson::TensorRef ref;
    ref.base = Tensor(shape, std::move(values));
    return ref;
  }

 private:
  std::mt19937 random_;
};

inline conv::LayerSpec drawn_spec(Draw& draw, const Shape& input, bool line) {
  conv::LayerSpec spec;
  spec.op = static_cast<conv::Op>(draw.number(0, line ? 4 : 5));
  spec.kernel_size = draw.size(1, 4, line);
  spec.stride = draw.size(1, 3, line);
  spec.dilation = draw.size(1, 3, line);
  spec.padding = conv::PaddingRule::kExplicit;
  const conv::Size2 pad = draw.size(0, 3, line);
  spec.pads = {pad.h, pad.h, pad.w, pad.w};
  spec.in_channels = input.c;
  if (conv::has_weight(spec.op)) {
    spec.groups = draw.one_in(2) ? 1 : input.c;
    spec.out_channels = spec.groups * draw.number(1, 3);
    spec.bias = draw.one_in(2);
  }
  if (spec.op == conv::Op::kConv) {
    spec.padding = static_cast<conv::PaddingRule>(draw.number(0, 3));
    spec.padding_mode = static_cast<conv::PaddingMode>(draw.number(0, 3));
    spec.flip = draw.one_in(3);
    if (draw.one_in(2)) {
      spec.pads = {line ? 0 : draw.number(0, 3), line ? 0 : draw.number(0, 3), draw.number(0, 3),
                   draw.number(0, 3)};
    }
  }
  if (spec.op == conv::Op::kConvTranspose) {
    spec.output_padding = draw.size(0, 2, line);
  }
  spec.ceil_mode = draw.one_in(2);
  spec.count_include_pad = draw.one_in(2);
  spec.divisor_override = !line && draw.one_in(4) ? draw.number(1, 9) : 0;
  return spec;
}

// A scene of one to three layers whose settings fit.
inline lesson::Lesson drawn_lesson(std::uint32_t seed, bool line) {
  Draw draw(seed);
  lesson::Scene scene;
  Shape shape = {draw.number(1, 2), draw.number(1, 3), line ? 1 : draw.number(3, 9),
                 draw.number(3, 11)};
  scene.input = draw.tensor(shape);
  for (std::int64_t count = draw.number(1, 3); count > 0; --count) {
    lesson::Layer layer;
    layer.one_dimensional = line;
    do {
      layer.spec = drawn_spec(draw, shape, line);
    } while (!conv::problems(layer.spec, shape).empty() ||
             conv::output_shape(layer.spec, shape).count() > 4000);
    if (conv::has_weight(layer.spec.op)) {
      layer.weight = draw.tensor(conv::weight_shape(layer.spec));
    }
    if (layer.spec.bias) {
      layer.bias = draw.tensor({1, 1, 1, layer.spec.out_channels});
    }
    layer.spec = conv::fitted(layer.spec, shape);
    shape = conv::output_shape(layer.spec, shape);
    scene.layers.push_back(std::move(layer));
  }
  lesson::Lesson lesson;
  lesson.title.by_language["en"] = "Drawn " + std::to_string(seed);
  lesson.scenes.emplace_back(std::move(scene));
  return lesson;
}

inline std::vector<Case> drawn_cases(std::uint32_t count) {
  std::vector<Case> cases;
  for (std::uint32_t seed = 0; seed < count; ++seed) {
    cases.push_back(
        {"drawn_" + std::to_string(seed), english(drawn_lesson(seed, seed % 3 == 0), 0)});
  }
  return cases;
}

// Names that mean something to a language, to a library, or in the programs themselves.
inline constexpr const char* kOddNames[] = {
    "x",         "y",           "n",         "k",          "c",
    "i",         "j",           "r",         "row",        "column",
    "count",     "total",       "full",      "result",     "counted",
    "kernel",    "cells",       "windows",   "range",      "len",
    "zip",       "list",        "tuple",     "isinstance", "conv2d",
    "in_groups", "continue",    "global",    "async",      "template",
    "short",     "true",        "operator",  "reflected",  "Tensor",
    "print",     "show",        "conv_out",  "y1",         "log",
    "printf",    "conv_weight", "conv_bias", "mean_mean",  "conv_2_weight",
    "max",       "conv_padded"};

// The input and the first layer have such names; the other layers are called by their operators.
inline std::vector<Case> oddly_named_cases(std::uint32_t count) {
  std::vector<Case> cases;
  for (std::uint32_t seed = 0; seed < count; ++seed) {
    lesson::Lesson lesson = drawn_lesson(seed, seed % 3 == 0);
    lesson.scenes[0].change([&](lesson::Scene& scene) {
      scene.input_name = kOddNames[seed % std::size(kOddNames)];
      if (seed % 2 == 0) {
        scene.layers[0].name = kOddNames[(5 * seed + 3) % std::size(kOddNames)];
      }
    });
    cases.push_back({"named_" + std::to_string(seed), english(lesson, 0)});
  }
  return cases;
}

// What a program prints: the shapes of the layers as text, then the numbers of the last map.
struct Printed {
  std::vector<std::string> shapes;
  std::vector<double> numbers;
};

inline Printed expected(const Plan& plan) {
  Printed printed;
  Tensor map = plan.input;
  for (const PlannedLayer& layer : plan.layers) {
    map = conv::reference_forward(map, layer.weight, layer.bias, layer.layer.spec);
    std::string sides;
    for (const std::int64_t side : output_dimensions(layer)) {
      sides += (sides.empty() ? "" : ", ") + std::to_string(side);
    }
    printed.shapes.push_back(layer.name + " (" + sides + ")");
  }
  printed.numbers.assign(map.values().begin(), map.values().end());
  return printed;
}

inline Printed read_printed(const std::string& text) {
  Printed printed;
  std::istringstream lines(text);
  bool in_map = false;
  for (std::string line; std::getline(lines, line);) {
    in_map = in_map || line.starts_with("out[");
    if (!in_map) {
      printed.shapes.push_back(line);
    } else if (!line.starts_with("out[")) {
      const char* at = line.c_str();
      for (char* end = nullptr;; at = end) {
        const double value = std::strtod(at, &end);
        if (end == at) {
          break;
        }
        printed.numbers.push_back(value);
      }
    }
  }
  return printed;
}

// How far the numbers of two maps are apart, as a part of the largest; infinite where they can't be
// compared.
inline double distance(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) {
    return std::numeric_limits<double>::infinity();
  }
  double largest = 1;
  double farthest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    largest = std::max(largest, std::abs(a[i]));
    farthest = std::max(farthest, a[i] == b[i] ? 0 : std::abs(a[i] - b[i]));
  }
  return farthest / largest;
}

// A folder of its own, and programs of others run in it.
class Folder {
 public:
  explicit Folder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() /
              ("convscope-code-" + name + "-" +
               ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  std::string read(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  // Whether the command ended well; what it says goes to a file "said".
  bool run(const std::string& command) const {
    return std::system(("cd '" + path_.string() + "' && (" + command + ") >said 2>&1").c_str()) ==
           0;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace convscope::code
