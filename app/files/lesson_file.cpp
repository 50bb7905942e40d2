#include "app/files/lesson_file.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

#include "app/files/embedded.h"
#include "app/files/file_io.h"
#include "app/files/image_file.h"
#include "core/lesson/lesson_json.h"
#include "core/lesson/limits.h"
#include "core/lesson/scene_tensors.h"
#include "core/lesson/spelling.h"
#include "core/tensor/npy.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxLessonBytes = 64ull << 20;
constexpr std::uint64_t kMaxImageBytes = 256ull << 20;
constexpr std::uint64_t kMaxNpyBytes = 2ull << 30;

constexpr std::array<std::string_view, 23> kTeachingOrder = {"cross-5x5",
                                                             "linear-layer",
                                                             "one-filter-depth",
                                                             "conv2d-3-to-5",
                                                             "rgb-same",
                                                             "valid-vs-same",
                                                             "weights-are-learned",
                                                             "stride",
                                                             "never-read",
                                                             "dilation",
                                                             "padding-modes",
                                                             "one-by-one",
                                                             "depthwise-separable",
                                                             "pooling",
                                                             "transposed",
                                                             "checkerboard",
                                                             "im2col",
                                                             "receptive-field",
                                                             "sobel-and-friends",
                                                             "photo-edges",
                                                             "cs231n",
                                                             "conv-arithmetic",
                                                             "find-the-mistake"};
constexpr std::string_view kBundled = "bundled:";

bool is_npy(std::span<const std::byte> bytes) {
  constexpr std::string_view kMagic = "\x93NUMPY";
  return bytes.size() >= kMagic.size() &&
         std::string_view(reinterpret_cast<const char*>(bytes.data()), kMagic.size()) == kMagic;
}

// A relative path depends on the working folder, which may no longer exist.
fs::path absolute_path(const fs::path& path, const char* code) {
  std::error_code error;
  fs::path whole = fs::absolute(path, error);
  if (error) {
    throw Failure({code, "", {{"file", path.string()}, {"reason", error.message()}}});
  }
  return whole;
}

Tensor decode(lesson::FileSource::Kind kind, std::span<const std::byte> bytes,
              const std::string& name) {
  return kind == lesson::FileSource::Kind::kImage ? decode_image(bytes, name)
                                                  : tensor_from_npy(parse_npy(bytes, name), name);
}

// Loads a lesson's FileSource, relative to the folder of the lesson file.
Tensor load_source(const lesson::FileSource& source, const fs::path& folder) {
  if (source.path.starts_with(kBundled)) {
    return load_bundled(source);
  }
  const fs::path path = folder / source.path;
  const bool image = source.kind == lesson::FileSource::Kind::kImage;
  return decode(source.kind, read_file(path, image ? kMaxImageBytes : kMaxNpyBytes), path.string());
}

// Calls `change` on every file source of the lesson that is not bundled.
template <typename Change>
void change_file_paths(lesson::Lesson& lesson, const Change& change) {
  const auto visit = [&](lesson::TensorRef& ref) {
    auto* file = std::get_if<lesson::FileSource>(&ref.source);
    if (file != nullptr && !file->path.starts_with(kBundled)) {
      file->path = change(fs::path(file->path)).generic_string();
    }
  };
  for (Shared<lesson::Scene>& scene : lesson.scenes) {
    scene.change([&](lesson::Scene& changed) { lesson::visit_tensors(changed, visit); });
  }
}

std::string_view bundled_text(const std::string& id) {
  return asset_text("lessons/" + id + ".json");
}

lesson::Lesson bundled_lesson(const std::string& id) {
  return lesson::parse_lesson(bundled_text(id), id + ".json", load_bundled);
}

// [[-1,-1,-1],[-1,8,-1],[-1,-1,-1]] on every channel, summed into one map: the edges of an image.
lesson::Lesson edge_lesson(Tensor input, lesson::FileSource::Kind kind, const fs::path& path) {
  constexpr std::array<float, 9> kEdges = {-1, -1, -1, -1, 8, -1, -1, -1, -1};
  const std::int64_t channels = input.shape().c;
  lesson::Layer layer;
  layer.name = "conv";
  layer.spec.in_channels = channels;
  std::vector<float> weights;
  for (std::int64_t c = 0; c < channels; ++c) {
    weights.insert(weights.end(), kEdges.begin(), kEdges.end());
  }
  const Shape shape = input.shape();
  if (shape.h < layer.spec.kernel_size.h || shape.w < layer.spec.kernel_size.w) {
    throw Failure({"input_too_small",
                   "input",
                   {{"file", path.string()}, {"width", shape.w}, {"height", shape.h}}});
  }
  if (const std::vector<Problem> found = lesson::layer_problems(layer.spec, shape);
      !found.empty()) {
    throw Failure(found.front());
  }
  layer.weight.base = Tensor(conv::weight_shape(layer.spec), std::move(weights));

  lesson::Scene scene;
  const fs::path whole = absolute_path(path, "file_unreadable").lexically_normal();
  scene.input.source = lesson::FileSource{kind, whole.generic_string()};
  scene.input.base = std::move(input);
  scene.layers.push_back(std::move(layer));

  lesson::Lesson lesson;
  lesson.id = path.stem().string();
  lesson.title.by_language = {{"en", path.filename().string()}, {"ru", path.filename().string()}};
  lesson.scenes.push_back(std::move(scene));
  return lesson;
}

std::uint64_t size_limit(const fs::path& path) {
  const std::string extension = lower_extension(path);
  return extension == ".json"  ? kMaxLessonBytes
         : extension == ".npy" ? kMaxNpyBytes
                               : kMaxImageBytes;
}

lesson::Lesson lesson_from_file(const fs::path& path) {
  const std::vector<std::byte> bytes = read_file(path, size_limit(path));
  if (is_npy(bytes)) {
    return edge_lesson(decode(lesson::FileSource::Kind::kNpy, bytes, path.string()),
                       lesson::FileSource::Kind::kNpy, path);
  }
  if (is_image(bytes, path.string())) {
    return edge_lesson(decode(lesson::FileSource::Kind::kImage, bytes, path.string()),
                       lesson::FileSource::Kind::kImage, path);
  }
  if (lower_extension(path) == ".json") {
    return lesson_from_text({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path);
  }
  throw Failure({"file_unknown_kind", "", {{"file", path.string()}}});
}

Failure unknown_lesson(const std::string& what, const std::vector<std::string>& ids) {
  constexpr std::size_t kHints = 3;
  std::string list;
  for (const std::string& id : lesson::nearest_words(what, ids, kHints)) {
    list += (list.empty() ? "" : ", ") + id;
  }
  return Failure({"lesson_unknown", "", {{"name", what}, {"lessons", list}}});
}

}  // namespace

std::vector<std::string> bundled_lesson_ids() {
  std::vector<std::string> others;
  for (const std::string& path : assets_below("lessons")) {
    if (path.ends_with(".json")) {
      others.push_back(fs::path(path).stem().string());
    }
  }
  std::vector<std::string> ids;
  for (const std::string_view id : kTeachingOrder) {
    if (std::erase(others, id) > 0) {
      ids.emplace_back(id);
    }
  }
  std::ranges::sort(others);
  ids.insert(ids.end(), others.begin(), others.end());
  return ids;
}

Tensor load_bundled(const lesson::FileSource& source) {
  if (!source.path.starts_with(kBundled)) {
    throw Failure({"asset_missing", "", {{"path", source.path}}});
  }
  return decode(source.kind, asset(source.path.substr(kBundled.size())), source.path);
}

lesson::Heading bundled_heading(const std::string& id) {
  return lesson::parse_heading(bundled_text(id), id + ".json");
}

lesson::Lesson open_lesson(const std::string& what) {
  const std::vector<std::string> ids = bundled_lesson_ids();
  if (std::ranges::find(ids, what) != ids.end()) {
    return bundled_lesson(what);
  }
  std::error_code ignored;
  if (!fs::exists(what, ignored)) {
    throw unknown_lesson(what, ids);
  }
  return lesson_from_file(what);
}

lesson::Lesson lesson_from_text(std::string_view json, const fs::path& path) {
  const fs::path folder = absolute_path(path, "file_unreadable").parent_path();
  lesson::Lesson lesson = lesson::parse_lesson(
      json, path.string(),
      [&](const lesson::FileSource& source) { return load_source(source, folder); });
  change_file_paths(lesson, [&](const fs::path& p) { return (folder / p).lexically_normal(); });
  return lesson;
}

void save_lesson(const lesson::Lesson& lesson, const fs::path& path) {
  const fs::path folder = absolute_path(path, "file_unwritable").lexically_normal().parent_path();
  lesson::Lesson moved = lesson;
  change_file_paths(moved, [&](const fs::path& p) {
    const fs::path relative = p.is_absolute() ? p.lexically_relative(folder) : p;
    return relative.empty() ? p : relative;  // a path on another drive has no relative form
  });
  write_file(path, lesson::lesson_json(moved));
}

}  // namespace convscope::files
