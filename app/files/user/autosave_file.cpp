#include "app/files/user/autosave_file.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <random>
#include <sstream>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "core/lesson/json/lesson_json.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int kFormat = 1;
constexpr std::uint64_t kLargestAutosave = 1ull << 30;
constexpr std::string_view kLessonFollows = ", \"lesson\":";
// The writer of a temporary file this old no longer exists.
constexpr std::chrono::hours kStale{1};

Failure broken(const fs::path& file) {
  return Failure({"autosave_broken", "", {{"file", utf8_of(file)}}});
}

Json header_of(const lesson::Lesson& lesson, const Origin& origin, std::string_view program) {
  Json header = {{"format", kFormat}, {"program", program}};
  if (origin.path) {
    header["path"] = *origin.path;
  }
  if (origin.stamp) {
    header["size"] = origin.stamp->size;
    header["hash"] = origin.stamp->hash;
  }
  header["title"] = lesson.title.by_language;
  return header;
}

Json parse_header(std::string line, const fs::path& file) {
  if (!line.ends_with(kLessonFollows)) {
    throw broken(file);
  }
  line.replace(line.size() - kLessonFollows.size(), kLessonFollows.size(), "}");
  Json header = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!header.is_object() || !header.contains("format") || !header["format"].is_number_integer()) {
    throw broken(file);
  }
  if (header["format"].get<std::int64_t>() > kFormat) {
    throw Failure({"autosave_newer", "", {{"file", utf8_of(file)}}});
  }
  return header;
}

Origin origin_of(const Json& header) {
  Origin origin;
  if (header.contains("path") && header["path"].is_string()) {
    origin.path = header["path"].get<std::string>();
  }
  const auto is_number = [&](const char* key) {
    return header.contains(key) && header[key].is_number_unsigned();
  };
  if (origin.path && is_number("size") && is_number("hash")) {
    origin.stamp = FileStamp{.size = header["size"].get<std::uintmax_t>(),
                             .hash = header["hash"].get<std::uint64_t>()};
  }
  return origin;
}

bool is_old(const fs::path& file) {
  std::error_code error;
  const fs::file_time_type time = fs::last_write_time(file, error);
  return !error && fs::file_time_type::clock::now() - time > kStale;
}

// The files in the folder, oldest first.
std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<std::pair<fs::file_time_type, fs::path>> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    found.emplace_back(entry->last_write_time(ignored), entry->path());
  }
  std::ranges::sort(found);
  std::vector<fs::path> files;
  for (auto& [time, path] : found) {
    files.push_back(std::move(path));
  }
  return files;
}

}  // namespace

void write_autosave(const fs::path& file, const lesson::Lesson& lesson, const Origin& origin,
                    std::string_view program) {
  std::string text =
      header_of(lesson, origin, program).dump(-1, ' ', false, Json::error_handler_t::replace);
  text.pop_back();
  text.append(kLessonFollows).append("\n").append(lesson::lesson_json(lesson)).append("}\n");
  write_file(file, text);
}

lesson::LocalizedText autosave_title(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string line;
  std::getline(stream, line);
  const Json header = parse_header(std::move(line), file);
  lesson::LocalizedText title;
  if (header.contains("title") && header["title"].is_object()) {
    for (const auto& [language, text] : header["title"].items()) {
      title.by_language[language] = text.is_string() ? text.get<std::string>() : "";
    }
  }
  return title;
}

Autosaved read_autosave(const fs::path& file) {
  const std::string text = read_text_file(file, kLargestAutosave);
  const std::size_t lesson = text.find('\n');
  const std::size_t end = text.rfind('}');
  if (lesson == std::string::npos || end == std::string::npos || end < lesson) {
    throw broken(file);
  }
  const Json header = parse_header(text.substr(0, lesson), file);
  try {
    // Includes the line break, so that line numbers are those of the file.
    return {lesson_from_text(std::string_view(text).substr(lesson, end - lesson), file),
            origin_of(header)};
  } catch (const Failure& failure) {
    const std::string& code = failure.problem().code;
    if (code == "format_newer") {
      throw Failure({"autosave_newer", "", {{"file", utf8_of(file)}}});
    }
    if (code.starts_with("file_") || code.starts_with("image_")) {
      throw;  // a missing image or array, which may come back
    }
    throw broken(file);
  }
}

std::vector<AbandonedWork> abandoned_work(const fs::path& folder) {
  std::vector<AbandonedWork> found;
  std::error_code ignored;
  for (const fs::path& file : files_in(folder)) {
    if (file.extension() == ".tmp" && is_old(file)) {
      fs::remove(file, ignored);
    }
    if (file.extension() != ".json") {
      continue;
    }
    std::optional<FileLock> lock = FileLock::try_hold(lock_of(file));
    if (lock && fs::exists(file, ignored)) {  // not removed in the meantime
      found.push_back({file, std::move(*lock)});
    } else if (lock) {
      fs::remove(lock_of(file), ignored);
    }
  }
  return found;
}

fs::path new_autosave(const fs::path& folder) {
  std::random_device random;
  std::ostringstream name;
  name << std::hex << random() << random() << ".json";
  return folder / name.str();
}

fs::path lock_of(const fs::path& autosave) {
  fs::path lock = autosave;
  return lock.replace_extension(".lock");
}

void forget_work(const fs::path& autosave) {
  std::error_code ignored;
  fs::remove(autosave, ignored);
  fs::remove(lock_of(autosave), ignored);
}

fs::path set_aside(const fs::path& autosave) {
  std::error_code ignored;
  fs::path aside = autosave;
  fs::rename(autosave, aside += ".broken", ignored);
  fs::remove(lock_of(autosave), ignored);
  return aside;
}

}  // namespace convscope::files
