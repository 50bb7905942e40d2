// Resolves LESSON arguments: a bundled id, a lesson file, or an image.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/lesson/lesson_json.h"

namespace convscope::files {

// In teaching order.
std::vector<std::string> bundled_lesson_ids();
// The heading of one of these. Loads none of its tensors.
lesson::Heading bundled_heading(const std::string& id);

// A built-in tensor ("bundled:images/x.png"). Built-in lessons have no folder, so other files are
// refused. Throws Failure.
Tensor load_bundled(const lesson::FileSource& source);

// Opens a bundled id, a lesson file (.json) or an image. An image becomes a lesson of one scene
// with the filter [[-1,-1,-1],[-1,8,-1],[-1,-1,-1]] on every channel, summed into one map. Throws
// Failure.
lesson::Lesson open_lesson(const std::string& what);

// Parses the text of a lesson file at `path`. Paths of its images and arrays become absolute, so
// that it can be saved anywhere. Throws Failure.
lesson::Lesson lesson_from_text(std::string_view json, const std::filesystem::path& path);

// Writes lesson_json() atomically; file sources become relative to the new location. Throws
// Failure.
void save_lesson(const lesson::Lesson& lesson, const std::filesystem::path& path);

}  // namespace convscope::files
