#include "app/files/array_lesson.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/files/array_file.h"
#include "app/files/embedded.h"
#include "app/files/image/image_file.h"
#include "app/files/system/file_io.h"
#include "core/lesson/limits.h"
#include "core/lesson/scene_tensors.h"
#include "core/tensor/problem.h"
#include "core/tensor/reshaped.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

using Bytes = std::span<const std::byte>;
using Sides = std::vector<std::int64_t>;

constexpr std::int64_t kMostKernel = 64;     // a filter; what is larger is a picture
constexpr std::int64_t kMostMaps = 1 << 25;  // numbers in the map of the picture
constexpr std::int64_t kUsualSide = 16;
constexpr const char* kPicture = "images/still-life.png";

// The array as a lesson names it, from wherever the program runs.
lesson::FileSource source_of(lesson::FileSource::Kind kind, const fs::path& file,
                             const std::string& name) {
  return {kind, absolute_utf8(utf8_of(file)), name};
}

bool is_filter(const imports::NamedArray& array) {
  const Sides& sides = array.shape;
  return array.readable && sides.size() == 4 && std::ranges::min(sides) > 0 &&
         std::max(sides[2], sides[3]) <= kMostKernel;
}

bool is_input(const imports::NamedArray& array) {
  const Sides& sides = array.shape;
  return array.readable && sides.size() >= 2 && sides.size() <= 4 && std::ranges::min(sides) > 0 &&
         sides.back() >= 3 && sides[sides.size() - 2] >= 3;
}

// One that would have done, if its type could be read.
bool might_be_one(const imports::NamedArray& array) {
  const Sides& sides = array.shape;
  return !array.readable && sides.size() >= 2 && sides.size() <= 4 && std::ranges::min(sides) > 0;
}

// "conv1.bias" of "conv1.weight", "bias" of "weight".
std::optional<std::string> bias_name(const std::string& weight) {
  constexpr std::string_view kWeight = "weight";
  if (!weight.ends_with(kWeight)) {
    return std::nullopt;
  }
  return weight.substr(0, weight.size() - kWeight.size()) + "bias";
}

// What a filter for so many channels slides over.
lesson::TensorRef ground_for(const Shape& weight) {
  if (weight.c == 3) {
    Tensor picture = decode_image(asset(kPicture), kPicture);
    const Shape shape = picture.shape();
    if (shape.c == 3 && weight.n * shape.h * shape.w <= kMostMaps) {
      return {
          lesson::FileSource{lesson::FileSource::Kind::kImage, std::string("bundled:") + kPicture},
          std::move(picture),
          {}};
    }
  }
  const std::int64_t side = std::max(kUsualSide, 2 * std::max(weight.h, weight.w));
  const RandomSpec noise = {.seed = 1};
  return {lesson::SeededSource{noise}, random_tensor({1, weight.c, side, side}, noise), {}};
}

lesson::Lesson filter_lesson(Bytes bytes, lesson::FileSource::Kind kind, const fs::path& file,
                             const std::vector<imports::NamedArray>& arrays,
                             const imports::NamedArray& filter) {
  lesson::Layer layer;
  const lesson::FileSource source = source_of(kind, file, filter.name);
  layer.weight = {source, read_tensor(bytes, source, utf8_of(file)), {}};
  const Shape weight = layer.weight.base.shape();
  layer.name = "conv";
  layer.spec.in_channels = weight.c;
  layer.spec.out_channels = weight.n;
  layer.spec.kernel_size = {weight.h, weight.w};
  if (const auto name = bias_name(filter.name)) {
    const auto bias = std::ranges::find(arrays, *name, &imports::NamedArray::name);
    if (bias != arrays.end() && bias->readable && bias->shape == Sides{weight.n}) {
      const lesson::FileSource from = source_of(kind, file, *name);
      layer.bias = {from, read_tensor(bytes, from, utf8_of(file)), {}};
      layer.spec.bias = true;
    }
  }
  lesson::Scene scene;
  scene.input = ground_for(weight);
  if (std::vector<Problem> found = lesson::layer_problems(layer.spec, scene.input.base.shape());
      !found.empty()) {
    throw Failure(std::move(found.front()));
  }
  scene.layers.push_back(std::move(layer));
  lesson::Lesson lesson;
  lesson.id = file.stem().string();
  lesson.title.by_language["en"] =
      utf8_of(file.filename()) + (filter.name.empty() ? "" : ": " + filter.name);
  lesson.scenes.push_back(std::move(scene));
  return lesson;
}

// "2.weight" before "10.weight".
bool counts_before(const imports::NamedArray& a, const imports::NamedArray& b) {
  const auto padded = [](const std::string& name) {
    constexpr std::size_t kDigits = 12;
    std::string text;
    for (std::size_t i = 0; i < name.size();) {
      const std::size_t end = std::min(name.find_first_not_of("0123456789", i), name.size());
      if (end > i) {
        text += std::string(kDigits - std::min(kDigits, end - i), '0') + name.substr(i, end - i);
        i = end;
      } else {
        text += name[i++];
      }
    }
    return text;
  };
  return padded(a.name) < padded(b.name);
}

// The next array of this shape that is not taken yet. A .npz has its arrays in the order in which
// they were saved; safetensors sort theirs by name, or by type.
class Shelf {
 public:
  Shelf(Bytes bytes, lesson::FileSource::Kind kind, const fs::path& file)
      : bytes_(bytes), kind_(kind), file_(file), left_(arrays_in(bytes, kind, utf8_of(file))) {
    if (kind == lesson::FileSource::Kind::kSafetensors) {
      std::ranges::stable_sort(left_, counts_before);
    }
  }

  std::optional<lesson::TensorRef> take(const Sides& sides, const Shape& shape) {
    const auto found = std::ranges::find_if(left_, [&](const imports::NamedArray& array) {
      return array.readable && array.shape == sides;
    });
    if (found == left_.end()) {
      return std::nullopt;
    }
    const lesson::FileSource source = source_of(kind_, file_, found->name);
    left_.erase(found);
    return lesson::TensorRef{
        source, reshaped(read_tensor(bytes_, source, utf8_of(file_)), shape), {}};
  }

 private:
  Bytes bytes_;
  lesson::FileSource::Kind kind_;
  const fs::path& file_;
  std::vector<imports::NamedArray> left_;
};

bool fill(lesson::Layer& layer, Shelf& shelf) {
  if (!conv::has_weight(layer.spec.op)) {
    return false;
  }
  const Shape shape = conv::weight_shape(layer.spec);
  const Sides sides = layer.one_dimensional ? Sides{shape.n, shape.c, shape.w}
                                            : Sides{shape.n, shape.c, shape.h, shape.w};
  auto weight = shelf.take(sides, shape);
  if (!weight) {
    return false;
  }
  layer.weight = *std::move(weight);
  const std::int64_t filters = layer.spec.out_channels;
  if (layer.spec.bias) {
    if (auto bias = shelf.take({filters}, {1, 1, 1, filters})) {
      layer.bias = *std::move(bias);
    }
  }
  return true;
}

}  // namespace

ArrayAsInput array_input(Bytes bytes, lesson::FileSource::Kind kind, const fs::path& file) {
  std::string name;
  if (kind != lesson::FileSource::Kind::kNpy) {
    const std::vector<imports::NamedArray> arrays = arrays_in(bytes, kind, utf8_of(file));
    const auto input = std::ranges::find_if(arrays, is_input);
    const auto unreadable = std::ranges::find_if(arrays, might_be_one);
    if (input == arrays.end() && unreadable != arrays.end()) {
      read_tensor(bytes, source_of(kind, file, unreadable->name), utf8_of(file));  // says the type
    }
    if (input == arrays.end()) {
      throw Failure({"arrays_none_fits",
                     "",
                     {{"file", utf8_of(file)}, {"names", imports::names_of(arrays)}}});
    }
    name = input->name;
  }
  const lesson::FileSource source = source_of(kind, file, name);
  return {read_tensor(bytes, source, utf8_of(file)), source};
}

std::variant<lesson::Lesson, ArrayAsInput> array_lesson(Bytes bytes, lesson::FileSource::Kind kind,
                                                        const fs::path& file) {
  if (kind != lesson::FileSource::Kind::kNpy) {
    const std::vector<imports::NamedArray> arrays = arrays_in(bytes, kind, utf8_of(file));
    const auto filter = std::ranges::find_if(arrays, is_filter);
    if (filter != arrays.end()) {
      return filter_lesson(bytes, kind, file, arrays, *filter);
    }
  }
  return array_input(bytes, kind, file);
}

lesson::Lesson with_weights(lesson::Lesson lesson, const fs::path& file) {
  const std::vector<std::byte> bytes = read_file(file, kMaxArrayBytes);
  const auto kind = array_kind(bytes, file);
  bool taken = false;
  if (kind) {
    Shelf shelf(bytes, *kind, file);
    lesson.scenes.front().change([&](lesson::Scene& scene) {
      for (lesson::Layer& layer : scene.layers) {
        taken = fill(layer, shelf) || taken;
      }
    });
  }
  if (!taken) {
    throw Failure({"watch_not_read", "", {{"file", utf8_of(file)}, {"lesson", lesson.id}}});
  }
  return lesson;
}

bool is_same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::equivalent(a, b, error) && !error;
}

bool reads_file(const lesson::Lesson& lesson, const fs::path& file) {
  bool reads = false;
  for (const Shared<lesson::Scene>& scene : lesson.scenes) {
    lesson::visit_tensors(*scene, [&](const lesson::TensorRef& ref) {
      const auto* source = std::get_if<lesson::FileSource>(&ref.source);
      reads = reads || (source != nullptr && is_same_file(source->path, file));
    });
  }
  return reads;
}

}  // namespace convscope::files
