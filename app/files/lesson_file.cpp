#include "app/files/lesson_file.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

#include "app/files/array_file.h"
#include "app/files/array_lesson.h"
#include "app/files/embedded.h"
#include "app/files/image/image_file.h"
#include "app/files/system/file_io.h"
#include "core/lesson/build/pictures.h"
#include "core/lesson/json/lesson_json.h"
#include "core/lesson/limits.h"
#include "core/lesson/scene_tensors.h"
#include "core/lesson/spelling.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxLessonBytes = 64ull << 20;
constexpr std::uint64_t kMaxImageBytes = 256ull << 20;

constexpr std::string_view kBundled = "bundled:";

// A relative path needs the working folder, and that may be gone.
fs::path absolute_path(const fs::path& path, const char* code) {
  std::error_code error;
  fs::path whole = fs::absolute(path, error);
  if (error) {
    throw Failure({code, "", {{"file", path.string()}, {"reason", error.message()}}});
  }
  return whole;
}

Tensor decode(const lesson::FileSource& source, std::span<const std::byte> bytes,
              const std::string& name) {
  return source.kind == lesson::FileSource::Kind::kImage ? decode_image(bytes, name, source.shrink)
                                                         : read_tensor(bytes, source, name);
}

// What the file sources of a lesson name. Several arrays of one file come one after the other, so
// the last file stays in memory.
class Sources {
 public:
  // `folder`: where relative paths start.
  explicit Sources(fs::path folder) : folder_(std::move(folder)) {}

  Tensor load(const lesson::FileSource& source) {
    if (source.path.starts_with(kBundled)) {
      return load_bundled(source);
    }
    const fs::path path = folder_ / source.path;
    if (path != last_) {
      bytes_.clear();
      const bool image = source.kind == lesson::FileSource::Kind::kImage;
      bytes_ = read_file(path, image ? kMaxImageBytes : kMaxArrayBytes);
      last_ = path;
    }
    return decode(source, bytes_, path.string());
  }

 private:
  fs::path folder_;
  fs::path last_;
  std::vector<std::byte> bytes_;
};

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

// [[-1,-1,-1],[-1,8,-1],[-1,-1,-1]] on every channel, summed into one map: edges of any picture.
lesson::Lesson edge_lesson(Tensor input, lesson::FileSource source, const fs::path& path) {
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
  scene.input.source = std::move(source);
  scene.input.base = std::move(input);
  scene.layers.push_back(std::move(layer));

  lesson::Lesson lesson;
  lesson.id = path.stem().string();
  lesson.title.by_language = {{"en", path.filename().string()}, {"ru", path.filename().string()}};
  lesson.scenes.push_back(std::move(scene));
  return lesson;
}

std::uint64_t size_limit(const fs::path& path) {
  return lower_extension(path) == ".json" ? kMaxLessonBytes
         : has_array_ending(path)         ? kMaxArrayBytes
                                          : kMaxImageBytes;
}

lesson::FileSource image_source(const fs::path& path, bool shrink) {
  lesson::FileSource source = {
      lesson::FileSource::Kind::kImage,
      absolute_path(path, "file_unreadable").lexically_normal().generic_string()};
  source.shrink = shrink;
  return source;
}

lesson::Lesson lesson_from_file(const fs::path& path, bool shrink) {
  const std::vector<std::byte> bytes = read_file(path, size_limit(path));
  if (is_image(bytes, path.string())) {
    const lesson::FileSource source = image_source(path, shrink);
    return edge_lesson(decode(source, bytes, path.string()), source, path);
  }
  if (lower_extension(path) == ".json") {
    return lesson_from_text({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path);
  }
  auto made = array_lesson(bytes, known_array_kind(bytes, path), path);
  if (auto* input = std::get_if<ArrayAsInput>(&made)) {
    return edge_lesson(std::move(input->tensor), std::move(input->source), path);
  }
  return std::get<lesson::Lesson>(std::move(made));
}

// The one that layers read: a file, or the name of a built-in picture. An archive's first array
// that can be an input.
lesson::TensorRef input_from_file(const std::string& name, bool shrink) {
  const fs::path path = name;
  std::error_code ignored;
  if (lesson::is_picture(name) && !fs::exists(path, ignored)) {
    const lesson::FileSource source = lesson::picture_source(name);
    return {source, load_bundled(source), {}};
  }
  const std::vector<std::byte> bytes = read_file(path, size_limit(path));
  if (is_image(bytes, path.string())) {
    const lesson::FileSource source = image_source(path, shrink);
    return {source, decode(source, bytes, path.string()), {}};
  }
  const auto kind = array_kind(bytes, path);
  if (!kind || lower_extension(path) == ".json") {
    throw Failure({"input_unknown_kind", "", {{"file", path.string()}}});
  }
  const ArrayAsInput input = array_input(bytes, *kind, path);
  return {input.source, input.tensor, {}};
}

Failure unknown_lesson(const std::string& what, std::vector<std::string> ids) {
  constexpr std::size_t kHints = 3;
  for (const lesson::BuiltInPicture& picture : lesson::kPictures) {
    ids.emplace_back(picture.name);
  }
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
  for (const lesson::CourseUnit& unit : bundled_course().units) {
    for (const lesson::CourseLesson& lesson : unit.lessons) {
      if (std::erase(others, lesson.id) > 0) {
        ids.push_back(lesson.id);
      }
    }
  }
  std::ranges::sort(others);
  ids.insert(ids.end(), others.begin(), others.end());
  return ids;
}

lesson::Course bundled_course() {
  const std::string path = "course/course.json";
  return lesson::parse_course(asset_text(path), path);
}

Tensor load_bundled(const lesson::FileSource& source) {
  if (!source.path.starts_with(kBundled)) {
    throw Failure({"asset_missing", "", {{"path", source.path}}});
  }
  return decode(source, asset(source.path.substr(kBundled.size())), source.path);
}

lesson::Heading bundled_heading(const std::string& id) {
  return lesson::parse_heading(bundled_text(id), id + ".json");
}

OpenedLesson open_told(const std::string& what, const OpenOptions& options) {
  const std::vector<std::string> ids = bundled_lesson_ids();
  const bool bundled = std::ranges::find(ids, what) != ids.end();
  std::error_code ignored;
  const bool file = !bundled && fs::exists(what, ignored);
  const bool picture = !bundled && !file && lesson::is_picture(what);
  const bool layers = !bundled && !file && may_be_layers(what);
  if (!options.input.empty() && !layers) {
    throw Failure({"usage_unexpected", "", {{"argument", options.input}}});
  }
  OpenedLesson opened;
  if (bundled) {
    opened.lesson = bundled_lesson(what);
  } else if (file) {
    opened.lesson = lesson_from_file(what, options.shrink);
  } else if (picture) {
    const lesson::FileSource source = lesson::picture_source(what);
    opened.lesson = edge_lesson(load_bundled(source), source, what);
  } else if (layers) {
    opened =
        layer_lesson(what, options.input.empty()
                               ? std::nullopt
                               : std::optional(input_from_file(options.input, options.shrink)));
  } else {
    throw unknown_lesson(what, ids);
  }
  if (!options.weights.empty() && !is_same_file(what, options.weights) &&
      !reads_file(opened.lesson, options.weights)) {
    opened.lesson = with_weights(std::move(opened.lesson), options.weights);
  }
  return opened;
}

lesson::Lesson open_lesson(const std::string& what) { return open_told(what).lesson; }

std::vector<session::action::Refreshed::File> read_sources(const lesson::Lesson& lesson) {
  std::vector<session::action::Refreshed::File> files;
  Sources sources({});
  for (const Shared<lesson::Scene>& scene : lesson.scenes) {
    lesson::visit_tensors(*scene, [&](const lesson::TensorRef& ref) {
      const auto* source = std::get_if<lesson::FileSource>(&ref.source);
      const bool known =
          source == nullptr || source->path.starts_with(kBundled) ||
          std::ranges::find(files, *source, &session::action::Refreshed::File::source) !=
              files.end();
      if (!known) {
        files.push_back({*source, sources.load(*source)});
      }
    });
  }
  return files;
}

session::action::SetTensor read_array_for(const session::action::UseArray& wanted) {
  const fs::path path = absolute_path(wanted.file, "file_unreadable").lexically_normal();
  const std::vector<std::byte> bytes = read_file(path, kMaxArrayBytes);
  const lesson::FileSource source = {known_array_kind(bytes, path), path.generic_string(),
                                     wanted.name, wanted.slice};
  const Tensor tensor = read_tensor(bytes, source, path.string());
  return {wanted.tensor, tensor.shape(), {tensor.values().begin(), tensor.values().end()}, source};
}

lesson::Lesson lesson_from_text(std::string_view json, const fs::path& path) {
  const fs::path folder = absolute_path(path, "file_unreadable").parent_path();
  Sources sources(folder);
  lesson::Lesson lesson = lesson::parse_lesson(
      json, path.string(), [&](const lesson::FileSource& source) { return sources.load(source); });
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
